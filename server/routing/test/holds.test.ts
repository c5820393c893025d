import t from 'tap'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import { Desk, never, policyOf } from './desk.ts'

const HOLD_MS = 300_000
const SEARCH_MS = 180_000

const hold = (desk: Desk, agentId = 'amal') => desk.take({ type: 'call.held', callId: 'a', agentId })
const resume = (desk: Desk, agentId = 'amal') => desk.take({ type: 'call.resumed', callId: 'a', agentId })
const heldOf = (desk: Desk) => {
  const call = desk.callOf('a')
  return call.status === 'connected' ? call.hold : undefined
}

/** Amal talks with the citizen of call a. */
function talking(): Desk {
  const desk = new Desk(policyOf({ wrapUpMs: 60_000 }), 'amal')
  desk.call('a')
  desk.accept('amal')
  desk.take({ type: 'media.flowed', callId: 'a' })
  desk.at += 1_000
  return desk
}

/** Amal asks for somebody who knows the library, to hand the call over unless that is said otherwise. */
function asking(isTransfer = true): Desk {
  const desk = talking()
  desk.take({ type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs: [never('library')], isTransfer })
  return desk
}

t.test('[R33] on hold and back, by whoever is in the call, and said twice it is the same hold', async (t) => {
  const desk = talking()
  const since = desk.at
  t.match(hold(desk).touched, { calls: ['a'], agents: ['amal'] })
  t.same(heldOf(desk), { agentId: 'amal', since, endsAt: since + HOLD_MS })
  desk.at += 30_000
  t.equal(hold(desk).refusal, undefined)
  t.same(heldOf(desk), { agentId: 'amal', since, endsAt: since + HOLD_MS }, 'its end is not moved')
  t.same(resume(desk).facts, [{ type: 'hold.ended', callId: 'a', agentId: 'amal', heldMs: 30_000, why: 'resumed' }])
  t.equal(heldOf(desk), null)
  const again = resume(desk)
  t.equal(again.refusal, undefined)
  t.same(again.facts, [])
})

t.test('[R33] only by somebody in the call, and only in a conversation', async (t) => {
  const desk = talking()
  desk.agent('bo')
  t.equal(hold(desk, 'bo').refusal, 'unknown-call')
  hold(desk)
  t.equal(resume(desk, 'bo').refusal, 'unknown-call')
  t.ok(heldOf(desk))
  desk.call('b')
  t.equal(desk.take({ type: 'call.held', callId: 'b', agentId: 'bo' }).refusal, 'unknown-call', 'not answered yet')
  t.equal(desk.take({ type: 'call.held', callId: 'none', agentId: 'bo' }).refusal, 'unknown-call')
})

t.test('[R33] after five minutes everybody is back by themselves, over a restart too', async (t) => {
  const desk = talking()
  hold(desk)
  desk.pass(HOLD_MS - 1)
  t.ok(heldOf(desk))
  desk.state = fromSnapshot(toSnapshot(desk.state))
  desk.pass(1)
  t.equal(heldOf(desk), null)
  t.match(desk.last?.facts, [{ type: 'hold.ended', heldMs: HOLD_MS, why: 'expired' }])
  t.equal(desk.statusOf('a'), 'connected')
})

t.test('[R33] it ends with the call, and with the last agent', async (t) => {
  const over = talking()
  hold(over)
  over.at += 5_000
  const { facts, records } = over.take({ type: 'caller.hung-up', callId: 'a' })
  t.match(facts, [{ type: 'hold.ended', heldMs: 5_000, why: 'call-over' }])
  t.match(records.at(-1), { type: 'ended', outcome: 'answered' })
  const lost = talking()
  hold(lost)
  lost.take({ type: 'agent.lost', agentId: 'amal' })
  lost.pass(20_000)
  t.equal(lost.statusOf('a'), 'waiting')
  t.match(lost.last?.facts, [{ type: 'hold.ended', why: 'call-over' }, { type: 'call.requeued' }, {}])
  lost.agent('bo')
  lost.accept('bo')
  t.equal(heldOf(lost), null, 'whoever takes it next finds no hold')
})

