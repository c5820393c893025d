/**
 * The open pages of people, by the sign-in each came with. When that ends, its pages are told and closed at once: their next request
 * would be refused anyway, but a socket asks nobody. A citizen in a call is not cut off by it: the engine hears that the agent is lost.
 */
import type { Namespace, Socket } from 'socket.io'
import { tell, type BindOptions } from '#sfu/binding/bind.ts'
import { hashToken } from '#server/auth/tokens.ts'
import { signInToken } from '#server/auth/sign-in-cookies.ts'
import { agentEvents } from '#server/contract/agent-socket.ts'
import type { SignInEnd } from '#server/contract/sign-ins.ts'
import type { SignIn } from '#server/store/sign-ins.ts'

export type LiveSignInParts = {
  readonly hasSecureCookies: boolean
  /** The longest that a sign-in holds, in ms. */
  readonly signInMs: number
  readonly now: () => number
  readonly store: {
    /** The sign-in behind the hash of a token, unless it is over. */
    find(tokenHash: Buffer): Promise<SignIn | undefined>
    /** Notes that these are in use, and returns those that still stand. */
    noteUse(signInIds: readonly string[]): Promise<readonly SignIn[]>
    end(signIn: SignIn): Promise<unknown>
  }
  /** Whether somebody is at work for a citizen, who is not to pay for the hour. */
  readonly isBusy: (agentId: string) => boolean
  readonly bindOptions: BindOptions
}

/** How often it is looked whether a sign-in has reached its limit, and noted that a page is open. In ms. */
export const LOOK_EVERY_MS = 30_000

/** Ends that came while a page was on its way in. More than could come within that moment. */
const ENDS_REMEMBERED = 1_000

export class LiveSignIns {
  readonly #parts: LiveSignInParts
  readonly #sockets = new Map<string, Set<Socket>>()
  readonly #ended = new Set<string>()
  readonly #timer: NodeJS.Timeout

  /** `onFault`: the store did not answer; the next look asks again. */
  constructor(parts: LiveSignInParts, onFault: (error: unknown) => void) {
    this.#parts = parts
    this.#timer = setInterval(() => void this.look().catch(onFault), LOOK_EVERY_MS)
  }

  /** From here on the pages of a namespace live no longer than their sign-ins. */
  follow(namespace: Namespace): void {
    namespace.on('connection', (socket) => {
      this.#take(socket).catch(() => socket.disconnect(true))
    })
  }

  /** A sign-in has ended, whoever ended it; `why`: what its pages are told of that. */
  ended(signInId: string, why?: SignInEnd): void {
    this.#ended.add(signInId)
    const [oldest] = this.#ended
    if (this.#ended.size > ENDS_REMEMBERED && oldest !== undefined) this.#ended.delete(oldest)
    for (const socket of this.#sockets.get(signInId) ?? []) this.#close(socket, why)
  }

  /** Notes that open pages are in use, and ends the sign-ins that are too old, unless a citizen is with them. */
  async look(): Promise<void> {
    const { store, isBusy, now, signInMs } = this.#parts
    const ids = [...this.#sockets.keys()]
    if (ids.length === 0) return
    const standing = await store.noteUse(ids)
    const known = new Set(standing.map(({ signInId }) => signInId))
    for (const signInId of ids) if (!known.has(signInId)) this.ended(signInId)
    const old = standing.filter(({ startedAt, agentId }) => startedAt.getTime() <= now() - signInMs && !isBusy(agentId))
    for (const signIn of old) {
      await store.end(signIn)
      this.ended(signIn.signInId, 'limit')
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #take(socket: Socket): Promise<void> {
    const token = signInToken(socket.handshake.headers.cookie, this.#parts.hasSecureCookies)
    const signIn = token === undefined ? undefined : await this.#parts.store.find(hashToken(token))
    if (signIn === undefined || this.#ended.has(signIn.signInId)) return this.#close(socket)
    if (!socket.connected) return
    const { signInId } = signIn
    const sockets = this.#sockets.get(signInId) ?? new Set()
    this.#sockets.set(signInId, sockets.add(socket))
    socket.on('disconnect', () => {
      sockets.delete(socket)
      if (sockets.size === 0 && this.#sockets.get(signInId) === sockets) this.#sockets.delete(signInId)
    })
  }

  #close(socket: Socket, why?: SignInEnd): void {
    // The same event at every desk and on every floor.
    tell(socket, agentEvents, 'signed-out', why === undefined ? {} : { why }, this.#parts.bindOptions)
    socket.disconnect(true)
  }
}
