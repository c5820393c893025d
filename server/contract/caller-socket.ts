/**
 * Caller's page ↔ server, on the namespace `/caller`, opened by a kiosk with
 * `auth: { protocolVersion, kioskId, deviceKey }`, and by a citizen's own phone with
 * `auth: { protocolVersion, ticket, ticketKey }` from the QR code; and by the desk of an agent with a citizen beside them with
 * `auth: { protocolVersion, isBeside: true }` and the agent's cookie: without the right to it, `not-allowed`. The newest connection of a kiosk wins; an older one is
 * told `connection.replaced` and closed.
 */
import { Type } from 'typebox'
import type { EventTable, RequestTable } from '#sfu/contract/wire.ts'
import { MediaTicket } from '#sfu/contract/ticket.ts'
import { Face } from './call-words.ts'
import { CaptionSaid } from './captions.ts'
import { BesideStart, StaffNote, staffRequests } from './caller-staff.ts'
import { CallId, ClassId, Instant, JoinId, Language, MatterId, Mode, Ticket } from './ids.ts'
import { IceServers } from './ice-servers.ts'
import { MachineOrder } from './kiosk-care.ts'
import { kioskRequests } from './kiosk-report.ts'
import { ShownId, ShownMove } from './shown.ts'
import { CallerView } from './views.ts'

export const PROTOCOL_VERSION = 2

const strict = { additionalProperties: false } as const
const Nothing = Type.Object({}, strict)

/** A whole view, the version it has, and the server's clock when it was made. */
export const CallerSnapshot = Type.Object(
  { version: Type.Integer({ minimum: 0 }), at: Instant, view: CallerView },
  strict,
)

/** Where picture and sound are to be had, and the right to go there. */
export const MediaInvitation = Type.Object(
  { sfuUrl: Type.String({ maxLength: 256 }), ticket: MediaTicket, iceServers: Type.Optional(IceServers) },
  strict,
)

export const callerRequests = {
  /** First of all, and after every reconnection. */
  hello: { body: Nothing, reply: CallerSnapshot },
  /**
   * The press. Puts the citizen in line at once, with no matter and, where nothing was chosen before, in the kiosk's own
   * language and by video; all of it can be said later. Asking again with the same id gives the same call.
   */
  'call.start': {
    body: Type.Object(
      {
        callId: CallId,
        classId: Type.Optional(ClassId),
        /** Chosen before the press; the kiosk's own where this is absent. */
        language: Type.Optional(Language),
        /** Video where this is absent. */
        mode: Type.Optional(Mode),
        /** Of a call of the same citizen that is over: whoever answered it is asked first, for a short time. */
        earlierTicket: Type.Optional(Ticket),
        /** Together with the employee who is signed in at this kiosk; refused where nobody is. The class is then staff's. */
        withStaff: Type.Optional(Type.Object({ note: StaffNote }, strict)),
        /** From an agent's own desk, and from there always; refused everywhere else. The class is staff's where none is named. */
        beside: Type.Optional(BesideStart),
        /** Where the line is closed: a place for its next opening, which the citizen takes along, instead of none. */
        isForNextOpening: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    reply: CallerSnapshot,
  },
  /** Language, interpreter, matter and way of talking, known better now. The place in line stays. */
  'call.refine': {
    body: Type.Object(
      {
        callId: CallId,
        language: Type.Optional(Language),
        matterId: Type.Optional(MatterId),
        classId: Type.Optional(ClassId),
        mode: Type.Optional(Mode),
        /** An interpreter with whoever answers, now rather than later. */
        isInterpreterWanted: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    reply: CallerSnapshot,
  },
  /** Leaves the screen and keeps the place: to come back, or to be rung at this kiosk. Asking again changes nothing. */
  'call.step-away': {
    body: Type.Object({ callId: CallId, isRungAtKiosk: Type.Boolean() }, strict),
    reply: CallerSnapshot,
  },
  /**
   * A ticket typed at this kiosk: its place, here from now on. [R40] A promised callback is shown before its time, and taken up
   * only `isAtOnce`.
   */
  'ticket.take-up': {
    body: Type.Object({ ticket: Ticket, isAtOnce: Type.Optional(Type.Boolean()) }, strict),
    reply: CallerSnapshot,
  },
  /** Nobody more is wanted in the own call: an interpreter is not needed, or the talk goes on with whoever is there. */
  /** The citizen cannot hear, or can again: whoever talks with them sees it. Of the moment, and kept nowhere. */
  'call.say-hearing': {
    body: Type.Object({ callId: CallId, hasTrouble: Type.Boolean() }, strict),
    reply: CallerSnapshot,
  },
  'join.decline': { body: Type.Object({ callId: CallId, joinId: JoinId }, strict), reply: CallerSnapshot },
  /** How it was, once, within some minutes after the end of an answered call of this device. */
  'rating.give': { body: Type.Object({ callId: CallId, face: Face }, strict), reply: Nothing },
  /** The citizen takes off what is shown; the agents are told that they did. Asking again changes nothing. */
  'shown.close': { body: Type.Object({ callId: CallId, shownId: ShownId }, strict), reply: CallerSnapshot },
  /** The citizen scrolls what is shown, and the desks follow. */
  'shown.scroll': { body: ShownMove, reply: Nothing },
  /** Leaves the line, ends the conversation, or gives back a promised callback that is shown here. Asking again changes nothing. */
  'call.hang-up': { body: Type.Object({ callId: CallId }, strict), reply: CallerSnapshot },
  /** Asked for while waiting, so that picture and sound are ready when somebody answers. */
  'media.ticket': { body: Type.Object({ callId: CallId }, strict), reply: MediaInvitation },
  ...staffRequests(CallerSnapshot),
  ...kioskRequests,
} as const satisfies RequestTable

export const callerEvents = {
  'view.changed': CallerSnapshot,
  /** An agent points or scrolls. */
  'shown.moved': ShownMove,
  /** Somebody in the call types what is said. */
  'caption.said': CaptionSaid,
  'connection.replaced': Nothing,
  /** Somebody who looks after kiosks orders it of this one. A page that knows nothing of it does nothing. */
  'machine.ordered': Type.Object({ order: MachineOrder }, strict),
} as const satisfies EventTable
