import t from 'tap'
import { Desk, policyOf } from './desk.ts'

function connected(...agentIds: string[]) {
  const desk = new Desk(policyOf(), ...agentIds)
  desk.call('a')
  desk.at += 1_500
  desk.accept(agentIds[0] ?? '')
  return desk
}

t.test('[R10] a call is answered when both sides have picture or sound; only the first time counts', async (t) => {
  const desk = connected('amal')
  t.equal(desk.callOf('a').answeredAt, null, 'the click is not the answer')
  desk.at += 200
  t.same(desk.take({ type: 'media.flowed', callId: 'a' }).records, [{ type: 'answered', callId: 'a', at: desk.at }])
  desk.at += 5_000
  t.same(desk.take({ type: 'media.flowed', callId: 'a' }).records, [])
  t.equal(desk.callOf('a').answeredAt, desk.at - 5_000)
})

t.test('[R10] without an agent in the call there is nothing to be answered', async (t) => {
  const desk = new Desk()
  desk.call('a')
  t.equal(desk.take({ type: 'media.flowed', callId: 'a' }).refusal, 'wrong-state')
})

t.test('[R11] [R12] either side may hang up, and a call ends once', async (t) => {
  for (const end of [
    { type: 'agent.hung-up', agentId: 'amal', callId: 'a' },
    { type: 'caller.hung-up', callId: 'a' },
  ] as const) {
    const desk = connected('amal')
    desk.take({ type: 'media.flowed', callId: 'a' })
    desk.at += 60_000
    const { records, effects } = desk.take(end)
    t.match(records, [
      { type: 'handled', agentId: 'amal', acceptedAt: desk.at - 60_000, lentByCentreId: null },
      { type: 'ended', outcome: 'answered', agentId: 'amal', at: desk.at },
    ])
    t.same(effects, [{ type: 'media.close', callId: 'a' }])
    t.equal(desk.take({ type: 'caller.hung-up', callId: 'a' }).refusal, 'unknown-call')
    t.equal(desk.take({ type: 'agent.hung-up', agentId: 'amal', callId: 'a' }).refusal, 'unknown-call')
  }
})

t.test('[R11] an agent cannot end the call of others', async (t) => {
  const desk = connected('amal', 'bo')
  t.equal(desk.take({ type: 'agent.hung-up', agentId: 'bo', callId: 'a' }).refusal, 'unknown-call')
  t.equal(desk.statusOf('a'), 'connected')
})

t.test('[R12] abandoned only by the citizen’s own act, in line', async (t) => {
  const outcome = (desk: Desk) => {
    const record = desk.last?.records.at(-1)
    return record?.type === 'ended' ? record.outcome : undefined
  }
  const waiting = new Desk()
  waiting.call('a')
  waiting.take({ type: 'caller.hung-up', callId: 'a' })
  t.equal(outcome(waiting), 'abandoned')

  const offered = new Desk(policyOf(), 'amal')
  offered.call('a')
  offered.take({ type: 'caller.hung-up', callId: 'a' })
  t.equal(outcome(offered), 'abandoned')

  const black = connected('amal')
  black.take({ type: 'caller.hung-up', callId: 'a' })
  t.equal(outcome(black), 'failed', 'an agent came and there was no picture')

  const lost = new Desk()
  lost.call('a')
  lost.take({ type: 'caller.lost', callId: 'a' })
  lost.pass(20_000)
  t.equal(outcome(lost), 'failed', 'a lost kiosk is nobody’s impatience')

  const broken = connected('amal')
  broken.take({ type: 'media.lost', callId: 'a' })
  t.equal(outcome(broken), 'failed')

  const again = connected('amal')
  again.take({ type: 'media.flowed', callId: 'a' })
  again.take({ type: 'agent.lost', agentId: 'amal' })
  again.pass(20_000)
  again.take({ type: 'caller.hung-up', callId: 'a' })
  t.equal(outcome(again), 'answered', 'back in line, but they were answered')
})

t.test('[R13] [R17] an agent lost for longer than the grace time: the citizen is first in line again', async (t) => {
  const desk = connected('amal')
  const { arrivedAt } = desk.callOf('a')
  desk.call('b')
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  desk.pass(19_999)
  t.equal(desk.statusOf('a'), 'connected')
  t.match(desk.agentOf('amal'), { awayReason: null, work: { kind: 'in-call' } })
  desk.pass(1)
  t.match(desk.callOf('a'), { status: 'waiting', arrivedAt, placeAt: arrivedAt })
  t.equal(desk.agentOf('amal').awayReason, 'connection-lost')
  t.match(desk.last?.facts, [{ type: 'call.requeued', callId: 'a', agentId: 'amal' }, { type: 'agent.set-away' }])
  t.match(desk.last?.records, [{ type: 'handled', agentId: 'amal' }])
  desk.agent('bo')
  t.equal(desk.holderOf('a'), 'bo')
})

