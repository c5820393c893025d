/**
 * A media room: one call's place on the SFU. Whoever joins is on standby; `connect` names who receives whom.
 *
 * States of a room: placed on a worker → (the worker dies) being placed again → placed …, until closed or lost.
 * Requests that arrive while it is being placed wait for it.
 */
import { randomUUID } from 'node:crypto'
import type { types } from 'mediasoup'
import type { HeardBy, RoomState } from '#sfu/contract/control.ts'
import type { ParticipantId, ParticipantRole, RoomId } from '#sfu/contract/ids.ts'
import type { mediaRequests } from '#sfu/contract/media.ts'
import type { Reception } from '#sfu/contract/reception.ts'
import { Refusal, type Body, type Reply } from '#sfu/contract/wire.ts'
import type { MediaLog } from './media-log.ts'
import {
  INCOMING_BITRATE_MAX,
  SCREEN_BITRATE_MAX,
  TRANSPORT_SETTINGS,
  offeredCapabilities,
  producerSettings,
} from './media-settings.ts'
import { RoomText } from './room-text.ts'
import { Participant, type ClosedReason, type Direction, type PageLink, type Sent } from './participant.ts'
import { closeUnheard, receive, tellApart, tellNew } from './receiving.ts'
import { orRefused, refuseMislabelled, refuseScreen } from './refusals.ts'
import type { Placement } from './worker-pool.ts'

type MediaRequests = typeof mediaRequests

export type MediaRoomOptions = {
  readonly roomId: RoomId
  readonly place: () => Promise<Placement>
  /** How long a participant without a connection is kept, in ms. */
  readonly resumeMs: number
  readonly log: MediaLog
  readonly onFlowing: () => void
  readonly onParticipantOut: (participant: Participant) => void
}

const PARTICIPANTS_MAX = 16

export class MediaRoom {
  readonly roomId: RoomId
  readonly #options: MediaRoomOptions
  readonly #participants = new Map<ParticipantId, Participant>()
  /** By the clock that issues tickets. */
  readonly #removedAt = new Map<ParticipantId, number>()
  readonly #text: RoomText
  #connected: ReadonlySet<ParticipantId> = new Set()
  /** Who receives nobody but each other, and is received by nobody else. */
  #apart: ReadonlySet<ParticipantId> = new Set()
  /** Who is received by these alone, and unknown to the others. */
  #heardBy: ReadonlyMap<ParticipantId, ReadonlySet<ParticipantId>> = new Map()
  /** Who may send a window of their screen. */
  #screenBy: ParticipantId | null = null
  #isFlowing = false
  #isClosed = false
  #instanceId = ''
  #placement: Promise<Placement>
  #workerIndex: number | undefined

