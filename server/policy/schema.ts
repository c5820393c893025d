/**
 * The policy of a city as people write and review it. Everything has one place here; `policy.schema.json` is written
 * from this file, so that editors check and explain a document while it is typed.
 */
import { Type, type Static } from 'typebox'
import { LEVEL_MAX, LEVEL_MIN } from '#server/routing/policy.ts'
import { Duration, Label, Name, PositiveDuration, QueueKey } from './forms.ts'
import { Callbacks } from './schema-callbacks.ts'
import { Supervision } from './schema-supervision.ts'
import { CalendarNames, HoursText, Sites } from './schema-hours.ts'
import { CityWarnings, QueueWarnings } from './schema-warnings.ts'

const strict = { additionalProperties: false } as const

const Attributes = Type.Record(
  Name(),
  Type.Enum(['skill', 'language', 'signing'], {
    description: 'A skill may give way in time. Languages and signing are rights and never do.',
  }),
  { ...strict, description: 'What agents can have, each at a level from 1 to 5.' },
)

const RequirementText = Type.Object(
  {
    attribute: Name('What the agent must have: one of attributes.'),
    level: Type.Optional(
      Type.Integer({
        minimum: LEVEL_MIN,
        maximum: LEVEL_MAX,
        default: LEVEL_MIN,
        description:
          'The lowest level that will do, 1 to 5. For a second step name the attribute twice, the higher with relax.',
      }),
    ),
    expiry: Type.Optional(
      PositiveDuration(
        'How long after the arrival of the call `onExpiry` happens: s, min or h. Sooner answers earlier, later fits better.',
      ),
    ),
    onExpiry: Type.Optional(
      Type.Enum(['relax', 'interpreter', 'callback'], {
        description:
          'relax: the skill is no longer asked for. interpreter, callback: another way opens beside the language, which is still asked for.',
      }),
    ),
  },
  { ...strict, dependentRequired: { expiry: ['onExpiry'], onExpiry: ['expiry'] } },
)
export type RequirementText = Static<typeof RequirementText>

const Requirements = (description: string) => Type.Array(RequirementText, { description })

const CallClassText = Type.Object(
  {
    headStart: Type.Optional(
      Duration('A better place on arrival, as if this long had been waited already: s, min or h.', { default: '0 s' }),
    ),
    slope: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 100,
        default: 1,
        description: 'How many seconds each second of waiting counts. Above 1 catches up, below 1 falls behind.',
      }),
    ),
    first: Type.Optional(
      Type.Boolean({ default: false, description: 'Before all other classes, whatever they waited: for danger.' }),
    ),
  },
  strict,
)

const settings = {
  class: Name('The class of a call that asks for no other.'),
  homeCentres: Type.Array(Name(), {
    uniqueItems: true,
    description: 'Centres whose work this is; others take it only while they are lent. Empty: everybody.',
  }),
  callersMax: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: 'The most people in the line. Higher lets more wait, lower refuses earlier.',
  }),
  answerWithin: PositiveDuration('What is promised to the city: s, min or h.'),
  shortAbandon: Duration('Who leaves within this is not counted as having waited: s, min or h.'),
} as const

/** From a half to 99 of a hundred, as a forecast is asked for; parts of a hundredth are rounded. */
const AnswerShare = Type.Number({
  minimum: 0.5,
  maximum: 0.99,
  description:
    'The share of calls to be answered within `answerWithin`, which the agents of a day to come are counted for. Left out: 0.8.',
})

/** Each of the settings, where a service or a queue has its own. */
const ownSettings = {
  class: Type.Optional(settings.class),
  homeCentres: Type.Optional(settings.homeCentres),
  callersMax: Type.Optional(settings.callersMax),
  answerWithin: Type.Optional(settings.answerWithin),
  shortAbandon: Type.Optional(settings.shortAbandon),
  answerShare: Type.Optional(AnswerShare),
  warnings: Type.Optional(QueueWarnings),
} as const

const QueueDefaults = Type.Object(
  { ...settings, answerShare: Type.Optional(AnswerShare), warnings: Type.Optional(QueueWarnings) },
  {
    ...strict,
    description: 'How every queue is, unless its service or the queue itself says otherwise.',
  },
)
export type QueueDefaults = Static<typeof QueueDefaults>

