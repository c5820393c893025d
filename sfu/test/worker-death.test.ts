import t from 'tap'
import { agent, caller, joinPage, openControl, startTestSfu, until } from './harness.ts'
import { joinRtpPeer } from './rtp-peer.ts'

t.test('a worker killed in a call: pages and server are told at once, and sound comes back', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const citizen = await joinRtpPeer(t, sfu, caller('room-1'))
  const specialist = await joinRtpPeer(t, sfu, agent('room-1'))
  const standby = await joinPage(t, sfu, agent('room-1', 'agent-2'))
  await Promise.all([citizen.send(1001), specialist.send(2002)])
  await Promise.all([citizen.receive(), specialist.receive()])
  await until('sound both ways', () => citizen.receivedCount > 5 && specialist.receivedCount > 5)

  const [pid] = sfu.rooms.workerPids
  t.ok(pid)
  const killedAt = performance.now()
  process.kill(pid ?? 0, 'SIGKILL')
  const moved = await Promise.all([citizen.page.event('room.moved'), specialist.page.event('room.moved')])
  t.ok(performance.now() - killedAt < 1_000, `told within a second (${Math.round(performance.now() - killedAt)} ms)`)
  for (const { delayMs } of moved) t.ok(delayMs <= 300)
  t.same(await control.event('worker.died'), { workerIndex: 0, roomCount: 1 })
  t.same(await control.event('room.moved'), { roomId: 'room-1' })
  await standby.page.event('room.moved')

  const joined = await citizen.page.ask('join', {})
  t.not(joined.roomInstanceId, citizen.joined.roomInstanceId, 'the page can tell that its transports are gone')
  t.equal(joined.isConnected, true, 'who was connected still is')
  t.same(joined.consumerIds, [])
  const isConnectedById = new Map(
    (await control.ask('hello', {})).rooms[0]?.participants.map((who) => [who.participantId, who.isConnected]),
  )
  t.same(Object.fromEntries(isConnectedById), { caller: true, 'agent-1': true, 'agent-2': false })

  citizen.received.clear()
  specialist.received.clear()
  await Promise.all([citizen.send(1001), specialist.send(2002)])
  await Promise.all([citizen.receive(), specialist.receive()])
  await until('sound both ways again', () => citizen.receivedCount > 5 && specialist.receivedCount > 5)
  t.match(await (await fetch(`${sfu.url}/metrics`)).text(), /^skranke_sfu_worker_deaths_total 1$/m)
})

t.test('many rooms on two workers: those of the dead one move, the others stay', async (t) => {
  const sfu = await startTestSfu(t, { workerCount: 2 })
  const control = await openControl(t, sfu)
  const roomIds = Array.from({ length: 20 }, (_, n) => `room-${n}`)
  await Promise.all(roomIds.map((roomId) => control.ask('room.open', { roomId })))
  const pages = await Promise.all(roomIds.map(async (roomId) => (await joinPage(t, sfu, caller(roomId))).page))
  const [, second] = sfu.rooms.workerPids
  process.kill(second ?? 0, 'SIGKILL')
  const { roomCount } = await control.event('worker.died')
  t.equal(roomCount, 10, 'they were spread evenly')
  await control.event('room.moved', roomCount)
  t.equal(pages.filter((page) => page.all('room.moved').length > 0).length, roomCount)
  await until('the dead one is replaced', () => sfu.rooms.workerCount === 2)
  for (const page of pages) t.ok(await page.ask('transport.create', { direction: 'send' }))
})

t.test('both workers killed, again and again: rooms come back each time', async (t) => {
  const sfu = await startTestSfu(t, { workerCount: 2 })
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  for (let round = 1; round <= 3; round += 1) {
    for (const pid of sfu.rooms.workerPids) process.kill(pid, 'SIGKILL')
    await until('moved', () => page.all('room.moved').length >= round)
    await until('both are replaced', () => sfu.rooms.workerCount === 2)
    t.equal((await fetch(`${sfu.url}/health/ready`)).status, 200)
    t.ok(await page.ask('transport.create', { direction: 'send' }), `round ${round}`)
  }
  t.same(control.all('room.lost'), [])
})

t.test('requests that arrive while the room has no worker wait for the new one', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
  await control.event('worker.died')
  const [joined, created] = await Promise.all([
    page.ask('join', {}),
    page.ask('transport.create', { direction: 'receive' }),
    control.ask('room.open', { roomId: 'room-2' }),
  ])
  t.ok(joined.roomInstanceId)
  t.ok(created.transportId)
})

t.test('a room ended while its worker is dead stays ended', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  process.kill(sfu.rooms.workerPids[0] ?? 0, 'SIGKILL')
  await control.event('worker.died')
  await control.ask('room.close', { roomId: 'room-1' })
  await page.event('room.closed')
  // A spare worker may have taken it before it was ended; afterwards nothing does.
  const movedCount = control.all('room.moved').length
  await control.ask('room.open', { roomId: 'room-2' })
  t.equal(sfu.rooms.roomCount, 1)
  t.equal(control.all('room.moved').length, movedCount)
})
