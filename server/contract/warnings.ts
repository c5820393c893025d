/** What supervisors are warned of. */
import { Type, type Static } from 'typebox'
import { Instant, Labels } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'

export const WarningKind = Type.Union([
  Type.Literal('longest-wait'),
  Type.Literal('service-level'),
  Type.Literal('nobody-signed-in'),
  Type.Literal('kiosk-silent'),
  Type.Literal('promise-broken'),
])
export type WarningKind = Static<typeof WarningKind>

export const WarningId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})

export const WarningForSupervisor = Type.Object(
  {
    warningId: WarningId,
    kind: WarningKind,
    /** A queue, a language or a kiosk, by its id. */
    subject: Name,
    /** Of a queue its service and language; of a kiosk its site. */
    serviceLabels: orNull(Labels),
    language: orNull(Name),
    siteName: orNull(Name),
    /** When it began: a wait in ms, a share, or a count of people. */
    value: orNull(Type.Number()),
    raisedAt: Instant,
    /** Who said that they have seen it. */
    acknowledged: orNull(Type.Object({ byName: Name, at: Instant }, strict)),
  },
  strict,
)
export type WarningForSupervisor = Static<typeof WarningForSupervisor>

/** More than this at once say no more. */
export const WARNINGS_MAX = 500

/** Several at once: where the network of a house is away, all of its screens are silent. */
export const WarningsSeen = Type.Object(
  { warningIds: Type.Array(WarningId, { minItems: 1, maxItems: WARNINGS_MAX, uniqueItems: true }) },
  strict,
)

/** A warning that is over. */
export const PastWarning = Type.Object({ ...WarningForSupervisor.properties, clearedAt: Instant }, strict)
export type PastWarning = Static<typeof PastWarning>

/** How far back supervisors look, and at how many. */
export const PAST_MS = 24 * 60 * 60 * 1_000
export const PAST_WARNINGS_MAX = 200

/** What was over last first. */
export const PastWarnings = Type.Object({ warnings: Type.Array(PastWarning, { maxItems: PAST_WARNINGS_MAX }) }, strict)
export type PastWarnings = Static<typeof PastWarnings>

/** What a webhook is told: `POST` with this as JSON. Nothing of people is in it. */
export const WarningNews = Type.Object(
  {
    event: Type.Union([Type.Literal('warning.raised'), Type.Literal('warning.cleared')]),
    warningId: WarningId,
    kind: WarningKind,
    subject: Name,
    value: orNull(Type.Number()),
    /** ISO 8601, with the zone. */
    at: Type.String(),
  },
  strict,
)
export type WarningNews = Static<typeof WarningNews>
