/** Cuts off who does not read: what is told to them would otherwise pile up in our memory. */
import type { Server } from 'socket.io'

export type SlowReaderLimits = {
  /** Bytes waiting to be read by one connection. */
  readonly bytesMax: number
  /** For how long it may stay above that. */
  readonly forMs: number
  readonly everyMs: number
}

const DEFAULT_LIMITS: SlowReaderLimits = { bytesMax: 256 * 1024, forMs: 5_000, everyMs: 1_000 }

/** As much of an engine.io connection as is looked at here; the transport's own socket is not in its public types. */
type Connection = {
  readonly writeBuffer: readonly { readonly data?: unknown }[]
  readonly transport: { readonly socket?: { readonly bufferedAmount?: unknown } }
  close(discard?: boolean): void
}

/** Bytes (characters, for text) that one connection has not taken yet: in the WebSocket, and queued before it. */
export function waitingBytes(connection: Connection): number {
  const buffered = connection.transport.socket?.bufferedAmount
  let bytes = typeof buffered === 'number' ? buffered : 0
  for (const { data } of connection.writeBuffer) if (typeof data === 'string') bytes += data.length
  return bytes
}

/**
 * Looks at every connection of `server` each `everyMs` and closes those that stayed over the limit for `forMs`.
 * Returns the function that stops looking.
 */
export function cutOffSlowReaders(
  server: Server,
  onCutOff: () => void,
  limits: SlowReaderLimits = DEFAULT_LIMITS,
): () => void {
  let slowSince = new Map<Connection, number>()
  const look = (): void => {
    const at = performance.now()
    const stillSlow = new Map<Connection, number>()
    const connections = (server.engine as unknown as { clients: Record<string, Connection> }).clients
    for (const connection of Object.values(connections)) {
      if (waitingBytes(connection) <= limits.bytesMax) continue
      const since = slowSince.get(connection) ?? at
      if (at - since < limits.forMs) {
        stillSlow.set(connection, since)
        continue
      }
      connection.close(true)
      onCutOff()
    }
    slowSince = stillSlow
  }
  const timer = setInterval(look, limits.everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
