import t from 'tap'
import type { EventOf } from '../event.ts'
import { FRONT_HELD_MS } from '../move.ts'
import { Desk, never, policyOf, queueOf } from './desk.ts'

type Move = Partial<Omit<EventOf<'call.moved'>, 'at' | 'type' | 'callId'>>
const move = (desk: Desk, callId: string, changes: Move = {}) =>
  desk.take({
    type: 'call.moved',
    callId,
    queueId: null,
    isToFront: true,
    reason: 'waited-long',
    byId: 'lone',
    ...changes,
  })

/** A desk at which these calls stand, a second apart. */
function withCalls(...calls: readonly [string, Parameters<Desk['call']>[1]?][]): Desk {
  const desk = new Desk()
  for (const [callId, changes] of calls) {
    desk.call(callId, changes)
    desk.at += 1_000
  }
  return desk
}

/** The calls in the order in which one agent, who can take all, is offered them. */
function order(desk: Desk): string[] {
  const offered: string[] = []
  desk.agent('amal', { citizen: 1, library: 1, da: 1, en: 1 })
  for (;;) {
    const { work } = desk.agentOf('amal')
    if (work.kind !== 'offered') return offered
    offered.push(work.callId)
    desk.accept('amal')
    desk.free('amal')
  }
}

t.test('[R42] to the front: before all who stand in the queue, of whatever class, and the arrival stays', async (t) => {
  const desk = withCalls(['a'], ['b', { classId: 'more-time' }], ['c', { classId: 'patient' }], ['d'])
  const { arrivedAt } = desk.callOf('d')
  t.equal(move(desk, 'd').refusal, undefined)
  t.equal(desk.callOf('d').arrivedAt, arrivedAt)
  t.same(order(desk), ['d', 'c', 'b', 'a'])
})

t.test(
  '[R42] for an hour nobody of a class that ages faster, or comes with a head start, goes before it',
  async (t) => {
    const desk = withCalls(['faster', { classId: 'more-time' }], ['slow', { classId: 'patient' }])
    move(desk, 'slow')
    desk.call('later', { classId: 'more-time' })
    desk.pass(FRONT_HELD_MS - 10)
    t.equal(order(desk)[0], 'slow')
  },
)

t.test(
  '[R42] whoever goes first by class stays first, and the last who was moved is before who was moved sooner',
  async (t) => {
    const desk = withCalls(['unsafe', { classId: 'unsafe' }], ['a'], ['b'], ['c'])
    move(desk, 'b')
    move(desk, 'c')
    t.same(order(desk), ['unsafe', 'c', 'b', 'a'])
  },
)

t.test('[R42] moved twice to where it is, a call stands where it was', async (t) => {
  const desk = withCalls(['a'], ['b'])
  move(desk, 'b')
  const { placeAt } = desk.callOf('b')
  move(desk, 'b')
  t.equal(desk.callOf('b').placeAt, placeAt)
  move(desk, 'b', { isToFront: false, queueId: 'citizen.da' })
  t.equal(desk.callOf('b').placeAt, placeAt)
})

t.test('[R42] to another queue: it asks for what that asks for, and stands where it would have been', async (t) => {
  const desk = withCalls(['a'], ['x', { queueId: 'library.da' }], ['b'])
  const { placeAt, arrivedAt } = desk.callOf('a')
  t.equal(move(desk, 'b', { queueId: 'library.da', isToFront: false, reason: 'wrong-queue' }).refusal, undefined)
  t.match(desk.callOf('b'), { queueId: 'library.da', needs: [{ attribute: 'library' }, { attribute: 'da' }] })
  move(desk, 'a', { queueId: 'library.da', isToFront: false })
  t.match(desk.callOf('a'), { placeAt, arrivedAt })
  desk.agent('elin', { library: 1, da: 1 })
  t.equal(desk.holderOf('a'), 'elin', 'it came before the others')
  t.equal(desk.state.queues.get('citizen.da')?.callersCount, 0)
  t.equal(desk.state.queues.get('library.da')?.callersCount, 3)
})

t.test('[R42] [R3] the class of a queue stays with the queue, and one that was asked for goes along', async (t) => {
  const queues = [queueOf('citizen.da', [never('da')]), queueOf('quick.da', [never('da')], { classId: 'patient' })]
  const desk = new Desk(policyOf({ queues }))
  desk.call('a')
  desk.call('b', { classId: 'more-time' })
  for (const callId of ['a', 'b']) move(desk, callId, { queueId: 'quick.da', isToFront: false })
  t.same([desk.callOf('a').classId, desk.callOf('b').classId], ['patient', 'more-time'])
})

t.test('[R42] [R23] whoever waits for one agent alone waits for anyone from then on', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.occupy('amal')
  desk.agent('bo')
  desk.call('a', { preferredAgentId: 'amal' })
  t.equal(desk.statusOf('a'), 'waiting')
  move(desk, 'a', { reason: 'needs-help-now' })
  t.equal(desk.holderOf('a'), 'bo')
})

t.test('[R42] [R30] a ticket that is away is called when the move brings it near', async (t) => {
  const desk = new Desk(policyOf({ ticketNearCount: 1 }))
  for (const callId of ['a', 'b', 'c', 'd']) desk.call(callId)
  desk.stepAway('d')
  t.equal(desk.presenceOf('d'), 'away')
  move(desk, 'd')
  t.equal(desk.presenceOf('d'), 'called')
})

t.test('[R42] refused: what is nobody, nowhere, or not standing in a line', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  t.equal(move(desk, 'nobody').refusal, 'unknown-call')
  desk.call('offered')
  t.equal(move(desk, 'offered').refusal, 'wrong-state')
  desk.accept('amal')
  t.equal(move(desk, 'offered').refusal, 'wrong-state')
  desk.call('waiting')
  t.equal(move(desk, 'waiting', { queueId: 'dentist.da' }).refusal, 'unknown-queue')
})

t.test('[R42] [R2] [R9] [R15] what a supervisor does to others is as if they did it themselves', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  t.equal(desk.take({ type: 'agent.signed-out', agentId: 'amal', byId: 'lone' }).refusal, 'agent-busy')
  desk.take({ type: 'agent.became-away', agentId: 'amal', reason: 'meeting', byId: 'lone' })
  t.equal(desk.statusOf('a'), 'waiting')
  t.equal(desk.agentOf('amal').awayReason, 'meeting')
  desk.take({ type: 'agent.signed-out', agentId: 'amal', byId: 'lone' })
  t.equal(desk.state.agents.size, 0)
  desk.take({ type: 'queue.paused', queueId: 'citizen.da', byId: 'lone' })
  t.match(desk.call('b').records.at(-1), { outcome: 'paused' })
})
