/**
 * Limits on what comes over a connection before anything reads it: how fast its frames may come, how many before it has come in
 * anywhere, and how often the connections of one address may be ended for it. A flood costs a glance at each frame, not a parse.
 */
import type { IncomingMessage } from 'node:http'
import type { Server } from 'socket.io'
import { BucketsByName, fullBucket, takeToken, type BucketLimits } from './flood-guard.ts'

export type FrameLimits = {
  /** Of one connection. Pages ask at most thirty times a second (`bind.ts`), and answer pings. */
  readonly frames: BucketLimits
  /** A page sends one, with which it comes in. */
  readonly beforeEntryMax: number
  /** Connections of one address that are ended for what they sent. Beyond it, the address is not let in for a while. */
  readonly endings: BucketLimits
}

export const FRAME_LIMITS: FrameLimits = {
  frames: { burst: 240, perSecond: 60 },
  beforeEntryMax: 3,
  // Raised, a flood goes on for longer; lowered, one broken machine keeps out those behind the same address sooner.
  endings: { burst: 20, perSecond: 0.5 },
}

const ADDRESSES_REMEMBERED_MAX = 10_000

/** A connection that has come in nowhere by then is closed, in ms: of that the server may be to blame, when it is busy. */
export const ENTRY_MS_MAX = 5_000

/** As much of an engine.io connection as is looked at here. */
type Connection = {
  readonly request: IncomingMessage
  on(event: 'packet', listener: () => void): unknown
  once(event: 'close', listener: (reason: string) => void): unknown
  close(discard?: boolean): void
}

export class FrameGuard {
  readonly #limits: FrameLimits
  readonly #addressOf: (request: IncomingMessage) => string
  readonly #endings: BucketsByName
  readonly #onEnded: () => void
  readonly #now: () => number
  readonly #entered = new WeakSet<object>()
  #isStopping = false

  /** `onEnded` hears of each connection that was ended; `now` is in ms since some moment. */
  constructor(
    limits: FrameLimits,
    addressOf: (request: IncomingMessage) => string,
    onEnded: () => void = () => undefined,
    now = () => performance.now(),
  ) {
    this.#limits = limits
    this.#addressOf = addressOf
    this.#endings = new BucketsByName(limits.endings, ADDRESSES_REMEMBERED_MAX)
    this.#onEnded = onEnded
    this.#now = now
  }

  /** Whether a request for a connection may be one: not where too many from there had to be ended lately. */
  isWelcome(request: IncomingMessage): boolean {
    return this.#endings.has(this.#addressOf(request), this.#now())
  }

  /** Watches every connection of `server` from here on. */
  watch(server: Server): void {
    server.engine.on('connection', (connection: Connection) => this.#guard(connection))
    const noteEntry = ({ conn }: { readonly conn: object }): void => void this.#entered.add(conn)
    server.on('new_namespace', (namespace) => namespace.on('connection', noteEntry))
    server.on('connection', noteEntry)
  }

  /** Connections that end from here on are ended by our own going. */
  stop(): void {
    this.#isStopping = true
  }

  #guard(connection: Connection): void {
    const { frames, beforeEntryMax } = this.#limits
    const openedAt = this.#now()
    const bucket = fullBucket(frames, openedAt)
    let before = 0
    let isEnded = false
    const end = (): void => {
      if (isEnded || this.#isStopping) return
      isEnded = true
      this.#endings.take(this.#addressOf(connection.request), this.#now())
      this.#onEnded()
      connection.close(true)
    }
    connection.on('packet', () => {
      if (!this.#entered.has(connection) && (before += 1) > beforeEntryMax) return end()
      if (!takeToken(bucket, frames, this.#now())) end()
    })
    // What could not be read, or was asked before anybody came in: socket.io has closed it itself. So it has where a busy server let
    // nobody in for too long; held against their address, a whole contact centre would be kept out of a server that just began anew.
    connection.once('close', (reason) => {
      const isInTime = this.#now() - openedAt < ENTRY_MS_MAX
      if (reason === 'forced close' && isInTime && !this.#entered.has(connection)) end()
    })
  }
}
