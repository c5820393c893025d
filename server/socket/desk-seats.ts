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

  /**
   * Gives this window the agent's seat, or says whose it is: the window that has to be asked about first. Who asks while
   * another is being given it is told of that one, so that of two that come in the same moment one is asked.
   */
  async claim(agentId: string, wanted: DeskSeat): Promise<DeskSeat | undefined> {
    const { claim } = wanted
    for (;;) {
      const seat = this.#seats.get(agentId)
      if (seat === undefined || claim.takesOver || seat.claim.deskId === claim.deskId) break
      const isThere = await seat.answers()
      // Another window may have got it meanwhile: then that one is asked about.
      if (this.#seats.get(agentId) !== seat) continue
      if (isThere) return seat
      break
    }
    this.#seats.set(agentId, wanted)
    return undefined
  }

  /** The window is gone, or never came in. */
  leave(agentId: string, seat: DeskSeat): void {
    if (this.#seats.get(agentId) === seat) this.#seats.delete(agentId)
  }
}
