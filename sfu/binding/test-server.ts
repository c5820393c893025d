/** A real socket.io server with a small table, and raw WebSocket frames to throw at it. For the tests of this folder. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { Type } from 'typebox'
import { Refusal, type EventTable, type Handlers, type RequestTable } from '#sfu/contract/wire.ts'
import { bind, type BindOptions, type RefusedPacket } from './bind.ts'
import { createSocketServer, type SocketServerOptions } from './socket-server.ts'

const strict = { additionalProperties: false } as const

export const testRequests = {
  echo: {
    body: Type.Object({ text: Type.String({ maxLength: 100_000 }) }, strict),
    reply: Type.Object({ text: Type.String() }, strict),
  },
  anything: { body: Type.Object({ tree: Type.Unknown() }, strict), reply: Type.Object({}, strict) },
  refuse: { body: Type.Object({}, strict), reply: Type.Object({}, strict) },
  fail: { body: Type.Object({}, strict), reply: Type.Object({}, strict) },
  'reply-wrong': { body: Type.Object({}, strict), reply: Type.Object({ count: Type.Integer() }, strict) },
  wait: { body: Type.Object({}, strict), reply: Type.Object({}, strict) },
} as const satisfies RequestTable

export const testEvents = {
  told: Type.Object({ count: Type.Integer() }, strict),
} as const satisfies EventTable

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** Starts the server on a free port and ends it with the test. */
export async function startTestServer(
  t: Test,
  options: Partial<BindOptions> & { readonly sockets?: Partial<SocketServerOptions> } = {},
) {
  const handled: string[] = []
  const bugs: { error: unknown; request: string }[] = []
  const refused: RefusedPacket[] = []
  const refusedConnections: string[] = []
  const waiting: (() => void)[] = []
  const handlers: Handlers<typeof testRequests, string> = {
    echo: (_, { text }) => {
      handled.push(text)
      return { text }
    },
    anything: () => {
      handled.push('anything')
      return {}
    },
    refuse: () => {
      throw new Refusal('too-late', 'the offer has expired')
    },
    fail: async () => {
      await Promise.resolve()
      throw new TypeError('a bug with a secret in it')
    },
    // A reply that lies about its type, as a bug would.
    'reply-wrong': () => ({ count: 'three' as unknown as number }),
    wait: async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return {}
    },
  }
  const { sockets, ...bindOptions } = options
  const http = createServer()
  const io = createSocketServer(http, {
    allowedOrigins: ['http://known.example'],
    isMissingOriginAllowed: true,
    onRefusedConnection: (reason) => refusedConnections.push(reason),
    ...sockets,
  })
  const attach = bind(testRequests, handlers, {
    onBug: (error, request) => bugs.push({ error, request }),
    onRefusedPacket: (packet) => refused.push(packet),
    ...bindOptions,
  })
  io.on('connection', (socket) => attach(socket, 'somebody'))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  t.teardown(async () => {
    for (const finish of waiting) finish()
    await io.close()
  })
  return { io, port, url: `http://127.0.0.1:${port}`, handled, bugs, refused, refusedConnections, waiting }
}

export type RawSocket = {
  readonly frames: string[]
  send(frame: string | Uint8Array): void
  /** The next frame for which `isMeant`, from the first on. */
  frame(isMeant: (frame: string) => boolean): Promise<string>
  readonly closed: Promise<void>
  close(): void
}

/** A WebSocket that speaks engine.io by hand. `isEntering`: it also connects to the namespace. */
export async function openRaw(t: Test, server: TestServer, isEntering = true): Promise<RawSocket> {
  const webSocket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`)
  t.teardown(() => webSocket.close())
  const frames: string[] = []
  const looks = new Set<() => void>()
  const look = (): void => {
    for (const check of [...looks]) check()
  }
  webSocket.addEventListener('message', ({ data }) => {
    frames.push(String(data))
    look()
  })
  const closed = new Promise<void>((resolve) => webSocket.addEventListener('close', () => resolve()))
  const raw: RawSocket = {
    frames,
    send: (frame) => webSocket.send(frame),
    frame: async (isMeant) =>
      await new Promise<string>((resolve, reject) => {
        const check = (): void => {
          const found = frames.find(isMeant)
          if (found === undefined) return
          looks.delete(check)
          resolve(found)
        }
        looks.add(check)
        void closed.then(() => reject(new Error(`closed after ${frames.join(' ').slice(0, 500)}`)))
        check()
      }),
    closed,
    close: () => webSocket.close(),
  }
  await raw.frame((frame) => frame.startsWith('0'))
  if (isEntering) {
    raw.send('40')
    await raw.frame((frame) => frame.startsWith('40'))
  }
  return raw
}

/** Sends a request frame with the acknowledgement id `id` and returns the outcome. */
export async function askRaw(raw: RawSocket, id: number, json: string): Promise<unknown> {
  raw.send(`42${id}${json}`)
  const prefix = `43${id}[`
  const answer = await raw.frame((frame) => frame.startsWith(prefix))
  return (JSON.parse(answer.slice(prefix.length - 1)) as unknown[])[0]
}
