/** The door of the desks: lets a window in, or says that the agent works in another one, and in which. */
import type { Socket } from 'socket.io'
import { browserToken } from '#server/auth/sign-in-cookies.ts'
import type { State } from '#server/routing/state.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { DeskSeats, readClaim, type DeskClaim, type DeskSeat } from './desk-seats.ts'
import type { Entry } from './gate.ts'

/** A page that does not answer within this is not there. Longer, and whoever comes from a sleeping laptop waits longer. */
const PROBE_MS = 2_000

export type DeskDoorParts = {
  readonly directory: Directory
  readonly state: () => State
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export class DeskDoor {
  readonly #parts: DeskDoorParts
  readonly #seats = new DeskSeats()
  /** What is to be called when a window that was let in has come in, or has not. */
  readonly #entering = new WeakMap<Socket, Entering>()

  constructor(parts: DeskDoorParts) {
    this.#parts = parts
  }

  /** Whether this window of an agent may go in. Its seat is kept from here on, until its connection is gone. */
  async enter(person: Person, socket: Socket): Promise<Entry<Person>> {
    const claim = claimOf(socket)
    const { promise: comesIn, resolve: settle } = Promise.withResolvers<boolean>()
    const seat: DeskSeat = {
      claim,
      since: this.#parts.now(),
      answers: async () => (await comesIn) && (await answers(socket)),
    }
    const leave = (): void => {
      this.#seats.leave(person.agentId, seat)
      settle(false)
    }
    const other = await this.#seats.claim(person.agentId, seat)
    if (other !== undefined) return { refused: 'desk-occupied', detail: this.#detailOf(person, other, claim) }
    this.#entering.set(socket, { comeIn: () => settle(true), leave })
    // A connection that ends at the door never comes in.
    if (socket.conn.readyState === 'open') socket.conn.once('close', leave)
    else leave()
    return { who: person }
  }

  /** It has gone in. Returns what is to be called when its connection is gone. */
  take(socket: Socket): () => void {
    const entering = this.#entering.get(socket)
    entering?.comeIn()
    return () => entering?.leave()
  }

  /** What the agent is told of the other window: their own work, so nothing that they do not know. */
  #detailOf({ agentId }: Person, other: DeskSeat, claim: DeskClaim): Readonly<Record<string, string>> {
    const { state, directory } = this.#parts
    const work = state().agents.get(agentId)?.work
    const call = work?.kind === 'in-call' ? state().calls.get(work.callId) : undefined
    const site = call === undefined ? undefined : directory.sites.get(call.siteId)
    return {
      since: String(other.since),
      where: other.claim.signIn === claim.signIn ? 'here' : 'elsewhere',
      work: work?.kind ?? 'idle',
      ...(site === undefined ? {} : { siteName: site.name }),
    }
  }
}

type Entering = { readonly comeIn: () => void; readonly leave: () => void }

/** Whether the page at the other end is awake. */
const answers = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    socket
      .timeout(PROBE_MS)
      .emit('connection.probe', {}, (error: Error | null) => resolve(error === null && socket.connected))
  })

function claimOf({ handshake }: Socket): DeskClaim {
  return readClaim(handshake.auth, browserToken(handshake.headers.cookie))
}
