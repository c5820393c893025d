/** What a kiosk or a citizen's own phone may see. */
import { Type, type Static } from 'typebox'
import { ParticipantId } from '#sfu/contract/ids.ts'
import { CallbackForCaller } from './callbacks.ts'
import { StaffHere } from './caller-staff.ts'
import {
  CallId,
  ClassId,
  Instant,
  JoinId,
  KioskId,
  Labels,
  Language,
  MatterId,
  Mode,
  SiteId,
  Skill,
  Ticket,
} from './ids.ts'
import { AttributeKind, SiteType, CallOutcome, EndReason, MatterView } from './call-words.ts'
import { NOTICES_SHOWN_MAX, NoticeView } from './notices.ts'
import { HelpView, LineView } from './place-views.ts'
import { Count, Name, orNull, strict } from './shapes.ts'
import { ShownHere } from './shown.ts'

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
  /** An interpreter is to come with whoever answers, now rather than later. */
  isInterpreterWanted: Type.Boolean(),
  matterId: orNull(MatterId),
  /** The employee who stands beside the citizen in this call, until they leave. */
  staff: orNull(StaffHere),
}

/** Somebody in the call beside whoever has it. */
export const OtherInCall = Type.Object(
  {
    /** Their name in the media room. */
    participantId: ParticipantId,
    firstName: Name,
    /** Asked in for a language or for signing, for what they know, or neither. */
    role: Type.Union([Type.Literal('interpreter'), Type.Literal('specialist'), Type.Literal('staff')]),
  },
  strict,
)
export type OtherInCall = Static<typeof OtherInCall>

/** Somebody who is looked for and not in the call yet. */
export const Joining = Type.Object(
  {
    joinId: JoinId,
    /** Null where somebody is asked for by centre or name, or whoever serves a queue. */
    attribute: orNull(Skill),
    kind: AttributeKind,
    /** What somebody with that skill knows, where it is a service of the city. */
    labels: orNull(Labels),
    since: Instant,
    /** Whoever is in the call now leaves when they come in. */
    isTransfer: Type.Boolean(),
    /** Somebody is being asked right now. */
    isOffered: Type.Boolean(),
  },
  strict,
)
export type Joining = Static<typeof Joining>

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
      /** Whose picture is whose: the name of that agent in the media room. */
      agentParticipantId: ParticipantId,
      centreName: Name,
      /** The agent's connection is gone for the moment; the call stands. */
      isAgentLost: Type.Boolean(),
      /** Everybody else, in the order in which they came. */
      others: Type.Array(OtherInCall, { maxItems: 20 }),
      joining: Type.Array(Joining, { maxItems: 20 }),
      /** An agent looks into something: nothing of the citizen is sent meanwhile. */
      hold: orNull(Type.Object({ since: Instant, byFirstName: Name }, strict)),
      /** What an agent shows them, until somebody takes it off. */
      shown: orNull(ShownHere),
      /** Who looks at a still of what the citizen holds up; absent where nobody does. */
      stillBy: Type.Optional(Name),
      /** [R43] A supervisor who hears the call; absent where nobody does. Whoever has joined is among the others too. */
      supervisor: Type.Optional(Type.Object({ firstName: Name, hasJoined: Type.Boolean() }, strict)),
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
      /** [R40] An agent promised to talk with them again; absent for a place that they left with. */
      callback: Type.Optional(CallbackForCaller),
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
      /** [R40] What the agent promised since, on the same ticket. */
      promised: Type.Optional(
        Type.Object(
          { ticket: Ticket, ticketUrlPath: Type.String({ maxLength: 160 }), callback: CallbackForCaller },
          strict,
        ),
      ),
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
    /** A kiosk of the city; the citizen's own phone, which has one call and nothing else; or the desk of an employee beside them. */
    device: Type.Union([Type.Literal('kiosk'), Type.Literal('phone'), Type.Literal('desk')]),
    kioskId: KioskId,
    siteId: SiteId,
    siteName: Name,
    siteType: SiteType,
    defaultLanguage: Language,
    /** What calls about this kiosk's service can be held in, with an interpreter where `isInterpreted` says so. */
    spokenLanguages: Type.Array(Type.Object({ language: Language, isInterpreted: Type.Boolean() }, strict), {
      maxItems: 20,
    }),
    /** Pixels to a millimetre of this kiosk's glass; null where nobody has measured it. */
    pxPerMm: orNull(Type.Number({ minimum: 0.5, maximum: 20 })),
    /** Whether this site tells how long the wait may be. The place in line is always told. */
    isWaitTold: Type.Boolean(),
    matters: Type.Array(MatterView, { maxItems: 24 }),
    /** The classes a citizen may ask for here, by the policy in force. */
    classIds: Type.Array(ClassId, { maxItems: 20 }),
    calledTickets: Type.Array(CalledTicket, { maxItems: 20 }),
    /** What the staff says to those in line and to whoever comes by, the newest first. */
    notices: Type.Array(NoticeView, { maxItems: NOTICES_SHOWN_MAX }),
    line: LineView,
    help: HelpView,
    /** Until when this view holds if nothing happens: then the time of day alone changes it, and the page asks anew. */
    freshUntil: orNull(Instant),
    /** The employee who is signed in at this kiosk right now. */
    staff: orNull(StaffHere),
    call: orNull(CallerCallView),
  },
  strict,
)
export type CallerView = Static<typeof CallerView>
