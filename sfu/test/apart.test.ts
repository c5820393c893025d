/** Two sides of a room that neither see nor hear each other: a citizen on hold, and the agents who talk it over. */
import t from 'tap'
import { agent, caller, joinPage, openControl, startTestSfu, until } from './harness.ts'
import { joinRtpPeer } from './rtp-peer.ts'

/** Long enough for 25 packets, had they been let through. */
const WATCH_MS = 500
const roomId = 'room-1'

t.test('whoever is apart receives nobody and is received by nobody, while the others go on', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId })
  const first = await joinRtpPeer(t, sfu, agent(roomId))
  const citizen = await joinRtpPeer(t, sfu, caller(roomId))
  const second = await joinRtpPeer(t, sfu, agent(roomId, 'agent-2'))
  const all = [first, citizen, second]
  for (const [at, peer] of all.entries()) await peer.send(1_001 + at)
  // Each takes the first of the others: the first agent the citizen, the citizen and the second agent the first agent.
  await Promise.all(all.map((peer) => peer.receive()))
  const participantIds = ['caller', 'agent-1', 'agent-2']
  await control.ask('room.connect', { roomId, participantIds })
  const hear = (who: typeof all) => {
    const before = who.map(({ receivedCount }) => receivedCount)
    return until('sound', () => who.every(({ receivedCount }, at) => receivedCount > (before[at] ?? 0) + 10))
  }
  await hear(all)

  await control.ask('room.apart', { roomId, participantIds: ['caller'] })
  await citizen.page.event('consumer.paused', 2)
  await first.page.event('consumer.paused', 1)
  t.equal(second.page.all('consumer.paused').length, 1, 'of the citizen alone')
  const before = [first, citizen].map(({ receivedCount }) => receivedCount)
  await hear([second])
  await new Promise((resolve) => setTimeout(resolve, WATCH_MS))
  const after = [first, citizen].map(({ receivedCount }) => receivedCount)
  for (const [at, count] of after.entries())
    t.ok(count <= (before[at] ?? 0) + 2, `${count - (before[at] ?? 0)} packets`)

  const { producerId } = first
  for (const name of ['producer.pause', 'producer.resume'] as const) await first.page.ask(name, { producerId })
  await second.page.event('consumer.resumed', 1)
  t.same(citizen.page.all('consumer.resumed'), [], 'what is withheld does not look switched on')
  await control.ask('room.connect', { roomId, participantIds: [...participantIds, 'agent-3'] })
  const { page: third, joined } = await joinPage(t, sfu, agent(roomId, 'agent-3'))
  await third.ask('transport.create', { direction: 'receive' })
  await third.ask('receive.ready', { rtpCapabilities: joined.routerRtpCapabilities as never })
  await third.event('consumer.new', 3)
  const off = third
    .all('consumer.new')
    .flatMap(({ participantId, isProducerPaused }) => (isProducerPaused ? [participantId] : []))
  t.same(off, ['caller'], 'who comes in meanwhile comes to the agents')

  await control.ask('room.apart', { roomId, participantIds: [] })
  await hear(all)
  t.equal(citizen.page.all('consumer.resumed').length, 2)
  await t.rejects(control.ask('room.apart', { roomId: 'room-2', participantIds: [] }), { code: 'room-not-open' })
})
