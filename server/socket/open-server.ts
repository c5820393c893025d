/** The socket.io server of this process, with what guards it before any namespace does. */
import type { Server as HttpServer } from 'node:http'
import { cutOffSlowReaders } from '#sfu/binding/slow-readers.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import type { Server as SocketServer } from 'socket.io'
import type { ServerConfig } from '#server/config.ts'
import { askerAddress } from '#server/http/asker-address.ts'
import { frameLimits, type Limits } from '#server/limits.ts'
import type { Metrics } from '#server/telemetry/metrics.ts'

export type SocketServerParts = {
  readonly config: ServerConfig
  readonly limits: Limits
  readonly metrics: Pick<Metrics, 'endedConnection' | 'slowReader'>
}

/** Makes it on `http`, with nobody at home yet. It ends with `http`. */
export function openSocketServer(http: HttpServer, { config, limits, metrics }: SocketServerParts): SocketServer {
  const io = createSocketServer(http, {
    allowedOrigins: config.allowedOrigins,
    isMissingOriginAllowed: true,
    addressOf: askerAddress(config.proxies),
    frames: frameLimits(config),
    onEndedConnection: metrics.endedConnection,
    ...limits.connections,
  })
  http.once('close', cutOffSlowReaders(io, metrics.slowReader, limits.slowReaders))
  // Nobody is at home in the namespace without a name.
  io.use((_socket, next) => next(new Error('not-allowed')))
  return io
}
