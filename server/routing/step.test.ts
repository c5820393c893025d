import t from 'tap'
import type { RoutingEvent, RoutingEventBody } from './event.ts'
import type { State } from './state.ts'
import { emptyState } from './state.ts'
import type { Step } from './step.ts'
import { nextDeadline, step } from './step.ts'

const policy = {
  queues: {
    'citizen.da': { id: 'citizen.da', requiredSkills: ['citizen', 'da'], callersMax: 3 },
    'citizen.en': { id: 'citizen.en', requiredSkills: ['citizen', 'en'], callersMax: 3 },
  },
  offerMs: 15_000,
  wrapUpMs: 60_000,
  graceMs: 20_000,
}

/** A state with hands: each event at the time set, deadlines ticked on the way. */
class Desk {
  state: State = emptyState()
  at = 1000
  last: Step | undefined

  constructor(...agents: string[]) {
    this.take({ type: 'policy.loaded', policy })
    for (const agentId of agents) {
      this.at += 1
      this.take({ type: 'agent.signed-in', agentId, skills: ['citizen', 'da'] })
      this.take({ type: 'agent.became-available', agentId })
    }
  }

  take(body: RoutingEventBody): Step {
    this.last = step(this.state, { ...body, at: this.at } as RoutingEvent)
    this.state = this.last.state
    return this.last
  }

  call(callId: string, queueId = 'citizen.da'): Step {
    return this.take({ type: 'call.arrived', callId, kioskId: `kiosk-of-${callId}`, queueId, language: 'da' })
  }

  pass(ms: number): void {
    const until = this.at + ms
    for (let due = nextDeadline(this.state); due !== undefined && due <= until; due = nextDeadline(this.state)) {
      this.at = Math.max(this.at, due)
      this.take({ type: 'clock.ticked' })
    }
    this.at = until
  }

  statusOf(callId: string) {
    return this.state.calls.get(callId)?.status
  }

  agent(agentId: string) {
    const agent = this.state.agents.get(agentId)
    if (agent === undefined) throw new Error(`no agent ${agentId}`)
    return agent
  }
}

t.test('[R1] the same press told twice is one call, and a kiosk has one', async (t) => {
  const desk = new Desk()
  t.equal(desk.call('a').refusal, undefined)
  t.equal(desk.call('a').refusal, undefined)
  t.equal(desk.state.calls.size, 1)
  const event = {
    type: 'call.arrived',
    callId: 'b',
    kioskId: 'kiosk-of-a',
    queueId: 'citizen.da',
    language: 'da',
  } as const
  t.equal(desk.take(event).refusal, 'already-in-call')
})

t.test('[R2] over the longest length a call is refused and recorded as that', async (t) => {
  const desk = new Desk()
  for (const id of ['a', 'b', 'c']) desk.call(id)
  const { records } = desk.call('d')
  t.equal(desk.state.calls.size, 3)
  t.match(records.at(-1), { type: 'ended', callId: 'd', outcome: 'refused', endReason: 'queue-full' })
})

t.test(
  '[R3] a call that moves to another queue keeps its arrival, and loses an offer nobody there can take',
  async (t) => {
    const desk = new Desk('amal')
    desk.call('a')
    t.equal(desk.statusOf('a'), 'offered')
    desk.at += 500
    desk.take({
      type: 'call.refined',
      callId: 'a',
      queueId: 'citizen.en',
      language: 'en',
      isLanguageChosen: true,
      matterId: null,
    })
    t.equal(desk.statusOf('a'), 'waiting')
    t.equal(desk.state.calls.get('a')?.arrivedAt, desk.at - 500)
    t.equal(desk.agent('amal').work.kind, 'idle')
    t.equal(desk.agent('amal').awayReason, null)
  },
)

t.test('[R4] the oldest call goes to the agent idle longest', async (t) => {
  const desk = new Desk('amal', 'bo')
  desk.call('a')
  t.match(desk.state.calls.get('a'), { status: 'offered', offer: { agentId: 'amal' } })
  desk.call('b')
  t.match(desk.state.calls.get('b'), { status: 'offered', offer: { agentId: 'bo' } })
})

t.test('[R5] accepting connects, and accepting again gives the same answer', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  const accept = { type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' } as const
  t.match(desk.take(accept).effects, [{ type: 'media.connect', callId: 'a', agentId: 'amal' }])
  t.equal(desk.take(accept).refusal, undefined)
  t.equal(desk.statusOf('a'), 'connected')
})

t.test('[R6] [R8] an expired offer returns the call to its place and the agent is away', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.call('b')
  desk.pass(15_000)
  t.equal(desk.statusOf('a'), 'waiting')
  t.equal(desk.agent('amal').awayReason, 'not-responding')
  desk.take({ type: 'agent.became-available', agentId: 'amal' })
  t.equal(desk.statusOf('a'), 'offered', 'the first in line is still the first')
  t.equal(desk.statusOf('b'), 'waiting')
})

