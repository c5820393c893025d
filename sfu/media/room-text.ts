/**
 * Real-time text in a room (RFC 8865). Each message comes out of mediasoup here, is judged, and goes to everybody who
 * may receive its sender at that very moment. Nothing of it is logged, or kept for longer than a reader's connections
 * take to be made anew.
 *
 * A pair of participants has a number: messages that were due from the one to the other. A page that makes its channel
 * anew compares it with what it had, and so finds out whether text was lost. What a sender lost on the way here is
 * marked in the text itself.
 */
import { isUtf8 } from 'node:buffer'
import type { types } from 'mediasoup'
import { fullBucket, takeToken, type Bucket } from '#sfu/binding/flood-guard.ts'
import type { ParticipantId, RoomId } from '#sfu/contract/ids.ts'
import { TEXT_BYTES_MAX, TEXT_CHANNEL, type mediaEvents, type mediaRequests } from '#sfu/contract/media.ts'
import { Refusal, type Body, type EventBody } from '#sfu/contract/wire.ts'
import type { MediaLog } from './media-log.ts'
import { LOSS_MARK, TEXT_BYTES, TEXT_MESSAGES } from './media-settings.ts'
import type { Participant } from './participant.ts'

type RefusedReason = EventBody<typeof mediaEvents, 'text.refused'>['reason']
type ProduceText = Body<typeof mediaRequests, 'text.produce'>

/** WebRTC's mark on a message that is a string and not empty. */
const STRING_PPID = 51

export type RoomTextOptions = {
  readonly roomId: RoomId
  readonly log: MediaLog
  readonly participants: () => Iterable<Participant>
  readonly mayReceive: (receiver: Participant, owner: Participant) => boolean
}

/** A channel to one page for what one participant types. */
type Channel = { readonly consumer: types.DataConsumer; readonly owner: Participant; isBegun: boolean; hasGap: boolean }

/** What a participant sends and receives of text. */
class Ends {
  producer: types.DataProducer | undefined
  /** Messages that arrived from this participant, by its own count where that is higher. */
  arrivedCount = 0
  readonly messages: Bucket = fullBucket(TEXT_MESSAGES, performance.now())
  readonly bytes: Bucket = fullBucket(TEXT_BYTES, performance.now())
  /** By transport id and owner: what is there or being made for them. */
  readonly awaited = new Set<string>()
  readonly channels = new Map<string, Channel>()
  readonly dueCounts = new Map<ParticipantId, number>()
  /** Has asked for text once: then it will again, when its connections are made anew. */
  isReader = false
  /** What waits for a channel that is being made, by who typed it: held for seconds, and never more than a little. */
  readonly held = new Map<ParticipantId, Buffer[]>()
}

/** So much is held for one reader of one writer, in messages. What is older is lost, and shown so. */
const HELD_MAX = 40

/** Where text comes out of mediasoup: a transport to this process, and a source of channels that says nothing itself. */
type Tap = { readonly transport: types.DirectTransport; readonly source: types.DataProducer }

export class RoomText {
  readonly #options: RoomTextOptions
  readonly #ends = new WeakMap<Participant, Ends>()
  readonly #taps = new WeakMap<types.Router, Promise<Tap>>()

  constructor(options: RoomTextOptions) {
    this.#options = options
  }

  /**
   * Begins to take text from a participant. Throws the Refusal `media-refused` for what mediasoup refuses,
   * `unknown-object` when the transport is not theirs or ends meanwhile.
   */
  async produce(participant: Participant, router: types.Router, body: ProduceText): Promise<types.DataProducer> {
    const ends = this.#endsOf(participant)
    const transport = participant.transport(body.transportId, 'send')
    const tap = await this.#tap(router)
    ends.producer?.close()
    const { label, protocol, sctpStreamParameters } = body
    const producer = await transport.produceData({ label, protocol, sctpStreamParameters })
    const heard = await tap.transport.consumeData({ dataProducerId: producer.id })
    if (producer.closed || participant.isOut) throw new Refusal('unknown-object', 'the transport was closed meanwhile')
    ends.producer?.close()
    ends.producer = producer
    heard.on('message', (message, ppid) => this.#take(participant, producer, message, ppid))
    if (body.messageCount > ends.arrivedCount) {
      ends.arrivedCount = body.messageCount
      this.#pass(participant, LOSS_MARK)
    }
    for (const other of this.#options.participants()) if (other !== participant) this.#offer(other, participant, tap)
    return producer
  }

  /** The page can take text of the others from now on. */
  async receiveReady(participant: Participant, router: types.Router): Promise<void> {
    this.#endsOf(participant).isReader = true
    const tap = await this.#tap(router)
    for (const owner of this.#options.participants()) {
      const isSending = this.#endsOf(owner).producer?.closed === false
      if (owner !== participant && isSending) this.#offer(participant, owner, tap)
    }
  }

  /**
   * The page's end is open. Returns how many messages were due before; what was held meanwhile comes now. Throws the
   * Refusal `unknown-object`.
   */
  begin(participant: Participant, textConsumerId: string): number {
    const ends = this.#endsOf(participant)
    const channel = ends.channels.get(textConsumerId)
    if (channel === undefined) throw new Refusal('unknown-object', 'there is no such text')
    const { owner, isBegun } = channel
    const dueCount = ends.dueCounts.get(owner.id) ?? 0
    if (isBegun) return dueCount
    channel.isBegun = true
    const held = this.#options.mayReceive(participant, owner) ? (ends.held.get(owner.id) ?? []) : []
    ends.held.delete(owner.id)
    for (const message of held) send(channel, message, ends.dueCounts)
    return dueCount - held.length
  }

  /** Tells a page again what it may have missed. */
  welcome(participant: Participant): void {
    for (const channel of this.#endsOf(participant).channels.values()) tellNew(participant, channel)
  }

  /** The participant is out: nobody waits for what they type any more. */
  takeOut(participant: Participant): void {
    for (const other of this.#options.participants()) {
      for (const { owner, consumer } of this.#endsOf(other).channels.values()) {
        if (owner === participant && !consumer.closed) consumer.close()
      }
    }
  }

  #endsOf(participant: Participant): Ends {
    let ends = this.#ends.get(participant)
    if (ends === undefined) this.#ends.set(participant, (ends = new Ends()))
    return ends
  }

  #tap(router: types.Router): Promise<Tap> {
    let tap = this.#taps.get(router)
    if (tap === undefined) this.#taps.set(router, (tap = makeTap(router)))
    return tap
  }

  /** One message from a page. */
  #take(participant: Participant, producer: types.DataProducer, message: Buffer, ppid: number): void {
    const ends = this.#endsOf(participant)
    if (producer.closed || ends.producer !== producer) return
    const reason = refusalOf(ends, message, ppid)
    if (reason === undefined) {
      ends.arrivedCount += 1
      return this.#pass(participant, message)
    }
    this.#options.log.warn({ roomId: this.#options.roomId, reason }, 'text.refused')
    producer.close()
    participant.tell('text.refused', { reason })
    // What the others do not get of it is missing in what they read.
    this.#pass(participant, LOSS_MARK)
  }

