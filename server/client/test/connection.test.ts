import t, { type Test } from 'tap'
import { connect, type Connection } from '#server/client/connection.ts'
import { retryDelayMs } from '#server/client/retry-delay.ts'
import { ServerClock } from '#server/client/server-clock.ts'
import { PROTOCOL_VERSION, type callerEvents, type callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId } from '#server/contract/ids.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import { newScript, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts'

type CallerConnection = Connection<typeof callerRequests, typeof callerEvents>

const CALL_ID = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId

async function open(test: Test, script: Script = newScript()): Promise<[ScriptedServer, CallerConnection]> {
  const server = await startScriptedServer(0, script)
  test.teardown(() => server.close())
  const connection = join(test, server.url)
  return [server, connection]
}

function join(test: Test, url: string, headers?: Record<string, string>): CallerConnection {
  const connection = connect<typeof callerRequests, typeof callerEvents>({
    url,
    namespace: '/caller',
    auth: { protocolVersion: PROTOCOL_VERSION },
    random: () => 0.01,
    ...(headers === undefined ? {} : { headers }),
  })
  test.teardown(() => connection.close())
  return connection
}

/** Waits, without sleeping, until `isTrue` holds after some change of the connection. */
function until(connection: CallerConnection, isTrue: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isTrue()) return
      stop()
      resolve()
    }
    const stop = connection.subscribe(look)
    queueMicrotask(look)
  })
}

const isOnline = (connection: CallerConnection) => () => connection.state.kind === 'online'

t.test('says hello and has the view, the version and the server’s clock', async (t) => {
  const [server, connection] = await open(t, { ...newScript(), clockAheadMs: 90_000 })
  t.same(connection.state, { kind: 'connecting' })
  await until(connection, isOnline(connection))
  t.equal(connection.snapshot?.version, 1)
  t.equal(connection.snapshot?.view.siteName, 'Library')
  t.ok(Math.abs(connection.clockOffsetMs - 90_000) < 500, 'the offset is the server’s lead')
  t.equal(server.script.connectionCount, 1)
})

t.test('takes newer views and forgets older ones', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  server.tellView(7)
  server.tellView(5)
  server.tellView(8)
  const versions: number[] = []
  connection.subscribe(() => versions.push(connection.snapshot?.version ?? -1))
  await until(connection, () => connection.snapshot?.version === 8)
  t.same(versions, [7, 8])
})

t.test('takes what a new connection says first, even with a lower version', async (t) => {
  const [server, connection] = await open(t, { ...newScript(), version: 50 })
  await until(connection, isOnline(connection))
  server.script.version = 3
  for (const socket of await server.sockets()) socket.disconnect(true)
  await until(connection, () => connection.snapshot?.version === 3)
  t.equal(connection.state.kind, 'online')
})

t.test('goes offline, keeps the view and comes back when the server does', async (t) => {
  const first = await startScriptedServer()
  const connection = join(t, first.url)
  await until(connection, isOnline(connection))
  await first.close()
  await until(connection, () => connection.state.kind === 'offline')
  t.equal(connection.snapshot?.version, 1)
  await t.rejects(connection.request('call.start', { callId: CALL_ID }), { code: 'no-answer' })
  const port = Number(new URL(first.url).port)
  const second = await startScriptedServer(port, { ...newScript(), version: 2 })
  t.teardown(() => second.close())
  await until(connection, isOnline(connection))
  t.equal(connection.snapshot?.version, 2)
})

t.test('a server that was never there is offline, not an end', async (t) => {
  const server = await startScriptedServer()
  await server.close()
  const connection = join(t, server.url)
  await until(connection, () => connection.state.kind === 'offline')
  t.equal(connection.snapshot, null)
})

t.test('a reply that is a view becomes the view', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  server.script.version = 12
  const reply = await connection.request('call.start', { callId: CALL_ID })
  t.equal(reply.version, 12)
  t.equal(connection.snapshot?.version, 12)
})

t.test('asks once more after a lost connection when told to', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  let isFirst = true
  server.script.start = async () => {
    if (!isFirst) return
    isFirst = false
    for (const socket of await server.sockets()) socket.disconnect(true)
  }
  await connection.request('call.start', { callId: CALL_ID }, { retry: true })
  t.same(server.script.startedCallIds, [CALL_ID, CALL_ID])
  isFirst = true
  await t.rejects(connection.request('call.start', { callId: CALL_ID }), { code: 'no-answer' })
})

