/** `/api/v1/admin/…`: how the city is configured, changed as pages or as text, and what was changed by whom. For administrators. */
import { Type, type Static } from 'typebox'
import { Instant } from './ids.ts'
import { Count, orNull, strict } from './shapes.ts'

/** Far more than a large city's document has. */
export const CITY_TEXT_LENGTH_MAX = 1_000_000
/** Of one request: text and what JSON makes of it. */
export const ADMIN_BODY_BYTES_MAX = 4 * 1024 * 1024

/** Of a configuration: another one as soon as anything in it is other. */
export const CityVersion = Type.String({ pattern: '^[0-9a-f]{16}$' })

/** Where something stands in the document, as `sites`, `valby-kulturhus`. */
const Path = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 6 })
/** As it is written in the document; null where it is not there. */
const Value = Type.Unknown()

/** One thing of the city that is other than before. */
export const CityDifference = Type.Object(
  {
    path: Path,
    before: Value,
    after: Value,
    /** What of it is other, down to single settings. */
    fields: Type.Array(Type.Object({ path: Type.String(), before: Value, after: Value }, strict)),
  },
  strict,
)
export type CityDifference = Static<typeof CityDifference>

/** What pages have words for in the language of the screen. */
export const FAULT_CODES = [
  'missing',
  'empty',
  'not-there',
  'taken',
  'site-or-centre',
  'in-call',
  'nobody-left',
  'changed-since',
  'phone',
  'username',
  'id',
  'words',
  'number',
  'changed-again',
  'unknown-setting',
  'one-of',
  'exactly',
  'not-text',
  'not-number',
  'not-whole',
  'not-flag',
  'not-list',
  'not-settings',
  'at-least',
  'at-most',
  'more-than',
  'less-than',
  'too-long',
  'too-many',
  'twice',
  'beside',
  'policy-name',
  'queue-id',
  'duration',
  'duration-above',
  'span',
  'weekdays',
  'date',
  'month-day',
  'country',
  'yaml',
  'yaml-twice',
  'yaml-indent',
  'one-contact',
  'number-twice',
  'time-zone',
  'holidays-unknown',
  'holidays-needed',
  'no-such-day',
  'hours-already',
  'no-time',
  'before',
  'too-far',
  'date-taken',
  'clears',
  'no-queue',
  'queue-missing',
  'no-effect',
  'below',
  'nobody-lends',
  'home-centre',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** What is wrong with a configuration, and where. */
export const CityFault = Type.Object(
  {
    /** Of the text that was sent, from 1. */
    line: Type.Integer({ minimum: 1 }),
    path: Type.String(),
    /** In English. */
    sentence: Type.String(),
    /** Where it is one that pages have words for, and whom or what it is about. */
    code: Type.Optional(Type.Enum(FAULT_CODES)),
    subject: Type.Optional(Type.String()),
  },
  strict,
)
export type CityFault = Static<typeof CityFault>

/** `GET /admin/city`. */
export const CityReply = Type.Object(
  {
    version: CityVersion,
    /** The whole document, with the comments that stand in the policy. */
    text: Type.String(),
    /** The policy alone; empty where none was ever loaded. */
    policyText: Type.String(),
    /** The same as plain values, by the schema of `city-document.ts`, with `policy`. */
    document: Type.Unknown(),
  },
  strict,
)
export type CityReply = Static<typeof CityReply>

const Text = Type.String({ minLength: 1, maxLength: CITY_TEXT_LENGTH_MAX })

/** What is to be: the whole text, the text of the policy, or single things, of which null is one no more. */
export const Wish = Type.Union([
  Type.Object({ text: Text }, strict),
  Type.Object({ policyText: Text }, strict),
  Type.Object(
    {
      changes: Type.Array(Type.Object({ path: Path, value: Value }, strict), { minItems: 1, maxItems: 500 }),
    },
    strict,
  ),
])
export type Wish = Static<typeof Wish>

/** `POST /admin/city/check`: what a wish would change, or what is wrong with it. Changes nothing. */
export const CheckBody = Type.Object({ wish: Wish }, strict)
export type CheckBody = Static<typeof CheckBody>

/** `POST /admin/city/change`: does it, if the configuration is still the one that was looked at. */
export const ChangeBody = Type.Object(
  {
    version: CityVersion,
    wish: Wish,
    /** Whether those who wait already follow another policy at once. */
    isForWaiting: Type.Boolean(),
  },
  strict,
)
export type ChangeBody = Static<typeof ChangeBody>

/** Answers to both, and to taking a change back. With faults nothing was changed. */
export const CityOutcome = Type.Object(
  {
    /** Of the configuration as it is now. */
    version: CityVersion,
    faults: Type.Array(CityFault),
    differences: Type.Array(CityDifference),
    /** Of the change that was made; null where none was. */
    changeId: orNull(Count),
  },
  strict,
)
export type CityOutcome = Static<typeof CityOutcome>

export const CHANGE_WAYS = ['page', 'text', 'command', 'taken-back'] as const
export type ChangeWay = (typeof CHANGE_WAYS)[number]

/** A change that was made. */
export const CityChange = Type.Object(
  {
    changeId: Count,
    at: Instant,
    byName: Type.String(),
    how: Type.Enum(CHANGE_WAYS),
    /** The change that this one takes back. */
    takesBack: orNull(Count),
    /** The change by which this one was taken back. */
    takenBackBy: orNull(Count),
    differences: Type.Array(CityDifference),
  },
  strict,
)
export type CityChange = Static<typeof CityChange>

export const CHANGES_MAX = 50

/** `GET /admin/changes?before=`: the newest first; `before` a change goes on from there. */
export const ChangesQuery = Type.Object({ before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })) }, strict)
export type ChangesQuery = Static<typeof ChangesQuery>

export const ChangesReply = Type.Object(
  {
    changes: Type.Array(CityChange, { maxItems: CHANGES_MAX }),
    /** Whether there are older ones. */
    hasMore: Type.Boolean(),
    /** After so many days a change is forgotten. */
    keptDays: Count,
  },
  strict,
)
export type ChangesReply = Static<typeof ChangesReply>

/** `POST /admin/changes/:changeId/take-back`. */
export const ChangeParams = Type.Object({ changeId: Type.String({ pattern: '^[0-9]{1,15}$' }) }, strict)
export type ChangeParams = Static<typeof ChangeParams>
