/** What an agent's desk may see. */
import { Type, type Static } from 'typebox'
import { ParticipantId } from '#sfu/contract/ids.ts'
import {
  AgentId,
  CallId,
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
  Skill,
  Ticket,
} from './ids.ts'
import { CallbackForAgent, OwnCallback } from './callbacks.ts'
import { StaffNoteTold } from './caller-staff.ts'
import { AskedInView, HandOverNote, NamedTarget, UnmetJoinView } from './joins.ts'
import { SiteType } from './call-words.ts'
import { Count, Name, orNull, strict } from './shapes.ts'
import { ShownForAgent } from './shown.ts'
import { SupervisionKind } from './supervision.ts'
import { MESSAGES_SHOWN_MAX, StaffMessageView } from './staff-messages.ts'

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
    /** Who asked this agent in, and why; null for a call from the line. */
    askedIn: orNull(AskedInView),
    /** Everybody else in the call. */
    others: Type.Array(
      Type.Object({ agentId: AgentId, name: Name, participantId: ParticipantId, askedIn: orNull(AskedInView) }, strict),
      { maxItems: 20 },
    ),
    /** Who was asked in and has not come yet. */
    joins: Type.Array(
      Type.Object(
        {
          joinId: JoinId,
          byName: Name,
          target: NamedTarget,
          note: orNull(HandOverNote),
          askedAt: Instant,
          /** Somebody is being asked right now. */
          isOffered: Type.Boolean(),
          /** Whoever asked leaves when somebody comes in. */
          isTransfer: Type.Boolean(),
        },
        strict,
      ),
      { maxItems: 20 },
    ),
    /** Who was asked in last and does not come. */
    unmet: orNull(UnmetJoinView),
    /** The citizen is on hold, until an agent resumes or the time is over. */
    hold: orNull(Type.Object({ since: Instant, endsAt: Instant, byName: Name }, strict)),
    /** [R43] Whoever listens to the call, whispers or has joined; absent where nobody does. */
    supervisor: Type.Optional(Type.Object({ name: Name, participantId: ParticipantId, kind: SupervisionKind }, strict)),
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
    isInterpreterWanted: Type.Boolean(),
    /** The employee of the place who called together with the citizen; null where nobody did. */
    staff: orNull(
      Type.Object(
        {
          name: Name,
          placeName: Name,
          /** They have gone since; the citizen is there. */
          hasLeft: Type.Boolean(),
          /** At their own desk, with the citizen beside them before the same camera; otherwise at the kiosk. */
          isAtOwnDesk: Type.Boolean(),
          note: orNull(StaffNoteTold),
        },
        strict,
      ),
    ),
    /** [R40] It was promised; absent for a call of any other kind. */
    callback: Type.Optional(CallbackForAgent),
    queuedAt: Instant,
    /** The kiosk's connection is gone for the moment; the call stands. */
    isCallerLost: Type.Boolean(),
    /** The citizen says that they cannot hear. */
    hasTroubleHearing: Type.Boolean(),
    /** What the citizen is shown; null for whoever is not in the call. */
    shown: orNull(ShownForAgent),
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
      /** [R44] They took it themselves. */
      Type.Literal('by-hand'),
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

/** [R45] A skill that a supervisor gave for the day at a level, or took (0). */
export const DaySkillView = Type.Object(
  { attribute: Skill, level: Type.Integer({ minimum: 0, maximum: 5 }), until: Instant, byName: Name },
  strict,
)
export type DaySkillView = Static<typeof DaySkillView>
export const DaySkills = Type.Array(DaySkillView, { maxItems: 64 })

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
  /** In a call that the agent opened beside a citizen, or just after it. */
  Type.Literal('with-citizen'),
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
  Type.Object(
    {
      kind: Type.Literal('wrap-up'),
      /** Of the call that was, also when it is over and nothing else of it is told. */
      callId: CallId,
      since: Instant,
      endsAt: Instant,
      /** The latest end there can be by asking for more. */
      endsAtLatest: Instant,
      call: orNull(CallForAgent),
    },
    strict,
  ),
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
    /** [R45] What of it is so for the day alone. Absent where nothing. */
    daySkills: Type.Optional(DaySkills),
    availability: Availability,
    awayReason: orNull(AwayReason),
    work: AgentWorkView,
    /** Where the agent may call with a citizen beside them; null where they may not. */
    besideSiteName: orNull(Name),
    /** The call that they are in with the citizen beside them. */
    besideCallId: orNull(CallId),
    /** The queues this agent can take calls from. */
    queues: Type.Array(QueueForAgent, { maxItems: 200 }),
    /** [R40] What they promised and nobody has taken yet, the next first. Absent where nothing. */
    callbacks: Type.Optional(Type.Array(OwnCallback, { maxItems: 50 })),
    /** The line is closed for maintenance, and the server stops then at the latest. Absent while it does not. */
    closesAt: Type.Optional(Instant),
    /** What supervisors wrote to them and they have not read, the oldest first. Absent where nothing. */
    messages: Type.Optional(Type.Array(StaffMessageView, { maxItems: MESSAGES_SHOWN_MAX })),
  },
  strict,
)
export type AgentView = Static<typeof AgentView>