const OutcomeText = Type.Object(
  { da: Label('As agents read it, in Danish.'), en: Label('The same in English.') },
  strict,
)

/** More are found by nobody in the time there is after a call; the contract takes no more. */
const OUTCOMES_MAX = 24

const Service = Type.Object(
  {
    requirements: Requirements('What an agent must have for this service, beside the language.'),
    languages: Type.Optional(
      Type.Array(Name(), {
        uniqueItems: true,
        minItems: 1,
        description: 'Languages the service has a queue in. Left out: all.',
      }),
    ),
    hours: Type.Optional(CalendarNames('Calendars of the service. None: always open.')),
    outcomes: Type.Optional(
      Type.Record(Name(), OutcomeText, {
        ...strict,
        maxProperties: OUTCOMES_MAX,
        description:
          'What can come of a call, for agents to choose from afterwards, in this order. The code stays with what was chosen.',
      }),
    ),
    ...ownSettings,
  },
  strict,
)

const LanguageText = Type.Object(
  {
    requirements: Requirements('What an agent must have for this language, beside the service.'),
    hours: Type.Optional(CalendarNames('Calendars of the language. None: whenever the service is open.')),
  },
  strict,
)

const QueueText = Type.Object(
  {
    requirements: Type.Optional(Requirements('In place of those of the service and the language.')),
    hours: Type.Optional(CalendarNames('In place of those of the service and the language.')),
    ...ownSettings,
  },
  strict,
)

const Mode = (way: string) => Type.Optional(Requirements(`What ${way} asks for beside the queue.`))

const Modes = Type.Object(
  { video: Mode('video'), voice: Mode('voice'), text: Mode('text'), signing: Mode('signing') },
  { ...strict, description: 'Ways of talking. One that is not named asks for nothing.' },
)

const LendingText = Type.Object(
  {
    lender: Name('The centre whose agents help.'),
    queues: Type.Array(QueueKey(), { minItems: 1, uniqueItems: true, description: 'The queues they help in.' }),
    opensAt: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: 'Help begins at this many people waiting in these queues together.',
    }),
    closesAt: Type.Integer({
      minimum: 0,
      maximum: 10_000,
      description: 'Help ends at this many. Must be lower than opensAt; a gap keeps it from flapping.',
    }),
    ownServiceLevelMin: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description:
          "The lender's own share answered in time, 0 to 1, below which it lends nobody. 0: it always lends.",
      }),
    ),
  },
  strict,
)

