import t from 'tap'
import { fromSnapshot, toSnapshot, type Snapshot } from '../snapshot.ts'
import { Desk, never, policyOf, queueOf } from './desk.ts'

t.test(
  '[R23] the agent whose skills are least wasted, then who was idle longest, then order of signing in',
  async (t) => {
    const desk = new Desk()
    desk.agent('wide', { citizen: 5, library: 5, da: 5 })
    desk.agent('zoe', { citizen: 1, da: 2 })
    desk.agent('bo', { citizen: 2, da: 1 })
    desk.agent('amal', { citizen: 2, da: 1 })
    for (const [callId, agentId] of [
      ['a', 'zoe'],
      ['b', 'bo'],
      ['c', 'amal'],
      ['d', 'wide'],
    ] as const) {
      desk.call(callId)
      t.equal(desk.holderOf(callId), agentId, callId)
    }
  },
)

t.test(
  '[R23] idle since the last call ended, not since signing in; at one moment it is the order of signing in',
  async (t) => {
    const desk = new Desk(policyOf(), 'zoe', 'amal')
    desk.call('a')
    desk.accept('zoe')
    desk.at += 1
    desk.free('zoe')
    desk.call('b')
    t.equal(desk.holderOf('b'), 'amal')
    desk.accept('amal')
    desk.call('c')
    desk.accept('zoe')
    desk.take({ type: 'caller.hung-up', callId: 'b' })
    desk.take({ type: 'caller.hung-up', callId: 'c' })
    desk.take({ type: 'agent.finished-wrap-up', agentId: 'amal' })
    desk.take({ type: 'agent.finished-wrap-up', agentId: 'zoe' })
    desk.call('d')
    t.equal(desk.holderOf('d'), 'zoe')
  },
)

t.test('[R23] who talked to an agent before waits for that agent alone, for exactly preferredMs', async (t) => {
  const desk = new Desk(policyOf({ preferredMs: 25_000, wrapUpMs: 600_000 }), 'bo', 'amal')
  desk.occupy('bo')
  desk.call('a', { preferredAgentId: 'bo' })
  t.equal(desk.statusOf('a'), 'waiting', 'amal is ready and is not asked')
  desk.pass(24_999)
  t.equal(desk.statusOf('a'), 'waiting')
  desk.pass(1)
  t.equal(desk.holderOf('a'), 'amal')
  t.match(desk.last?.facts, [{ type: 'preference.ended', callId: 'a' }, { type: 'offer.made' }])
})

t.test('[R23] the agent who was asked for gets the call though others are idle longer', async (t) => {
  const desk = new Desk(policyOf(), 'amal', 'bo')
  desk.call('a', { preferredAgentId: 'bo' })
  t.equal(desk.holderOf('a'), 'bo')
  desk.decline('bo')
  t.equal(desk.holderOf('a'), 'amal', 'and if they do not want it, anybody')
})

t.test('[R23] nobody is kept waiting for an agent who takes no calls, or cannot take this one', async (t) => {
  const desk = new Desk(policyOf({ preferredMs: 25_000 }), 'bo')
  desk.take({ type: 'agent.became-away', agentId: 'bo', reason: 'break' })
  desk.agent('amal')
  desk.call('a', { preferredAgentId: 'bo' })
  t.equal(desk.holderOf('a'), 'amal', 'away at the arrival')
  desk.agent('cy', { library: 1, da: 1 })
  desk.agent('dorte')
  desk.call('b', { preferredAgentId: 'cy' })
  t.equal(desk.holderOf('b'), 'dorte', 'at work, but without the skill')
  desk.call('c', { preferredAgentId: 'nobody' })
  t.equal(desk.callOf('c').preferred, null)
})

t.test('[R23] and not once that agent goes away, signs out or is lost for good', async (t) => {
  for (const leave of ['agent.became-away', 'agent.signed-out', 'agent.lost'] as const) {
    const desk = new Desk(policyOf({ preferredMs: 60_000 }), 'bo')
    desk.call('busy')
    desk.accept('bo')
    desk.agent('amal')
    desk.call('a', { preferredAgentId: 'bo' })
    t.equal(desk.statusOf('a'), 'waiting')
    if (leave === 'agent.signed-out') desk.take({ type: 'caller.hung-up', callId: 'busy' })
    if (leave === 'agent.became-away') desk.take({ type: leave, agentId: 'bo', reason: 'break' })
    else desk.take({ type: leave, agentId: 'bo' })
    desk.pass(leave === 'agent.lost' ? 20_000 : 0)
    t.equal(desk.callOf('a').preferred, null, leave)
    t.equal(desk.holderOf(leave === 'agent.lost' ? 'busy' : 'a'), 'amal', leave)
  }
})

