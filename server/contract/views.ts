/**
 * What each audience may see. A view is always sent whole, with a version that only grows: a page
 * takes the newest and forgets the rest, so nothing depends on every message having arrived.
 */
import { Type, type Static } from 'typebox'
import {
  AgentId,
  CallId,
  CentreId,
  ClassId,
  Instant,
  JoinId,
  KioskId,
  Labels,
  Language,
  MatterId,
  Mode,
  OfferId,
  QueueId,
  ServiceId,
  SiteId,
  Skill,
  Ticket,
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

/**
 * How a call ended. Answered: both sides had picture or sound of the other. Full, closed, paused: never let in. Expired: the
 * ticket was called and nobody came. Failed: neither side's wish (network, machine, us).
 */
export const CallOutcome = Type.Union([
  Type.Literal('answered'),
  Type.Literal('abandoned'),
  Type.Literal('full'),
  Type.Literal('closed'),
  Type.Literal('paused'),
  Type.Literal('expired'),
  Type.Literal('failed'),
])
export type CallOutcome = Static<typeof CallOutcome>

export const EndReason = Type.Union([
  Type.Literal('caller-hung-up'),
  Type.Literal('agent-hung-up'),
  Type.Literal('caller-lost'),
  Type.Literal('queue-full'),
  Type.Literal('queue-closed'),
  Type.Literal('queue-paused'),
  /** Still open, but nobody who comes now would be answered before closing. */
  Type.Literal('last-entry'),
  Type.Literal('ticket-lapsed'),
  Type.Literal('media-lost'),
])
export type EndReason = Static<typeof EndReason>

export const MatterView = Type.Object({ matterId: MatterId, serviceId: ServiceId, labels: Labels }, strict)
export type MatterView = Static<typeof MatterView>

// ── Caller ──────────────────────────────────────────────────────────────────────────────────────

/** How long somebody who stays will wait from now on: half of such waits are shorter than P50, four of five than P80. */
export const WaitRange = Type.Object({ p50Ms: Count, p80Ms: Count }, strict)
export type WaitRange = Static<typeof WaitRange>

const callFacts = {
  callId: CallId,
  ticket: Ticket,
  /** Opens the same call on the citizen's own phone; for the QR code. A path with query, below the server's origin. */
  ticketUrlPath: Type.String({ maxLength: 160 }),
  classId: ClassId,
  mode: Mode,
  queuedAt: Instant,
  language: Language,
  /** False until the citizen (not the kiosk's default) chose the language. */
  isLanguageChosen: Type.Boolean(),
  matterId: orNull(MatterId),
}

export const CallerCallView = Type.Union([
  /** In line. */
  Type.Object(
    {
      status: Type.Literal('waiting'),
      ...callFacts,
      /** 1 is next. A range where somebody of another class may come to stand before or behind. */
      positionMin: Type.Integer({ minimum: 1 }),
      positionMax: Type.Integer({ minimum: 1 }),
      /** Null while nobody at work can take the call. */
      wait: orNull(WaitRange),
      /** How many of its wishes have given way, so that more can answer. */
      stepsOpenedCount: Count,
      /** The language or signing is not to be had soon: an interpreter comes with whoever answers, or a callback is offered. */
      branch: orNull(Type.Union([Type.Literal('interpreter'), Type.Literal('callback')])),
    },
    strict,
  ),
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
  /** The citizen left this screen with the ticket; the place is kept. Shown until the next press. */
  Type.Object(
    {
      status: Type.Literal('kept'),
      callId: CallId,
      ticket: Ticket,
      ticketUrlPath: Type.String({ maxLength: 160 }),
      isRungAtKiosk: Type.Boolean(),
      /** Not called before this, where the line was closed meanwhile. */
      notBefore: orNull(Instant),
    },
    strict,
  ),
  Type.Object(
    {
      status: Type.Literal('ended'),
      callId: CallId,
      outcome: CallOutcome,
      endReason: EndReason,
      endedAt: Instant,
      /** When the line opens again, where the call was not let in and that is known. */
      opensAt: orNull(Instant),
    },
    strict,
  ),
])
export type CallerCallView = Static<typeof CallerCallView>

/**
 * A ticket that is called now, for the screens of its site: only how it begins, so that whoever reads the screen cannot
 * take the place of its owner.
 */
export const CalledTicket = Type.Object(
  { ticketStart: Type.String({ minLength: 3, maxLength: 3 }), until: Instant, isRungHere: Type.Boolean() },
  strict,
)
export type CalledTicket = Static<typeof CalledTicket>

export const CallerView = Type.Object(
  {
    /** A kiosk of the city, or the citizen's own phone, which has one call and nothing else. */
    device: Type.Union([Type.Literal('kiosk'), Type.Literal('phone')]),
    kioskId: KioskId,
    siteId: SiteId,
    siteName: Name,
    siteType: SiteType,
    defaultLanguage: Language,
    matters: Type.Array(MatterView, { maxItems: 24 }),
    /** The classes a citizen may ask for here, by the policy in force. */
    classIds: Type.Array(ClassId, { maxItems: 20 }),
    calledTickets: Type.Array(CalledTicket, { maxItems: 20 }),
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
    ticket: Ticket,
    classId: ClassId,
    /** Of a class that goes before all others: somebody is unsafe or unwell. */
    isFirst: Type.Boolean(),
    mode: Mode,
    /** The language or signing the agent may lack; an interpreter is asked in. */
    branch: orNull(Type.Union([Type.Literal('interpreter'), Type.Literal('callback')])),
    /** Everybody else in the call. */
    others: Type.Array(Type.Object({ agentId: AgentId, name: Name }, strict), { maxItems: 20 }),
    /** Who was asked in and has not come yet. */
    joins: Type.Array(
      Type.Object(
        {
          joinId: JoinId,
          attribute: Skill,
          levelMin: Type.Integer({ minimum: 1, maximum: 5 }),
          askedAt: Instant,
          /** Somebody is being asked right now. */
          isOffered: Type.Boolean(),
        },
        strict,
      ),
      { maxItems: 20 },
    ),
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

/** Why this agent was asked, in numbers; the page makes one plain sentence of it. */
export const WhyMe = Type.Object(
  {
    choice: Type.Union([
      Type.Literal('asked-for'),
      Type.Literal('only-one'),
      Type.Literal('home-before-lent'),
      Type.Literal('least-skill-wasted'),
      Type.Literal('idle-longest'),
      Type.Literal('signed-in-first'),
    ]),
    /** Who could have had it now, this agent included. */
    candidatesCount: Count,
    idleMs: Count,
    /** Helping another centre. */
    isLent: Type.Boolean(),
    /** Asked into a running call, by whom; null for a call of their own. */
    askedInByName: orNull(Name),
    waitedMs: Count,
    stepsOpenedCount: Count,
  },
  strict,
)
export type WhyMe = Static<typeof WhyMe>

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
  /** `restsUntil`: a pause after much work, in which no call comes but one from somebody in danger. */
  Type.Object({ kind: Type.Literal('idle'), since: Instant, restsUntil: orNull(Instant) }, strict),
  Type.Object(
    {
      kind: Type.Literal('offered'),
      offerId: OfferId,
      madeAt: Instant,
      expiresAt: Instant,
      call: CallForAgent,
      /** Null for an offer made before the server was started anew. */
      why: orNull(WhyMe),
    },
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
    /** What the agent can, each at a level from 1 to 5. */
    attributes: Type.Array(Type.Object({ attribute: Skill, level: Type.Integer({ minimum: 1, maximum: 5 }) }, strict), {
      maxItems: 64,
    }),
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
    sitesCount: Count,
    kiosksOnlineCount: Count,
    kiosksCount: Count,
  },
  strict,
)
export type SupervisorView = Static<typeof SupervisorView>
