/** One control link to one SFU. Whatever is said while it is down is said again, whole, when it is back. */
import { io, type Socket } from 'socket.io-client'
import { ask, type LinkSocket } from '#sfu/client/ask.ts'
import type { controlEvents, controlRequests, HeardBy } from '#sfu/contract/control.ts'
import { Refusal } from '#sfu/contract/wire.ts'

type ControlSocket = LinkSocket<typeof controlRequests, typeof controlEvents>

/** What should be live: the rooms of this SFU, and who sees whom in each. */
export type WantedRoom = {
  readonly roomId: string
  readonly participantIds: readonly string[]
  /** Who may send a window of their screen. */
  readonly screenBy: string | null
  /** Who is apart from the others: the citizen on hold. */
  readonly apartIds: readonly string[]
  /** [R43] Whom only some receive. */
  readonly heardBy: readonly HeardBy[]
}

export type SfuLinkOptions = {
  readonly sfuId: string
  readonly url: string
  /** Made anew for each connection: the proof in it is only good for seconds. */
  readonly auth: () => Record<string, unknown>
  readonly wantedRooms: () => readonly WantedRoom[]
  readonly onFlowing: (roomId: string) => void
  readonly onLost: (roomId: string) => void
  readonly onNews: (message: string, facts: Record<string, unknown>) => void
}

/** An agent waits so long for an SFU that is away before they are told so, in ms. The page gives up after 8 s. */
const BACK_WITHIN_MS = 3_000

export class SfuLink {
  readonly #options: SfuLinkOptions
  readonly #socket: ControlSocket

  constructor(options: SfuLinkOptions) {
    this.#options = options
    const socket: Socket = io(`${options.url}/control`, {
      transports: ['websocket'],
      autoConnect: false,
      auth: (send) => send(options.auth()),
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
    })
    this.#socket = socket as ControlSocket
    this.#socket.on('connect', () => void this.#reconcile())
    this.#socket.on('disconnect', (reason) => this.#news('sfu.link-lost', { reason }))
    this.#socket.on('connect_error', (error) => this.#news('sfu.link-refused', { error: error.message }))
    this.#socket.on('room.flowing', ({ roomId }) => options.onFlowing(roomId))
    this.#socket.on('room.lost', ({ roomId }) => options.onLost(roomId))
    this.#socket.on('room.moved', ({ roomId }) => this.#news('sfu.room-moved', { roomId }))
    this.#socket.on('worker.died', (facts) => this.#news('sfu.worker-died', facts))
  }

  /**
   * Begins to connect. Not before the host has folded what was kept: rooms that are not wanted are closed, and to one
   * that knows nothing yet every conversation would be unwanted.
   */
  start(): void {
    this.#socket.connect()
  }

  get isConnected(): boolean {
    return this.#socket.connected
  }

  get url(): string {
    return this.#options.url
  }

  get sfuId(): string {
    return this.#options.sfuId
  }

  open(roomId: string): void {
    this.#say('room.open', { roomId })
  }

  connect(roomId: string, participantIds: string[]): void {
    this.#say('room.connect', { roomId, participantIds })
  }

  /**
   * Who may send a window of their screen. Whoever wants to waits a moment for an SFU that is about to be back; that nobody may is said
   * then in any case. Throws the SFU's Refusal, or `no-answer`.
   */
  async screen(roomId: string, participantId: string | null): Promise<void> {
    const isHere = this.#socket.connected || (participantId !== null && (await this.#connected()))
    if (!isHere) throw new Refusal('no-answer', 'the SFU is not connected')
    await ask(this.#socket, 'room.screen', { roomId, participantId })
  }

  /** These neither see nor hear the others, nor the others them. */
  apart(roomId: string, participantIds: readonly string[]): void {
    this.#say('room.apart', { roomId, participantIds: [...participantIds] })
  }

  /** Whoever is named is received by those beside them alone. Throws the SFU's Refusal, or `no-answer`. */
  async heardBy(roomId: string, heardBy: readonly HeardBy[]): Promise<void> {
    if (!this.#socket.connected) throw new Refusal('no-answer', 'the SFU is not connected')
    await ask(this.#socket, 'room.heard-by', {
      roomId,
      heardBy: heardBy.map(({ byIds, ...who }) => ({ ...who, byIds: [...byIds] })),
    })
  }

  remove(roomId: string, participantId: string): void {
    this.#say('room.remove', { roomId, participantId })
  }

  close(roomId: string): void {
    this.#say('room.close', { roomId })
  }

  stop(): void {
    this.#socket.disconnect()
  }

  async #connected(): Promise<boolean> {
    return await new Promise((resolve) => {
      const told = (): void => end(true)
      const timer = setTimeout(() => end(false), BACK_WITHIN_MS)
      const end = (isConnected: boolean): void => {
        clearTimeout(timer)
        this.#socket.off('connect', told)
        resolve(isConnected)
      }
      this.#socket.on('connect', told)
    })
  }

  #say(name: Exclude<keyof typeof controlRequests, 'hello'>, body: Record<string, unknown>): void {
    if (!this.#socket.connected) return
    // The table's bodies differ by name; each caller above gives the one that belongs to its name.
    const said = ask(this.#socket, name, body as never)
    said.catch((error: unknown) => this.#news('sfu.request-failed', { request: name, error: String(error), ...body }))
  }

  /** After every (re)connection: close what should not be, make what should. All of it may be said twice. */
  async #reconcile(): Promise<void> {
    try {
      const { rooms, instanceId } = await ask(this.#socket, 'hello', {})
      this.#news('sfu.connected', { instanceId, roomCount: rooms.length })
      const wanted = this.#options.wantedRooms()
      const wantedIds = new Set(wanted.map(({ roomId }) => roomId))
      for (const { roomId } of rooms) if (!wantedIds.has(roomId)) this.close(roomId)
      for (const { roomId, participantIds, screenBy, apartIds, heardBy } of wanted) {
        this.open(roomId)
        if (participantIds.length === 0) continue
        this.apart(roomId, apartIds)
        // Before they are connected: nobody is heard who may not be.
        if (heardBy.length > 0) this.#say('room.heard-by', { roomId, heardBy })
        this.connect(roomId, [...participantIds])
        this.#say('room.screen', { roomId, participantId: screenBy })
      }
    } catch (error) {
      this.#news('sfu.hello-failed', { error: String(error) })
    }
  }

  #news(message: string, facts: Record<string, unknown>): void {
    this.#options.onNews(message, { sfuId: this.#options.sfuId, ...facts })
  }
}