t.test('[R7] a declined offer goes back; an answer to it afterwards is refused', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.take({ type: 'offer.declined', agentId: 'amal', offerId: 'a/1' })
  t.equal(desk.statusOf('a'), 'waiting')
  t.equal(desk.agent('amal').awayReason, 'declined')
  const before = desk.state
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' }).refusal, 'offer-gone')
  t.equal(desk.state, before, 'a refusal changes nothing')
})

t.test('[R9] an offer is withdrawn when the caller leaves, or the agent goes or is lost', async (t) => {
  const desk = new Desk('amal', 'bo')
  desk.call('a')
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  t.match(desk.state.calls.get('a'), { status: 'offered', offer: { agentId: 'bo' } })
  desk.take({ type: 'agent.became-away', agentId: 'bo', reason: 'break' })
  t.equal(desk.statusOf('a'), 'waiting')
  desk.take({ type: 'agent.returned', agentId: 'amal' })
  t.match(desk.state.calls.get('a'), { status: 'offered', offer: { agentId: 'amal' } })
  t.match(desk.take({ type: 'caller.hung-up', callId: 'a' }).records, [{ type: 'ended', outcome: 'abandoned' }])
  t.equal(desk.agent('amal').work.kind, 'idle')
})

t.test('[R10] [R11] [R12] answered only with media; either side ends it once', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' })
  desk.at += 200
  t.match(desk.take({ type: 'media.flowed', callId: 'a' }).records, [{ type: 'answered', at: desk.at }])
  desk.at += 5000
  t.same(desk.take({ type: 'media.flowed', callId: 'a' }).records, [])
  const { records } = desk.take({ type: 'agent.hung-up', agentId: 'amal', callId: 'a' })
  t.match(records, [{ type: 'handled' }, { type: 'ended', outcome: 'answered' }])
  t.equal(desk.take({ type: 'caller.hung-up', callId: 'a' }).refusal, 'unknown-call')
})

t.test('[R12] a call that never had picture or sound is failed, not abandoned', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' })
  t.match(desk.take({ type: 'caller.hung-up', callId: 'a' }).records.at(-1), { outcome: 'failed' })
})

t.test('[R13] [R17] an agent lost for good: the citizen is first in line again', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' })
  desk.call('b')
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  desk.pass(19_999)
  t.equal(desk.statusOf('a'), 'connected')
  desk.pass(1)
  t.equal(desk.statusOf('a'), 'waiting')
  t.equal(desk.agent('amal').awayReason, 'connection-lost')
  t.same([...desk.state.calls.keys()], ['a', 'b'])
})

t.test('[R14] wrap-up ends by the agent or by its deadline', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' })
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  t.equal(desk.agent('amal').work.kind, 'wrap-up')
  desk.call('b')
  t.equal(desk.statusOf('b'), 'waiting')
  desk.pass(60_000)
  t.equal(desk.statusOf('b'), 'offered')
})

t.test('[R15] signing in is away; signing out is refused in a call', async (t) => {
  const desk = new Desk()
  desk.take({ type: 'agent.signed-in', agentId: 'amal', skills: ['citizen', 'da'] })
  desk.call('a')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.take({ type: 'agent.became-available', agentId: 'amal' })
  t.equal(desk.take({ type: 'agent.signed-out', agentId: 'amal' }).refusal, 'agent-busy')
})

t.test('[R16] a lost kiosk keeps its place for the grace time and is not offered meanwhile', async (t) => {
  const desk = new Desk()
  desk.call('a')
  desk.call('b')
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.take({ type: 'agent.signed-in', agentId: 'amal', skills: ['citizen', 'da'] })
  desk.take({ type: 'agent.became-available', agentId: 'amal' })
  t.equal(desk.statusOf('b'), 'offered')
  desk.pass(10_000)
  desk.take({ type: 'caller.returned', callId: 'a' })
  t.same([...desk.state.calls.keys()], ['a', 'b'])
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.pass(20_000)
  t.equal(desk.statusOf('a'), undefined)
  t.match(desk.last?.records, [{ type: 'ended', callId: 'a', outcome: 'failed', endReason: 'caller-lost' }])
})

t.test('[R18] after a restart everybody has the grace time, and offers a new deadline', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.at += 600_000
  desk.take({ type: 'server.restarted' })
  t.match(desk.state.calls.get('a'), { status: 'offered', lostAt: desk.at, offer: { expiresAt: desk.at + 15_000 } })
  desk.take({ type: 'caller.returned', callId: 'a' })
  desk.take({ type: 'agent.returned', agentId: 'amal' })
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' }).refusal, undefined)
})

t.test('an event before a due deadline was ticked is a bug of the host', async (t) => {
  const desk = new Desk('amal')
  desk.call('a')
  desk.at += 15_000
  t.throws(() => desk.call('b'), /before the tick/)
})
