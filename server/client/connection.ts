/**
 * A page's connection to the server, or a load driver's: it says `hello`, keeps the newest view, comes back after
 * every loss, and asks requests. It knows nothing of any framework; whoever shows the view subscribes.
 *
 *   connecting ──hello answered──► online ◄──hello answered── offline
 *       │                            └────── socket lost ───────► │
 *       └───── first attempt failed ────────────────────────────► │ (tries again for ever)
 *   any ──told `connection.replaced`──► replaced        any ──turned away at the door──► refused(code)
 *
 * `replaced` and `refused` are final until `reconnect()` is called: trying on would only push the newer page out.
 */
import { io } from 'socket.io-client'
import type { Static, TSchema } from 'typebox'
import { ask, type LinkSocket } from '#sfu/client/ask.ts'
import {
  Refusal,
  type Body,
  type EventBody,
  type EventTable,
  type Reply,
  type RequestTable,
} from '#sfu/contract/wire.ts'
import { retryDelayMs } from './retry-delay.ts'
import { ServerClock } from './server-clock.ts'

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail?: Readonly<Record<string, string>> }

/** What every link of the server has: a `hello`, and whole views. */
type ServerRequests = RequestTable & { readonly hello: { readonly reply: TSchema } }
type ServerEvents = EventTable & { readonly 'view.changed': TSchema }

export type SnapshotOf<E extends ServerEvents> = Static<E['view.changed']>

type Handshake = Readonly<Record<string, unknown>>

export type ConnectOptions = {
  /** The server's origin, such as `http://127.0.0.1:8080`. */
  readonly url: string
  readonly namespace: '/caller' | '/agent' | '/supervisor'
  /** The handshake: `{ protocolVersion, … }`. A function is asked again at every attempt. */
  readonly auth: Handshake | (() => Handshake | Promise<Handshake>)
  /** Cookies and the like, for Node alone: a browser sends its own. */
  readonly headers?: Readonly<Record<string, string>>
  /** Between 0 and 1, for the jitter of reconnection. */
  readonly random?: () => number
}

export type RequestOptions = {
  readonly timeoutMs?: number
  /**
   * When no answer came, asks once more as soon as the connection is back, if that is soon enough for the wish to be
   * still there. Only for what may be asked twice, which every request of the contract may.
   */
  readonly retry?: boolean
}

export type Connection<R extends ServerRequests, E extends ServerEvents> = {
  readonly state: ConnectionState
  /** The newest whole view with its version and time; null before the first. Kept while offline. */
  readonly snapshot: SnapshotOf<E> | null
  /** The server's clock now, in ms since epoch: deadlines in views are true against this. */
  serverNow(): number
  /** `serverNow()` minus the local clock, in ms. */
  readonly clockOffsetMs: number
  /**
   * Asks and returns the reply; a reply that is a view becomes the view. Throws a Refusal: the server's own, or
   * `no-answer` when there is no connection or it was lost meanwhile.
   */
  request<K extends keyof R & string>(name: K, body: Body<R, K>, options?: RequestOptions): Promise<Reply<R, K>>
  /** Calls `listener` after every change of `state` or `snapshot`. Returns the function that ends it. */
  subscribe(listener: () => void): () => void
  /** Calls `listener` for each event of that name. Returns the function that ends it. */
  on<K extends keyof E & string>(name: K, listener: (body: EventBody<E, K>) => void): () => void
  /**
   * Makes sure that the other side is still there, as after a sleep of the computer: where no answer comes at once, the
   * connection is given up and made anew, instead of waiting for it to be found dead.
   */
  check(): Promise<void>
  /** Tries now: after `replaced` or `refused`, or instead of waiting for the next attempt. */
  reconnect(): void
  /** Ends the connection for good. Requests under way are refused with `no-answer`. */
  close(): void
}

/** How long a repeated request may come after the first try, in ms. Longer, and the person may have gone. */
export const RETRY_WITHIN_MS = 20_000

/** How long one attempt to connect may take, in ms. */
const CONNECT_TIMEOUT_MS = 8_000

/** How long {@link Connection.check} waits for its answer, in ms. Shorter gives up connections that are only slow. */
const CHECK_MS = 3_000

/** At the door, these say «later»; every other code says «not you». */
const PASSING_CODES: ReadonlySet<string> = new Set(['not-ready', 'too-many-requests', 'internal', 'no-answer'])

/**
 * Opens the connection of one audience and keeps it. The tables are given as types, so that no schema has to travel
 * into a page: `connect<typeof callerRequests, typeof callerEvents>({ url, namespace: '/caller', auth })`.
 */
