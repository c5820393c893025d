/**
 * `GET /api/v1/calls/:callId/explanation`, for supervisors and for the agents who were in the call: why it waited as long
 * as it did and why it went to whom it went. Data only: the pages make one plain sentence of it.
 */
import { Type, type Static } from 'typebox'
import { AgentId, CallId, ClassId, Instant, KioskId, Language, Mode, OfferId, QueueId, SiteId } from './ids.ts'
import { CallOutcome, EndReason, WhyMe } from './views.ts'

const strict = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Somebody = Type.Object({ agentId: AgentId, name: Name }, strict)

export const CallIdParams = Type.Object({ callId: CallId }, strict)
export type CallIdParams = Static<typeof CallIdParams>

/** Why somebody was not asked. `lacks:` names the first attribute that is missing or too low. */
const FilterRule = Type.String({ pattern: '^[a-z-]+(?::[a-z0-9.-]+)?$', maxLength: 80 })

/** In full, as kept with the offer; names beyond twenty are only counted. */
export const OfferReasonsView = Type.Object(
  {
    choice: WhyMe.properties.choice,
    candidatesCount: Count,
    candidates: Type.Array(
      Type.Object(
        { ...Somebody.properties, wastedLevels: Type.Integer(), idleMs: Count, isLent: Type.Boolean() },
        strict,
      ),
    ),
    /** [R45] Of what the call asks for, what was given for the day to whoever was chosen. */
    givenForDay: Type.Optional(Type.Array(Type.String({ maxLength: 120 }))),
    filtered: Type.Array(Type.Object({ rule: FilterRule, count: Count, agents: Type.Array(Somebody) }, strict)),
    /** Score and requirements of the call when the offer was made. */
    scoreMs: Type.Number(),
    needs: Type.Array(Type.String({ maxLength: 120 })),
    /** Calls that these agents could take too and that were to go later. */
    passedOver: Type.Array(Type.Object({ callId: CallId, classId: ClassId, scoreMs: Type.Number() }, strict)),
  },
  strict,
)
export type OfferReasonsView = Static<typeof OfferReasonsView>

export const ExplainedOffer = Type.Object(
  {
    offerId: OfferId,
    ...Somebody.properties,
    madeAt: Instant,
    /** Since when the call waited then. */
    waitedMs: Count,
    policyVersion: Type.String(),
    isLent: Type.Boolean(),
    isJoin: Type.Boolean(),
    end: orNull(
      Type.Union([
        Type.Literal('accepted'),
        Type.Literal('declined'),
        Type.Literal('expired'),
        Type.Literal('withdrawn'),
      ]),
    ),
    endedAt: orNull(Instant),
    declineReason: orNull(Type.String()),
    withdrawnWhy: orNull(Type.String()),
    reasons: orNull(OfferReasonsView),
  },
  strict,
)
export type ExplainedOffer = Static<typeof ExplainedOffer>

/** What else happened, in order: steps, branches, tickets, losses. */
export const ExplainedMoment = Type.Object(
  { at: Instant, type: Type.String({ maxLength: 60 }), detail: Type.Record(Type.String(), Type.String()) },
  strict,
)
export type ExplainedMoment = Static<typeof ExplainedMoment>

export const CallExplanation = Type.Object(
  {
    callId: CallId,
    kioskId: KioskId,
    siteId: orNull(SiteId),
    siteName: orNull(Name),
    queueId: QueueId,
    classId: ClassId,
    mode: Mode,
    language: Language,
    /** A citizen alone, an employee of the place at the kiosk with them, or one at their own desk. */
    origin: Type.Union([Type.Literal('citizen'), Type.Literal('staff'), Type.Literal('desk')]),
    arrivedAt: Instant,
    answeredAt: orNull(Instant),
    endedAt: orNull(Instant),
    outcome: orNull(CallOutcome),
    endReason: orNull(EndReason),
    promise: orNull(Type.Object({ p50Ms: Count, p80Ms: Count, isKept: orNull(Type.Boolean()) }, strict)),
    /** The parts of «why did it wait», for one sentence. */
    wait: Type.Object(
      {
        waitMs: Count,
        aheadCount: orNull(Count),
        ableAgentsCount: orNull(Count),
        siteCorrectionMs: Count,
        stepsOpenedCount: Count,
        offersExpiredCount: Count,
        offersDeclinedCount: Count,
        offersWithdrawnCount: Count,
        /** While the citizen was away with a ticket, and while the kiosk's connection was lost. */
        awayMs: Count,
        lostMs: Count,
      },
      strict,
    ),
    offers: Type.Array(ExplainedOffer),
    moments: Type.Array(ExplainedMoment),
  },
  strict,
)
export type CallExplanation = Static<typeof CallExplanation>
