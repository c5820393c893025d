/** The SFU put together: workers and rooms, the two links, health and metrics. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { BindOptions } from '#sfu/binding/bind.ts'
import { cutOffSlowReaders } from '#sfu/binding/slow-readers.ts'
import { openFiguresPort } from '#sfu/binding/figures-port.ts'
import { BARE_HEADERS } from '#sfu/binding/bare-headers.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import type { SfuConfig } from './config.ts'
import type { MediaLog } from './media/media-log.ts'
import { MediaRooms } from './media/media-rooms.ts'
import { controlAudience, serveControl } from './socket/control.ts'
import { serveMedia } from './socket/media.ts'
import { createTicketGate } from './tickets.ts'

export type SfuParts = {
  readonly log: MediaLog
  /** Checks every reply and event against its schema. For tests and development. */
  readonly checkOutgoing?: boolean
  /** How long a participant without a connection is kept, in ms, where not as long as the contract says. */
  readonly resumeMs?: number
}

export type Sfu = {
  /** Where it is reached, with the real port. */
  readonly url: string
  readonly rooms: MediaRooms
  /** Ends every call, connection and worker. */
  stop(): Promise<void>
}

/** Starts an SFU. Throws an Error that says what to look at when a worker or the port cannot be had. */
export async function startSfu(config: SfuConfig, parts: SfuParts): Promise<Sfu> {
  const { log, checkOutgoing = false, resumeMs } = parts
  const metrics = createMetrics(() => rooms)
  const http = createServer(
    (request, response) => void answer(request, response, { metrics, config, rooms: () => rooms }),
  )
  const io = createSocketServer(http, {
    allowedOrigins: config.allowedOrigins,
    // The server, and programs that test the system, are no pages: a ticket or a proof is asked of them all the same.
    isMissingOriginAllowed: true,
    connectionsPerAddress: { burst: config.connectionBurst, perSecond: config.connectionBurst / 4 },
    onRefusedConnection: (reason) => metrics.refusedConnections.inc({ reason }),
  })
  // Without the rooms there is nothing to connect to: pages are heard only once they are there.
  const rooms = await MediaRooms.start({
    workerCount: config.workerCount,
    listenIp: config.listenIp,
    ...(config.announcedAddress === undefined ? {} : { announcedAddress: config.announcedAddress }),
    ...(config.workerBin === undefined ? {} : { workerBin: config.workerBin }),
    ...(resumeMs === undefined ? {} : { resumeMs }),
    portBase: config.mediaPortBase,
    log,
    audience: countingDeaths(controlAudience(io, checkOutgoing), metrics.workerDeaths),
  })
  const binding: BindOptions = {
    // A fault in one request must not end everybody's call: it is counted and logged, and the process lives on.
    onBug: (error, request) => {
      metrics.bugs.inc()
      log.error({ err: error, request }, 'bug')
    },
    onRefusedPacket: ({ reason }) => metrics.refusedPackets.inc({ reason }),
    checkOutgoing,
  }
  const { sfuId, mediaSecret, serverAbsenceMsMax } = config
  const stopWatching = serveControl(io, rooms, {
    sfuId,
    instanceId: randomUUID(),
    mediaSecret,
    serverAbsenceMsMax,
    log,
    binding,
  })
  const tickets = createTicketGate({ mediaSecret, sfuId, isRoomOpen: (roomId) => rooms.isOpen(roomId) })
  serveMedia(io, rooms, { tickets, binding })
  const stopCuttingOff = cutOffSlowReaders(io, () => metrics.slowReaders.inc())

  const figures = await openFigures(config, metrics)
  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    stopWatching()
    stopCuttingOff()
    // The calls are not over: this SFU is. The pages come back with a new ticket, wherever it leads.
    rooms.closeAll('lost')
    // Closes the HTTP server and every connection with it.
    await Promise.all([io.close(), figures?.close()])
    await rooms.stop()
  }
  try {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject)
      http.listen(config.port, config.host, resolve)
    })
  } catch (cause) {
    await rooms.stop()
    throw new Error(`The SFU cannot listen on ${config.host}, port ${config.port} (SKRANKE_SFU_PORT).`, { cause })
  }
  // An Internet port has an AddressInfo; only pipes have a text.
  const { port } = http.address() as AddressInfo
  return { url: `http://${config.host}:${port}`, rooms, stop: async () => await (stopped ??= stop()) }
}

/** The port that Prometheus reads at; undefined where that is the one of everything else. */
async function openFigures({ metricsPort = 0, metricsHost = '127.0.0.1' }: SfuConfig, { registry }: SfuMetrics) {
  if (metricsPort === 0) return undefined
  const read = async () => ({ type: registry.contentType, text: await registry.metrics() })
  return await openFiguresPort({ host: metricsHost, port: metricsPort, setting: 'SKRANKE_SFU_METRICS_PORT', read })
}

type SfuMetrics = ReturnType<typeof createMetrics>

function countingDeaths(
  audience: ReturnType<typeof controlAudience>,
  deaths: Counter,
): ReturnType<typeof controlAudience> {
  return {
    ...audience,
    workerDied(died) {
      deaths.inc()
      audience.workerDied(died)
    },
  }
}

function createMetrics(rooms: () => MediaRooms) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('skranke_sfu_rooms', 'Media rooms that are open.', () => rooms().roomCount)
  gauge('skranke_sfu_participants', 'Participants in media rooms.', () => rooms().participantCount)
  gauge('skranke_sfu_workers', 'mediasoup workers that are running.', () => rooms().workerCount)
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name, help, labelNames, registers })
  return {
    registry,
    workerDeaths: counter('skranke_sfu_worker_deaths_total', 'mediasoup workers that died.'),
    bugs: counter('skranke_sfu_bugs_total', 'Requests that failed through a fault of ours.'),
    slowReaders: counter('skranke_sfu_slow_readers_total', 'Connections cut off because they did not read.'),
    refusedPackets: counter('skranke_sfu_refused_packets_total', 'Messages refused before a handler saw them.', [
      'reason',
    ]),
    refusedConnections: counter('skranke_sfu_refused_connections_total', 'Connections refused.', ['reason']),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, config, rooms }: { metrics: SfuMetrics; config: SfuConfig; rooms: () => MediaRooms },
): Promise<void> {
  const send = (status: number, type: string, text: string): void => {
    response.writeHead(status, { ...BARE_HEADERS, 'content-type': type }).end(text)
  }
  const json = (status: number, body: unknown): void => send(status, 'application/json', JSON.stringify(body))
  switch (request.url?.split('?')[0]) {
    case '/health/live':
      return json(200, { isLive: true })
    case '/health/ready': {
      const missing = config.workerCount - rooms().workerCount
      return missing === 0
        ? json(200, { isReady: true })
        : json(503, { isReady: false, missing: [`${missing} of ${config.workerCount} media workers`] })
    }
    case '/metrics':
      if ((config.metricsPort ?? 0) > 0) return json(404, { error: 'there is nothing here' })
      return send(200, metrics.registry.contentType, await metrics.registry.metrics())
    default:
      return json(404, { error: 'there is nothing here' })
  }
}
