/** Tickets: what a citizen keeps of a place in line, and what shows that a phone has it from the screen. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { TICKET_LETTERS } from '#server/contract/ids.ts'

const TICKET_LENGTH = 6
const KEY_LENGTH = 22

/** A ticket by chance, of letters and digits that nobody mistakes for one another. About 700 million of them. */
export function newTicket(): string {
  return Array.from({ length: TICKET_LENGTH }, () => TICKET_LETTERS[randomInt(TICKET_LETTERS.length)]).join('')
}

/** The key of a call's ticket: it cannot be worked out from the ticket, and nothing has to be kept to know it again. */
export function ticketKeyOf(secret: string, callId: string): string {
  return createHmac('sha256', secret).update(`ticket of ${callId}`).digest('base64url').slice(0, KEY_LENGTH)
}

/** Whether `key` is the one of the call, in a time that says nothing. */
export function isTicketKey(secret: string, callId: string, key: string): boolean {
  const right = Buffer.from(ticketKeyOf(secret, callId))
  const given = Buffer.from(key)
  return given.length === right.length && timingSafeEqual(given, right)
}