t.test('[R33] nobody stays on hold for somebody who left; a colleague may end it', async (t) => {
  const desk = asking(false)
  desk.agent('sofie', { library: 1, da: 1 })
  desk.accept('sofie')
  hold(desk)
  t.equal(resume(desk, 'sofie').refusal, undefined)
  t.equal(heldOf(desk), null)
  hold(desk)
  desk.take({ type: 'agent.hung-up', callId: 'a', agentId: 'amal' })
  t.match(desk.last?.facts, [{ type: 'hold.ended', agentId: 'amal', why: 'agent-left' }])
  t.match(desk.callOf('a'), { agentId: 'sofie', hold: null })
  hold(desk, 'sofie')
  t.match(heldOf(desk), { agentId: 'sofie' })
})

t.test('[R34] whoever hands over stays until somebody is in, and then leaves by themselves', async (t) => {
  const desk = asking()
  desk.agent('sofie', { library: 1, da: 1 })
  t.match(desk.callOf('a'), { agentId: 'amal' }, 'still there while it rings')
  const { effects, records } = desk.accept('sofie')
  t.same(effects, [
    { type: 'media.connect', callId: 'a', agentIds: ['amal', 'sofie'] },
    { type: 'media.remove', callId: 'a', agentId: 'amal' },
  ])
  t.match(records, [{ type: 'handled', callId: 'a', agentId: 'amal' }])
  t.match(desk.callOf('a'), { status: 'connected', agentId: 'sofie', joined: [] })
  t.equal(desk.agentOf('amal').work.kind, 'wrap-up')
  t.equal(desk.take({ type: 'offer.accepted', agentId: 'sofie', offerId: 'a/2' }).refusal, undefined, 'said again')
  t.match(desk.callOf('a'), { agentId: 'sofie' })
})

t.test('[R34] [R33] handed over from hold, the citizen is seen and heard at once', async (t) => {
  const desk = asking()
  hold(desk)
  desk.agent('sofie', { library: 1, da: 1 })
  t.match(desk.accept('sofie').facts, [
    { type: 'join.ended', isMet: true },
    { type: 'hold.ended', why: 'agent-left' },
  ])
  t.equal(heldOf(desk), null)
})

t.test('[R34] nobody found: the search ends, and the first agent is there still', async (t) => {
  const desk = asking()
  desk.pass(SEARCH_MS - 1)
  t.equal(desk.state.joins.size, 1)
  desk.pass(1)
  t.match(desk.last?.facts, [{ type: 'join.ended', joinId: 'j', isMet: false }])
  t.match(desk.callOf('a'), { status: 'connected', agentId: 'amal' })
  const beside = asking(false)
  beside.pass(10 * SEARCH_MS)
  t.equal(beside.state.joins.size, 1, 'asked in beside them, nobody is given up')
})

t.test('[R34] who is being asked when the time is over may still answer; if not, that was the last', async (t) => {
  const ringing = () => {
    const desk = asking()
    desk.pass(SEARCH_MS - 5_000)
    desk.agent('sofie', { library: 1, da: 1 })
    desk.pass(7_000)
    t.equal(desk.agentOf('sofie').work.kind, 'offered')
    return desk
  }
  const met = ringing()
  met.accept('sofie')
  t.match(met.callOf('a'), { agentId: 'sofie', joined: [] })
  const declined = ringing()
  t.match(declined.decline('sofie').facts, [
    { type: 'offer.declined' },
    { type: 'join.ended', isMet: false },
    { type: 'agent.set-away' },
  ])
  const ignored = ringing()
  ignored.pass(15_000)
  t.equal(ignored.state.joins.size, 0)
  t.match(ignored.callOf('a'), { agentId: 'amal' })
})

t.test('[R34] whoever leaves before, with somebody else there, hands nothing over any more', async (t) => {
  const desk = asking(false)
  desk.agent('sofie', { library: 1, da: 1 })
  desk.accept('sofie')
  const needs = [never('so')]
  desk.take({ type: 'join.asked', joinId: 'k', callId: 'a', agentId: 'amal', needs, isTransfer: true })
  desk.take({ type: 'agent.hung-up', callId: 'a', agentId: 'amal' })
  t.match(desk.state.joins.get('k'), { handedOverBy: null, endsAt: null })
  desk.agent('ilhan', { so: 3 })
  desk.accept('ilhan')
  t.match(desk.callOf('a'), { agentId: 'sofie', joined: [{ agentId: 'ilhan' }] })
})
