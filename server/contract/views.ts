/**
 * What each audience may see. A view is always sent whole, with a version that only grows: a page
 * takes the newest and forgets the rest, so nothing depends on every message having arrived.
 */
import { Type, type Static } from 'typebox'
import {
  AgentId,
  CallId,
  CentreId,
  Instant,
  KioskId,
  Labels,
  Language,
  MatterId,
  OfferId,
  QueueId,
  ServiceId,
  SiteId,
  Skill,
} from './ids.ts'

const strict = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })
const Name = Type.String({ minLength: 1, maxLength: 120 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const SiteType = Type.Union([
  Type.Literal('library'),
  Type.Literal('culture-house'),
  Type.Literal('supermarket'),
  Type.Literal('airport'),
  Type.Literal('job-centre'),
  Type.Literal('social-centre'),
  Type.Literal('borgerservice-mini'),
  Type.Literal('borgerservice'),
])
export type SiteType = Static<typeof SiteType>

/** How a call ended. Answered: both sides had picture or sound of the other. Failed: neither side's wish (network, machine, us). */
export const CallOutcome = Type.Union([
  Type.Literal('answered'),
  Type.Literal('abandoned'),
  Type.Literal('refused'),
  Type.Literal('failed'),
])
export type CallOutcome = Static<typeof CallOutcome>

export const EndReason = Type.Union([
  Type.Literal('caller-hung-up'),
  Type.Literal('agent-hung-up'),
  Type.Literal('caller-lost'),
  Type.Literal('queue-full'),
  Type.Literal('media-lost'),
])
export type EndReason = Static<typeof EndReason>

export const MatterView = Type.Object({ matterId: MatterId, serviceId: ServiceId, labels: Labels }, strict)
export type MatterView = Static<typeof MatterView>

// ── Caller ──────────────────────────────────────────────────────────────────────────────────────

const callFacts = {
  callId: CallId,
  queuedAt: Instant,
  language: Language,
  /** False until the citizen (not the kiosk's default) chose the language. */
  isLanguageChosen: Type.Boolean(),
  matterId: orNull(MatterId),
}

export const CallerCallView = Type.Union([
  /** In line. `position` 1 is next; it counts those of the same queue who came before. */
  Type.Object({ status: Type.Literal('waiting'), ...callFacts, position: Type.Integer({ minimum: 1 }) }, strict),
  /** Somebody is being asked right now. */
  Type.Object({ status: Type.Literal('offered'), ...callFacts }, strict),
  Type.Object(
    {
      status: Type.Literal('connected'),
      ...callFacts,
      connectedAt: Instant,
      agentFirstName: Name,
      centreName: Name,
      /** The agent's connection is gone for the moment; the call stands. */
      isAgentLost: Type.Boolean(),
    },
    strict,
  ),
  Type.Object(
    { status: Type.Literal('ended'), callId: CallId, outcome: CallOutcome, endReason: EndReason, endedAt: Instant },
    strict,
  ),
])
export type CallerCallView = Static<typeof CallerCallView>

export const CallerView = Type.Object(
  {
    kioskId: KioskId,
    siteId: SiteId,
    siteName: Name,
    siteType: SiteType,
    defaultLanguage: Language,
    matters: Type.Array(MatterView, { maxItems: 24 }),
    call: orNull(CallerCallView),
  },
  strict,
)
export type CallerView = Static<typeof CallerView>

// ── Agent ───────────────────────────────────────────────────────────────────────────────────────

/** What an agent sees of the other side: where, about what, in which language, since when. */
export const CallForAgent = Type.Object(
  {
    callId: CallId,
    kioskId: KioskId,
    siteName: Name,
    siteType: SiteType,
    siteAddress: Type.String({ maxLength: 200 }),
    districtName: Name,
    serviceId: ServiceId,
    serviceLabels: Labels,
    matterId: orNull(MatterId),
    matterLabels: orNull(Labels),
    language: Language,
    queuedAt: Instant,
    /** The kiosk's connection is gone for the moment; the call stands. */
    isCallerLost: Type.Boolean(),
  },
  strict,
)
export type CallForAgent = Static<typeof CallForAgent>

export const AwayReason = Type.Union([
  /** The agent's own choices. */
  Type.Literal('break'),
  Type.Literal('meeting'),
  Type.Literal('other-work'),
  /** Set by the engine, shown as such, and ended by the agent alone. */
  Type.Literal('not-responding'),
  Type.Literal('declined'),
  Type.Literal('connection-lost'),
  Type.Literal('just-signed-in'),
])
export type AwayReason = Static<typeof AwayReason>

export const Availability = Type.Union([Type.Literal('available'), Type.Literal('away')])
export type Availability = Static<typeof Availability>

export const AgentWorkView = Type.Union([
  Type.Object({ kind: Type.Literal('idle'), since: Instant }, strict),
  Type.Object(
    { kind: Type.Literal('offered'), offerId: OfferId, madeAt: Instant, expiresAt: Instant, call: CallForAgent },
    strict,
  ),
  Type.Object({ kind: Type.Literal('in-call'), since: Instant, call: CallForAgent }, strict),
  Type.Object({ kind: Type.Literal('wrap-up'), since: Instant, endsAt: Instant, call: orNull(CallForAgent) }, strict),
])
export type AgentWorkView = Static<typeof AgentWorkView>

export const QueueForAgent = Type.Object(
  { queueId: QueueId, serviceLabels: Labels, language: Language, waitingCount: Count, oldestQueuedAt: orNull(Instant) },
  strict,
)
export type QueueForAgent = Static<typeof QueueForAgent>

export const AgentView = Type.Object(
  {
    agentId: AgentId,
    name: Name,
    firstName: Name,
    centreName: Name,
    skills: Type.Array(Skill, { maxItems: 64 }),
    availability: Availability,
    awayReason: orNull(AwayReason),
    work: AgentWorkView,
    /** The queues this agent can take calls from. */
    queues: Type.Array(QueueForAgent, { maxItems: 200 }),
  },
  strict,
)
export type AgentView = Static<typeof AgentView>

// ── Supervisor ──────────────────────────────────────────────────────────────────────────────────

export const QueueForSupervisor = Type.Object(
  {
    queueId: QueueId,
    serviceLabels: Labels,
    language: Language,
    waitingCount: Count,
    offeredCount: Count,
    inCallCount: Count,
    oldestQueuedAt: orNull(Instant),
    /** Of the agents who can take this queue: ready now, and signed in at all. */
    agentsReadyCount: Count,
    agentsSignedInCount: Count,
    today: Type.Object(
      {
        offered: Count,
        answered: Count,
        abandoned: Count,
        refused: Count,
        failed: Count,
        answeredInTime: Count,
        /** 0 to 1, or null where nothing counts yet. The headline formula of `http.ts`. */
        serviceLevel: orNull(Type.Number({ minimum: 0, maximum: 1 })),
      },
      strict,
    ),
    answerWithinMs: Type.Integer({ minimum: 0 }),
  },
  strict,
)
export type QueueForSupervisor = Static<typeof QueueForSupervisor>

export const AgentForSupervisor = Type.Object(
  {
    agentId: AgentId,
    name: Name,
    centreId: CentreId,
    centreName: Name,
    availability: Availability,
    awayReason: orNull(AwayReason),
    isConnected: Type.Boolean(),
    work: Type.Union([Type.Literal('idle'), Type.Literal('offered'), Type.Literal('in-call'), Type.Literal('wrap-up')]),
    since: Instant,
    /** Where the caller is, while there is one. */
    siteName: orNull(Name),
    queueId: orNull(QueueId),
  },
  strict,
)
export type AgentForSupervisor = Static<typeof AgentForSupervisor>

export const SupervisorView = Type.Object(
  {
    queues: Type.Array(QueueForSupervisor, { maxItems: 500 }),
    agents: Type.Array(AgentForSupervisor, { maxItems: 2000 }),
    sitesCount: Count,
    kiosksOnlineCount: Count,
    kiosksCount: Count,
  },
  strict,
)
export type SupervisorView = Static<typeof SupervisorView>
