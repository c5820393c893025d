import t from 'tap'
import { Desk, never, policyOf, queueOf } from './desk.ts'

const queues = [
  queueOf('citizen.da', [never('da')], { homeCentreIds: ['hng'] }),
  queueOf('library.da', [never('da')], { homeCentreIds: ['hng'], classId: 'more-time' }),
]

/** Amal is in call a, and asks for somebody who knows the library. */
function asked(needs = [never('library')]): Desk {
  const desk = new Desk(policyOf({ queues, wrapUpMs: 60_000 }), 'amal')
  desk.call('a')
  desk.accept('amal')
  desk.at += 1_000
  desk.take({ type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs })
  return desk
}

t.test('[R26] somebody is asked in, from any centre, and the call goes on meanwhile', async (t) => {
  const desk = asked()
  t.equal(desk.statusOf('a'), 'connected')
  desk.agent('sofie', { library: 1 }, 'sundby')
  t.match(desk.last?.facts, [
    { type: 'offer.made', callId: 'a', agentId: 'sofie', joinId: 'j', offerId: 'a/2', isLent: false },
  ])
  const { effects, facts } = desk.accept('sofie')
  t.same(effects, [{ type: 'media.connect', callId: 'a', agentIds: ['amal', 'sofie'] }], 'whoever was there stays')
  t.match(facts, [{ type: 'join.ended', joinId: 'j', isMet: true }])
  t.match(desk.callOf('a'), { agentId: 'amal', joined: [{ agentId: 'sofie', offerId: 'a/2', since: desk.at }] })
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'sofie', offerId: 'a/2' }).refusal, undefined, 'said again')
})

t.test('[R26] asked twice is once; only from within the call', async (t) => {
  const desk = asked()
  const ask = { type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs: [] } as const
  t.same(desk.take(ask).facts, [])
  t.equal(desk.state.joins.size, 1)
  desk.agent('bo', { da: 1 })
  t.equal(desk.take({ ...ask, joinId: 'k', agentId: 'bo' }).refusal, 'unknown-call')
  t.equal(desk.take({ ...ask, joinId: 'k', callId: 'none' }).refusal, 'unknown-call')
  desk.call('b')
  desk.accept('bo')
  t.equal(desk.take({ ...ask, callId: 'b', agentId: 'bo' }).refusal, 'unknown-call', 'the join of another call')
})

t.test('[R26] [R21] it goes right before the first of all calls of its class', async (t) => {
  const desk = new Desk(policyOf({ queues }), 'amal')
  desk.call('a')
  desk.accept('amal')
  desk.call('b')
  desk.pass(10_000)
  desk.call('steep', { queueId: 'library.da' })
  desk.take({ type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs: [never('da')] })
  // More-time is ahead of everybody of the ordinary class here, and so of the join.
  desk.agent('bo', { da: 1 })
  t.equal(desk.holderOf('steep'), 'bo')
  desk.agent('cy', { da: 1 })
  t.match(desk.agentOf('cy').work, { kind: 'offered', callId: 'a', joinId: 'j' })
  t.equal(desk.statusOf('b'), 'waiting')
  desk.agent('dorte', { da: 1 })
  t.equal(desk.holderOf('b'), 'dorte')
})

t.test('[R26] [R6] [R7] [R9] [R8] an offer of it that comes to nothing is made again from its old place', async (t) => {
  const desk = asked()
  const ready = () => desk.agent('sofie', { library: 1 })
  ready()
  t.match(desk.decline('sofie').facts, [{ type: 'offer.declined' }, { type: 'agent.set-away', reason: 'declined' }])
  ready()
  desk.pass(15_000)
  t.match(desk.last?.facts, [
    { type: 'offer.expired', callId: 'a' },
    { type: 'agent.set-away', reason: 'not-responding' },
  ])
  ready()
  t.match(desk.take({ type: 'agent.lost', agentId: 'sofie' }).facts, [{ type: 'offer.withdrawn', why: 'agent-lost' }])
  desk.take({ type: 'agent.returned', agentId: 'sofie' })
  t.equal(desk.agentOf('sofie').work.kind, 'offered')
  desk.take({ type: 'agent.became-away', agentId: 'sofie', reason: 'break' })
  t.equal(desk.agentOf('sofie').work.kind, 'idle')
  t.match(desk.state.joins.get('j'), { askedAt: 1_001_001, offer: null })
})

t.test('[R26] cancelled, or when the call ends, nobody is wanted any more', async (t) => {
  for (const end of [
    { type: 'join.cancelled', joinId: 'j' },
    { type: 'caller.hung-up', callId: 'a' },
  ] as const) {
    const desk = asked()
    desk.agent('sofie', { library: 1 })
    const { facts } = desk.take(end)
    t.match(facts, [
      { type: 'offer.withdrawn', agentId: 'sofie', why: 'join-over' },
      { type: 'join.ended', joinId: 'j', isMet: false },
    ])
    t.match(desk.agentOf('sofie'), { work: { kind: 'idle' }, awayReason: null })
    t.equal(desk.take({ type: 'join.cancelled', joinId: 'j' }).refusal, undefined, 'said again')
  }
})

function threeInCall(): Desk {
  const desk = asked()
  desk.agent('sofie', { library: 1 })
  desk.accept('sofie')
  desk.take({ type: 'media.flowed', callId: 'a' })
  desk.at += 30_000
  return desk
}

t.test('[R26] [R11] whoever came first may leave first; the last to leave ends it', async (t) => {
  const desk = threeInCall()
  const { records, effects } = desk.take({ type: 'agent.hung-up', agentId: 'amal', callId: 'a' })
  t.match(records, [{ type: 'handled', agentId: 'amal' }])
  t.same(effects, [{ type: 'media.remove', callId: 'a', agentId: 'amal' }])
  t.match(desk.callOf('a'), { status: 'connected', agentId: 'sofie', joined: [] })
  t.equal(desk.agentOf('amal').work.kind, 'wrap-up')
  desk.at += 5_000
  t.match(desk.take({ type: 'agent.hung-up', agentId: 'sofie', callId: 'a' }).records, [
    { type: 'handled', agentId: 'sofie', acceptedAt: desk.at - 35_000 },
    { type: 'ended', outcome: 'answered', agentId: 'sofie' },
  ])
})

t.test('[R26] [R11] who was asked in leaves again, and the citizen ends it for all', async (t) => {
  const desk = threeInCall()
  desk.take({ type: 'agent.hung-up', agentId: 'sofie', callId: 'a' })
  t.match(desk.callOf('a'), { agentId: 'amal', joined: [] })
  const again = threeInCall()
  const { records } = again.take({ type: 'caller.hung-up', callId: 'a' })
  t.same(
    records.map(({ type }) => type),
    ['handled', 'handled', 'ended'],
  )
  t.equal(again.agentOf('sofie').work.kind, 'wrap-up')
})

t.test(
  '[R13] [R26] where others are in the call they go on, and only the last to be lost puts the citizen in line',
  async (t) => {
    const desk = threeInCall()
    desk.take({ type: 'agent.lost', agentId: 'amal' })
    desk.pass(20_000)
    t.match(desk.callOf('a'), { status: 'connected', agentId: 'sofie' })
    t.equal(desk.agentOf('amal').awayReason, 'connection-lost')
    desk.take({ type: 'agent.lost', agentId: 'sofie' })
    desk.pass(20_000)
    t.equal(desk.statusOf('a'), 'waiting')
  },
)
