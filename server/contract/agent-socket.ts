/**
 * Agent page ↔ server, on the namespace `/agent`, opened with `auth: { protocolVersion, deskId, takesOver }` and the
 * cookie of a signed-in agent. An agent works in one window, `deskId` says in which tab. Another one is turned away at the door
 * with `desk-occupied` while the first answers `connection.probe`, unless it `takesOver`; the first is then told
 * `connection.replaced` and closed.
 */
import { Type, type Static } from 'typebox'
import type { EventTable, RequestTable } from '#sfu/contract/wire.ts'
import { MediaInvitation } from './caller-socket.ts'
import { CallbackSheet, CallbackToPromise } from './callbacks.ts'
import { CaptionSaid, CaptionWritten } from './captions.ts'
import { CallId, Instant, OfferId } from './ids.ts'
import { joinRequests } from './joins.ts'
import { PathTestInvitation } from './kiosk-report.ts'
import { Shown, ShownMove } from './shown.ts'
import { SignedOut } from './sign-ins.ts'
import { MessageRead } from './staff-messages.ts'
import { AgentView } from './views.ts'
import { WrapUpForm, WrapUpKept, WrapUpSheet } from './wrap-up.ts'

const strict = { additionalProperties: false } as const
const Nothing = Type.Object({}, strict)

export const AgentSnapshot = Type.Object(
  { version: Type.Integer({ minimum: 0 }), at: Instant, view: AgentView },
  strict,
)

/** Reasons an agent may choose for being away. */
export const ChosenAwayReason = Type.Union([Type.Literal('break'), Type.Literal('meeting'), Type.Literal('other-work')])

export const DeclineReason = Type.Union([
  Type.Literal('not-mine'),
  Type.Literal('know-the-citizen'),
  Type.Literal('technical'),
  Type.Literal('other'),
])
export type DeclineReason = Static<typeof DeclineReason>

export const agentRequests = {
  hello: { body: Nothing, reply: AgentSnapshot },
  /** Ready for calls. Anything the engine held against the agent (not responding, declined) is over. */
  'availability.set-available': { body: Nothing, reply: AgentSnapshot },
  /** No calls from now on. In a call, it takes effect afterwards; an offer on the screen goes back. */
  'availability.set-away': { body: Type.Object({ reason: ChosenAwayReason }, strict), reply: AgentSnapshot },
  'offer.accept': { body: Type.Object({ offerId: OfferId }, strict), reply: AgentSnapshot },
  'offer.decline': {
    body: Type.Object({ offerId: OfferId, reason: Type.Optional(DeclineReason) }, strict),
    reply: AgentSnapshot,
  },
  ...joinRequests(AgentSnapshot),
  /** The citizen waits while the agent looks into something. Asking again changes nothing; nor does resuming what is not on hold. */
  'call.hold': { body: Type.Object({ callId: CallId }, strict), reply: AgentSnapshot },
  'call.resume': { body: Type.Object({ callId: CallId }, strict), reply: AgentSnapshot },
  /** Leaves the call; the last to leave ends it. */
  'call.hang-up': { body: Type.Object({ callId: CallId }, strict), reply: AgentSnapshot },
  /** More time to finish than until `endsAt`, which is what the desk showed; refused where the limit is reached. */
  'wrap-up.lengthen': { body: Type.Object({ endsAt: Instant }, strict), reply: AgentSnapshot },
  'wrap-up.finish': { body: Nothing, reply: AgentSnapshot },
  /** Shows something on the citizen's screen, in the place of what was shown. The same id again changes nothing. */
  'shown.show': { body: Type.Object({ callId: CallId, shown: Shown }, strict), reply: AgentSnapshot },
  'shown.stop': { body: Type.Object({ callId: CallId }, strict), reply: AgentSnapshot },
  /** Points and scrolls, some times a second. Of what is not shown any more it changes nothing. */
  'shown.move': { body: ShownMove, reply: Nothing },
  /** What is said, typed along for the citizen to read under the picture, some times a second. Nothing keeps it. */
  'caption.write': { body: CaptionWritten, reply: Nothing },
  /** What can be written about a call, and what this agent wrote. For whoever is in it, or was within `WRITABLE_MS`. */
  'wrap-up.read': { body: Type.Object({ callId: CallId }, strict), reply: WrapUpSheet },
  /** The whole form, which replaces what was written before. A code that the policy does not name is refused. */
  'wrap-up.write': { body: Type.Object({ callId: CallId, form: WrapUpForm }, strict), reply: WrapUpKept },
  /** [R40] In the wrap-up of a call that is over; again, it is moved. Refused with `callback-time` for a time at which there is none. */
  'callback.promise': { body: CallbackToPromise, reply: CallbackSheet },
  /** Takes it back, in the same wrap-up. Asking again changes nothing. */
  'callback.withdraw': { body: Type.Object({ callId: CallId }, strict), reply: CallbackSheet },
  /** From the moment the offer is on the screen: the media path is made while it rings. */
  'media.ticket': { body: Type.Object({ callId: CallId }, strict), reply: MediaInvitation },
  /** Whether the agent looks at a still of the citizen's picture, which is at the desk alone: the citizen is told. */
  'call.say-still': { body: Type.Object({ callId: CallId, isHeld: Type.Boolean() }, strict), reply: Nothing },
  /**
   * A room of its own on an SFU, for some seconds, in which the desk hears and sees what it sends itself: the way of a
   * call without a call. Refused while the last one is fresh, and while too many others are tested.
   */
  'desk.test-path': { body: Nothing, reply: PathTestInvitation },
  /** The agent has read what a supervisor wrote. Reading what is not there changes nothing. */
  'message.read': { body: MessageRead, reply: Nothing },
  /** The test is over, whatever it found: its room is not needed any more. */
  'desk.path-tested': { body: Nothing, reply: Nothing },
} as const satisfies RequestTable

export const agentEvents = {
  'view.changed': AgentSnapshot,
  /** Somebody else in the call points or scrolls. */
  'shown.moved': ShownMove,
  /** Somebody else in the call types captions. */
  'caption.said': CaptionSaid,
  'connection.replaced': Nothing,
  /** Acknowledged by a page that is there: another window of the agent is at the door. */
  'connection.probe': Nothing,
  /** The sign-in has ended, and why. */
  'signed-out': SignedOut,
} as const satisfies EventTable