export function connect<R extends ServerRequests, E extends ServerEvents>(options: ConnectOptions): Connection<R, E> {
  return new ServerConnection<R, E>(options)
}

/** Of the socket only what does not depend on the tables, which the compiler cannot see through while they are open. */
type PlainSocket = {
  on(name: string, listener: (body: unknown, answer: unknown) => void): void
  off(name: string, listener: (body: unknown) => void): void
}

type Snapshot = { readonly version: number; readonly at: number; readonly view: unknown }

class ServerConnection<R extends ServerRequests, E extends ServerEvents> implements Connection<R, E> {
  state: ConnectionState = { kind: 'connecting' }
  snapshot: SnapshotOf<E> | null = null
  readonly #socket: LinkSocket<R, E>
  readonly #plain: PlainSocket
  readonly #clock = new ServerClock()
  readonly #random: () => number
  readonly #listeners = new Set<() => void>()
  /** Versions are compared within one connection only: what a new one says first is the truth, whatever was before. */
  #newestVersion = -1
  #failedAttempts = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(options: ConnectOptions) {
    const { auth } = options
    this.#random = options.random ?? Math.random
    const socket: LinkSocket<R, E> = io(options.url + options.namespace, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      timeout: CONNECT_TIMEOUT_MS,
      auth: typeof auth === 'function' ? (give: (data: object) => void) => void giveLater(auth(), give) : auth,
      ...(options.headers === undefined ? {} : { extraHeaders: { ...options.headers } }),
    })
    this.#socket = socket
    this.#plain = socket as unknown as PlainSocket
    this.#listen()
    globalThis.addEventListener?.('online', this.#onNetworkBack)
    socket.connect()
  }

  get clockOffsetMs(): number {
    return this.serverNow() - Date.now()
  }

  serverNow(): number {
    return this.#clock.now()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  on<K extends keyof E & string>(name: K, listener: (body: EventBody<E, K>) => void): () => void {
    const plainListener = listener as (body: unknown) => void
    this.#plain.on(name, plainListener)
    return () => this.#plain.off(name, plainListener)
  }

  async request<K extends keyof R & string>(
    name: K,
    body: Body<R, K>,
    options: RequestOptions = {},
  ): Promise<Reply<R, K>> {
    const startedAt = performance.now()
    try {
      return await this.#ask(name, body, options)
    } catch (error) {
      const isUnanswered = error instanceof Refusal && error.code === 'no-answer'
      if (!isUnanswered || !options.retry) throw error
      const leftMs = RETRY_WITHIN_MS - (performance.now() - startedAt)
      if (!(await this.#becomesOnlineWithin(leftMs))) throw error
      return this.#ask(name, body, options)
    }
  }

  reconnect(): void {
    if (this.#isClosed || this.#socket.connected) return
    this.#failedAttempts = 0
    this.#tryAgain(0)
    if (this.state.kind === 'replaced' || this.state.kind === 'refused') this.#become({ kind: 'connecting' })
  }

  async check(): Promise<void> {
    if (this.state.kind === 'offline') this.reconnect()
    if (this.state.kind !== 'online') return
    const socketId = this.#socket.id
    const askedAt = performance.now()
    try {
      const reply = await ask<R, 'hello'>(this.#socket, 'hello', {} as Body<R, 'hello'>, { timeoutMs: CHECK_MS })
      const answer: unknown = reply
      if (socketId !== this.#socket.id || !isSnapshot(answer)) return
      // A clock that stood still while the computer slept is behind.
      this.#clock.set(answer.at, askedAt, performance.now())
      this.#take(answer)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'no-answer' && socketId === this.#socket.id) this.#socket.disconnect()
    }
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#retryTimer)
    globalThis.removeEventListener?.('online', this.#onNetworkBack)
    this.#socket.disconnect()
    this.state = { kind: 'offline' }
    this.#tell()
    this.#listeners.clear()
  }

  readonly #onNetworkBack = (): void => {
    if (this.state.kind === 'offline') this.reconnect()
  }

  #listen(): void {
    const plain = this.#plain
    plain.on('connect', () => void this.#sayHello())
    plain.on('connect_error', (error) => this.#onAttemptFailed(error))
    plain.on('disconnect', () => this.#onLost())
    plain.on('view.changed', (snapshot) => {
      if (isSnapshot(snapshot)) this.#take(snapshot)
    })
    plain.on('connection.probe', (_body, answer) => {
      if (typeof answer === 'function') answer()
    })
    plain.on('connection.replaced', () => this.#stop({ kind: 'replaced' }))
    plain.on('signed-out', () => this.#stop({ kind: 'refused', code: 'not-signed-in' }))
  }

  async #sayHello(): Promise<void> {
    this.#newestVersion = -1
    const socketId = this.#socket.id
    const askedAt = performance.now()
    try {
      const reply = await this.#askUnchecked('hello')
      if (socketId !== this.#socket.id || !this.#socket.connected) return
      if (!isSnapshot(reply)) throw new Refusal('no-answer', 'hello was not answered with a view')
      this.#clock.set(reply.at, askedAt, performance.now())
      this.#failedAttempts = 0
      this.state = { kind: 'online' }
      this.#take(reply)
      this.#tell()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (socketId !== this.#socket.id || this.#isFinal()) return
      if (PASSING_CODES.has(error.code)) this.#socket.disconnect()
      else this.#stop({ kind: 'refused', code: error.code })
    }
  }

  async #ask<K extends keyof R & string>(name: K, body: Body<R, K>, options: RequestOptions): Promise<Reply<R, K>> {
    if (this.state.kind !== 'online') throw new Refusal('no-answer', `${name}: not connected`)
    const timeout = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }
    const reply = await ask<R, K>(this.#socket, name, body, timeout)
    const answer: unknown = reply
    if (isSnapshot(answer)) this.#take(answer)
    return reply
  }

  async #askUnchecked(name: 'hello'): Promise<unknown> {
    return ask<R, 'hello'>(this.#socket, name, {} as Body<R, 'hello'>)
  }

  #take(snapshot: Snapshot): void {
    if (snapshot.version < this.#newestVersion) return
    this.#newestVersion = snapshot.version
    this.#clock.hear(snapshot.at, performance.now())
    this.snapshot = snapshot as SnapshotOf<E>
    // Before `hello` is answered the page may not act yet; it is told then.
    if (this.state.kind === 'online') this.#tell()
  }

  #onAttemptFailed(error: unknown): void {
    const code = codeOf(error)
    if (code === undefined || PASSING_CODES.has(code)) return this.#onLost()
    const detail = detailOf(error)
    this.#stop(detail === undefined ? { kind: 'refused', code } : { kind: 'refused', code, detail })
  }

  #onLost(): void {
    if (this.#isClosed || this.#isFinal()) return
    this.#tryAgain(retryDelayMs(this.#failedAttempts, this.#random()))
    this.#failedAttempts += 1
    this.#become({ kind: 'offline' })
  }

  #tryAgain(afterMs: number): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => this.#socket.connect(), afterMs)
  }

  #isFinal(): boolean {
    return this.state.kind === 'replaced' || this.state.kind === 'refused'
  }

  #stop(state: ConnectionState): void {
    clearTimeout(this.#retryTimer)
    this.#become(state)
    this.#socket.disconnect()
  }

  #become(state: ConnectionState): void {
    if (this.state.kind === state.kind) return
    this.state = state
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  async #becomesOnlineWithin(waitMs: number): Promise<boolean> {
    if (this.state.kind === 'online') return waitMs > 0
    if (waitMs <= 0 || this.#isClosed || this.#isFinal()) return false
    return new Promise((resolve) => {
      const settle = (isOnline: boolean): void => {
        clearTimeout(timer)
        stopListening()
        resolve(isOnline)
      }
      const timer = setTimeout(() => settle(false), waitMs)
      const stopListening = this.subscribe(() => {
        if (this.state.kind === 'online') settle(true)
        else if (this.#isClosed || this.#isFinal()) settle(false)
      })
    })
  }
}

async function giveLater(data: Handshake | Promise<Handshake>, give: (data: object) => void): Promise<void> {
  give(await data)
}

function isSnapshot(value: unknown): value is Snapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    'at' in value &&
    'view' in value &&
    typeof value.version === 'number' &&
    typeof value.at === 'number'
  )
}

/** What the door said, where it said anything: socket.io carries it in `error.data`. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  if (typeof data !== 'object' || data === null || !('code' in data)) return undefined
  return typeof data.code === 'string' ? data.code : undefined
}

/** The facts that came with the code. */
function detailOf(error: unknown): Readonly<Record<string, string>> | undefined {
  const data = (error as { readonly data?: { readonly detail?: unknown } }).data
  const detail = data?.detail
  if (typeof detail !== 'object' || detail === null) return undefined
  return Object.fromEntries(
    Object.entries(detail).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
