/**
 * Being in a media room, without the media: enters with a ticket, comes back with the resume key or a new ticket when
 * the connection breaks, for as long as it is not closed. Both the session with media and the one without stand on it.
 */
import { io } from 'socket.io-client'
import { MEDIA_NAMESPACE, MEDIA_PROTOCOL_VERSION, mediaRequests, type mediaEvents } from '#sfu/contract/media.ts'
import { Refusal, type Body, type EventBody, type Reply } from '#sfu/contract/wire.ts'
import { ask, type LinkSocket } from './ask.ts'

export type MediaRequests = typeof mediaRequests
export type MediaEvents = typeof mediaEvents
export type JoinReply = Reply<MediaRequests, 'join'>
export type ClosedReason = EventBody<MediaEvents, 'room.closed'>['reason'] | 'refused' | 'left'

/** Where to enter and with what right. Asked for each time a new ticket is needed. */
export type TicketSource = () => Promise<Invitation>

export type Invitation = {
  readonly ticket: string
  readonly sfuUrl: string
  /** TURN servers, where the way to the SFU may need one. */
  readonly iceServers?: IceServers
}
/** As a browser takes them. */
export type IceServers = readonly {
  readonly urls: readonly string[]
  readonly username: string
  readonly credential: string
}[]

/** What is heard of what the SFU tells. `room.closed` is the link's own. */
export type MediaEventHandlers = {
  readonly [K in Exclude<keyof MediaEvents, 'room.closed'>]?: (body: EventBody<MediaEvents, K>) => void
}

export type MediaLinkHandlers = {
  /** In the room: for the first time, or again. `isResumed`: what the SFU had of us lives on. */
  readonly onJoined: (reply: JoinReply, isResumed: boolean) => void
  /** The connection broke; a new one is being tried. */
  readonly onLost: () => void
  readonly events: MediaEventHandlers
  /** Out for good. */
  readonly onClosed: (reason: ClosedReason) => void
}

type MediaSocket = LinkSocket<MediaRequests, MediaEvents>

/** Waits between tries, in ms; the last one repeats. Some of each is left to chance, so that pages do not come in step. */
const RETRY_MS = [0, 300, 1200, 2700, 4800, 7000] as const
const RETRY_JITTER_SHARE = 0.25
/** A connection that lived so long ended for a reason of its own: the waits begin from the start. In ms. */
const SETTLED_MS = 10_000
const CONNECT_MS = 5_000

/** Refusals of a ticket source that mean «not now»; any other ends the session. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  'no-answer',
  'too-many-requests',
  'internal',
  'not-ready',
  'no-media',
  'no-media-worker',
  'room-not-open',
])

/** After so many tries to resume at an SFU that does not answer, a new ticket is asked for: it may lead elsewhere. */
const RESUME_TRIES_MAX = 2

export class MediaLink {
  readonly #ticketSource: TicketSource
  readonly #handlers: MediaLinkHandlers
  #socket: MediaSocket | undefined
  #isClosed = false
  #isUp = false
  #resume: { readonly sfuUrl: string; readonly resumeKey: string } | undefined
  #iceServers: IceServers = []
  #tries = 0
  #joinedAt = 0
  #wake: (() => void) | undefined

  constructor(ticketSource: TicketSource, handlers: MediaLinkHandlers) {
    this.#ticketSource = ticketSource
    this.#handlers = handlers
    globalThis.addEventListener?.('online', this.hurry)
    void this.#enter()
  }

  /** Whether requests can be made now. */
  get isUp(): boolean {
    return this.#isUp
  }

  /** Of the newest ticket: for connections that are made from now on. */
  get iceServers(): IceServers {
    return this.#iceServers
  }

