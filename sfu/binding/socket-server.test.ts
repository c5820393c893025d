import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import t, { type Test } from 'tap'
import { BucketsByName, RecentCount } from './flood-guard.ts'
import { cutOffSlowReaders } from './slow-readers.ts'
import { askRaw, openRaw, startTestServer, type TestServer } from './test-server.ts'

/** Each way of breaking the protocol ends that connection and leaves the server serving others. */
const breaches: Record<string, (string | Uint8Array)[]> = {
  'bad JSON': ['42["echo",{"text":'],
  'a binary frame': [new Uint8Array([1, 2, 3, 4])],
  'a message above 64 KB': [`421["echo",{"text":"${'a'.repeat(70_000)}"}]`],
  'an event with a reserved name': ['421["connect",{}]'],
  'an unknown engine.io packet': ['9nonsense'],
  'an unknown socket.io packet': ['49'],
  'an attachment nested 30,000 deep': [
    `451-["anything",${'['.repeat(30_000)}{"_placeholder":true,"num":0}${']'.repeat(30_000)}]`,
    new Uint8Array([1]),
  ],
  'an endless wait for attachments': ['45999999-["echo",{"_placeholder":true,"num":0}]', '421["echo",{"text":"a"}]'],
}

async function stillServes(t: Test, server: TestServer): Promise<void> {
  const raw = await openRaw(t, server)
  t.match(await askRaw(raw, 1, '["echo",{"text":"fine"}]'), { ok: true }, 'the server serves others')
}

for (const [title, frames] of Object.entries(breaches)) {
  t.test(`${title} ends the connection, not the process`, async (t) => {
    const server = await startTestServer(t)
    const raw = await openRaw(t, server)
    for (const frame of frames) raw.send(frame)
    await raw.closed
    t.same(server.handled, [])
    await stillServes(t, server)
  })
}

t.test('a small attachment reaches no handler', async (t) => {
  const server = await startTestServer(t, { limits: { strikesMax: 1000 } })
  const raw = await openRaw(t, server)
  raw.send('451-1["anything",{"tree":{"_placeholder":true,"num":0}}]')
  raw.send(new Uint8Array([1, 2, 3]))
  t.match(await raw.frame((frame) => frame.startsWith('431[')), /bad-request/)
  t.same(server.handled, [])
})

t.test('an event before entering a namespace ends the connection', async (t) => {
  const server = await startTestServer(t)
  const raw = await openRaw(t, server, false)
  raw.send('421["echo",{"text":"early"}]')
  await raw.closed
  t.same(server.handled, [])
})

t.test('an event for a namespace never entered ends the connection', async (t) => {
  const server = await startTestServer(t)
  const raw = await openRaw(t, server)
  raw.send('42/control,1["room.open",{}]')
  await raw.closed
  t.same(server.handled, [])
})

t.test('long polling is not spoken', async (t) => {
  const { url } = await startTestServer(t)
  const response = await fetch(`${url}/socket.io/?EIO=4&transport=polling`)
  t.equal(response.status, 400)
})

/** The status of an upgrade with this Origin. */
async function upgradeStatus(url: string, origin: string | undefined): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const asked = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        ...(origin === undefined ? {} : { origin }),
      },
    })
    asked.once('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode)
    })
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.once('error', reject)
    asked.end()
  })
}

t.test('only pages of known origins connect', async (t) => {
  const { url, refusedConnections } = await startTestServer(t)
  t.equal(await upgradeStatus(url, 'http://known.example'), 101)
  t.equal(await upgradeStatus(url, undefined), 101)
  for (const origin of ['http://known.example.evil', 'https://known.example', 'http://KNOWN.example', 'null', '']) {
    t.equal(await upgradeStatus(url, origin), 400, `origin «${origin}»`)
  }
  t.equal(refusedConnections.length, 5)
  const closed = await startTestServer(t, { sockets: { isMissingOriginAllowed: false } })
  t.equal(await upgradeStatus(closed.url, undefined), 400)
})

t.test('one address may not open connections without end', async (t) => {
  const { url } = await startTestServer(t, { sockets: { connectionsPerAddress: { burst: 3, perSecond: 0.001 } } })
  const statuses = []
  for (let n = 0; n < 5; n += 1) statuses.push(await upgradeStatus(url, undefined))
  t.same(statuses, [101, 101, 101, 400, 400])
})

t.test('who does not read is cut off, who reads is not', async (t) => {
  const server = await startTestServer(t)
  const reader = await openRaw(t, server)
  // A connection that shakes hands and then never reads again.
  const deaf = connectTcp(server.port, '127.0.0.1')
  t.teardown(() => deaf.destroy())
  deaf.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  await new Promise((resolve) => deaf.once('data', resolve))
  deaf.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]))
  await new Promise<void>((resolve) => server.io.once('connection', () => resolve()))
  deaf.pause()
  const isCutOff = new Promise<void>((resolve) => {
    t.teardown(cutOffSlowReaders(server.io, resolve, { bytesMax: 256 * 1024, forMs: 500, everyMs: 20 }))
  })
  for (let n = 1; n <= 40; n += 1) {
    for (let m = 0; m < 10; m += 1) server.io.emit('told', 'x'.repeat(60_000))
    t.match(await askRaw(reader, n, '["echo",{"text":"reading"}]'), { ok: true })
  }
  await isCutOff
  t.match(await askRaw(reader, 99, '["echo",{"text":"still reading"}]'), { ok: true })
  t.equal(server.io.engine.clientsCount, 1)
})

t.test('buckets of addresses are bounded, and full ones are forgotten first', async (t) => {
  const buckets = new BucketsByName({ burst: 1, perSecond: 1 }, 10)
  t.ok(buckets.take('kept', 0))
  for (let n = 0; n < 100; n += 1) buckets.take(`address-${n}`, 100)
  t.ok(buckets.take('kept', 200), 'forgotten when there were too many')
  t.notOk(buckets.take('kept', 300))
  for (let n = 0; n < 9; n += 1) buckets.take(`later-${n}`, 1_250)
  t.ok(buckets.take('kept', 1_300))
})

t.test('what happened before the window does not count', async (t) => {
  const count = new RecentCount(1_000)
  t.equal(count.add(0), 1)
  t.equal(count.add(500), 2)
  t.equal(count.add(1_100), 2)
})
