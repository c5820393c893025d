/** What Prometheus reads, on a port of its own: the one that pages come to is open to everybody, and this is for the city's own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BARE_HEADERS } from './bare-headers.ts'

export type FiguresPort = { readonly port: number; close(): Promise<void> }

/**
 * Answers `GET /metrics` at `host` and `port` with what `read` gives, and nothing else; where `missing` says what stands in the way of
 * the process's work, `/health/live` and `/health/ready` too, for one that has no other port. Rejects with an Error that names the
 * `setting` of the port where it cannot be had.
 */
export async function openFiguresPort(options: {
  readonly host: string
  readonly port: number
  readonly setting: string
  readonly read: () => Promise<{ readonly type: string; readonly text: string }>
  readonly missing?: () => Promise<readonly string[]>
}): Promise<FiguresPort> {
  const { host, port, setting, read, missing } = options
  const server = createServer((request, response) => {
    const send = (status: number, type: string, text: string) =>
      response.writeHead(status, { ...BARE_HEADERS, 'content-type': type }).end(text)
    const sendJson = (status: number, what: unknown) => send(status, 'application/json', JSON.stringify(what))
    const notNow = () => sendJson(500, { error: 'not now' })
    const path = request.method === 'GET' ? request.url : undefined
    if (path === '/metrics') read().then(({ type, text }) => send(200, type, text), notNow)
    else if (missing !== undefined && path === '/health/live') sendJson(200, { live: true })
    else if (missing !== undefined && path === '/health/ready') {
      missing().then(
        (what) => sendJson(what.length === 0 ? 200 : 503, { ready: what.length === 0, missing: what }),
        notNow,
      )
    } else sendJson(404, { error: 'there is nothing here' })
  })
  server.requestTimeout = 10_000
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  } catch (cause) {
    throw new Error(`figures cannot be served on ${host}, port ${port} (another: ${setting}; 0: with the rest)`, {
      cause,
    })
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
