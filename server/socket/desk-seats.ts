/**
 * In which window an agent works. The desk has one: a window that is opened beside it is told so and has to ask for it.
 * A page that is loaded anew has the id of its tab and gets its own place back; a connection that does not answer is
 * waited for by nobody.
 */

/** What a window says of itself at the door. */
export type DeskClaim = {
  /** Of the tab, the same after a reload; null for a program that has none. */
  readonly deskId: string | null
  /** The agent has been asked, and wants to go on here. */
  readonly takesOver: boolean
  /** The sign-in it comes with: two windows of one browser share it. */
  readonly signIn: string
}

export type DeskSeat = {
  readonly claim: DeskClaim
  /** Ms since 1970. */
  readonly since: number
  /** Whether the page answers: one that sleeps, or has lost its network, does not. */
  readonly answers: () => Promise<boolean>
}

const DESK_ID = /^[0-9a-f]{32}$/

/** The claim in the handshake of a connection. What has not the right form is as if it were not there. */
export function readClaim(auth: Readonly<Record<string, unknown>>, signIn: string): DeskClaim {
  const { deskId, takesOver } = auth
  const isId = typeof deskId === 'string' && DESK_ID.test(deskId)
  return { deskId: isId ? deskId : null, takesOver: takesOver === true, signIn }
}

export class DeskSeats {
  readonly #seats = new Map<string, DeskSeat>()

  /** The window that has to be asked about first; undefined where this one may go in. */
  async occupiedBy(agentId: string, claim: DeskClaim): Promise<DeskSeat | undefined> {
    const seat = this.#seats.get(agentId)
    if (seat === undefined || claim.takesOver || seat.claim.deskId === claim.deskId) return undefined
    return (await seat.answers()) && this.#seats.get(agentId) === seat ? seat : undefined
  }

  /** This window works from now on. Returns what is to be called when its connection is gone. */
  take(agentId: string, seat: DeskSeat): () => void {
    this.#seats.set(agentId, seat)
    return () => {
      if (this.#seats.get(agentId) === seat) this.#seats.delete(agentId)
    }
  }
}
