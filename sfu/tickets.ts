/** Whether a ticket lets its bearer in here and now. */
import { readTicket } from '#sfu/binding/ticket-code.ts'
import type { RoomId } from '#sfu/contract/ids.ts'
import type { TicketClaims } from '#sfu/contract/ticket.ts'
import { Refusal } from '#sfu/contract/wire.ts'

export type TicketGate = { readonly admit: (ticket: unknown) => TicketClaims }

/**
 * Makes the check of tickets for this SFU. `admit` returns what a ticket says, or throws the Refusal `ticket-refused`
 * (malformed, forged, expired, for another SFU) or `room-not-open`. A removal is checked at joining, by the room.
 */
export function createTicketGate(options: {
  readonly mediaSecret: string
  readonly sfuId: string
  readonly isRoomOpen: (roomId: RoomId) => boolean
  /** Ms since epoch. */
  readonly now?: () => number
}): TicketGate {
  const { mediaSecret, sfuId, isRoomOpen, now = Date.now } = options
  return {
    admit(ticket) {
      if (typeof ticket !== 'string') throw new Refusal('ticket-refused', 'there is no ticket')
      const claims = readTicket(mediaSecret, ticket, { sfuId, at: now() })
      if (!isRoomOpen(claims.roomId)) throw new Refusal('room-not-open', 'the room of the ticket is not open')
      return claims
    },
  }
}
