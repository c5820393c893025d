/** Of what supervisors are warned, and how the numbers of it become those of the server. */
import { Type, type Static } from 'typebox'
import { Duration, PositiveDuration, durationMs } from './forms.ts'

const strict = { additionalProperties: false } as const

const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

/** Each with a second threshold, so that what goes up and down about the first is one warning and not many. */
export const QueueWarnings = Type.Object(
  {
    longestWait: Type.Optional(
      Type.Object(
        {
          above: PositiveDuration('Somebody has waited this long: s, min or h.'),
          clearsBelow: PositiveDuration('Over once nobody has waited longer than this. At most `above`.'),
        },
        { ...strict, description: 'How long somebody waits who waits now.' },
      ),
    ),
    serviceLevel: Type.Optional(
      Type.Object(
        {
          below: share('The lower bound of the 95 % interval of the last half hour is below this, 0 to 1.'),
          clearsAbove: share('Over once it is above this. At least `below`.'),
          callsMin: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 1_000,
              default: 10,
              description: 'Nothing is said of fewer calls: the lower bound of a few is low whatever happened.',
            }),
          ),
        },
        {
          ...strict,
          description: 'How many were answered in time in the last half hour, by the lower bound of its interval.',
        },
      ),
    ),
    promiseBroken: Type.Optional(
      Type.Object(
        {
          clearsAfter: Type.Optional(
            Duration('Over once nobody has waited beyond what they were told for this long: s, min or h.', {
              default: '1 min',
            }),
          ),
        },
        { ...strict, description: 'Somebody waits longer than the longer time they were told.' },
      ),
    ),
  },
  { ...strict, description: 'Of what supervisors are warned. What is left out is no warning.' },
)
export type QueueWarnings = Static<typeof QueueWarnings>

export const CityWarnings = Type.Object(
  {
    nobodySignedIn: Type.Optional(
      Type.Object(
        {
          after: Duration(
            'A language has had an open queue and nobody at work who could take it for this long: s, min or h.',
          ),
        },
        { ...strict, description: 'Nobody at work could take a call in a language.' },
      ),
    ),
    kioskSilent: Type.Optional(
      Type.Object(
        {
          after: Duration('So long after a screen was found silent, which is after three minutes: s, min or h.'),
          clearsAfter: Type.Optional(
            Duration('Over once it has been heard of for this long: s, min or h.', { default: '1 min' }),
          ),
        },
        { ...strict, description: 'A screen that is in use says nothing.' },
      ),
    ),
  },
  { ...strict, description: 'Of what supervisors are warned beside the queues. What is left out is no warning.' },
)
export type CityWarnings = Static<typeof CityWarnings>

/** The thresholds of one queue, times in ms; null: no warning. */
export type QueueWarningRules = {
  readonly longestWait: { readonly aboveMs: number; readonly clearsBelowMs: number } | null
  readonly serviceLevel: { readonly below: number; readonly clearsAbove: number; readonly callsMin: number } | null
  readonly promiseBroken: { readonly clearsAfterMs: number } | null
}

export type WarningRules = {
  readonly queues: Readonly<Record<string, QueueWarningRules>>
  readonly nobodySignedIn: { readonly afterMs: number } | null
  readonly kioskSilent: { readonly afterMs: number; readonly clearsAfterMs: number } | null
}

export const NO_WARNINGS: WarningRules = { queues: {}, nobodySignedIn: null, kioskSilent: null }

/** The thresholds of a queue; of those that are given, each in place of the one before. */
export function queueWarningRules(...given: readonly (QueueWarnings | undefined)[]): QueueWarningRules {
  const { longestWait, serviceLevel, promiseBroken }: QueueWarnings = Object.assign({}, ...given)
  return {
    longestWait:
      longestWait === undefined
        ? null
        : { aboveMs: durationMs(longestWait.above), clearsBelowMs: durationMs(longestWait.clearsBelow) },
    serviceLevel: serviceLevel === undefined ? null : { callsMin: 10, ...serviceLevel },
    promiseBroken:
      promiseBroken === undefined ? null : { clearsAfterMs: durationMs(promiseBroken.clearsAfter ?? '1 min') },
  }
}

/** The thresholds beside the queues. */
export function cityWarningRules({ nobodySignedIn, kioskSilent }: CityWarnings = {}): Omit<WarningRules, 'queues'> {
  return {
    nobodySignedIn: nobodySignedIn === undefined ? null : { afterMs: durationMs(nobodySignedIn.after) },
    kioskSilent:
      kioskSilent === undefined
        ? null
        : { afterMs: durationMs(kioskSilent.after), clearsAfterMs: durationMs(kioskSilent.clearsAfter ?? '1 min') },
  }
}
