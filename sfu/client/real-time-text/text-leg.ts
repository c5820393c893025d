/** The text channels of one leg: one's own, and one for each of the others. Ends with the leg. */
import type { types } from 'mediasoup-client'
import { TEXT_CHANNEL } from '#sfu/contract/media.ts'
import type { Body, EventBody } from '#sfu/contract/wire.ts'
import type { MediaEvents, MediaLink, MediaRequests } from '../media-link.ts'

export type NewText = EventBody<MediaEvents, 'text.new'>

export type TextLegHandlers = {
  /** Messages that were sent before, on every channel. */
  readonly sentCount: () => number
  /** One's own channel opened or closed. */
  readonly onOwn: () => void
  /**
   * The other's channel is open, or is told again. `begin` makes text flow and returns how many messages were due
   * before; the first ones may come before its reply.
   */
  readonly onOpen: (told: NewText, begin: () => Promise<number>) => void
  readonly onMessage: (told: NewText, text: string) => void
  readonly onClosed: (told: NewText) => void
  readonly onFault: (error: unknown) => void
}

/** What the leg lends: its connections, as soon as they are there, and the way to the SFU. */
export type TextWays = {
  readonly link: MediaLink
  readonly sendTransport: () => types.Transport | undefined
  readonly receiveTransport: () => types.Transport | undefined
}

type Incoming = { readonly told: NewText; consumer: types.DataConsumer | undefined }

/** One's own channel that closed without its connection is made anew after so long, in ms. */
const PRODUCE_AGAIN_MS = 1_000

export class TextLeg {
  readonly #ways: TextWays
  readonly #handlers: TextLegHandlers
  readonly #incoming = new Map<string, Incoming>()
  #producer: types.DataProducer | undefined
  #againTimer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(ways: TextWays, handlers: TextLegHandlers) {
    this.#ways = ways
    this.#handlers = handlers
  }

  /** Whether what is typed can go now. */
  get isOpen(): boolean {
    return !this.#isClosed && this.#producer?.readyState === 'open'
  }

  /** Whether anybody's text can come. */
  get hasChannels(): boolean {
    return [...this.#incoming.values()].some(({ consumer }) => consumer?.readyState === 'open')
  }

  /** Makes one's own channel. Without one there is no text, and everything else goes on. */
  async produce(): Promise<void> {
    const transport = this.#ways.sendTransport()
    if (this.#isClosed || transport === undefined) return
    if (transport.listenerCount('producedata') === 0) this.#answerFor(transport)
    try {
      const producer = await transport.produceData({ ordered: true, label: TEXT_CHANNEL, protocol: TEXT_CHANNEL })
      if (this.#isClosed) return
      this.#producer = producer
      producer.on('open', () => this.#handlers.onOwn())
      producer.on('close', () => this.#over(producer))
      this.#handlers.onOwn()
    } catch (error) {
      this.#handlers.onFault(error)
    }
  }

  /** Sends one message. Only while {@link isOpen}. */
  send(text: string): void {
    this.#producer?.send(text)
  }

  /** Takes a channel that the SFU offers. Of a known one it says again that it is open. */
  async consume(told: NewText): Promise<void> {
    const { textConsumerId: id } = told
    const transport = this.#ways.receiveTransport()
    if (this.#isClosed || transport === undefined) return
    const known = this.#incoming.get(id)
    if (known !== undefined) {
      if (known.consumer?.readyState === 'open') this.#opened(told)
      return
    }
    const incoming: Incoming = { told, consumer: undefined }
    this.#incoming.set(id, incoming)
    const consumer = await transport.consumeData({
      id,
      dataProducerId: told.textProducerId,
      // Made by mediasoup for mediasoup-client; the contract leaves it as it is.
      sctpStreamParameters: told.sctpStreamParameters as types.SctpStreamParameters,
      label: TEXT_CHANNEL,
      protocol: TEXT_CHANNEL,
    })
    if (this.#isClosed || this.#incoming.get(id) !== incoming) return consumer.close()
    incoming.consumer = consumer
    consumer.on('message', (message: unknown) => {
      if (typeof message === 'string') this.#handlers.onMessage(told, message)
    })
    consumer.on('close', () => this.closeConsumer(id))
    if (consumer.readyState === 'open') this.#opened(told)
    else consumer.on('open', () => this.#opened(told))
  }

  closeConsumer(textConsumerId: string): void {
    const incoming = this.#incoming.get(textConsumerId)
    if (incoming === undefined) return
    this.#incoming.delete(textConsumerId)
    incoming.consumer?.close()
    this.#handlers.onClosed(incoming.told)
  }

  /** The connections are closed by whoever made them. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#againTimer)
    this.#incoming.clear()
    this.#producer = undefined
  }

  #opened(told: NewText): void {
    const { textConsumerId } = told
    this.#handlers.onOpen(told, async () => (await this.#ways.link.ask('text.begin', { textConsumerId })).messageCount)
  }

  /** The channel closed by itself, or the SFU closed it: another is made. With its connection the leg makes everything anew. */
  #over(producer: types.DataProducer): void {
    if (this.#producer !== producer || this.#isClosed) return
    this.#producer = undefined
    this.#handlers.onOwn()
    this.#againTimer = setTimeout(() => void this.produce(), PRODUCE_AGAIN_MS)
  }

  #answerFor(transport: types.Transport): void {
    transport.on('producedata', ({ sctpStreamParameters, label, protocol }, done, failed) => {
      const { streamId, ordered } = sctpStreamParameters
      const channel = { label, protocol, sctpStreamParameters: { streamId, ordered } }
      const body = { transportId: transport.id, ...channel, messageCount: this.#handlers.sentCount() }
      // The schema says what mediasoup-client was told to give here.
      void this.#ways.link
        .ask('text.produce', body as Body<MediaRequests, 'text.produce'>)
        .then(({ textProducerId }) => done({ id: textProducerId }), failed)
    })
  }
}
