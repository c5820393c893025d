/** A ticket in two halves, as it is read aloud: `K7M 4QX`. The space does not break. */
export function ticketText(ticket: string): string {
  return `${ticket.slice(0, 3)}\u00A0${ticket.slice(3)}`
}
