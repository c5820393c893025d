/** The control link: the server asks, the rooms do it. Every request may be repeated and then changes nothing. */
import type { Server } from 'socket.io'
import { TRUSTED_LINK_LIMITS, bind, tell, type BindOptions } from '#sfu/binding/bind.ts'
import { checkControlAuth } from '#sfu/binding/ticket-code.ts'
import { CONTROL_NAMESPACE, controlEvents, controlRequests } from '#sfu/contract/control.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import type { MediaLog } from '../media/media-log.ts'
import type { MediaRooms, RoomsAudience } from '../media/media-rooms.ts'
import { gate } from './gate.ts'

export type ControlOptions = {
  readonly sfuId: string
  /** New at each start of this process. */
  readonly instanceId: string
  readonly mediaSecret: string
  /** With no server for so long, every room is closed: nobody could end them any more. In ms. */
  readonly serverAbsenceMsMax: number
  readonly log: MediaLog
  readonly binding: BindOptions
}

/** Tells every server that is connected. With none connected nothing is kept: a server asks anew with `hello`. */
export function controlAudience(io: Server, checkOutgoing: boolean): RoomsAudience {
  const servers = io.of(CONTROL_NAMESPACE)
  const options = { checkOutgoing }
  return {
    roomFlowing: (roomId) => tell(servers, controlEvents, 'room.flowing', { roomId }, options),
    roomMoved: (roomId) => tell(servers, controlEvents, 'room.moved', { roomId }, options),
    roomLost: (roomId) => tell(servers, controlEvents, 'room.lost', { roomId }, options),
    workerDied: (died) => tell(servers, controlEvents, 'worker.died', died, options),
  }
}

/** Begins to take servers. Returns the function that stops watching for their absence. */
export function serveControl(io: Server, rooms: MediaRooms, options: ControlOptions): () => void {
  const { log, mediaSecret, serverAbsenceMsMax } = options
  const servers = io.of(CONTROL_NAMESPACE)
  gate(
    servers,
    (socket) => {
      // Browsers always send an Origin; a server of ours never does.
      if (socket.handshake.headers.origin !== undefined) {
        throw new Refusal('control-refused', 'pages have no business here')
      }
      checkControlAuth(mediaSecret, socket.handshake.auth, Date.now())
    },
    (error) => options.binding.onBug(error, 'connect'),
  )
  const bindControl = bind(controlRequests, controlHandlers(rooms, options), {
    ...options.binding,
    limits: TRUSTED_LINK_LIMITS,
  })

  let absence: NodeJS.Timeout | undefined
  const awaitServer = (): void => {
    clearTimeout(absence)
    absence = setTimeout(() => {
      log.warn({ roomCount: rooms.roomCount, serverAbsenceMsMax }, 'server.absent')
      rooms.closeAll('ended')
    }, serverAbsenceMsMax)
    absence.unref()
  }
  awaitServer()
  servers.on('connection', (socket) => {
    clearTimeout(absence)
    log.info({}, 'server.connected')
    bindControl(socket, undefined)
    socket.on('disconnect', (reason) => {
      log.warn({ reason }, 'server.disconnected')
      if (servers.sockets.size === 0) awaitServer()
    })
  })
  return () => clearTimeout(absence)
}

function controlHandlers(rooms: MediaRooms, options: ControlOptions): Handlers<typeof controlRequests, undefined> {
  const { sfuId, instanceId, log } = options
  return {
    hello: () => ({ sfuId, instanceId, workerCount: rooms.workerCount, rooms: rooms.states() }),
    'room.open': async (_, { roomId }) => {
      await rooms.open(roomId)
      log.info({ roomId }, 'room.opened')
      return {}
    },
    'room.connect': async (_, { roomId, participantIds }) => {
      await rooms.connect(roomId, participantIds)
      log.info({ roomId, participantIds }, 'room.connected')
      return {}
    },
    'room.screen': (_, { roomId, participantId }) => {
      rooms.setScreen(roomId, participantId)
      log.info({ roomId, participantId }, 'room.screen')
      return {}
    },
    'room.apart': async (_, { roomId, participantIds }) => {
      await rooms.setApart(roomId, participantIds)
      log.info({ roomId, participantIds }, 'room.apart')
      return {}
    },
    'room.heard-by': async (_, { roomId, heardBy }) => {
      await rooms.setHeardBy(roomId, heardBy)
      log.info({ roomId, heardBy }, 'room.heard-by')
      return {}
    },
    'room.remove': (_, { roomId, participantId, removedAt }) => {
      rooms.remove(roomId, participantId, removedAt ?? Date.now())
      log.info({ roomId, participantId }, 'room.removed')
      return {}
    },
    'room.close': (_, { roomId }) => {
      rooms.close(roomId)
      log.info({ roomId }, 'room.closed')
      return {}
    },
  }
}