const Limits = Type.Object(
  {
    offer: Type.Optional(
      PositiveDuration(
        'How long an offer stands: s, min or h. Longer waits for the absent, shorter rushes the present.',
        {
          default: '15 s',
        },
      ),
    ),
    wrapUp: Type.Optional(PositiveDuration('How long an agent has after a call: s, min or h.', { default: '60 s' })),
    wrapUpLongest: Type.Optional(
      PositiveDuration('How long an agent may make the time after a call by asking for more: s, min or h.', {
        default: '5 min',
      }),
    ),
    grace: Type.Optional(
      PositiveDuration('How long a lost connection costs nothing: s, min or h.', { default: '20 s' }),
    ),
    hold: Type.Optional(PositiveDuration('How long a citizen is on hold at most: s, min or h.', { default: '5 min' })),
    transfer: Type.Optional(
      PositiveDuration('How long somebody is looked for who takes a call over: s, min or h.', { default: '3 min' }),
    ),
    pause: Type.Optional(
      Duration('The smallest pause of an agent after a call: s, min or h. More is kinder, less answers sooner.', {
        default: '0 s',
      }),
    ),
    occupancy: Type.Optional(
      Type.Object(
        {
          ceiling: Type.Optional(
            Type.Number({
              exclusiveMinimum: 0,
              maximum: 1,
              default: 1,
              description: 'The share of time in calls, above 0 to 1, beyond which an agent rests. 1: no ceiling.',
            }),
          ),
          window: Type.Optional(PositiveDuration('The time it is taken over: s, min or h.', { default: '60 min' })),
        },
        { ...strict, description: 'How much of their time agents are in calls.' },
      ),
    ),
    preferred: Type.Optional(
      Duration('How long a call waits for the agent the same ticket talked to before: s, min or h. 0 s: not at all.', {
        default: '30 s',
      }),
    ),
    siteCorrection: Type.Optional(
      Duration('The most a site that waits longer than the city is helped by: s, min or h. 0 s: by arrival alone.', {
        default: '0 s',
      }),
    ),
    tickets: Type.Optional(
      Type.Object(
        {
          near: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 100,
              default: 2,
              description: 'Somebody who is away is called when at most this many people are before them.',
            }),
          ),
          comeWithin: Type.Optional(PositiveDuration('How long they have to come: s, min or h.', { default: '3 min' })),
          keptFor: Type.Optional(
            Duration('How long after that the old place can still be had: s, min or h.', { default: '30 min' }),
          ),
        },
        { ...strict, description: 'Citizens who keep their place and leave the kiosk.' },
      ),
    ),
    callbacks: Type.Optional(Callbacks),
    serveAfterClosing: Type.Optional(
      Duration('How long after closing those inside are served before they get a callback: s, min or h.', {
        default: '30 min',
      }),
    ),
    beforeLearning: Type.Optional(
      Type.Object(
        {
          handling: Type.Optional(
            PositiveDuration('How long a conversation with wrap-up takes: s, min or h.', { default: '5 min' }),
          ),
          patience: Type.Optional(PositiveDuration('How long people wait at most: s, min or h.', { default: '5 min' })),
        },
        { ...strict, description: 'What is believed for estimates until enough calls have been seen.' },
      ),
    ),
  },
  { ...strict, description: 'Times and ceilings that hold everywhere.' },
)

/** How long a note is kept where a document does not say it. */
export const NOTES_KEPT_DAYS = 30

const WrapUp = Type.Object(
  {
    notesKeptDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 365,
        default: NOTES_KEPT_DAYS,
        description: 'After so many days the note of a call is deleted; its codes stay.',
      }),
    ),
  },
  { ...strict, description: 'What agents write down after calls.' },
)

export const PolicyDocument = Type.Object(
  {
    version: Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'What people call this version, as 2026-12-01. Kept with every offer.',
    }),
    timezone: Type.Optional(
      Type.String({
        default: 'Europe/Copenhagen',
        description: 'Where the hours are local time: a name of the IANA time zones.',
      }),
    ),
    attributes: Attributes,
    classes: Type.Record(Name(), CallClassText, {
      ...strict,
      description: 'Who goes before whom: head start + slope × waited.',
    }),
    centres: Type.Record(Name(), Type.Object({ name: Label('As people say it.') }, strict), {
      ...strict,
      description: 'Where agents sit.',
    }),
    languages: Type.Record(Name(), LanguageText, {
      ...strict,
      description: 'Languages calls are held in, by their BCP 47 tag in lower case.',
    }),
    services: Type.Record(Name(), Service, {
      ...strict,
      description: 'What citizens ask for. Each has a queue per language, named service.language.',
    }),
    queueDefaults: QueueDefaults,
    queues: Type.Optional(
      Type.Record(QueueKey(), QueueText, { ...strict, description: 'What single queues have of their own.' }),
    ),
    modes: Type.Optional(Modes),
    lending: Type.Optional(
      Type.Record(Name(), LendingText, {
        ...strict,
        description: 'When agents of one centre help in queues of others, each rule by a name.',
      }),
    ),
    limits: Type.Optional(Limits),
    wrapUp: Type.Optional(WrapUp),
    warnings: Type.Optional(CityWarnings),
    supervision: Type.Optional(Supervision),
    hours: Type.Optional(HoursText),
    sites: Type.Optional(Sites),
  },
  {
    ...strict,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Skranke policy',
    description: 'How a city distributes its video calls: queues, classes, centres, lending, hours and limits.',
  },
)
export type PolicyDocument = Static<typeof PolicyDocument>

/** The zone of the hours of a document that names none. */
export const TIMEZONE = 'Europe/Copenhagen'

/** The JSON Schema, as text that ends with a line break. */
export function schemaText(): string {
  return `${JSON.stringify(PolicyDocument, undefined, 2)}\n`
}
