import { randomUUID } from 'node:crypto'
import t from 'tap'
import { Value } from 'typebox/value'
import { WaitingCalls, type MoveId } from '#server/contract/floor-actions.ts'
import type { AgentId, CallId, QueueId } from '#server/contract/ids.ts'
import type { RoutingEventBody } from '#server/routing/event.ts'
import { Desk } from '#server/routing/test/desk.ts'
import type { Person } from '#server/store/directory.ts'
import { floorHandlers, type FloorParts } from './floor-actions.ts'

const [A, B, C] = [1, 2, 3].map((n) => `5d2c7f0e-6f0a-4c8e-9a51-3f2f7c1f9b0${n}` as CallId) as [CallId, CallId, CallId]
const lone = { agentId: 'lone' } as Person
const queue = (id: string) => id as QueueId
const agent = (id: string) => id as AgentId

/** A floor with an engine behind it and no database: what was submitted, and who was put out. */
function openFloor() {
  const desk = new Desk()
  const submitted: RoutingEventBody[] = []
  const out: string[] = []
  const parts = {
    host: {
      get state() {
        return desk.state
      },
      submit: async (event: RoutingEventBody) => {
        const { refusal } = desk.take(event)
        if (refusal === undefined) submitted.push(event)
        return refusal
      },
    },
    directory: {
      sites: new Map([['airport', { name: 'Københavns Lufthavn' }]]),
      queues: new Map(['citizen.da', 'library.da'].map((id) => [id, {}])),
    },
    audiences: { dismissAgent: (agentId: string) => void out.push(`${agentId} dismissed`) },
    wall: { snapshot: () => ({ version: 1, at: 1, view: {} }) },
    messages: { send: async () => 3 },
    endSignIns: async (agentId: string) => void out.push(`${agentId} signed out`),
  }
  return { desk, submitted, out, floor: floorHandlers(parts as unknown as FloorParts) }
}

const moveOf = (callId: CallId) => {
  const moveId = randomUUID() as string as MoveId
  return { moveId, callId, queueId: null, isToFront: true, reason: 'waited-long' as const }
}

t.test('who waits, by queue and place; whoever rings is not to be moved, whoever talks does not wait', async (t) => {
  const { desk, floor } = openFloor()
  desk.agent('amal', { citizen: 3, da: 3 })
  desk.call(A)
  desk.call(B)
  desk.call(C, { queueId: 'library.da' })
  const waiting = await floor['calls.waiting'](lone, {})
  t.ok(Value.Check(WaitingCalls, waiting))
  t.match(waiting, {
    totalCount: 3,
    calls: [
      { callId: A, isMovable: false, siteName: 'Københavns Lufthavn' },
      { callId: B, isMovable: true, isAway: false },
      { callId: C, queueId: 'library.da' },
    ],
  })
  desk.accept('amal')
  desk.stepAway(B)
  t.match(await floor['calls.waiting'](lone, {}), { totalCount: 2 })
})

t.test('a move is one event with who and why, asked for twice or not; what cannot be is refused', async (t) => {
  const { desk, floor, submitted } = openFloor()
  desk.call(A)
  desk.call(B)
  const move = moveOf(B)
  t.match(await floor['call.move'](lone, move), { calls: [{ callId: B }, { callId: A }] })
  await floor['call.move'](lone, moveOf(A))
  t.match(await floor['call.move'](lone, move), { calls: [{ callId: A }, { callId: B }] }, 'not again')
  t.equal(submitted.length, 2)
  const { moveId: _moveId, ...said } = move
  t.same(submitted[0], { type: 'call.moved', ...said, byId: 'lone' }, 'the id of the asking is no part of it')
  const reject = (changes: object, code: string) =>
    t.rejects(floor['call.move'](lone, { ...moveOf(A), ...changes }) as Promise<unknown>, { code })
  await reject({ callId: C }, 'unknown-call')
  await reject({ queueId: queue('dentist.da') }, 'unknown-place')
  await reject({ isToFront: false }, 'bad-request')
  desk.agent('amal')
  await reject({}, 'wrong-state')
  t.equal(submitted.length, 2)
})

t.test('[R44] a supervisor takes a call: it rings at their desk, once; what they lack is named', async (t) => {
  const { desk, floor, submitted } = openFloor()
  desk.call(A)
  desk.call(B, { queueId: 'citizen.en' })
  const take = async (callId: CallId) => await floor['call.take'](lone, { callId })
  await t.rejects(take(A), { code: 'unknown-agent' }, 'no desk is open')
  desk.take({ type: 'agent.signed-in', agentId: 'lone', centreId: 'hng', attributes: { da: 2 } })
  await t.rejects(take(B), { code: 'not-able', detail: { lacks: 'en' } })
  t.match(await take(A), {
    calls: [
      { callId: A, isTakeable: false, isMovable: false },
      { callId: B, isTakeable: true },
    ],
  })
  await take(A)
  t.equal(desk.holderOf(A), 'lone')
  t.same(
    submitted,
    [1, 2].map(() => ({ type: 'call.taken', callId: A, byId: 'lone' })),
  )
  desk.accept('lone')
  await t.rejects(take(B), { code: 'agent-busy' })
})

t.test('an agent is set away once, and signed out everywhere, but not from a citizen', async (t) => {
  const { desk, floor, submitted, out } = openFloor()
  desk.agent('amal')
  desk.call(A)
  const amal = agent('amal')
  await t.rejects(floor['agent.sign-out'](lone, { agentId: amal }) as Promise<unknown>, { code: 'agent-busy' })
  t.same(out, [])
  await floor['agent.set-away'](lone, { agentId: amal, reason: 'meeting' })
  await floor['agent.set-away'](lone, { agentId: amal, reason: 'meeting' })
  t.same(submitted, [{ type: 'agent.became-away', agentId: 'amal', reason: 'meeting', byId: 'lone' }])
  t.equal(desk.statusOf(A), 'waiting')
  await floor['agent.sign-out'](lone, { agentId: amal })
  t.same(out, ['amal signed out', 'amal dismissed'])
  await t.rejects(floor['agent.set-away'](lone, { agentId: amal, reason: 'break' }) as Promise<unknown>, {
    code: 'unknown-agent',
  })
})

t.test('a queue is paused and opened; what is so already is no event', async (t) => {
  const { floor, submitted } = openFloor()
  const order = (isPaused: boolean, id = 'citizen.da') => floor['queue.order'](lone, { queueId: queue(id), isPaused })
  await order(false)
  await order(true)
  await order(true)
  await order(false)
  t.same(submitted, [
    { type: 'queue.paused', queueId: 'citizen.da', byId: 'lone' },
    { type: 'queue.resumed', queueId: 'citizen.da', byId: 'lone' },
  ])
  await t.rejects(order(true, 'dentist.da') as Promise<unknown>, { code: 'unknown-place' })
})