  constructor(options: MediaRoomOptions) {
    this.roomId = options.roomId
    this.#options = options
    this.#text = new RoomText({
      roomId: options.roomId,
      log: options.log,
      participants: () => this.#participants.values(),
      mayReceive: (receiver, owner) => this.#mayReceive(receiver, owner),
    })
    this.#placement = this.#findPlace()
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The worker under it, or undefined while it is being placed. */
  get workerIndex(): number | undefined {
    return this.#workerIndex
  }

  get participantCount(): number {
    return this.#participants.size
  }

  /** Resolves once the room has a place; rejects with the reason why not. */
  async placed(): Promise<void> {
    await this.#placement
  }

  state(): RoomState {
    const participants = [...this.#participants.values()].map(({ id, role }) => ({
      participantId: id,
      role,
      isConnected: this.#connected.has(id),
    }))
    return { roomId: this.roomId, participants }
  }

  /**
   * Lets a participant in, on standby or connected as `connect` said. Whoever is there under the same id is replaced.
   * Throws the Refusal `ticket-refused` for a ticket from before their removal, `room-not-open` for a full room.
   */
  join(who: { participantId: ParticipantId; role: ParticipantRole; issuedAt: number }, link: PageLink): Participant {
    const removedAt = this.#removedAt.get(who.participantId)
    if (removedAt !== undefined && who.issuedAt <= removedAt) {
      throw new Refusal('ticket-refused', 'the participant was taken out of the room since the ticket was issued')
    }
    const before = this.#participants.get(who.participantId)
    if (before !== undefined) this.#takeOut(before, 'replaced')
    else if (this.#participants.size >= PARTICIPANTS_MAX) throw new Refusal('room-not-open', 'the room is full')
    const participant = new Participant(who.participantId, who.role)
    this.#participants.set(participant.id, participant)
    participant.attach(link)
    return participant
  }

  /** What a page needs to begin, or to go on after its connection was lost. Tells it again what it may have missed. */
  async welcome(participant: Participant): Promise<Reply<MediaRequests, 'join'>> {
    const { router } = await this.#place(participant)
    const isConnected = this.#connected.has(participant.id)
    // After the reply, which the page needs to understand them.
    setImmediate(() => {
      for (const received of participant.received.values()) tellNew(participant, received)
      this.#text.welcome(participant)
      if (this.#connected.has(participant.id)) participant.tell('room.connected', {})
    })
    return {
      roomInstanceId: this.#instanceId,
      resumeKey: participant.resumeKey,
      routerRtpCapabilities: offeredCapabilities(router.rtpCapabilities),
      isConnected,
      consumerIds: [...participant.received.keys()],
    }
  }

  /** The page's connection is gone: by its own wish, or lost, and then it has the resume time to come back. */
  lost(participant: Participant, link: PageLink, isDeliberate: boolean): void {
    const keepMs = isDeliberate ? 0 : this.#options.resumeMs
    participant.detach(link, keepMs, () => this.#takeOut(participant, 'lost'))
  }

  /** Exactly these receive one another from now on. Resolves once mediasoup does it. */
  async connect(participantIds: readonly ParticipantId[]): Promise<void> {
    const next = new Set(participantIds)
    const isSame = next.size === this.#connected.size && participantIds.every((id) => this.#connected.has(id))
    if (isSame) {
      if (this.#isFlowing) this.#options.onFlowing()
      return
    }
    const before = this.#connected
    this.#connected = next
    this.#isFlowing = false
    const settled = [...this.#participants.values()].flatMap((participant) => this.#settle(participant))
    for (const participant of this.#participants.values()) {
      participant.isFlowing = false
      if (next.has(participant.id)) participant.tell('room.connected', {})
      else if (before.has(participant.id)) participant.tell('room.standby', {})
    }
    await Promise.all(settled)
  }

  /** This agent may send a window of their screen, or nobody may; what another sends of theirs ends. */
  setScreen(participantId: ParticipantId | null): void {
    this.#screenBy = participantId
    for (const each of this.#participants.values()) if (each.id !== participantId) each.closeSource('screen')
  }

  /** These neither see nor hear the others from now on, nor the others them. Resolves once mediasoup does it. */
  async setApart(participantIds: readonly ParticipantId[]): Promise<void> {
    this.#apart = new Set(participantIds)
    await Promise.all([...this.#participants.values()].flatMap((participant) => this.#settle(participant)))
  }

  /** Whoever is named is received by those beside them alone from now on. Resolves once mediasoup does it. */
  async setHeardBy(heardBy: readonly HeardBy[]): Promise<void> {
    this.#heardBy = new Map(heardBy.map(({ participantId, byIds }) => [participantId, new Set(byIds)]))
    const all = [...this.#participants.values()]
    const settled = all.flatMap((participant) => this.#settle(participant))
    for (const receiver of all) {
      closeUnheard(receiver, (owner) => this.#mayKnow(receiver, owner))
      for (const owner of all) {
        if (owner !== receiver) for (const sent of owner.sent.values()) this.#receive(receiver, owner, sent)
      }
    }
    await Promise.all(settled)
  }

  /** Takes one out; no ticket of theirs issued up to `removedAt` (ms since epoch) lets them in again. */
  remove(participantId: ParticipantId, removedAt: number): void {
    this.#removedAt.set(participantId, Math.max(removedAt, this.#removedAt.get(participantId) ?? 0))
    // Asked again, they are on standby like anybody who was never in.
    this.#connected = new Set([...this.#connected].filter((id) => id !== participantId))
    if (this.#screenBy === participantId) this.#screenBy = null
    const participant = this.#participants.get(participantId)
    if (participant !== undefined) this.#takeOut(participant, 'removed')
  }

  /** Ends the room and everything in it. */
  close(reason: ClosedReason): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const participant of this.#participants.values()) this.#takeOut(participant, reason)
    // A place that is still being made is given up as soon as it is there; one that could not be made needs nothing.
    this.#placement.then(({ router }) => router.close()).catch(() => undefined)
  }

  /**
   * The worker under the room died. Makes the room again on a live worker, with everybody in it as before, and asks
   * the pages to come back, each after a delay up to `jitterMs`. Rejects when there is no place.
   */
  async move(jitterMs: number): Promise<void> {
    this.#workerIndex = undefined
    for (const participant of this.#participants.values()) participant.dropMedia()
    this.#placement = this.#findPlace()
    await this.#placement
    for (const participant of this.#participants.values()) {
      participant.tell('room.moved', { delayMs: Math.round(Math.random() * jitterMs) })
    }
  }

  async createTransport(
    participant: Participant,
    direction: Direction,
  ): Promise<Reply<MediaRequests, 'transport.create'>> {
    const { router, webRtcServer } = await this.#place(participant)
    const transport = await orRefused(router.createWebRtcTransport({ ...TRANSPORT_SETTINGS, webRtcServer }))
    if (participant.isOut) {
      transport.close()
      throw new Refusal('not-joined', 'the participant left meanwhile')
    }
    participant.setTransport(direction, transport)
    if (direction === 'send') await orRefused(transport.setMaxIncomingBitrate(INCOMING_BITRATE_MAX))
    const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = transport
    return { transportId: id, iceParameters, iceCandidates, dtlsParameters, sctpParameters }
  }

  async connectTransport(participant: Participant, body: Body<MediaRequests, 'transport.connect'>): Promise<void> {
    const transport = participant.transport(body.transportId)
    await orRefused(transport.connect({ dtlsParameters: body.dtlsParameters as types.DtlsParameters }))
  }

  async restartIce(participant: Participant, transportId: string): Promise<types.IceParameters> {
    return await orRefused(participant.transport(transportId).restartIce())
  }

  /** Begins to send a track. Everybody who receives gets a consumer for it, paused until they are connected. */
  async produce(participant: Participant, body: Body<MediaRequests, 'produce'>): Promise<{ producerId: string }> {
    const transport = participant.transport(body.transportId, 'send')
    refuseMislabelled(body)
    refuseScreen(participant, body.source, this.#screenBy)
    if (body.source === 'screen')
      await orRefused(transport.setMaxIncomingBitrate(INCOMING_BITRATE_MAX + SCREEN_BITRATE_MAX))
    participant.closeSource(body.source)
    // The schema bounds what mediasoup checks again in full.
    const rtpParameters = body.rtpParameters as types.RtpParameters
    const { kind } = body
    const producer = await orRefused(transport.produce({ kind, rtpParameters, ...producerSettings(kind) }))
    if (producer.closed || participant.isOut) throw new Refusal('unknown-object', 'the transport was closed meanwhile')
    participant.closeSource(body.source)
    if (body.source === 'screen' && this.#screenBy !== participant.id) producer.close()
    refuseScreen(participant, body.source, this.#screenBy)
    const sent: Sent = { source: body.source, producer }
    participant.sent.set(producer.id, sent)
    producer.observer.once('close', () => participant.sent.delete(producer.id))
    for (const other of this.#participants.values()) if (other !== participant) this.#receive(other, participant, sent)
    return { producerId: producer.id }
  }

  /** The page can take consumers from now on. */
  async receiveReady(participant: Participant, body: Body<MediaRequests, 'receive.ready'>): Promise<void> {
    if (participant.receiveTransport === undefined) throw new Refusal('unknown-object', 'there is no receive transport')
    participant.rtpCapabilities = body.rtpCapabilities as types.RtpCapabilities
    for (const owner of this.#participants.values()) {
      if (owner === participant) continue
      for (const sent of owner.sent.values()) this.#receive(participant, owner, sent)
    }
    if (body.isTakingText !== true) return
    participant.isTakingText = true
    const { router } = await this.#place(participant)
    await orRefused(this.#text.receiveReady(participant, router))
  }

  /** Begins to send text. Throws the Refusals of {@link RoomText.produce}. */
  async produceText(
    participant: Participant,
    body: Body<MediaRequests, 'text.produce'>,
  ): Promise<Reply<MediaRequests, 'text.produce'>> {
    const { router } = await this.#place(participant)
    return { textProducerId: (await orRefused(this.#text.produce(participant, router, body))).id }
  }

  /** The page's end of a text channel is open. Throws the Refusal `unknown-object`. */
  beginText(participant: Participant, textConsumerId: string): Reply<MediaRequests, 'text.begin'> {
    return { messageCount: this.#text.begin(participant, textConsumerId) }
  }

  /** The page wants it to flow: at once if both are connected, else from the moment they are. */
  async resumeConsumer(participant: Participant, consumerId: string): Promise<void> {
    const received = participant.receivedBy(consumerId)
    received.isWanted = true
    await orRefused(received.settle())
  }

  async requestKeyFrame(participant: Participant, consumerId: string): Promise<void> {
    const { consumer, isAllowed } = participant.receivedBy(consumerId)
    if (isAllowed && consumer.kind === 'video') await orRefused(consumer.requestKeyFrame())
  }

  /** The page shows or plays somebody. Before `connect` names the participant it cannot, and says nothing. */
  flowing(participant: Participant): void {
    if (!this.#connected.has(participant.id) || participant.isOut) return
    participant.isFlowing = true
    if (this.#isFlowing) return
    this.#isFlowing = [...this.#connected].every((id) => this.#hasFlow(id))
    if (this.#isFlowing) this.#options.onFlowing()
  }

  /** How `participant` receives the others, for the agents among them. */
  tellReception({ id: participantId, role }: Participant, reception: Reception): void {
    for (const other of this.#participants.values()) {
      const isMeant = other.role === 'agent' && other.id !== participantId && this.#connected.has(other.id)
      if (isMeant && this.#connected.has(participantId))
        other.tell('reception.told', { participantId, role, reception })
    }
  }

  /** Whether they see or hear somebody, or nobody sends them anything: then there is nothing to wait for. */
  #hasFlow(id: ParticipantId): boolean {
    const participant = this.#participants.get(id)
    if (participant === undefined || participant.isFlowing) return participant !== undefined
    const others = [...this.#participants.values()].filter((other) => other !== participant)
    return others.every((other) => other.sent.size === 0 || !this.#mayReceive(participant, other))
  }

  async #findPlace(): Promise<Placement> {
    this.#instanceId = randomUUID()
    const placement = await this.#options.place()
    this.#workerIndex = placement.workerIndex
    return placement
  }

  async #place(participant: Participant): Promise<Placement> {
    const placement = await this.#placement
    if (participant.isOut) throw new Refusal('not-joined', 'the participant left meanwhile')
    return placement
  }

  #takeOut(participant: Participant, reason: ClosedReason): void {
    participant.leave(reason)
    this.#text.takeOut(participant)
    this.#options.onParticipantOut(participant)
    if (this.#participants.get(participant.id) !== participant) return
    this.#participants.delete(participant.id)
    if (this.#isClosed || reason === 'replaced') return
    for (const other of this.#participants.values()) other.tell('participant.left', { participantId: participant.id })
  }

  #settle(participant: Participant): Promise<void>[] {
    return [...participant.received.values()].map((received) => {
      tellApart(participant, received, this.#areApart(participant, received.owner))
      received.isAllowed = this.#mayReceive(participant, received.owner)
      return received.settle()
    })
  }

  #mayReceive(receiver: Participant, owner: Participant): boolean {
    return this.#connected.has(receiver.id) && this.#connected.has(owner.id) && this.#mayKnow(receiver, owner)
  }

  #mayKnow(receiver: Participant, owner: Participant): boolean {
    return this.#heardBy.get(owner.id)?.has(receiver.id) ?? true
  }

  #areApart(receiver: Participant, owner: Participant): boolean {
    return this.#apart.has(receiver.id) !== this.#apart.has(owner.id)
  }

  #receive(receiver: Participant, owner: Participant, sent: Sent): void {
    if (!this.#mayKnow(receiver, owner)) return
    receive(receiver, owner, sent, {
      roomId: this.roomId,
      log: this.#options.log,
      mayReceive: () => this.#mayReceive(receiver, owner),
      mayKnow: () => this.#mayKnow(receiver, owner),
      areApart: () => this.#areApart(receiver, owner),
    })
  }
}
