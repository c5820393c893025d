/** What guards the sockets of the server itself: that it is all there, beside the tests of each part in `sfu/binding`. */
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import type { ServerConfig } from '#server/config.ts'
import { openSocketServer } from './open-server.ts'

const ORIGIN = 'https://skranke.example.org'
/** Only a fault waits so long. */
const WAIT_MS_MAX = 20_000

/** A connection by hand, which does not read on; resolves with the first line of the answer. */
async function knock(t: Test, port: number, origin: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: a\r\norigin: ${origin}\r\nconnection: upgrade\r\n` +
      'upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  const [line = ''] = (await new Promise<string>((heard) => socket.once('data', (data) => heard(String(data))))).split(
    '\r\n',
  )
  socket.pause()
  return line
}

t.test(
  'who does not read is cut off, and a page of another origin is not let in',
  { timeout: WAIT_MS_MAX },
  async (t) => {
    const http = createServer()
    await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
    const { port } = http.address() as AddressInfo
    const cutOff = Promise.withResolvers<void>()
    const config = { allowedOrigins: [ORIGIN], proxies: [], hasSecureCookies: true } as unknown as ServerConfig
    const io = openSocketServer(http, {
      config,
      limits: { slowReaders: { bytesMax: 64 * 1024, forMs: 50, everyMs: 10 } },
      metrics: { endedConnection: () => undefined, slowReader: () => cutOff.resolve() },
    })
    t.teardown(() => io.close())
    t.match(await knock(t, port, 'https://evil.example'), / 400 /)

    io.engine.on('connection', (connection: { send(text: string): void }) => {
      for (let n = 0; n < 400; n += 1) connection.send('x'.repeat(60_000))
    })
    t.match(await knock(t, port, ORIGIN), / 101 /)
    await cutOff.promise
    t.equal(io.engine.clientsCount, 0)
  },
)
