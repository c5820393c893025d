import t from 'tap'
import { fromSnapshot, toSnapshot, type Snapshot } from '../snapshot.ts'
import { nextDeadline } from '../step.ts'
import { Desk, policyOf } from './desk.ts'

t.test(
  '[R16] a lost kiosk keeps its place for the grace time; one who waits behind is offered meanwhile',
  async (t) => {
    const desk = new Desk()
    desk.call('a')
    desk.at += 1
    desk.call('b')
    desk.at += 1
    desk.call('c')
    desk.take({ type: 'caller.lost', callId: 'a' })
    desk.agent('amal')
    t.equal(desk.holderOf('b'), 'amal')
    desk.pass(10_000)
    desk.take({ type: 'caller.returned', callId: 'a' })
    desk.agent('bo')
    t.equal(desk.holderOf('a'), 'bo', 'before c')
  },
)

t.test('[R16] [R12] after exactly the grace time the call ends, failed', async (t) => {
  const desk = new Desk(policyOf({ graceMs: 20_000 }))
  desk.call('a')
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.pass(5_000)
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.pass(14_999)
  t.equal(desk.statusOf('a'), 'waiting', 'losing it twice does not lengthen the time')
  desk.pass(1)
  t.match(desk.last?.records, [{ type: 'ended', callId: 'a', outcome: 'failed', endReason: 'caller-lost' }])
})

t.test(
  '[R16] a lost kiosk in a conversation: the call goes on for the grace time, answered stays answered',
  async (t) => {
    const desk = new Desk(policyOf(), 'amal')
    desk.call('a')
    desk.accept('amal')
    desk.take({ type: 'media.flowed', callId: 'a' })
    const { touched } = desk.take({ type: 'caller.lost', callId: 'a' })
    t.ok([...touched.agents].includes('amal'), 'the agent is shown it')
    desk.pass(19_999)
    t.equal(desk.statusOf('a'), 'connected')
    desk.pass(1)
    t.match(desk.last?.records, [{ type: 'handled' }, { outcome: 'answered', endReason: 'caller-lost' }])
    t.equal(desk.agentOf('amal').work.kind, 'wrap-up')
  },
)

t.test('[R16] an offer stands while the kiosk is lost, until its own deadline', async (t) => {
  const desk = new Desk(policyOf({ offerMs: 15_000, graceMs: 20_000 }), 'amal')
  desk.call('a')
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.pass(14_999)
  t.equal(desk.statusOf('a'), 'offered')
  desk.pass(1)
  t.equal(desk.statusOf('a'), 'waiting')
  desk.available('amal')
  t.equal(desk.statusOf('a'), 'waiting', 'not offered again while it is lost')
  desk.pass(5_000)
  t.equal(desk.statusOf('a'), undefined)
})

t.test('[R16] whoever left with a ticket has no connection to lose', async (t) => {
  const desk = new Desk()
  desk.call('first')
  desk.call('second')
  desk.call('third')
  desk.call('a')
  desk.stepAway('a')
  desk.take({ type: 'caller.lost', callId: 'a' })
  t.equal(desk.callOf('a').lostAt, null)
  desk.pass(3_600_000)
  t.equal(desk.presenceOf('a'), 'away')
})

t.test(
  '[R17] an agent whose connection is lost keeps the availability for the grace time, and gets nothing new',
  async (t) => {
    const desk = new Desk(policyOf({ graceMs: 20_000 }), 'amal')
    desk.take({ type: 'agent.lost', agentId: 'amal' })
    desk.call('a')
    t.equal(desk.statusOf('a'), 'waiting')
    desk.pass(19_999)
    t.equal(desk.agentOf('amal').awayReason, null)
    desk.take({ type: 'agent.returned', agentId: 'amal' })
    t.equal(desk.holderOf('a'), 'amal')
    desk.take({ type: 'agent.lost', agentId: 'amal' })
    desk.pass(20_000)
    t.equal(desk.agentOf('amal').awayReason, 'connection-lost')
    desk.take({ type: 'agent.returned', agentId: 'amal' })
    t.equal(desk.statusOf('a'), 'waiting', 'back, and still away until they act')
    desk.available('amal')
    t.equal(desk.holderOf('a'), 'amal')
  },
)

