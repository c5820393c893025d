import t from 'tap'
import { Desk, policyOf } from './desk.ts'

t.test('[R4] a waiting call and a ready, able agent meet in the same step, whoever came last', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  const { facts } = desk.call('a')
  t.match(facts, [{ type: 'offer.made', callId: 'a', agentId: 'amal', offerId: 'a/1', waitedMs: 0, joinId: null }])
  desk.call('b')
  desk.at += 100
  desk.agent('bo')
  t.equal(desk.holderOf('b'), 'bo')
  t.match(desk.last?.facts, [{ type: 'offer.made', callId: 'b', waitedMs: 101 }])
})

t.test('[R4] one who is able but away, lost, resting or busy is not ready', async (t) => {
  const desk = new Desk(policyOf())
  desk.agent('amal', { library: 3, da: 3 })
  desk.agent('bo')
  desk.take({ type: 'agent.became-away', agentId: 'bo', reason: 'break' })
  desk.agent('cy')
  desk.take({ type: 'agent.lost', agentId: 'cy' })
  desk.call('a')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.take({ type: 'agent.returned', agentId: 'cy' })
  t.equal(desk.holderOf('a'), 'cy')
})

t.test('[R5] accepting connects, and accepting again gives the same answer', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  const accept = { type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' } as const
  t.same(desk.take(accept).effects, [{ type: 'media.connect', callId: 'a', agentIds: ['amal'] }])
  t.match(desk.callOf('a'), { status: 'connected', agentId: 'amal', offerId: 'a/1', acceptedAt: desk.at })
  const again = desk.take(accept)
  t.equal(again.refusal, undefined)
  t.same([again.effects, again.records, again.facts], [[], [], []])
})

t.test('[R5] a late or stale acceptance is refused and changes nothing', async (t) => {
  const desk = new Desk(policyOf(), 'amal', 'bo')
  desk.call('a')
  desk.decline('amal')
  t.equal(desk.holderOf('a'), 'bo')
  const before = desk.state
  for (const [agentId, offerId] of [
    ['amal', 'a/1'],
    ['amal', 'a/2'],
    ['bo', 'a/1'],
    ['bo', 'b/1'],
  ] as const) {
    t.equal(desk.take({ type: 'offer.accepted', agentId, offerId }).refusal, 'offer-gone', `${agentId} ${offerId}`)
    t.equal(desk.take({ type: 'offer.declined', agentId, offerId, reason: null }).refusal, 'offer-gone')
  }
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'nobody', offerId: 'a/2' }).refusal, 'unknown-agent')
  t.equal(desk.state, before, 'the very same state')
  desk.accept('bo')
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'bo', offerId: 'a/1' }).refusal, 'offer-gone', 'in the call')
})

t.test('[R6] the deadline is at exactly offerMs: a millisecond before it the offer can be accepted', async (t) => {
  const desk = new Desk(policyOf({ offerMs: 15_000 }), 'amal')
  desk.call('a')
  t.match(desk.last?.facts, [{ type: 'offer.made', expiresAt: desk.at + 15_000 }])
  desk.pass(14_999)
  t.equal(desk.statusOf('a'), 'offered')
  const { state, at } = desk
  desk.pass(1)
  t.equal(desk.statusOf('a'), 'waiting')
  t.match(desk.last?.facts, [
    { type: 'offer.expired', callId: 'a', offerId: 'a/1' },
    { type: 'agent.set-away', agentId: 'amal', reason: 'not-responding' },
  ])
  t.same(desk.last?.effects, [{ type: 'media.remove', callId: 'a', agentId: 'amal' }])
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'amal', offerId: 'a/1' }).refusal, 'offer-gone')
  desk.state = state
  desk.at = at
  t.equal(desk.accept('amal').refusal, undefined)
})

t.test(
  '[R6] [R8] after an expiry the first in line is still the first, and the agent is away until they act',
  async (t) => {
    const desk = new Desk(policyOf(), 'amal')
    desk.call('a')
    desk.at += 1
    desk.call('b')
    const { arrivedAt, placeAt, ordinal } = desk.callOf('a')
    desk.pass(600_000)
    t.equal(desk.agentOf('amal').awayReason, 'not-responding')
    t.match(desk.callOf('a'), { status: 'waiting', arrivedAt, placeAt, ordinal })
    desk.available('amal')
    t.equal(desk.holderOf('a'), 'amal')
    t.equal(desk.offerIdOf('amal'), 'a/2')
    t.equal(desk.statusOf('b'), 'waiting')
  },
)

t.test('[R7] [R8] a declined offer goes back with its reason, and to the next agent at once', async (t) => {
  const desk = new Desk(policyOf(), 'amal', 'bo')
  desk.call('a')
  const { facts } = desk.take({
    type: 'offer.declined',
    agentId: 'amal',
    offerId: 'a/1',
    reason: 'know-the-citizen',
  })
  t.match(facts, [
    { type: 'offer.declined', agentId: 'amal', reason: 'know-the-citizen' },
    { type: 'agent.set-away', agentId: 'amal', reason: 'declined' },
    { type: 'offer.made', agentId: 'bo', offerId: 'a/2' },
  ])
  t.match(desk.agentOf('amal'), { awayReason: 'declined', work: { kind: 'idle' } })
})

t.test('[R9] an offer is withdrawn when the caller leaves or steps away', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  t.match(desk.take({ type: 'caller.hung-up', callId: 'a' }).facts, [{ type: 'offer.withdrawn', why: 'caller-left' }])
  t.match(desk.agentOf('amal'), { work: { kind: 'idle' }, awayReason: null })
  desk.call('b')
  const { facts } = desk.stepAway('b')
  t.match(facts[0], { type: 'offer.withdrawn', why: 'caller-stepped-away' })
  t.match(desk.agentOf('amal'), { work: { kind: 'idle' }, awayReason: null })
})

t.test('[R9] and when the agent goes away or is lost: it does not wait for the deadline', async (t) => {
  const desk = new Desk(policyOf(), 'amal', 'bo')
  desk.call('a')
  t.match(desk.take({ type: 'agent.lost', agentId: 'amal' }).facts, [
    { type: 'offer.withdrawn', agentId: 'amal', why: 'agent-lost' },
    { type: 'offer.made', agentId: 'bo' },
  ])
  t.equal(desk.agentOf('amal').awayReason, null, 'lost is not away yet')
  t.match(desk.take({ type: 'agent.became-away', agentId: 'bo', reason: 'break' }).facts, [
    { type: 'offer.withdrawn', agentId: 'bo', why: 'agent-away' },
  ])
  t.equal(desk.agentOf('bo').awayReason, 'break')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.take({ type: 'agent.returned', agentId: 'amal' })
  t.equal(desk.holderOf('a'), 'amal')
})

t.test('[R9] [R15] with an offer on the screen nobody becomes available or signs out', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  t.equal(desk.available('amal').refusal, 'wrong-state')
  t.equal(desk.take({ type: 'agent.signed-out', agentId: 'amal' }).refusal, 'agent-busy')
})

t.test('an event that comes before a due deadline was ticked, or from the past, is a bug of the host', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  desk.at += 15_000
  t.throws(() => desk.call('b'), /before the tick/)
  desk.at = desk.state.at - 1
  t.throws(() => desk.call('b'), /older than the state/)
})