t.test('[R23] a caller who is lost meanwhile does not come back to wait for somebody who left', async (t) => {
  const desk = new Desk(policyOf({ preferredMs: 60_000 }), 'bo', 'amal')
  desk.occupy('bo')
  desk.call('a', { preferredAgentId: 'bo' })
  desk.take({ type: 'caller.lost', callId: 'a' })
  desk.take({ type: 'agent.became-away', agentId: 'bo', reason: 'break' })
  desk.take({ type: 'caller.returned', callId: 'a' })
  t.equal(desk.holderOf('a'), 'amal')
})

t.test(
  '[R24] after a call an agent has at least pauseMs, to the millisecond; unsafe does not wait for it',
  async (t) => {
    const desk = new Desk(policyOf({ pauseMs: 4_000 }), 'amal')
    desk.occupy('amal')
    t.match(desk.free('amal').facts, [{ type: 'wrap-up.ended' }, { type: 'agent.rests', until: desk.at + 4_000 }])
    desk.call('a')
    desk.pass(3_999)
    t.equal(desk.statusOf('a'), 'waiting')
    const { state, at } = desk
    desk.pass(1)
    t.equal(desk.holderOf('a'), 'amal')
    desk.state = state
    desk.at = at
    desk.call('u', { classId: 'unsafe' })
    t.equal(desk.holderOf('u'), 'amal')
  },
)

t.test('[R24] [R23] nor does unsafe wait for the pause of the agent it is kept for', async (t) => {
  const desk = new Desk(policyOf({ pauseMs: 20_000, preferredMs: 60_000 }), 'amal')
  desk.occupy('amal')
  desk.call('u', { classId: 'unsafe', preferredAgentId: 'amal' })
  desk.free('amal')
  t.equal(desk.holderOf('u'), 'amal')
})

t.test('[R24] unsafe takes one who is ready before one who rests', async (t) => {
  const desk = new Desk(policyOf({ pauseMs: 60_000 }))
  desk.agent('narrow', { citizen: 1, da: 1 })
  desk.occupy('narrow')
  desk.free('narrow')
  desk.agent('wide', { citizen: 5, library: 5, da: 5 })
  desk.call('u', { classId: 'unsafe' })
  t.equal(desk.holderOf('u'), 'wide')
})

t.test('[R24] above occupancyMax an agent rests until the fading share is down to it', async (t) => {
  const windowMs = 600_000
  const desk = new Desk(policyOf({ pauseMs: 1_000, occupancyMax: 0.5, occupancyWindowMs: windowMs }), 'amal')
  const work = (ms: number) => {
    desk.occupy('amal')
    desk.pass(ms)
    return desk.free('amal').facts.find(({ type }) => type === 'agent.rests')
  }
  t.match(work(60_000), { until: desk.at + 1_000 }, 'a tenth of the window: only the pause')
  desk.pass(24 * 3_600_000)
  const share = 1 - Math.exp(-900_000 / windowMs)
  const restMs = Math.ceil(windowMs * Math.log(share / 0.5))
  t.match(work(900_000), { until: desk.at + restMs })
  desk.call('a')
  desk.pass(restMs - 1)
  t.equal(desk.statusOf('a'), 'waiting')
  desk.pass(1)
  t.equal(desk.holderOf('a'), 'amal')
})

const homes = [
  queueOf('citizen.da', [never('da')], { homeCentreIds: ['hng'], answerWithinMs: 10_000 }),
  queueOf('library.da', [never('da')], { homeCentreIds: ['laerkevej'], answerWithinMs: 10_000 }),
]
const rule = {
  id: 'help-citizen',
  lenderCentreId: 'laerkevej',
  queueIds: ['citizen.da'],
  opensAtCount: 3,
  closesAtCount: 1,
  lenderServiceLevelMin: 0.5,
}
const lendingPolicy = () => policyOf({ queues: homes, lending: [rule], wrapUpMs: 600_000 })

