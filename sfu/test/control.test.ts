import t from 'tap'
import { controlAuth } from '#sfu/binding/ticket-code.ts'
import { agent, caller, joinPage, mediaSecret, openControl, startTestSfu, until } from './harness.ts'

t.test('only a server with the secret and a fresh proof gets in', async (t) => {
  const sfu = await startTestSfu(t)
  const good = controlAuth(mediaSecret, Date.now())
  const cases: [string, object, string][] = [
    ['another secret', controlAuth('another secret, just as long as the right one', Date.now()), 'control-refused'],
    ['an old proof', controlAuth(mediaSecret, Date.now() - 31_000), 'control-refused'],
    ['a proof from the future', controlAuth(mediaSecret, Date.now() + 31_000), 'control-refused'],
    ['a proof for another instant', { ...good, at: good.at + 1 }, 'control-refused'],
    ['no proof', { protocolVersion: good.protocolVersion, at: good.at }, 'control-refused'],
    ['nothing', {}, 'version-mismatch'],
    ['another version', { ...good, protocolVersion: 99 }, 'version-mismatch'],
  ]
  for (const [title, auth, code] of cases) await t.rejects(openControl(t, sfu, auth), { code }, title)
  t.ok(await openControl(t, sfu, good))
})

t.test('a page gets no control link, even with the right proof', async (t) => {
  const sfu = await startTestSfu(t, { allowedOrigins: ['http://pages.example'] })
  const auth = controlAuth(mediaSecret, Date.now())
  await t.rejects(openControl(t, sfu, auth, { origin: 'http://pages.example' }), { code: 'control-refused' })
})

t.test('every request may be repeated and then changes nothing', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  for (let n = 0; n < 3; n += 1) await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  await control.ask('room.open', { roomId: 'room-1' })
  for (let n = 0; n < 3; n += 1) {
    await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  }
  const hello = await control.ask('hello', {})
  t.match(hello, {
    sfuId: 'sfu-1',
    workerCount: 1,
    rooms: [{ roomId: 'room-1', participants: [{ participantId: 'caller', role: 'caller', isConnected: true }] }],
  })
  t.equal((await control.ask('hello', {})).instanceId, hello.instanceId)
  for (let n = 0; n < 3; n += 1) await control.ask('room.remove', { roomId: 'room-1', participantId: 'caller' })
  await control.ask('room.remove', { roomId: 'room-1', participantId: 'agent-never-seen' })
  await page.event('room.closed')
  for (let n = 0; n < 3; n += 1) await control.ask('room.close', { roomId: 'room-1' })
  await control.ask('room.close', { roomId: 'room-never-seen' })
  t.same((await control.ask('hello', {})).rooms, [])
})

t.test('what is asked of a room that is not open is refused', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  const refused = { code: 'room-not-open' }
  await t.rejects(control.ask('room.connect', { roomId: 'room-9', participantIds: [] }), refused)
  await t.rejects(control.ask('room.remove', { roomId: 'room-9', participantId: 'caller' }), refused)
  await t.rejects(control.ask('room.open', { roomId: 'no such id!' }), { code: 'bad-request' })
})

t.test('one who asks for the same room many times at once gets one room', async (t) => {
  const sfu = await startTestSfu(t, { workerCount: 2 })
  const control = await openControl(t, sfu)
  await Promise.all(Array.from({ length: 50 }, () => control.ask('room.open', { roomId: 'room-1' })))
  const rooms = Array.from({ length: 100 }, (_, n) => `room-${n}`)
  await Promise.all(rooms.map((roomId) => control.ask('room.open', { roomId })))
  t.equal(sfu.rooms.roomCount, 100)
  await Promise.all(rooms.map((roomId) => control.ask('room.close', { roomId })))
  t.equal(sfu.rooms.roomCount, 0)
})

t.test('a room closed while it is being made leaves nothing behind', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  const opened = control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.close', { roomId: 'room-1' })
  await opened
  t.equal(sfu.rooms.roomCount, 0)
  await control.ask('room.open', { roomId: 'room-1' })
  t.equal(sfu.rooms.roomCount, 1)
})

t.test('rooms live on without a server, and a new one finds them', async (t) => {
  const sfu = await startTestSfu(t)
  const first = await openControl(t, sfu)
  await first.ask('room.open', { roomId: 'room-1' })
  await first.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  first.socket.disconnect()
  await until('the SFU notices', () => sfu.lines.some(({ message }) => message === 'server.disconnected'))
  await page.ask('transport.create', { direction: 'send' })
  await joinPage(t, sfu, agent('room-1'))
  const second = await openControl(t, sfu)
  t.match((await second.ask('hello', {})).rooms, [{ roomId: 'room-1', participants: [{}, {}] }])
})

t.test('without a server for too long every room is closed; one that comes back in time prevents it', async (t) => {
  const sfu = await startTestSfu(t, { serverAbsenceMsMax: 1_000 })
  const first = await openControl(t, sfu)
  await first.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  first.socket.disconnect()
  const second = await openControl(t, sfu)
  const begunAt = performance.now()
  await until('longer than the absence allowed', () => performance.now() - begunAt > 1_300)
  t.equal(sfu.rooms.roomCount, 1)
  second.socket.disconnect()
  t.same(await page.event('room.closed'), { reason: 'ended' })
  t.equal(sfu.rooms.roomCount, 0)
})

t.test('health and metrics say how it is', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  t.equal((await fetch(`${sfu.url}/health/live`)).status, 200)
  t.equal((await fetch(`${sfu.url}/health/ready`)).status, 200)
  t.equal((await fetch(`${sfu.url}/anything`)).status, 404)
  const metrics = await (await fetch(`${sfu.url}/metrics`)).text()
  t.match(metrics, /^skranke_sfu_rooms 1$/m)
  t.match(metrics, /^skranke_sfu_participants 0$/m)
  t.match(metrics, /^skranke_sfu_workers 1$/m)
  t.match(metrics, /^skranke_sfu_worker_deaths_total 0$/m)
})
