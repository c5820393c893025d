/**
 * The two WebRTC connections of a page to one placement of the room, and what goes over them. When they fail, or the
 * room moves, the leg is thrown away and a new one made; the session's tracks and views outlive it.
 */
import type { types } from 'mediasoup-client'
import { Refusal, type Body, type EventBody } from '#sfu/contract/wire.ts'
import { cameraEncodings, LARGEST_AFTER_MS, windowEncodings } from './encodings.ts'
import type { JoinReply, MediaEvents, MediaLink, MediaRequests } from './media-link.ts'
import { TextLeg, type TextLegHandlers } from './real-time-text/text-leg.ts'

export type Source = 'microphone' | 'camera' | 'screen'
/** What a person is seen and heard with. */
export const DEVICES = ['microphone', 'camera'] as const satisfies readonly Source[]
export const SOURCES: readonly Source[] = [...DEVICES, 'screen']

export type NewConsumer = EventBody<MediaEvents, 'consumer.new'>

export type LegHandlers = {
  readonly onTrack: (told: NewConsumer, track: MediaStreamTrack) => void
  readonly onTrackEnded: (consumerId: string) => void
  /** The state of either connection changed. */
  readonly onConnection: () => void
  readonly text: TextLegHandlers
}

const CAMERA_START_KBPS = 1000

/**
 * `isOn`: the person wants to be seen or heard. `isActive`: somebody is there, who may ring still. `mayGrow`: somebody sees it.
 * Until then the largest layer would only be in the way: each whole picture is of all layers, and the small one waits for it.
 */
export type Sending = { readonly isOn: boolean; readonly isActive: boolean; readonly mayGrow: boolean }

type Sent = {
  readonly producer: types.Producer
  isPausedAtSfu: boolean
  applied: Promise<void>
  /** What was wanted last. */
  sending: Sending | undefined
  /** Undefined until somebody sees it; then until the largest layer may be sent. */
  growing: ReturnType<typeof setTimeout> | 'grown' | undefined
  /** Which of its sizes the browser was told to send. */
  sizes: 'none' | 'small' | 'all' | undefined
}

export class MediaLeg {
  readonly roomInstanceId: string
  /** Of what is sent from now on: pictures should be many rather than large. */
  isSigning = false
  readonly text: TextLeg
  readonly #link: MediaLink
  readonly #device: types.Device
  readonly #handlers: LegHandlers
  readonly #sent = new Map<Source, Sent>()
  readonly #consumers = new Map<string, types.Consumer>()
  #sendTransport: types.Transport | undefined
  #receiveTransport: types.Transport | undefined
  /** What is sent is changed one after the other: two tracks of one source at once would be two producers. */
  #sending: Promise<void> = Promise.resolve()
  #isClosed = false
  #isBuilt = false

