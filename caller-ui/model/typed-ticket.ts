/** A ticket on its way from a hand to the server. */
import { TICKET_LETTERS, type Ticket } from '#server/contract/ids.ts'

export const TICKET_LENGTH = 6

/** What has been typed, and what became of asking for it. */
export type TicketEntry = {
  readonly typed: string
  readonly state: 'typing' | 'asking' | 'unknown' | 'failed'
}

export const nothingTyped: TicketEntry = { typed: '', state: 'typing' }

/** After one more character. One that no ticket has, or one too many, changes nothing. */
export function withCharacter(entry: TicketEntry, character: string): TicketEntry {
  const letter = character.toUpperCase()
  const isLetter = letter.length === 1 && TICKET_LETTERS.includes(letter)
  if (entry.state === 'asking' || !isLetter || entry.typed.length >= TICKET_LENGTH) return entry
  return { typed: entry.typed + letter, state: 'typing' }
}

export function withoutLast(entry: TicketEntry): TicketEntry {
  return entry.state === 'asking' ? entry : { typed: entry.typed.slice(0, -1), state: 'typing' }
}

/** The whole ticket, or null while letters are missing. */
export const wholeTicket = ({ typed }: TicketEntry): Ticket | null =>
  typed.length === TICKET_LENGTH ? (typed as Ticket) : null

/** Letter by letter, as it is read aloud. */
export const spelled = (letters: string): string => [...letters].join(' ')
