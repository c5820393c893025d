/** [R44] A supervisor takes a call that waits: who may, which, and what becomes of whatever else is on their desk. */
import t from 'tap'
import { branching, Desk, never, policyOf, queueOf } from './desk.ts'

const take = (desk: Desk, callId: string, byId = 'lone', isExplained = false) =>
  desk.take({ type: 'call.taken', callId, byId }, isExplained)

/** A supervisor at a desk, away, without any skill; and a call that waits. */
function waiting(attributes: Record<string, number> = { da: 3 }): Desk {
  const desk = new Desk()
  desk.take({ type: 'agent.signed-in', agentId: 'lone', centreId: 'hng', attributes })
  desk.take({ type: 'agent.became-away', agentId: 'lone', reason: 'other-work' })
  desk.call('a')
  return desk
}

t.test('[R44] it rings at them at once, whatever their skills; they stay away for all others', async (t) => {
  const desk = waiting()
  desk.call('b')
  const { facts, refusal } = take(desk, 'b', 'lone', true)
  t.equal(refusal, undefined)
  t.equal(desk.holderOf('b'), 'lone')
  const made = facts.find(({ type }) => type === 'offer.made')
  const lacks = [{ rule: 'lacks:citizen', count: 1, agentIds: ['lone'] }]
  t.match(made, { agentId: 'lone', reasons: { choice: 'by-hand', candidates: [{ agentId: 'lone' }], filtered: lacks } })
  t.equal(take(desk, 'b').refusal, undefined, 'told twice')
  desk.accept('lone')
  t.equal(take(desk, 'b').refusal, undefined, 'told late')
  t.equal(desk.statusOf('b'), 'connected')
  t.equal(take(desk, 'a').refusal, 'agent-busy')
  const { records } = desk.take({ type: 'agent.hung-up', agentId: 'lone', callId: 'b' })
  t.match(records, [{ type: 'handled', agentId: 'lone', askedInAs: null, lentByCentreId: null }, { type: 'ended' }])
  desk.free('lone')
  t.equal(desk.agentOf('lone').awayReason, 'other-work')
  t.equal(desk.statusOf('a'), 'waiting')
})

t.test('[R44] declined or not answered it is as any other offer', async (t) => {
  const desk = waiting()
  take(desk, 'a')
  desk.decline('lone')
  t.equal(desk.statusOf('a'), 'waiting')
  t.equal(desk.agentOf('lone').awayReason, 'declined')
  take(desk, 'a')
  desk.pass(15_000)
  t.equal(desk.agentOf('lone').awayReason, 'not-responding')
})

t.test('[R44] refused, and nothing is changed', async (t) => {
  const desk = waiting()
  const refused = (callId: string, code: string, byId = 'lone') => {
    const before = desk.state
    t.equal(take(desk, callId, byId).refusal, code)
    t.equal(desk.state, before)
  }
  refused('none', 'unknown-call')
  refused('a', 'unknown-agent', 'niels')
  desk.take({ type: 'caller.lost', callId: 'a' })
  refused('a', 'wrong-state')
  desk.take({ type: 'caller.returned', callId: 'a' })
  desk.take({ type: 'agent.lost', agentId: 'lone' })
  refused('a', 'agent-away')
  desk.take({ type: 'agent.returned', agentId: 'lone' })
  desk.call('e', { queueId: 'citizen.en' })
  refused('e', 'not-able')
  desk.agent('amal')
  refused('a', 'wrong-state')
  desk.accept('amal')
  refused('a', 'wrong-state')
  desk.call('c', { queueId: 'library.da' })
  desk.stepAway('c')
  // Nobody is before it: it is called at once, and its citizen is not there yet.
  refused('c', 'wrong-state')
})

t.test(
  '[R44] signing and what a way of talking asks for are never passed over; a language is once an interpreter may stand in',
  async (t) => {
    const desk = new Desk(
      policyOf({
        queues: [queueOf('citizen.so', [never('citizen'), branching('so', 10_000, 'interpreter')])],
        modes: { signing: [never('signs')], text: [never('library')] },
      }),
    )
    desk.agent('lone', { da: 3 })
    desk.call('s', { queueId: 'citizen.so', mode: 'signing' })
    desk.call('t', { queueId: 'citizen.so', mode: 'text' })
    desk.call('v', { queueId: 'citizen.so' })
    t.equal(take(desk, 'v').refusal, 'not-able')
    desk.agent('sahra', { so: 3 })
    desk.pass(10_000)
    t.equal(take(desk, 's').refusal, 'not-able')
    t.equal(take(desk, 't').refusal, 'not-able')
    t.equal(take(desk, 'v').refusal, undefined)
    desk.accept('lone')
    t.equal(desk.agentOf('sahra').work.kind, 'offered', 'somebody who speaks it is asked in')
  },
)

t.test('[R44] what else is on their desk makes room: an offer goes to the next, a wrap-up is over', async (t) => {
  const desk = new Desk()
  desk.agent('lone')
  desk.call('a')
  desk.call('b')
  t.equal(desk.holderOf('a'), 'lone')
  const { facts } = take(desk, 'b')
  t.match(
    facts.find(({ type }) => type === 'offer.withdrawn'),
    { callId: 'a', why: 'took-another' },
  )
  t.equal(desk.holderOf('b'), 'lone')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.agent('amal')
  t.equal(desk.holderOf('a'), 'amal')
  desk.accept('lone')
  desk.take({ type: 'agent.hung-up', agentId: 'lone', callId: 'b' })
  desk.call('c', { queueId: 'library.da' })
  const { records } = take(desk, 'c')
  t.match(records, [{ type: 'wrapped-up', agentId: 'lone', callId: 'b' }])
  t.equal(desk.holderOf('c'), 'lone')
})

t.test('[R44] asked in by name, they are waited for while they take another call first', async (t) => {
  const desk = new Desk()
  desk.agent('amal')
  desk.call('a')
  desk.accept('amal')
  desk.agent('lone', { da: 3 })
  const target = { kind: 'agent', agentId: 'lone' } as const
  desk.take({ type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs: [], target })
  t.match(desk.agentOf('lone').work, { kind: 'offered', joinId: 'j' })
  desk.call('b')
  take(desk, 'b')
  t.match(desk.agentOf('lone').work, { kind: 'offered', joinId: null, callId: 'b' })
  desk.accept('lone')
  t.ok(desk.state.joins.has('j'))
  desk.free('lone')
  t.match(desk.agentOf('lone').work, { kind: 'offered', joinId: 'j' })
})

t.test('[R44] what the citizen says leaves the offer while they can talk together', async (t) => {
  const desk = waiting()
  take(desk, 'a')
  desk.refine('a', { queueId: 'library.da' })
  t.equal(desk.holderOf('a'), 'lone')
  desk.refine('a', { queueId: 'citizen.en', language: 'en' })
  t.equal(desk.statusOf('a'), 'waiting')
})

t.test('[R44] another centre is no hindrance, and the time counts as lent', async (t) => {
  const desk = new Desk(
    policyOf({ queues: [queueOf('citizen.da', [never('citizen'), never('da')], { homeCentreIds: ['hng'] })] }),
  )
  desk.agent('lone', { da: 1 }, 'sundby')
  desk.call('a')
  const { facts } = take(desk, 'a')
  t.match(
    facts.find(({ type }) => type === 'offer.made'),
    { isLent: true },
  )
  desk.accept('lone')
  const { records } = desk.take({ type: 'caller.hung-up', callId: 'a' })
  t.match(records[0], { type: 'handled', lentByCentreId: 'sundby' })
})
