/** The consumers of a media room: what one participant gets of another, and how their page is told. */
import type { types } from 'mediasoup'
import type { RoomId } from '#sfu/contract/ids.ts'
import type { MediaLog } from './media-log.ts'
import { CONSUMER_SETTINGS, FACE_PRIORITY } from './media-settings.ts'
import { Received, type Participant, type Sent } from './participant.ts'
import { firstLayers, letPictureGrow } from './picture-growth.ts'

type Circumstances = {
  readonly roomId: RoomId
  readonly log: MediaLog
  /** Whether it may flow as the room stands now. */
  readonly mayReceive: () => boolean
  /** Whether the receiver may know of them at all. */
  readonly mayKnow: () => boolean
  /** Whether the two stand on different sides of the room. */
  readonly areApart: () => boolean
}

/** Makes the consumer of one track for one receiver, unless it exists or the receiver cannot take it. */
export function receive(receiver: Participant, owner: Participant, sent: Sent, room: Circumstances): void {
  const { receiveTransport, rtpCapabilities, awaited } = receiver
  const producerId = sent.producer.id
  if (receiveTransport === undefined || rtpCapabilities === undefined) return
  const key = `${receiveTransport.id}/${producerId}`
  const exists = [...receiver.received.values()].some(({ consumer }) => consumer.producerId === producerId)
  if (exists || awaited.has(key)) return
  awaited.add(key)
  const made = makeConsumer(receiver, owner, { sent, receiveTransport, rtpCapabilities, room })
  made
    .catch((error: unknown) => {
      // The page went away or cannot decode it; the others are not concerned.
      const isGone = receiveTransport.closed || sent.producer.closed
      if (!isGone) room.log.warn({ roomId: room.roomId, error: String(error) }, 'consumer.not-made')
    })
    .finally(() => awaited.delete(key))
}

async function makeConsumer(
  receiver: Participant,
  owner: Participant,
  what: {
    readonly sent: Sent
    readonly receiveTransport: types.WebRtcTransport
    readonly rtpCapabilities: types.RtpCapabilities
    readonly room: Circumstances
  },
): Promise<void> {
  const { sent, receiveTransport, rtpCapabilities, room } = what
  const consumer = await receiveTransport.consume({
    producerId: sent.producer.id,
    rtpCapabilities,
    ...CONSUMER_SETTINGS,
    ...firstLayers(sent.producer),
  })
  if (consumer.closed) return
  if (!room.mayKnow()) return consumer.close()
  letPictureGrow(consumer, sent.producer)
  // It is a wish: where it fails, both are thinned alike.
  if (sent.source === 'camera') void consumer.setPriority(FACE_PRIORITY).catch(() => undefined)
  const received = new Received(consumer, owner, sent.source)
  received.isAllowed = room.mayReceive()
  received.isApart = room.areApart()
  receiver.received.set(consumer.id, received)
  consumer.observer.once('close', () => {
    receiver.received.delete(consumer.id)
    // With its transport everything of the page's has ended, which it is told, or did, by other means.
    if (!receiveTransport.closed) receiver.tell('consumer.closed', { consumerId: consumer.id })
  })
  consumer.on('producerpause', () => receiver.tell('consumer.paused', { consumerId: consumer.id }))
  consumer.on('producerresume', () => {
    if (!received.isApart) receiver.tell('consumer.resumed', { consumerId: consumer.id })
  })
  tellNew(receiver, received)
}

/** Tells a page of something it may receive; told again, it changes nothing there. */
export function tellNew(receiver: Participant, { consumer, owner, source, isApart }: Received): void {
  if (consumer.closed) return
  receiver.tell('consumer.new', {
    consumerId: consumer.id,
    producerId: consumer.producerId,
    participantId: owner.id,
    role: owner.role,
    kind: consumer.kind,
    source,
    rtpParameters: consumer.rtpParameters,
    isProducerPaused: consumer.producerPaused || isApart,
  })
}

/** Notes whether it is withheld because the two are apart. The page is told that it is off or on: else it would look for what is missing. */
export function tellApart(receiver: Participant, received: Received, isApart: boolean): void {
  const { consumer } = received
  if (received.isApart === isApart || consumer.closed) return
  received.isApart = isApart
  if (consumer.producerPaused) return
  receiver.tell(isApart ? 'consumer.paused' : 'consumer.resumed', { consumerId: consumer.id })
}

/** Ends what a page gets of those whom it may not know any more. */
export function closeUnheard(receiver: Participant, mayKnow: (owner: Participant) => boolean): void {
  for (const { consumer, owner } of receiver.received.values()) if (!mayKnow(owner)) consumer.close()
}
