/** From where somebody asks, where a proxy may stand in front. */
import type { IncomingMessage } from 'node:http'

/** Of a connection over IPv6 that came by IPv4 it is the latter. */
const plain = (address: string): string => address.replace(/^::ffff:/, '')

/**
 * The address that asks: the one of the TCP connection or, where that is one of `proxies`, the one that this proxy saw, which is the last in
 * `X-Forwarded-For`. What anybody else writes into that header is no matter.
 */
export function askerAddress(proxies: readonly string[]): (request: IncomingMessage) => string {
  const known = new Set(proxies)
  return ({ socket, headers }) => {
    const peer = plain(socket.remoteAddress ?? 'unknown')
    if (!known.has(peer)) return peer
    const seen = String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim()
    return seen === undefined || seen === '' ? peer : plain(seen)
  }
}
