import t from 'tap'
import { agent, caller, joinPage, openControl, startTestSfu, until } from './harness.ts'
import { joinRtpPeer } from './rtp-peer.ts'

/** Long enough for 25 packets, had they been let through. */
const WATCH_MS = 500
const watch = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, WATCH_MS))

t.test('nobody on standby receives a packet; connected, both do; taken out, neither does', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const citizen = await joinRtpPeer(t, sfu, caller('room-1'))
  const specialist = await joinRtpPeer(t, sfu, agent('room-1'))
  t.equal(citizen.joined.isConnected, false)
  await Promise.all([citizen.send(1001), specialist.send(2002)])
  await Promise.all([citizen.receive(), specialist.receive()])

  await watch()
  t.equal(citizen.receivedCount, 0, 'the caller hears nothing on standby')
  t.equal(specialist.receivedCount, 0, 'the agent hears nothing on standby')
  await citizen.page.ask('media.flowing', {})
  await specialist.page.ask('media.flowing', {})
  t.same(control.all('room.flowing'), [], 'on standby nothing flows, whatever a page says')

  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await citizen.page.event('room.connected')
  await specialist.page.event('room.connected')
  await until('sound both ways', () => citizen.receivedCount > 10 && specialist.receivedCount > 10)
  await citizen.page.ask('media.flowing', {})
  t.same(control.all('room.flowing'), [], 'one side is not enough')
  await specialist.page.ask('media.flowing', {})
  t.same(await control.event('room.flowing'), { roomId: 'room-1' })
  await specialist.page.ask('media.flowing', {})

  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller'] })
  const [heardByCaller, heardByAgent] = [citizen.receivedCount, specialist.receivedCount]
  await specialist.page.event('room.standby')
  await watch()
  t.ok(citizen.receivedCount <= heardByCaller + 2, 'the caller hears nobody any more')
  t.ok(specialist.receivedCount <= heardByAgent + 2, 'who is left out hears nothing any more')

  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['agent-1', 'caller'] })
  await until('sound again', () => citizen.receivedCount > heardByCaller + 10)
  t.equal(control.all('room.flowing').length, 1, 'flowing has to be said anew')
  await Promise.all([citizen.page.ask('media.flowing', {}), specialist.page.ask('media.flowing', {})])
  await control.event('room.flowing', 2)

  await control.ask('room.remove', { roomId: 'room-1', participantId: 'agent-1' })
  t.same(await specialist.page.event('room.closed'), { reason: 'removed' })
  t.same(await citizen.page.event('participant.left'), { participantId: 'agent-1' })
  await until('the agent is disconnected', () => specialist.page.disconnectedBecause === 'io server disconnect')
  await control.ask('room.close', { roomId: 'room-1' })
  t.same(await citizen.page.event('room.closed'), { reason: 'ended' })
  t.equal(sfu.rooms.roomCount, 0)
})

t.test('who joins a room that is connected already receives at once', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const citizen = await joinRtpPeer(t, sfu, caller('room-1'))
  t.equal(citizen.joined.isConnected, true)
  await citizen.page.event('room.connected')
  await citizen.send(1001)
  const specialist = await joinRtpPeer(t, sfu, agent('room-1'))
  await specialist.receive()
  await until('sound', () => specialist.receivedCount > 5)
})

t.test('a room repeated as connected says again that it flows, for a server that was restarted', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page: callerPage } = await joinPage(t, sfu, caller('room-1'))
  const { page: agentPage } = await joinPage(t, sfu, agent('room-1'))
  const connect = { roomId: 'room-1', participantIds: ['caller', 'agent-1'] }
  await control.ask('room.connect', connect)
  await control.ask('room.connect', connect)
  await Promise.all([callerPage.ask('media.flowing', {}), agentPage.ask('media.flowing', {})])
  await control.event('room.flowing')
  t.equal(callerPage.all('room.connected').length, 1, 'repeated, it changes nothing')
  await control.ask('room.connect', connect)
  await control.event('room.flowing', 2)
})

t.test('a muted microphone is told, and its producer given up by a page is replaced', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  const citizen = await joinRtpPeer(t, sfu, caller('room-1'))
  const specialist = await joinRtpPeer(t, sfu, agent('room-1'))
  await citizen.send(1001)
  const consumerId = await specialist.receive()
  await until('sound', () => specialist.receivedCount > 5)

  await citizen.page.ask('producer.pause', { producerId: citizen.producerId })
  t.same(await specialist.page.event('consumer.paused'), { consumerId })
  const heard = specialist.receivedCount
  await watch()
  t.ok(specialist.receivedCount <= heard + 2, 'muted means silent')
  await citizen.page.ask('producer.resume', { producerId: citizen.producerId })
  await specialist.page.event('consumer.resumed')
  await until('sound again', () => specialist.receivedCount > heard + 5)

  await citizen.send(1003)
  t.same(await specialist.page.event('consumer.closed'), { consumerId }, 'what the page sent before has ended')
  await until('what it sends now', () => specialist.page.all('consumer.new').length === 2)
})
