/** What a supervisor may see. */
import { Type, type Static } from 'typebox'
import { AgentId, CallId, CentreId, Instant, Labels, Language, QueueId, SiteId } from './ids.ts'
import { Availability, AwayReason } from './agent-views.ts'
import { WaitRange } from './caller-views.ts'
import { KioskForSupervisor, KIOSKS_MAX } from './kiosk-care.ts'
import { NoticeForSupervisor, NOTICES_MAX } from './notices.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

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
    /** How long the last in line will wait; null while nobody can take the calls. */
    wait: orNull(WaitRange),
    isPaused: Type.Boolean(),
    /** Agents of other centres take these calls too, for now. */
    isLentTo: Type.Boolean(),
    today: Type.Object(
      {
        offered: Count,
        answered: Count,
        abandoned: Count,
        full: Count,
        closed: Count,
        paused: Count,
        expired: Count,
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
    /** Of an idle agent: a pause after much work, in which no ordinary call comes. */
    restsUntil: orNull(Instant),
    callId: orNull(CallId),
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
    notices: Type.Array(NoticeForSupervisor, { maxItems: NOTICES_MAX }),
    /** Those with which something is the matter. */
    kiosks: Type.Array(KioskForSupervisor, { maxItems: KIOSKS_MAX }),
    /** For a notice to one of them. */
    sites: Type.Array(Type.Object({ siteId: SiteId, name: Name }, strict), { maxItems: 2000 }),
    sitesCount: Count,
    kiosksOnlineCount: Count,
    kiosksCount: Count,
  },
  strict,
)
export type SupervisorView = Static<typeof SupervisorView>