  /** Gives a message to everybody who may receive its sender now. */
  #pass(owner: Participant, message: Buffer): void {
    for (const receiver of this.#options.participants()) {
      if (receiver === owner || !this.#options.mayReceive(receiver, owner)) continue
      const { dueCounts, channels, isReader, held } = this.#endsOf(receiver)
      dueCounts.set(owner.id, (dueCounts.get(owner.id) ?? 0) + 1)
      const channel = [...channels.values()].find((each) => each.owner === owner && each.isBegun)
      if (channel !== undefined) send(channel, message, dueCounts)
      else if (isReader) held.set(owner.id, [...(held.get(owner.id) ?? []), message].slice(-HELD_MAX))
    }
  }

  /** Makes the channel for one receiver and one sender, unless it exists or the receiver takes none. */
  #offer(receiver: Participant, owner: Participant, tap: Tap): void {
    const { receiveTransport, isTakingText } = receiver
    const { awaited } = this.#endsOf(receiver)
    if (receiveTransport === undefined || !isTakingText) return
    const key = `${receiveTransport.id}/${owner.id}`
    if (awaited.has(key)) return
    awaited.add(key)
    this.#makeChannel(receiver, owner, { tap, receiveTransport, key }).catch((error: unknown) => {
      awaited.delete(key)
      // The page went away; the others are not concerned.
      const isGone = receiveTransport.closed || tap.source.closed
      if (!isGone) this.#options.log.warn({ roomId: this.#options.roomId, error: String(error) }, 'text.not-made')
    })
  }

  async #makeChannel(
    receiver: Participant,
    owner: Participant,
    at: { tap: Tap; receiveTransport: types.WebRtcTransport; key: string },
  ): Promise<void> {
    const { awaited, channels } = this.#endsOf(receiver)
    const { receiveTransport } = at
    const consumer = await receiveTransport.consumeData({ dataProducerId: at.tap.source.id, ordered: true })
    if (consumer.closed || owner.isOut) {
      consumer.close()
      awaited.delete(at.key)
      return
    }
    const channel: Channel = { consumer, owner, isBegun: false, hasGap: false }
    channels.set(consumer.id, channel)
    consumer.observer.once('close', () => {
      channels.delete(consumer.id)
      awaited.delete(at.key)
      // With its transport everything of the page's has ended, which it is told, or did, by other means.
      if (!receiveTransport.closed) receiver.tell('text.closed', { textConsumerId: consumer.id })
    })
    tellNew(receiver, channel)
  }
}

function tellNew(receiver: Participant, { consumer, owner }: Channel): void {
  if (consumer.closed) return
  receiver.tell('text.new', {
    textConsumerId: consumer.id,
    textProducerId: consumer.dataProducerId,
    participantId: owner.id,
    role: owner.role,
    sctpStreamParameters: consumer.sctpStreamParameters,
  })
}

async function makeTap(router: types.Router): Promise<Tap> {
  const transport = await router.createDirectTransport({ maxReceiveMessageSize: TEXT_BYTES_MAX })
  const source = await transport.produceData({ label: TEXT_CHANNEL, protocol: TEXT_CHANNEL })
  return { transport, source }
}

/** Why a message is not passed on; undefined when it is. */
function refusalOf(ends: Ends, message: Buffer, ppid: number): RefusedReason | undefined {
  if (message.length > TEXT_BYTES_MAX) return 'too-long'
  if (ppid !== STRING_PPID || !isUtf8(message)) return 'not-text'
  const at = performance.now()
  const isSlow = takeToken(ends.messages, TEXT_MESSAGES, at) && takeToken(ends.bytes, TEXT_BYTES, at, message.length)
  return isSlow ? undefined : 'too-much'
}

function send(channel: Channel, message: Buffer, dueCounts: Map<ParticipantId, number>): void {
  const { consumer, owner, hasGap } = channel
  channel.hasGap = false
  consumer.send(hasGap ? Buffer.concat([LOSS_MARK, message]) : message, STRING_PPID).catch(() => {
    if (consumer.closed) return
    // The page does not keep up. It is told with what comes next, and that message is not due any more.
    channel.hasGap = true
    dueCounts.set(owner.id, (dueCounts.get(owner.id) ?? 1) - 1)
  })
}
