/** Tickets as they are read and typed. */
import { TICKET_LETTERS } from '#server/contract/ids.ts'

/** A ticket in two halves, as it is read aloud: `K7M 4QX`. The space does not break. */
export function ticketText(ticket: string): string {
  return `${ticket.slice(0, 3)}\u00A0${ticket.slice(3)}`
}

/** What somebody typed as a ticket, without spaces and in capitals: `k7m 4qx` → `K7M4QX`. */
export function ticketOf(typed: string): string {
  return typed.replaceAll(/[\s\u00A0-]/g, '').toUpperCase()
}

/** Whether that can be a ticket: six letters and digits that are not taken for one another. */
export function isTicket(text: string): boolean {
  return new RegExp(`^[${TICKET_LETTERS}]{6}$`).test(text)
}