t.test('[R25] a lending rule opens at opensAtCount, closes at closesAtCount, and not between', async (t) => {
  const desk = new Desk(lendingPolicy())
  desk.agent('lena', { da: 1 }, 'laerkevej')
  desk.call('a')
  desk.call('b')
  t.equal(desk.statusOf('a'), 'waiting', 'another centre')
  const { facts } = desk.call('c')
  t.match(facts, [
    { type: 'lending.opened', ruleId: 'help-citizen', waitingCount: 3 },
    { type: 'offer.made', callId: 'a', agentId: 'lena', isLent: true },
  ])
  desk.accept('lena')
  desk.agent('line', { da: 1 }, 'laerkevej')
  t.equal(desk.holderOf('b'), 'line', 'two wait: still open')
  t.match(desk.decline('line').facts, [{ type: 'offer.declined' }, { type: 'agent.set-away' }], 'two again')
  desk.available('line')
  t.match(desk.accept('line').facts, [{ type: 'lending.closed', ruleId: 'help-citizen', waitingCount: 1 }])
  desk.agent('lotte', { da: 1 }, 'laerkevej')
  t.equal(desk.statusOf('c'), 'waiting')
  t.match(desk.take({ type: 'caller.hung-up', callId: 'a' }).records[0], {
    type: 'handled',
    lentByCentreId: 'laerkevej',
  })
})

t.test('[R25] a rule that is open opens no other', async (t) => {
  const other = { ...rule, id: 'help-library', queueIds: ['library.da'], lenderCentreId: 'hng' }
  const desk = new Desk(policyOf({ queues: homes, lending: [rule, other] }))
  desk.call('book', { queueId: 'library.da' })
  for (const id of ['a', 'b', 'c']) desk.call(id)
  t.same(desk.state.openLending, ['help-citizen'])
  desk.agent('hanne', { da: 1 }, 'hng')
  t.equal(desk.holderOf('a'), 'hanne')
  desk.agent('henrik', { da: 1 }, 'hng')
  t.equal(desk.holderOf('b'), 'henrik', 'not the one in the library, who is older')
  t.equal(desk.statusOf('book'), 'waiting')
})

t.test('[R25] [R18] what is open is so after a restart, between the two counts too', async (t) => {
  const desk = new Desk(lendingPolicy())
  for (const id of ['a', 'b', 'c']) desk.call(id)
  desk.take({ type: 'caller.hung-up', callId: 'c' })
  t.same(desk.state.openLending, ['help-citizen'])
  desk.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(desk.state))) as Snapshot)
  desk.agent('lena', { da: 1 }, 'laerkevej')
  t.equal(desk.holderOf('a'), 'lena')
})

t.test('[R25] [R3] an offer on loan stands though the rule has closed, where the line stays the same', async (t) => {
  const desk = new Desk(lendingPolicy())
  for (const id of ['a', 'b', 'c']) desk.call(id)
  desk.agent('lena', { da: 1 }, 'laerkevej')
  for (const id of ['b', 'c']) desk.take({ type: 'caller.hung-up', callId: id })
  t.same(desk.state.openLending, [])
  desk.refine('a', { matterId: 'passport' })
  t.equal(desk.holderOf('a'), 'lena')
})

t.test('[R25] [R23] agents of the home centres go before lent ones, whoever is idle longer', async (t) => {
  const desk = new Desk(lendingPolicy())
  for (const id of ['x', 'y', 'z']) desk.call(id)
  for (const id of ['x', 'y', 'z']) desk.stepAway(id)
  desk.agent('lena', { da: 1 }, 'laerkevej')
  desk.agent('hanne', { da: 5, citizen: 5 }, 'hng')
  for (const id of ['p', 'q', 'r', 's']) desk.call(id)
  t.equal(desk.holderOf('p'), 'hanne')
  t.match(desk.callOf('q').status, /waiting|offered/)
})

t.test('[R25] nobody is lent while the lender’s own share answered in time is too low', async (t) => {
  const desk = new Desk(lendingPolicy())
  for (let i = 0; i < 6; i += 1) {
    const callId = `late-${i}`
    desk.call(callId, { queueId: 'library.da' })
    desk.pass(10_001)
    desk.agent('lena', { da: 1 }, 'laerkevej')
    desk.accept('lena')
    desk.take({ type: 'media.flowed', callId })
    desk.free('lena')
    desk.take({ type: 'agent.signed-out', agentId: 'lena' })
  }
  desk.agent('lena', { da: 1 }, 'laerkevej')
  for (const id of ['a', 'b', 'c', 'd']) desk.call(id)
  t.same(desk.state.openLending, [])
  t.equal(desk.statusOf('a'), 'waiting')
})