  constructor(device: types.Device, link: MediaLink, join: JoinReply, handlers: LegHandlers) {
    this.roomInstanceId = join.roomInstanceId
    this.#device = device
    this.#link = link
    this.#handlers = handlers
    const ways = { link, sendTransport: () => this.#sendTransport, receiveTransport: () => this.#receiveTransport }
    this.text = new TextLeg(ways, handlers.text)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Made, and not given up. */
  get isBuilt(): boolean {
    return this.#isBuilt && !this.#isClosed
  }

  get hasConsumers(): boolean {
    return this.#consumers.size > 0
  }

  /** Where each connection stands. One that has nothing to carry yet stays `new`. */
  get connectionStates(): types.ConnectionState[] {
    return [this.#sendTransport, this.#receiveTransport].flatMap((transport) => transport?.connectionState ?? [])
  }

  get receivers(): RTCRtpReceiver[] {
    return [...this.#consumers.values()].flatMap(({ rtpReceiver }) => rtpReceiver ?? [])
  }

  /** Of persons: a window that stands still is no trouble. */
  async receiveStats(): Promise<RTCStatsReport | undefined> {
    const screens = [...this.#consumers.values()].filter(({ appData }) => appData['source'] === 'screen')
    return withoutTracks(await this.#receiveTransport?.getStats(), new Set(screens.map(({ track }) => track.id)))
  }

  async sendStats(): Promise<RTCStatsReport | undefined> {
    const screen = this.#sent.get('screen')?.producer.track?.id
    return withoutTracks(await this.#sendTransport?.getStats(), new Set(screen === undefined ? [] : [screen]))
  }

  /**
   * Makes both connections, begins to send what of `tracks` is of the devices, and says that it can receive. Throws a Refusal when the
   * SFU does not agree or does not answer.
   */
  async build(tracks: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    await Promise.all([this.#buildSending(tracks), this.#buildReceiving()])
    this.#isBuilt = true
    // A camera that opened while the rest was made has found nothing to send on.
    await this.#sendDevices(tracks)
    // After the picture, which takes longer to get there.
    await this.text.produce()
  }

  /** Begins to send `track` from `source`, in the place of what was sent from there before. */
  send(source: Source, track: MediaStreamTrack): Promise<void> {
    const sent = this.#sending.then(() => this.#send(source, track))
    this.#sending = sent.catch(() => undefined)
    return sent
  }

  /** Ends what is sent from `source`, if anything is. The others see first that it is meant and not a fault. */
  stopSending(source: Source): Promise<void> {
    const stopped = this.#sending.then(() => this.#stop(source))
    this.#sending = stopped.catch(() => undefined)
    return stopped
  }

  async #stop(source: Source): Promise<void> {
    const sent = this.#sent.get(source)
    if (sent === undefined || this.#isClosed) return
    this.#sent.delete(source)
    const { id: producerId } = sent.producer
    sent.producer.close()
    await this.#link.ask('producer.pause', { producerId })
    await this.#link.ask('producer.close', { producerId })
  }

  async #send(source: Source, track: MediaStreamTrack): Promise<void> {
    const before = this.#sent.get(source)
    if (before !== undefined) return await before.producer.replaceTrack({ track })
    if (this.#sendTransport === undefined || this.#isClosed) return
    const isCamera = source === 'camera'
    // Rather fewer pixels than fewer frames: a person is shown, not a document.
    if (isCamera && track.contentHint === '') track.contentHint = 'motion'
    // Of a window the letters are to be read.
    if (source === 'screen') track.contentHint = 'detail'
    const producer = await this.#sendTransport.produce({
      track,
      // The tracks belong to the session.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source },
      ...this.#howToSend(source),
    })
    const grown = isCamera ? undefined : 'grown'
    this.#sent.set(source, {
      producer,
      isPausedAtSfu: false,
      applied: Promise.resolve(),
      sending: undefined,
      growing: grown,
      sizes: undefined,
    })
  }

  #howToSend(source: Source): Pick<types.ProducerOptions, 'encodings' | 'codecOptions'> {
    if (source === 'screen') return { encodings: windowEncodings() }
    if (source === 'microphone')
      return { codecOptions: { opusNack: true, opusFec: true, opusDtx: true, opusStereo: false } }
    return {
      encodings: cameraEncodings(this.isSigning),
      codecOptions: { videoGoogleStartBitrate: CAMERA_START_KBPS },
    }
  }

  /** Sends from `source` or not. Repeated, it changes nothing. */
  applySending(source: Source, sending: Sending): void {
    const sent = this.#sent.get(source)
    if (sent === undefined || this.#isClosed) return
    sent.sending = sending
    if (source === 'camera') this.#grow(sent, source, sending)
    sent.applied = sent.applied
      .then(() => this.#apply(sent, source, sending))
      // A leg that fails meanwhile is replaced, and the new one is told the same.
      .catch(() => undefined)
  }

  #grow(sent: Sent, source: Source, { isOn, isActive, mayGrow }: Sending): void {
    if (!mayGrow) {
      if (sent.growing !== 'grown') clearTimeout(sent.growing)
      sent.growing = undefined
    } else if (isOn && isActive) {
      sent.growing ??= setTimeout(() => {
        sent.growing = 'grown'
        if (sent.sending !== undefined) this.applySending(source, sent.sending)
      }, LARGEST_AFTER_MS)
    }
  }

  /** Takes what the SFU offers. Known consumers are left as they are. */
  async consume(told: NewConsumer): Promise<void> {
    if (this.#isClosed || this.#receiveTransport === undefined || this.#consumers.has(told.consumerId)) return
    const consumer = await this.#receiveTransport.consume({
      id: told.consumerId,
      producerId: told.producerId,
      kind: told.kind,
      // Made by mediasoup for mediasoup-client; the contract leaves it as it is.
      rtpParameters: told.rtpParameters as types.RtpParameters,
      // Sound and picture of one person are kept in step by the browser when they belong to one stream; a window is another.
      streamId: told.source === 'screen' ? `${told.participantId}-screen` : told.participantId,
      appData: { source: told.source },
    })
    if (this.#isClosed) return
    this.#consumers.set(consumer.id, consumer)
    this.#handlers.onTrack(told, consumer.track)
    await this.#link.ask('consumer.resume', { consumerId: consumer.id })
  }

  closeConsumer(consumerId: string): void {
    const consumer = this.#consumers.get(consumerId)
    if (consumer === undefined) return
    this.#consumers.delete(consumerId)
    consumer.close()
    this.#handlers.onTrackEnded(consumerId)
  }

  /** After the connection to the SFU was lost: ends what ended meanwhile, asks again for what may not have arrived. */
  async reconcile(consumerIds: readonly string[]): Promise<void> {
    for (const id of [...this.#consumers.keys()]) if (!consumerIds.includes(id)) this.closeConsumer(id)
    await Promise.all(
      [...this.#consumers.keys()].map((consumerId) => this.#link.ask('consumer.resume', { consumerId })),
    )
    for (const sent of this.#sent.values()) sent.isPausedAtSfu = false
  }

  /** New ICE credentials for both connections, over whatever way works now. */
  async restartIce(): Promise<void> {
    const transports = [this.#sendTransport, this.#receiveTransport].filter((transport) => transport !== undefined)
    await Promise.all(
      transports.map(async (transport) => {
        const { iceParameters } = await this.#link.ask('transport.restart-ice', { transportId: transport.id })
        if (!transport.closed) await transport.restartIce({ iceParameters: iceParameters as types.IceParameters })
      }),
    )
  }

  /** Asks for whole pictures now, instead of waiting up to a second for the sender's own. */
  async requestKeyFrames(): Promise<void> {
    const pictures = [...this.#consumers.values()].filter(({ kind }) => kind === 'video')
    await Promise.all(pictures.map(({ id }) => this.#link.ask('consumer.request-key-frame', { consumerId: id })))
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.text.close()
    this.#sendTransport?.close()
    this.#receiveTransport?.close()
    this.#consumers.clear()
    this.#sent.clear()
  }

  async #buildSending(tracks: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    const transport = this.#watch(this.#device.createSendTransport(await this.#createTransport('send')))
    this.#sendTransport = transport
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const body = { transportId: transport.id, kind, source: appData['source'] as Source, rtpParameters }
      // The schema of the request is a bounded copy of what mediasoup-client gives here.
      void this.#link
        .ask('produce', body as Body<MediaRequests, 'produce'>)
        .then(({ producerId }) => done({ id: producerId }), failed)
    })
    await this.#sendDevices(tracks)
  }

  async #sendDevices(tracks: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    for (const source of DEVICES) {
      const track = tracks.get(source)
      if (track !== undefined) await this.send(source, track)
    }
  }

  async #buildReceiving(): Promise<void> {
    this.#receiveTransport = this.#watch(this.#device.createRecvTransport(await this.#createTransport('receive')))
    const { recvRtpCapabilities } = this.#device
    await this.#link.ask('receive.ready', {
      rtpCapabilities: recvRtpCapabilities as Body<MediaRequests, 'receive.ready'>['rtpCapabilities'],
      isTakingText: true,
    })
  }

  async #createTransport(direction: 'send' | 'receive'): Promise<types.TransportOptions> {
    const { transportId, ...parameters } = await this.#link.ask('transport.create', { direction })
    if (this.#isClosed) throw new Refusal('no-answer', 'given up meanwhile')
    const iceServers = this.#link.iceServers.map((server) => ({ ...server, urls: [...server.urls] }))
    return { id: transportId, iceServers, ...(parameters as Omit<types.TransportOptions, 'id' | 'iceServers'>) }
  }

  #watch(transport: types.Transport): types.Transport {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      void this.#link.ask('transport.connect', { transportId: transport.id, dtlsParameters }).then(() => done(), failed)
    })
    transport.on('connectionstatechange', () => {
      if (!this.#isClosed) this.#handlers.onConnection()
    })
    return transport
  }

  async #apply(sent: Sent, source: Source, { isOn, isActive }: Sending): Promise<void> {
    const { producer } = sent
    if (producer.closed) return
    const sizes = !isOn || !isActive ? 'none' : sent.growing === 'grown' ? 'all' : 'small'
    // The page stands still until the sender has answered: not in the moment when the two meet, if there is nothing new.
    if (sizes !== sent.sizes) {
      await tellSender(producer.rtpSender, source, sizes)
      sent.sizes = sizes
    }
    if (sent.isPausedAtSfu === !isOn) return
    // The others are told, and see that it is meant and not a fault.
    await this.#link.ask(isOn ? 'producer.resume' : 'producer.pause', { producerId: producer.id })
    sent.isPausedAtSfu = !isOn
  }
}

async function tellSender(
  sender: RTCRtpSender | undefined,
  source: Source,
  sizes: 'none' | 'small' | 'all',
): Promise<void> {
  const parameters = sender?.getParameters()
  if (sender === undefined || parameters === undefined) return
  if (source === 'camera') parameters.degradationPreference = 'maintain-framerate'
  if (source === 'screen') parameters.degradationPreference = 'maintain-resolution'
  const largest = parameters.encodings.length - 1
  parameters.encodings.forEach((encoding, index) => {
    encoding.active = sizes === 'all' || (sizes === 'small' && index < largest)
  })
  await sender.setParameters(parameters)
}

/** The figures without those of these tracks. */
function withoutTracks(report: RTCStatsReport | undefined, ids: ReadonlySet<string>): RTCStatsReport | undefined {
  if (report === undefined || ids.size === 0) return report
  const kept = new Map<string, Readonly<Record<string, unknown>>>()
  report.forEach((stats: Readonly<Record<string, unknown>>, id) => {
    const source = report.get(String(stats['mediaSourceId'])) as Readonly<Record<string, unknown>> | undefined
    if (!ids.has(String(stats['trackIdentifier'])) && !ids.has(String(source?.['trackIdentifier']))) kept.set(id, stats)
  })
  return kept
}
