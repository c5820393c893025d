/**
 * Server ↔ SFU. The server is the one who asks; every request may be repeated and then changes nothing
 * (a restarted server says everything again). The link is one socket.io connection on the namespace
 * `/control`, opened by the server with `auth: { protocolVersion, at, proof }`, where
 * `proof = base64url(HMAC-SHA256(mediaSecret, "control " + protocolVersion + " " + at))` and `at` is
 * within {@link CONTROL_PROOF_AGE_MS_MAX} of the SFU's clock.
 *
 * A participant who has joined with a ticket is on *standby*: their transports are made and their
 * producers may be, but nobody receives them. `room.connect` names who sees whom from now on.
 */
import { Type, type Static } from 'typebox'
import type { EventTable, RequestTable } from './wire.ts'
import { ParticipantId, ParticipantRole, RoomId } from './ids.ts'

export const CONTROL_PROTOCOL_VERSION = 1
export const CONTROL_NAMESPACE = '/control'
export const CONTROL_PROOF_AGE_MS_MAX = 30_000

export const controlErrorCodes = [
  'bad-request',
  'too-many-requests',
  'internal',
  'no-answer',
  'control-refused',
  'version-mismatch',
  'room-not-open',
  'room-limit-reached',
  'no-media-worker',
] as const
export type ControlErrorCode = (typeof controlErrorCodes)[number]

const strict = { additionalProperties: false } as const
const Nothing = Type.Object({}, strict)

export const RoomState = Type.Object(
  {
    roomId: RoomId,
    participants: Type.Array(
      Type.Object({ participantId: ParticipantId, role: ParticipantRole, isConnected: Type.Boolean() }, strict),
      { maxItems: 16 },
    ),
  },
  strict,
)
export type RoomState = Static<typeof RoomState>

export const HeardBy = Type.Object(
  { participantId: ParticipantId, byIds: Type.Array(ParticipantId, { maxItems: 16 }) },
  strict,
)
export type HeardBy = Static<typeof HeardBy>

export const controlRequests = {
  /** Who this SFU is and what is live on it. `instanceId` is new at each start of the SFU process. */
  hello: {
    body: Nothing,
    reply: Type.Object(
      {
        sfuId: Type.String(),
        instanceId: Type.String(),
        workerCount: Type.Integer({ minimum: 0 }),
        rooms: Type.Array(RoomState),
      },
      strict,
    ),
  },
  /** Makes the room unless it exists. Tickets for a room that is not open are refused. */
  'room.open': { body: Type.Object({ roomId: RoomId }, strict), reply: Nothing },
  /**
   * From now on exactly these participants, and those among them who join later, receive one another.
   * Everybody else in the room goes back to standby. An empty list: nobody receives anybody.
   */
  'room.connect': {
    body: Type.Object({ roomId: RoomId, participantIds: Type.Array(ParticipantId, { maxItems: 16 }) }, strict),
    reply: Nothing,
  },
  /**
   * From now on this agent, and nobody else, may send a window of their screen; null: nobody may. What another sends of theirs
   * ends at once.
   */
  'room.screen': {
    body: Type.Object({ roomId: RoomId, participantId: Type.Union([ParticipantId, Type.Null()]) }, strict),
    reply: Nothing,
  },
  /**
   * From now on these are apart from all others in the room: neither side receives the other's picture or sound, whatever is sent, while those on
   * one side go on receiving each other. Text goes on. An empty list: nobody is apart.
   */
  'room.apart': {
    body: Type.Object({ roomId: RoomId, participantIds: Type.Array(ParticipantId, { maxItems: 16 }) }, strict),
    reply: Nothing,
  },
  /**
   * From now on whoever is named is received by those beside their name and by nobody else, who are not even told that
   * they send; they themselves receive as everybody does. Who is not named is received by all. An empty list: all are.
   */
  'room.heard-by': {
    body: Type.Object({ roomId: RoomId, heardBy: Type.Array(HeardBy, { maxItems: 16 }) }, strict),
    reply: Nothing,
  },
  /**
   * Takes one participant out: no ticket of theirs issued up to `removedAt` lets them in again. `removedAt` is by
   * the clock that issues tickets, so that the two clocks need not agree; left out, it is the SFU's own.
   */
  'room.remove': {
    body: Type.Object(
      { roomId: RoomId, participantId: ParticipantId, removedAt: Type.Optional(Type.Integer({ minimum: 0 })) },
      strict,
    ),
    reply: Nothing,
  },
  /** Ends the room and everything in it. */
  'room.close': { body: Type.Object({ roomId: RoomId }, strict), reply: Nothing },
} as const satisfies RequestTable

export const controlEvents = {
  /**
   * Every connected participant has seen or heard another: the conversation can begin. Once for each `room.connect`;
   * one repeated for a room that flows already is told again, for a server that was restarted in between.
   */
  'room.flowing': Type.Object({ roomId: RoomId }, strict),
  /** The mediasoup worker under the room died; the SFU has made the room again and asked the pages to come back. */
  'room.moved': Type.Object({ roomId: RoomId }, strict),
  /** The room is gone and could not be made again. */
  'room.lost': Type.Object({ roomId: RoomId }, strict),
  /** A mediasoup worker died. `roomCount` rooms were on it. */
  'worker.died': Type.Object(
    { workerIndex: Type.Integer({ minimum: 0 }), roomCount: Type.Integer({ minimum: 0 }) },
    strict,
  ),
} as const satisfies EventTable
