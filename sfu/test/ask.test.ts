import { io } from 'socket.io-client'
import t, { type Test } from 'tap'
import { startTestServer, testEvents, testRequests } from '#sfu/binding/test-server.ts'
import { ask, type LinkSocket } from '#sfu/client/ask.ts'
import { until } from './harness.ts'

type TestSocket = LinkSocket<typeof testRequests, typeof testEvents>

async function connect(t: Test, url: string): Promise<TestSocket> {
  const socket: TestSocket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
  t.teardown(() => socket.disconnect())
  await until('connected', () => socket.connected)
  return socket
}

t.test('a reply is returned, a refusal is thrown with its code', async (t) => {
  const server = await startTestServer(t)
  const socket = await connect(t, server.url)
  t.same(await ask(socket, 'echo', { text: 'hello' }), { text: 'hello' })
  await t.rejects(ask(socket, 'refuse', {}), { name: 'Refusal', code: 'too-late', message: 'the offer has expired' })
  await t.rejects(ask(socket, 'fail', {}), { name: 'Refusal', code: 'internal' })
})

t.test('no answer in time, a connection lost meanwhile, no connection: all are no-answer', async (t) => {
  const server = await startTestServer(t)
  const socket = await connect(t, server.url)
  const refused = { name: 'Refusal', code: 'no-answer' }
  await t.rejects(ask(socket, 'wait', {}, { timeoutMs: 50 }), refused)
  const lost = ask(socket, 'wait', {}, { timeoutMs: 60_000 })
  socket.io.engine.close()
  await t.rejects(lost, refused)
  await t.rejects(ask(socket, 'echo', { text: 'too late' }), refused)
  socket.connect()
  await until('connected again', () => socket.connected)
  t.same(await ask(socket, 'echo', { text: 'again' }), { text: 'again' })
  t.same(server.handled, ['again'], 'what could not be sent is not sent later')
})
