/** [R43] Whoever is received by some alone: a supervisor who listens, then whispers to the agent, then joins. */
import t from 'tap'
import { agent, caller, openControl, startTestSfu, until } from './harness.ts'
import { joinRtpPeer } from './rtp-peer.ts'

/** Long enough for 25 packets, had they been let through. */
const WATCH_MS = 500
const roomId = 'room-1'
const SUPERVISOR = 'supervisor-lone'

t.test(
  'received by nobody, by the agent, by all; unknown to the others, and receiving everybody throughout',
  async (t) => {
    const sfu = await startTestSfu(t)
    const control = await openControl(t, sfu)
    await control.ask('room.open', { roomId })
    const heardBy = (...byIds: string[]) =>
      control.ask('room.heard-by', { roomId, heardBy: [{ participantId: SUPERVISOR, byIds }] })
    await heardBy()
    const supervisor = await joinRtpPeer(t, sfu, agent(roomId, SUPERVISOR))
    await supervisor.send(1_001)
    const first = await joinRtpPeer(t, sfu, agent(roomId))
    await first.send(1_002)
    const citizen = await joinRtpPeer(t, sfu, caller(roomId))
    await citizen.send(1_003)
    // The first of the others: the agent to the supervisor and the citizen, and the citizen to the agent.
    await Promise.all([supervisor, first, citizen].map((peer) => peer.receive()))
    await control.ask('room.connect', { roomId, participantIds: ['caller', 'agent-1', SUPERVISOR] })
    const all = [supervisor, first, citizen]
    const hear = () => {
      const before = all.map(({ receivedCount }) => receivedCount)
      return until('sound', () => all.every(({ receivedCount }, at) => receivedCount > (before[at] ?? 0) + 10))
    }
    await hear()
    const told = ({ page }: typeof first) => page.all('consumer.new').map(({ participantId }) => participantId)
    t.notOk([...told(first), ...told(citizen)].includes(SUPERVISOR), 'nobody is told of one who listens')

    await heardBy('agent-1')
    await until('the agent to be told', () => told(first).includes(SUPERVISOR))
    t.notOk(told(citizen).includes(SUPERVISOR), 'the citizen knows nothing of what is whispered')
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS))
    t.notOk(told(citizen).includes(SUPERVISOR))

    await control.ask('room.heard-by', { roomId, heardBy: [] })
    await until('the citizen to be told', () => told(citizen).includes(SUPERVISOR))

    await heardBy()
    for (const { page } of [first, citizen]) await page.event('consumer.closed', 1)
    await hear()
    await t.rejects(control.ask('room.heard-by', { roomId: 'room-2', heardBy: [] }), { code: 'room-not-open' })
  },
)
