/** The names the SFU knows: rooms, participants, transports, producers, consumers. Never people. */
import { Type, type Static } from 'typebox'

export const RoomId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })
export type RoomId = Static<typeof RoomId>

/** `caller`, or `agent-…`: one for each person the server lets into the room. */
export const ParticipantId = Type.String({ minLength: 1, maxLength: 80, pattern: '^[A-Za-z0-9.-]+$' })
export type ParticipantId = Static<typeof ParticipantId>

export const ParticipantRole = Type.Union([Type.Literal('caller'), Type.Literal('agent')])
export type ParticipantRole = Static<typeof ParticipantRole>

/** mediasoup's own ids are UUIDs. */
export const MediaObjectId = Type.String({ minLength: 1, maxLength: 64 })