t.test('[R17] an agent who is back in time has lost nothing', async (t) => {
  const desk = connected('amal')
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  desk.pass(10_000)
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  desk.pass(9_999)
  t.equal(desk.available('amal').refusal, 'wrong-state', 'nobody who is not there is ready')
  desk.take({ type: 'agent.returned', agentId: 'amal' })
  desk.pass(60_000)
  t.equal(desk.statusOf('a'), 'connected')
})

t.test('[R14] after a call the agent has wrap-up until they say so, and only then gets the next', async (t) => {
  const desk = connected('amal')
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  t.match(desk.agentOf('amal').work, { kind: 'wrap-up', callId: 'a', endsAt: desk.at + 60_000 })
  desk.call('b')
  t.equal(desk.statusOf('b'), 'waiting')
  t.equal(desk.available('amal').refusal, undefined, 'available is not the end of wrap-up')
  t.equal(desk.statusOf('b'), 'waiting')
  desk.at += 5_000
  const { records } = desk.take({ type: 'agent.finished-wrap-up', agentId: 'amal' })
  t.same(records, [{ type: 'wrapped-up', callId: 'a', agentId: 'amal', at: desk.at }])
  t.equal(desk.holderOf('b'), 'amal')
  t.equal(desk.take({ type: 'agent.finished-wrap-up', agentId: 'amal' }).refusal, 'wrong-state')
})

t.test('[R14] or until its deadline, at exactly wrapUpMs', async (t) => {
  const desk = connected('amal')
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  desk.call('b')
  desk.pass(59_999)
  t.equal(desk.statusOf('b'), 'waiting')
  desk.pass(1)
  t.equal(desk.holderOf('b'), 'amal')
  t.match(desk.last?.records, [{ type: 'wrapped-up', callId: 'a' }])
})

t.test('[R36] more time to write, as often as it is asked for, up to the longest', async (t) => {
  const desk = connected('amal')
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  const since = desk.at
  const lengthen = (endsAt: number) => desk.take({ type: 'agent.lengthened-wrap-up', agentId: 'amal', endsAt }).refusal
  t.equal(lengthen(since + 60_000), undefined)
  t.equal(lengthen(since + 60_000), undefined, 'the same wish told twice')
  t.match(desk.agentOf('amal').work, { endsAt: since + 120_000 }, 'moves the end once')
  desk.call('b')
  desk.pass(119_999)
  t.equal(desk.statusOf('b'), 'waiting')
  for (const endsAtMs of [120_000, 180_000, 240_000]) t.equal(lengthen(since + endsAtMs), undefined)
  t.match(desk.agentOf('amal').work, { endsAt: since + 300_000 })
  t.equal(lengthen(since + 300_000), 'wrong-state', 'there is no more')
  desk.pass(since + 300_000 - desk.at)
  t.equal(desk.holderOf('b'), 'amal')
  t.equal(lengthen(since + 300_000), 'wrong-state', 'it is over')
})

t.test('[R15] signing in is away until they say they are ready; again it refreshes and nothing else', async (t) => {
  const desk = new Desk()
  desk.take({ type: 'agent.signed-in', agentId: 'amal', centreId: 'hng', attributes: { citizen: 1, da: 1 } })
  desk.call('a')
  t.equal(desk.agentOf('amal').awayReason, 'just-signed-in')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.available('amal')
  desk.accept('amal')
  desk.call('b', { queueId: 'citizen.en' })
  desk.take({ type: 'agent.signed-in', agentId: 'amal', centreId: 'sundby', attributes: { citizen: 1, en: 1 } })
  t.match(desk.agentOf('amal'), { centreId: 'sundby', awayReason: null, work: { kind: 'in-call', callId: 'a' } })
  desk.free('amal')
  t.equal(desk.holderOf('b'), 'amal')
})

t.test('[R15] signing out is refused in a call, and ends wrap-up', async (t) => {
  const desk = connected('amal')
  t.equal(desk.take({ type: 'agent.signed-out', agentId: 'amal' }).refusal, 'agent-busy')
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  t.match(desk.take({ type: 'agent.signed-out', agentId: 'amal' }).records, [{ type: 'wrapped-up' }])
  t.equal(desk.state.agents.size, 0)
  t.equal(desk.available('amal').refusal, 'unknown-agent')
})
