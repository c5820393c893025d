/** The socket.io server with our settings: WebSocket only, small messages, known origins, nothing kept for who left. */
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import { Server } from 'socket.io'
import { BARE_HEADERS } from './bare-headers.ts'
import { BucketsByName, type BucketLimits } from './flood-guard.ts'
import { ENTRY_MS_MAX, FrameGuard, type FrameLimits } from './frame-guard.ts'

/** The largest message taken, in bytes. The largest of ours, RTP capabilities, is below 20 KB. */
export const MESSAGE_BYTES_MAX = 64 * 1024

export type SocketServerOptions = {
  /** Exact origins (`https://host:port`) whose pages may connect. */
  readonly allowedOrigins: readonly string[]
  /** Whether a connection without an Origin header is taken: programs send none, browsers always do. */
  readonly isMissingOriginAllowed: boolean
  /** New connections from one address. Many kiosks may stand behind one address. */
  readonly connectionsPerAddress?: BucketLimits
  /** Who is asking, where a proxy stands in front. By default the address of the TCP connection. */
  readonly addressOf?: (request: IncomingMessage) => string
  readonly onRefusedConnection?: (reason: 'origin' | 'too-many-connections' | 'misbehaved') => void
  /** What may come over a connection; absent where processes talk that have proved who they are, which may be much. */
  readonly frames?: FrameLimits
  /** Hears of each connection that was ended for its frames. */
  readonly onEndedConnection?: () => void
}

const CONNECTIONS_PER_ADDRESS: BucketLimits = { burst: 200, perSecond: 50 }
const ADDRESSES_REMEMBERED_MAX = 10_000

/** Makes the socket.io server on `http`. Namespaces, handlers and closing are the caller's. */
export function createSocketServer(http: HttpServer, options: SocketServerOptions): Server {
  const origins = new Set(options.allowedOrigins)
  const buckets = new BucketsByName(options.connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS, ADDRESSES_REMEMBERED_MAX)
  const addressOf = options.addressOf ?? ((request) => request.socket.remoteAddress ?? 'unknown')
  const guard = options.frames && new FrameGuard(options.frames, addressOf, options.onEndedConnection)
  const io = new Server(http, {
    transports: ['websocket'],
    allowUpgrades: false,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    connectTimeout: ENTRY_MS_MAX,
    // A dead connection is noticed after 18 s at the latest.
    pingInterval: 10_000,
    pingTimeout: 8_000,
    allowRequest: (request, decide) => {
      const origin = request.headers.origin
      const isKnown = origin === undefined ? options.isMissingOriginAllowed : origins.has(origin)
      if (!isKnown) {
        options.onRefusedConnection?.('origin')
        return decide('origin not allowed', false)
      }
      if (guard?.isWelcome(request) === false) {
        options.onRefusedConnection?.('misbehaved')
        return decide('too many bad messages', false)
      }
      if (!buckets.take(addressOf(request), performance.now())) {
        options.onRefusedConnection?.('too-many-connections')
        return decide('too many connections', false)
      }
      decide(null, true)
    },
  })
  // Also what is refused here is answered over HTTP.
  io.engine.use((_request: IncomingMessage, response: ServerResponse, next: () => void) => {
    for (const [name, value] of Object.entries(BARE_HEADERS)) response.setHeader(name, value)
    next()
  })
  guard?.watch(io)
  http.once('close', () => guard?.stop())
  return io
}
