/** What a supervisor may see. */
import { Type, type Static } from 'typebox'
import { AgentId, CallId, CentreId, Instant, Labels, Language, QueueId, SiteId } from './ids.ts'
import { Availability, AwayReason, DaySkills } from './agent-views.ts'
import { WaitRange } from './caller-views.ts'
import { KioskForSupervisor, KIOSKS_MAX } from './kiosk-care.ts'
import { KIOSK_MESSAGES_MAX, NoticeForSupervisor, NOTICES_MAX } from './notices.ts'
import { Point } from './place-views.ts'
import { Count, Name, orNull, strict } from './shapes.ts'
import { WarningForSupervisor, WARNINGS_MAX } from './warnings.ts'

const level = {
  answeredInTime: Count,
  /** What the service level is a share of: answered + abandoned − abandoned at once. */
  counted: Count,
  /** 0 to 1, or null where nothing counts yet. The headline formula of `http.ts`. */
  serviceLevel: orNull(Type.Number({ minimum: 0, maximum: 1 })),
}

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
    /** What the others of them do. Away: by their own word, without a connection, or at rest after much work. */
    agentsBusyCount: Count,
    agentsWrapUpCount: Count,
    agentsAwayCount: Count,
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
        ...level,
      },
      strict,
    ),
    /** Of the calls that came into the queue within the last half hour. */
    lastHalfHour: Type.Object(level, strict),
    answerWithinMs: Type.Integer({ minimum: 0 }),
  },
  strict,
)
export type QueueForSupervisor = Static<typeof QueueForSupervisor>

/** More than a day has, also the one on which the clock is set back. */
const QUARTERS_MAX = 101

/** The day of a queue so far, by quarter-hour: from the first in which something happened to the last. */
export const QueueDay = Type.Object(
  {
    queueId: QueueId,
    startsAt: Instant,
    offered: Type.Array(Count, { maxItems: QUARTERS_MAX }),
    answered: Type.Array(Count, { maxItems: QUARTERS_MAX }),
  },
  strict,
)
export type QueueDay = Static<typeof QueueDay>

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
    /** Other agents in the same call. */
    withNames: Type.Array(Name, { maxItems: 20 }),
    /** [R45] What was given to them or taken for the day. Absent where nothing. */
    daySkills: Type.Optional(DaySkills),
  },
  strict,
)
export type AgentForSupervisor = Static<typeof AgentForSupervisor>

/** A place with its screens, and how many people wait there. */
export const SiteForSupervisor = Type.Object(
  {
    siteId: SiteId,
    name: Name,
    /** Null where nobody has said where it is. */
    point: orNull(Point),
    kiosksCount: Count,
    onlineCount: Count,
    inCallCount: Count,
    cameraFaultyCount: Count,
    microphoneFaultyCount: Count,
    /** Have said nothing for three minutes. */
    silentCount: Count,
    outOfOrderCount: Count,
    /** People in line who are there, in front of a screen or with a telephone. */
    waitingCount: Count,
    /** [R46] A supervisor has closed it; `until` is null where it stays so until it is opened. Absent where it is not closed. */
    closed: Type.Optional(Type.Object({ byName: Name, until: orNull(Instant) }, strict)),
  },
  strict,
)
export type SiteForSupervisor = Static<typeof SiteForSupervisor>

export const SupervisorView = Type.Object(
  {
    queues: Type.Array(QueueForSupervisor, { maxItems: 500 }),
    /** Of the queues that something came into today. */
    days: Type.Array(QueueDay, { maxItems: 500 }),
    agents: Type.Array(AgentForSupervisor, { maxItems: 2000 }),
    /** Those that stand, the newest first. */
    warnings: Type.Array(WarningForSupervisor, { maxItems: WARNINGS_MAX }),
    notices: Type.Array(NoticeForSupervisor, { maxItems: NOTICES_MAX + KIOSK_MESSAGES_MAX }),
    /** Those with which something is the matter. */
    kiosks: Type.Array(KioskForSupervisor, { maxItems: KIOSKS_MAX }),
    sites: Type.Array(SiteForSupervisor, { maxItems: 2000 }),
    sitesCount: Count,
    kiosksOnlineCount: Count,
    kiosksCount: Count,
  },
  strict,
)
export type SupervisorView = Static<typeof SupervisorView>
