/**
 * One participant in a media room: the link to their page, their transports, what they send and what they may receive.
 * Knows nothing of the others; the room joins them.
 */
import { randomBytes } from 'node:crypto'
import type { types } from 'mediasoup'
import type { mediaEvents } from '#sfu/contract/media.ts'
import type { ParticipantId, ParticipantRole } from '#sfu/contract/ids.ts'
import { Refusal, type EventBody } from '#sfu/contract/wire.ts'

type MediaEvents = typeof mediaEvents
export type MediaEventName = keyof MediaEvents
export type Source = EventBody<MediaEvents, 'consumer.new'>['source']
export type Direction = 'send' | 'receive'
export type ClosedReason = EventBody<MediaEvents, 'room.closed'>['reason']

/** The way to one page. */
export type PageLink = {
  tell<K extends MediaEventName>(name: K, body: EventBody<MediaEvents, K>): void
  /** Ends the connection, once what was told is on its way. */
  close(): void
}

export type Sent = { readonly source: Source; readonly producer: types.Producer }

/** What one participant may receive of another. It flows when the page wants it and the room allows it. */
export class Received {
  readonly consumer: types.Consumer
  readonly owner: Participant
  readonly source: Source
  isWanted = false
  isAllowed = false
  /** Their sides of the room are apart: it does not flow, and to the page its source is off. */
  isApart = false
  #isRunning = false

  constructor(consumer: types.Consumer, owner: Participant, source: Source) {
    this.consumer = consumer
    this.owner = owner
    this.source = source
  }

  /** Lets it flow or stops it. On the way on, mediasoup asks the sender for a key frame by itself. */
  async settle(): Promise<void> {
    const shallRun = this.isWanted && this.isAllowed && !this.isApart
    if (shallRun === this.#isRunning || this.consumer.closed) return
    this.#isRunning = shallRun
    try {
      await (shallRun ? this.consumer.resume() : this.consumer.pause())
    } catch (error) {
      if (!this.consumer.closed) throw error
    }
  }
}

export class Participant {
  readonly id: ParticipantId
  readonly role: ParticipantRole
  readonly resumeKey = randomBytes(32).toString('base64url')
  readonly sent = new Map<string, Sent>()
  readonly received = new Map<string, Received>()
  /** Consumers that are being made for this participant, as `transport id / producer id`. */
  readonly awaited = new Set<string>()
  rtpCapabilities: types.RtpCapabilities | undefined
  /** The page said that it can take text over its receive transport. */
  isTakingText = false
  /** Said `media.flowing` since the last `room.connect` that named them. */
  isFlowing = false
  #link: PageLink | undefined
  #isOut = false
  #transports: { send?: types.WebRtcTransport; receive?: types.WebRtcTransport } = {}
  #departure: NodeJS.Timeout | undefined

  constructor(id: ParticipantId, role: ParticipantRole) {
    this.id = id
    this.role = role
  }

  /** Whether the participant has left the room for good. */
  get isOut(): boolean {
    return this.#isOut
  }

  get link(): PageLink | undefined {
    return this.#link
  }

  get receiveTransport(): types.WebRtcTransport | undefined {
    return this.#transports.receive
  }

  /** Tells the page, if it is there. What it misses while away it gets again when it resumes. */
  tell<K extends MediaEventName>(name: K, body: EventBody<MediaEvents, K>): void {
    this.#link?.tell(name, body)
  }

  /** The page is here, or here again; an older connection of the same page is closed. */
  attach(link: PageLink): void {
    clearTimeout(this.#departure)
    const before = this.#link
    this.#link = link
    if (before !== link) before?.close()
  }

  /** The page's connection is gone: unless it is back within `keepMs`, `depart` runs. A newer connection is left alone. */
  detach(link: PageLink, keepMs: number, depart: () => void): void {
    if (this.#link !== link || this.#isOut) return
    this.#link = undefined
    clearTimeout(this.#departure)
    this.#departure = setTimeout(depart, keepMs)
  }

  /** Leaves for good: everything of theirs ends, the page is told why. */
  leave(reason: ClosedReason): void {
    if (this.#isOut) return
    this.#isOut = true
    clearTimeout(this.#departure)
    this.dropMedia()
    this.tell('room.closed', { reason })
    this.#link?.close()
    this.#link = undefined
  }

  /** Ends all transports, and with them what is sent and received. The participant stays. */
  dropMedia(): void {
    for (const transport of Object.values(this.#transports)) transport.close()
    this.#transports = {}
    this.sent.clear()
    this.received.clear()
    this.awaited.clear()
    this.rtpCapabilities = undefined
    this.isTakingText = false
  }

  /**
   * Puts in a new transport; the one of the same direction before it ends. Nothing is received over a new one until
   * the page says `receive.ready` again: it does not know the transport yet.
   */
  setTransport(direction: Direction, transport: types.WebRtcTransport): void {
    this.#transports[direction]?.close()
    this.#transports[direction] = transport
    if (direction !== 'receive') return
    this.rtpCapabilities = undefined
    this.isTakingText = false
  }

  /** Throws the Refusal `unknown-object` unless the transport is theirs and open. */
  transport(transportId: string, direction?: Direction): types.WebRtcTransport {
    for (const [way, transport] of Object.entries(this.#transports)) {
      const isMeant = transport.id === transportId && (direction === undefined || direction === way)
      if (isMeant && !transport.closed) return transport
    }
    throw new Refusal('unknown-object', 'there is no such transport')
  }

  /** Throws the Refusal `unknown-object` unless the producer is theirs. */
  producer(producerId: string): types.Producer {
    const sent = this.sent.get(producerId)
    if (sent === undefined) throw new Refusal('unknown-object', 'there is no such producer')
    return sent.producer
  }

  /** Throws the Refusal `unknown-object` unless the consumer is theirs. */
  receivedBy(consumerId: string): Received {
    const received = this.received.get(consumerId)
    if (received === undefined) throw new Refusal('unknown-object', 'there is no such consumer')
    return received
  }

  /** Ends what this participant sends from `source`: a page that lost an answer sends it anew. */
  closeSource(source: Source): void {
    for (const { source: sentSource, producer } of this.sent.values()) if (sentSource === source) producer.close()
  }
}