  /** Asks the SFU. Throws its Refusal, or the Refusal `no-answer`. */
  async ask<K extends keyof MediaRequests>(name: K, body: Body<MediaRequests, K>): Promise<Reply<MediaRequests, K>> {
    if (this.#socket === undefined) throw new Refusal('no-answer', `${name}: not connected`)
    return await ask(this.#socket, name, body)
  }

  /** The network is back, for all that is known: what waits or hangs is tried anew at once. */
  readonly hurry = (): void => {
    if (this.#isUp) return
    this.#tries = 0
    this.#wake?.()
  }

  /** Gives up what the SFU has of us and enters anew with a new ticket. */
  startOver(): void {
    this.#resume = undefined
    this.#socket?.disconnect()
    this.#lost(this.#socket)
  }

  /** Leaves the room for good. */
  close(): void {
    this.#end('left')
  }

  #end(reason: ClosedReason): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#isUp = false
    globalThis.removeEventListener?.('online', this.hurry)
    this.#wake?.()
    this.#socket?.disconnect()
    this.#socket = undefined
    this.#handlers.onClosed(reason)
  }

  /** Tries until it is in, closed, or refused for good. */
  async #enter(): Promise<void> {
    while (!this.#isClosed) {
      await this.#pause()
      if (this.#isClosed) return
      try {
        await this.#tryOnce()
        return
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.code === 'version-mismatch') return this.#end('refused')
      }
    }
  }

  async #pause(): Promise<void> {
    const waitMs = RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)] ?? 0
    this.#tries += 1
    if (waitMs === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs * (1 + Math.random() * RETRY_JITTER_SHARE))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
  }

  async #tryOnce(): Promise<void> {
    const resume = this.#resume
    if (resume !== undefined) {
      try {
        await this.#join(resume.sfuUrl, { resumeKey: resume.resumeKey }, true)
        return
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.code !== 'no-answer') this.#resume = undefined
        else if (this.#tries <= RESUME_TRIES_MAX) throw error
      }
    }
    const source = await this.#newTicket()
    if (source === undefined || this.#isClosed) return
    this.#iceServers = source.iceServers ?? []
    await this.#join(source.sfuUrl, { ticket: source.ticket }, false)
  }

  /** A ticket, or undefined when there will be none and the link has ended. */
  async #newTicket(): Promise<Invitation | undefined> {
    try {
      return await this.#ticketSource()
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'no-answer'
      if (PASSING_CODES.has(code)) throw new Refusal('no-answer', 'there is no ticket now')
      this.#end('refused')
      return undefined
    }
  }

  async #join(sfuUrl: string, right: { ticket: string } | { resumeKey: string }, isResume: boolean): Promise<void> {
    const socket = await this.#connect(sfuUrl, right)
    // What the SFU tells after its reply to join may be here before this function goes on: it is kept until then.
    const passEvents = this.#listen(socket)
    let reply: JoinReply
    try {
      reply = await ask(socket, 'join', {}, { timeoutMs: CONNECT_MS })
    } catch (error) {
      socket.disconnect()
      throw error
    }
    if (this.#isClosed) {
      socket.disconnect()
      return
    }
    this.#socket = socket
    this.#isUp = true
    this.#joinedAt = performance.now()
    this.#resume = { sfuUrl, resumeKey: reply.resumeKey }
    socket.on('disconnect', () => this.#lost(socket))
    this.#handlers.onJoined(reply, isResume)
    passEvents()
    if (!socket.connected) this.#lost(socket)
  }

  async #connect(sfuUrl: string, right: { ticket: string } | { resumeKey: string }): Promise<MediaSocket> {
    const socket: MediaSocket = io(new URL(MEDIA_NAMESPACE, sfuUrl).href, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_MS,
      auth: { protocolVersion: MEDIA_PROTOCOL_VERSION, ...right },
    })
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => fail('no-answer', 'the SFU does not answer'), CONNECT_MS)
      const fail = (code: string, message: string): void => {
        clearTimeout(timer)
        socket.disconnect()
        reject(new Refusal(code, message))
      }
      this.#wake = () => fail('no-answer', 'closed meanwhile')
      socket.once('connect', () => {
        clearTimeout(timer)
        resolve()
      })
      socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
        fail(error.data?.code ?? 'no-answer', error.message),
      )
    })
    this.#wake = undefined
    return socket
  }

  /** Hears what the SFU tells. Returns the function to be called once the page is ready for it. */
  #listen(socket: MediaSocket): () => void {
    let early: (() => void)[] | undefined = []
    const take = (event: () => void): void => {
      if (early !== undefined) early.push(event)
      else if (socket === this.#socket) event()
    }
    const { events } = this.#handlers
    const hear = <K extends keyof MediaEventHandlers>(name: K) => {
      return (body: EventBody<MediaEvents, K>): void => take(() => events[name]?.(body))
    }
    socket.on('room.closed', ({ reason }) =>
      take(() => {
        // The SFU could not keep the room. The server may open it again, so that a new ticket may lead on.
        if (reason === 'lost') this.startOver()
        else this.#end(reason)
      }),
    )
    socket.on('consumer.new', hear('consumer.new'))
    socket.on('consumer.closed', hear('consumer.closed'))
    socket.on('consumer.paused', hear('consumer.paused'))
    socket.on('consumer.resumed', hear('consumer.resumed'))
    socket.on('text.new', hear('text.new'))
    socket.on('text.closed', hear('text.closed'))
    socket.on('text.refused', hear('text.refused'))
    socket.on('room.connected', hear('room.connected'))
    socket.on('room.standby', hear('room.standby'))
    socket.on('room.moved', hear('room.moved'))
    socket.on('participant.left', hear('participant.left'))
    socket.on('reception.told', hear('reception.told'))
    return () => {
      const kept = early ?? []
      early = undefined
      for (const event of kept) take(event)
    }
  }

  #lost(socket: MediaSocket | undefined): void {
    if (socket === undefined || socket !== this.#socket || this.#isClosed) return
    this.#socket = undefined
    this.#isUp = false
    if (performance.now() - this.#joinedAt > SETTLED_MS) this.#tries = 0
    this.#handlers.onLost()
    void this.#enter()
  }
}
