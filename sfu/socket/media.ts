/** The media link: pages come with a ticket, or back with their resume key, and negotiate what they send and receive. */
import type { Server, Socket } from 'socket.io'
import { bind, tell, type BindOptions } from '#sfu/binding/bind.ts'
import { MEDIA_NAMESPACE, MEDIA_PROTOCOL_VERSION, mediaEvents, mediaRequests } from '#sfu/contract/media.ts'
import type { TicketClaims } from '#sfu/contract/ticket.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { Joined, MediaRooms } from '../media/media-rooms.ts'
import type { PageLink } from '../media/participant.ts'
import type { TicketGate } from '../tickets.ts'
import { gate } from './gate.ts'

export type MediaOptions = { readonly tickets: TicketGate; readonly binding: BindOptions }

/** How a page came in: with a ticket that lets it join, or back to where it was. */
type Entry = { readonly claims: TicketClaims } | { readonly resumed: Joined }

type PageSession = { readonly entry: Entry; readonly link: PageLink; joined: Joined | undefined }

/** A page that has not joined by then is disconnected. In ms. */
const JOIN_MS_MAX = 10_000

/** Begins to take pages. */
export function serveMedia(io: Server, rooms: MediaRooms, options: MediaOptions): void {
  const pages = io.of(MEDIA_NAMESPACE)
  const entries = new WeakMap<Socket, Entry>()
  gate(
    pages,
    (socket) => entries.set(socket, admit(socket.handshake.auth, rooms, options.tickets)),
    (error) => options.binding.onBug(error, 'connect'),
  )
  const bindMedia = bind(mediaRequests, mediaHandlers(rooms), options.binding)
  pages.on('connection', (socket) => {
    const entry = entries.get(socket)
    if (entry === undefined) throw new Error('a connection passed the gate without being admitted')
    const checkOutgoing = { checkOutgoing: options.binding.checkOutgoing ?? false }
    const link: PageLink = {
      tell: (name, body) => tell(socket, mediaEvents, name, body, checkOutgoing),
      close: () => socket.disconnect(true),
    }
    const session: PageSession = { entry, link, joined: undefined }
    bindMedia(socket, session)
    const joinTimer = setTimeout(() => {
      if (session.joined === undefined) socket.disconnect(true)
    }, JOIN_MS_MAX)
    socket.on('disconnect', (reason) => {
      clearTimeout(joinTimer)
      // A page that says goodbye leaves; a connection that breaks may come back.
      session.joined?.room.lost(session.joined.participant, link, reason === 'client namespace disconnect')
    })
  })
}

/** Throws a Refusal unless what came as `auth` lets a page in. */
function admit(auth: Readonly<Record<string, unknown>>, rooms: MediaRooms, tickets: TicketGate): Entry {
  const { protocolVersion, resumeKey, ticket } = auth
  if (protocolVersion !== MEDIA_PROTOCOL_VERSION) {
    throw new Refusal('version-mismatch', `this SFU speaks media protocol ${MEDIA_PROTOCOL_VERSION}`)
  }
  if (resumeKey === undefined) return { claims: tickets.admit(ticket) }
  const resumed = typeof resumeKey === 'string' ? rooms.findByResumeKey(resumeKey) : undefined
  if (resumed === undefined) throw new Refusal('ticket-refused', 'there is nothing to resume: come with a new ticket')
  return { resumed }
}

/** Where the page is. Throws the Refusal `not-joined` before joining and after leaving. */
function here({ joined }: PageSession): Joined {
  if (joined === undefined || joined.participant.isOut) throw new Refusal('not-joined', 'join first')
  return joined
}

function enter(session: PageSession, rooms: MediaRooms): Joined {
  if (session.joined !== undefined) return here(session)
  const { entry, link } = session
  if ('claims' in entry) return rooms.join(entry.claims, link)
  if (entry.resumed.participant.isOut) throw new Refusal('ticket-refused', 'the participant left meanwhile')
  entry.resumed.participant.attach(link)
  return entry.resumed
}

function mediaHandlers(rooms: MediaRooms): Handlers<typeof mediaRequests, PageSession> {
  return {
    join: async (session) => {
      session.joined = enter(session, rooms)
      return await session.joined.room.welcome(session.joined.participant)
    },
    'transport.create': async (session, { direction }) => {
      const { room, participant } = here(session)
      return await room.createTransport(participant, direction)
    },
    'transport.connect': async (session, body) => {
      const { room, participant } = here(session)
      await room.connectTransport(participant, body)
      return {}
    },
    'transport.restart-ice': async (session, { transportId }) => {
      const { room, participant } = here(session)
      return { iceParameters: await room.restartIce(participant, transportId) }
    },
    produce: async (session, body) => {
      const { room, participant } = here(session)
      return await room.produce(participant, body)
    },
    'producer.pause': async (session, { producerId }) => {
      await here(session).participant.producer(producerId).pause()
      return {}
    },
    'producer.resume': async (session, { producerId }) => {
      await here(session).participant.producer(producerId).resume()
      return {}
    },
    'producer.close': (session, { producerId }) => {
      here(session).participant.producer(producerId).close()
      return {}
    },
    'receive.ready': async (session, body) => {
      const { room, participant } = here(session)
      await room.receiveReady(participant, body)
      return {}
    },
    'consumer.resume': async (session, { consumerId }) => {
      const { room, participant } = here(session)
      await room.resumeConsumer(participant, consumerId)
      return {}
    },
    'consumer.request-key-frame': async (session, { consumerId }) => {
      const { room, participant } = here(session)
      await room.requestKeyFrame(participant, consumerId)
      return {}
    },
    'text.produce': async (session, body) => {
      const { room, participant } = here(session)
      return await room.produceText(participant, body)
    },
    'text.begin': (session, { textConsumerId }) => {
      const { room, participant } = here(session)
      return room.beginText(participant, textConsumerId)
    },
    'media.flowing': (session) => {
      const { room, participant } = here(session)
      room.flowing(participant)
      return {}
    },
    'reception.report': (session, reception) => {
      const { room, participant } = here(session)
      room.tellReception(participant, reception)
      return {}
    },
  }
}