t.test('a refusal is not repeated, and comes out as it is', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  server.script.start = () => {
    throw new Refusal('wrong-state', 'not now')
  }
  await t.rejects(connection.request('call.start', { callId: CALL_ID }, { retry: true }), { code: 'wrong-state' })
  t.equal(server.script.startedCallIds.length, 1)
})

t.test('turned away at the door', async (t) => {
  const [server, connection] = await open(t, { ...newScript(), doorCode: 'not-signed-in' })
  await until(connection, () => connection.state.kind === 'refused')
  t.same(connection.state, { kind: 'refused', code: 'not-signed-in' })
  await t.rejects(connection.request('call.start', { callId: CALL_ID }, { retry: true }), { code: 'no-answer' })
  server.script.doorCode = undefined
  connection.reconnect()
  await until(connection, isOnline(connection))
})

t.test('a server that is not ready yet is asked again', async (t) => {
  const [server, connection] = await open(t, { ...newScript(), doorCode: 'not-ready' })
  await until(connection, () => connection.state.kind === 'offline')
  server.script.doorCode = undefined
  await until(connection, isOnline(connection))
})

t.test('hello refused: for good, or for now', async (t) => {
  const script = newScript()
  let code = 'not-ready'
  script.hello = async () => {
    if (code !== '') throw new Refusal(code, 'no')
  }
  const [server, connection] = await open(t, script)
  await until(connection, () => connection.state.kind === 'offline')
  code = 'version-mismatch'
  await until(connection, () => connection.state.kind === 'refused')
  t.same(connection.state, { kind: 'refused', code: 'version-mismatch' })
  t.ok(server.script.connectionCount >= 2)
})

t.test('replaced by a newer page: stays out until asked', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  server.io.of('/caller').emit('connection.replaced', {})
  await until(connection, () => connection.state.kind === 'replaced')
  t.equal((await server.sockets()).length <= 1, true)
  connection.reconnect()
  await until(connection, isOnline(connection))
  t.equal(server.script.connectionCount, 2)
})

t.test('events reach their listeners until they stop', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  const versions: number[] = []
  const stop = connection.on('view.changed', ({ version }) => versions.push(version))
  server.tellView(2)
  await until(connection, () => connection.snapshot?.version === 2)
  stop()
  server.tellView(3)
  await until(connection, () => connection.snapshot?.version === 3)
  t.same(versions, [2])
})

t.test('closing refuses what is under way', async (t) => {
  const [server, connection] = await open(t)
  await until(connection, isOnline(connection))
  server.script.start = () => new Promise(() => {})
  const asked = connection.request('call.start', { callId: CALL_ID }, { retry: true })
  connection.close()
  await t.rejects(asked, { code: 'no-answer' })
})

t.test('headers travel in Node', async (t) => {
  const server = await startScriptedServer()
  t.teardown(() => server.close())
  const connection = join(t, server.url, { cookie: 'skranke=abc' })
  await until(connection, isOnline(connection))
  t.same(server.script.cookies, ['skranke=abc'])
})

t.test('waits between attempts grow and spread', async (t) => {
  t.equal(retryDelayMs(0, 0), 0)
  t.equal(retryDelayMs(0, 0.5), 250)
  t.equal(retryDelayMs(3, 0.5), 2000)
  t.equal(retryDelayMs(4, 0.999), 7992)
  t.equal(retryDelayMs(1000, 0.5), 4000)
})

t.test('the clock is set by an answer and only ever pushed forward by what is heard', async (t) => {
  const clock = new ServerClock()
  const now = performance.now()
  clock.set(1_000_000, now - 100, now + 100)
  const early = clock.now()
  t.ok(early >= 1_000_000 && early < 1_001_000)
  clock.hear(1_000_000 - 5_000, now)
  t.ok(clock.now() >= early, 'a message that was long under way does not set the clock back')
  clock.hear(1_000_000 + 5_000, now)
  t.ok(clock.now() >= 1_005_000)
})
