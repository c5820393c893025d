/** What Prometheus reads, on a port of its own: the one that pages come to is open to everybody, and this is for the city's own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BARE_HEADERS } from './socket-server.ts'

export type FiguresPort = { readonly port: number; close(): Promise<void> }

/**
 * Answers `GET /metrics` at `host` and `port` with what `read` gives, and nothing else. Rejects with an Error that names the
 * `setting` of the port where it cannot be had.
 */
export async function openFiguresPort(options: {
  readonly host: string
  readonly port: number
  readonly setting: string
  readonly read: () => Promise<{ readonly type: string; readonly text: string }>
}): Promise<FiguresPort> {
  const { host, port, setting, read } = options
  const server = createServer((request, response) => {
    const send = (status: number, type: string, text: string) =>
      response.writeHead(status, { ...BARE_HEADERS, 'content-type': type }).end(text)
    if (request.method !== 'GET' || request.url !== '/metrics') {
      send(404, 'application/json', '{"error":"there is nothing here"}')
      return
    }
    read().then(
      ({ type, text }) => send(200, type, text),
      () => send(500, 'application/json', '{"error":"not now"}'),
    )
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
