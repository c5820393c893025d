import t from 'tap'
import { agent, caller, joinPage, openControl, openPage, startTestSfu, until } from './harness.ts'
import { joinRtpPeer } from './rtp-peer.ts'

t.test('a page whose connection breaks comes back to the same transports, and sound never stopped', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const citizen = await joinRtpPeer(t, sfu, caller('room-1'))
  await citizen.send(1001)
  const specialist = await joinRtpPeer(t, sfu, agent('room-1'))
  const consumerId = await specialist.receive()
  await until('sound', () => specialist.receivedCount > 10)

  // As a network does it: without a word of farewell.
  specialist.page.socket.io.engine.close()
  const before = specialist.receivedCount
  await until('sound goes on meanwhile', () => specialist.receivedCount > before + 10)
  const page = await openPage(t, sfu, { resumeKey: specialist.joined.resumeKey })
  const joined = await page.ask('join', {})
  t.equal(joined.roomInstanceId, specialist.joined.roomInstanceId)
  t.equal(joined.resumeKey, specialist.joined.resumeKey)
  t.equal(joined.isConnected, true)
  t.same(joined.consumerIds, [consumerId])
  t.match(await page.event('consumer.new'), { consumerId, participantId: 'caller' }, 'told again')
  await page.event('room.connected')
  t.same(citizen.page.all('participant.left'), [])

  await citizen.page.ask('producer.close', { producerId: citizen.producerId })
  t.same(await page.event('consumer.closed'), { consumerId }, 'events go to the new connection')
})

t.test('the other way: who sends loses the connection and still sends', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const citizen = await joinRtpPeer(t, sfu, caller('room-1'))
  await citizen.send(1001)
  const specialist = await joinRtpPeer(t, sfu, agent('room-1'))
  await specialist.receive()
  citizen.page.socket.io.engine.close()
  await until('sound', () => specialist.receivedCount > 20)
  const page = await openPage(t, sfu, { resumeKey: citizen.joined.resumeKey })
  await page.ask('join', {})
  await page.ask('producer.pause', { producerId: citizen.producerId })
  await specialist.page.event('consumer.paused')
})

t.test('who does not come back in time is out, and the others are told', async (t) => {
  const sfu = await startTestSfu(t, { resumeMs: 300 })
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const lost = await joinPage(t, sfu, caller('room-1'))
  const other = await joinPage(t, sfu, agent('room-1'))
  lost.page.socket.io.engine.close()
  t.same(await other.page.event('participant.left'), { participantId: 'caller' })
  await t.rejects(openPage(t, sfu, { resumeKey: lost.joined.resumeKey }), { code: 'ticket-refused' })
  t.equal(sfu.rooms.participantCount, 1)
  t.ok(await joinPage(t, sfu, caller('room-1')), 'a new ticket lets them in again')
})

t.test('who says goodbye is out at once', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const leaving = await joinPage(t, sfu, caller('room-1'))
  const other = await joinPage(t, sfu, agent('room-1'))
  leaving.page.socket.disconnect()
  await other.page.event('participant.left')
  t.equal(sfu.rooms.participantCount, 1)
})

t.test('a resume while the old connection still seems alive takes its place', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const first = await joinPage(t, sfu, caller('room-1'))
  const { transportId } = await first.page.ask('transport.create', { direction: 'send' })
  const second = await openPage(t, sfu, { resumeKey: first.joined.resumeKey })
  await second.ask('join', {})
  await until('the old one is closed', () => first.page.disconnectedBecause !== undefined)
  t.same(first.page.all('room.closed'), [], 'the page is not out, only its old connection')
  t.ok(await second.ask('transport.restart-ice', { transportId }))
  t.equal(sfu.rooms.participantCount, 1)
})