t.test('[R17] one who is away already has nothing to lose', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.take({ type: 'agent.became-away', agentId: 'amal', reason: 'meeting' })
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  t.equal(nextDeadline(desk.state), undefined)
  desk.pass(60_000)
  t.equal(desk.agentOf('amal').awayReason, 'meeting')
})

function restarted(desk: Desk, downMs: number) {
  desk.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(desk.state))) as Snapshot)
  desk.at += downMs
  desk.take({ type: 'server.restarted' })
}

t.test('[R18] after a restart everybody has the grace time from then on, and offers a new full deadline', async (t) => {
  const desk = new Desk(policyOf({ offerMs: 15_000, graceMs: 20_000 }), 'amal', 'bo')
  desk.call('a')
  desk.call('b')
  desk.accept('bo')
  desk.call('c')
  desk.take({ type: 'caller.lost', callId: 'c' })
  restarted(desk, 600_000)
  t.match(desk.callOf('a'), { status: 'offered', lostAt: desk.at, offer: { expiresAt: desk.at + 15_000 } })
  t.match(desk.callOf('b'), { status: 'connected', lostAt: desk.at })
  t.match(desk.callOf('c'), { status: 'waiting', lostAt: desk.at })
  t.match(desk.agentOf('bo'), { lostAt: desk.at, work: { kind: 'in-call', callId: 'b' } })
  for (const callId of ['a', 'b', 'c']) desk.take({ type: 'caller.returned', callId })
  for (const agentId of ['amal', 'bo']) desk.take({ type: 'agent.returned', agentId })
  desk.pass(14_999)
  t.equal(desk.accept('amal').refusal, undefined)
  desk.pass(60_000)
  t.equal(desk.statusOf('b'), 'connected')
})

t.test('[R18] also who was lost before: the time that passed without a server does not count', async (t) => {
  const desk = new Desk(policyOf({ graceMs: 20_000 }), 'amal')
  desk.call('a')
  desk.accept('amal')
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.pass(15_000)
  restarted(desk, 0)
  t.equal(desk.agentOf('amal').lostAt, desk.at)
  t.equal(desk.callOf('a').lostAt, desk.at)
  desk.pass(19_999)
  t.equal(desk.statusOf('a'), 'connected')
})

t.test('[R18] whoever does not come back is let go at exactly the grace time after the restart', async (t) => {
  const desk = new Desk(policyOf({ graceMs: 20_000 }), 'bo')
  desk.call('b')
  desk.accept('bo')
  desk.call('c')
  restarted(desk, 600_000)
  desk.take({ type: 'caller.returned', callId: 'b' })
  desk.pass(19_999)
  t.equal(desk.statusOf('c'), 'waiting')
  t.equal(desk.statusOf('b'), 'connected')
  desk.pass(1)
  t.equal(desk.statusOf('c'), undefined)
  t.equal(desk.statusOf('b'), 'waiting', 'its agent did not come back')
  t.match(desk.agentOf('bo'), { awayReason: 'connection-lost', work: { kind: 'wrap-up' } })
})

t.test(
  '[R18] tickets that are away are not lost, and a wrap-up that ran out meanwhile ends at the next tick',
  async (t) => {
    const desk = new Desk(policyOf(), 'amal')
    desk.call('a')
    desk.accept('amal')
    desk.take({ type: 'agent.hung-up', agentId: 'amal', callId: 'a' })
    for (const id of ['x', 'y', 'z', 'b']) desk.call(id)
    desk.stepAway('b')
    restarted(desk, 600_000)
    t.equal(desk.callOf('b').lostAt, null)
    desk.take({ type: 'clock.ticked' })
    t.equal(desk.agentOf('amal').work.kind, 'idle')
  },
)

t.test('[R18] a snapshot of another version is not read', async (t) => {
  t.throws(() => fromSnapshot({ ...toSnapshot(new Desk().state), version: 1 }), /version 1/)
})
