import t from 'tap'
import { Draft } from '../draft.ts'
import { policyFaults } from '../policy.ts'
import { outlookOf, prospectOf } from '../wait.ts'
import { arrivalOf, classOf, Desk, never, policyOf, queueOf } from './desk.ts'

function reasonsOf(desk: Desk) {
  const made = desk.last?.facts.find(({ type }) => type === 'offer.made')
  return made?.type === 'offer.made' ? made.reasons : undefined
}

t.test('[R31] an offer is explained: who could have had it, who could not and by which rule', async (t) => {
  const desk = new Desk(policyOf({ pauseMs: 600_000 }))
  desk.agent('resting')
  desk.occupy('resting')
  desk.free('resting')
  desk.agent('wrapping')
  desk.occupy('wrapping')
  desk.take({ type: 'caller.hung-up', callId: 'busy-wrapping' })
  desk.agent('talking')
  desk.occupy('talking')
  desk.agent('away')
  desk.take({ type: 'agent.became-away', agentId: 'away', reason: 'break' })
  desk.agent('lost')
  desk.take({ type: 'agent.lost', agentId: 'lost' })
  desk.agent('stranger', { citizen: 3, en: 3 })
  desk.agent('wide', { citizen: 5, library: 5, da: 5 })
  desk.agent('narrow', { citizen: 2, da: 2 })
  desk.at += 5_000
  desk.take(arrivalOf('a'), true)
  const reasons = reasonsOf(desk)
  t.match(reasons, {
    choice: 'least-skill-wasted',
    candidatesCount: 2,
    candidates: [
      { agentId: 'narrow', wastedLevels: 2, idleMs: 5_000, isLent: false },
      { agentId: 'wide', wastedLevels: 13 },
    ],
    call: { classId: 'ordinary', scoreMs: 0, needs: ['citizen ≥ 1', 'da ≥ 1'] },
    passedOver: [],
  })
  t.same(Object.fromEntries((reasons?.filtered ?? []).map(({ rule, agentIds }) => [rule, agentIds])), {
    'lacks:da': ['stranger'],
    away: ['away'],
    'connection-lost': ['lost'],
    'in-call': ['talking'],
    resting: ['resting'],
    'wrap-up': ['wrapping'],
  })
})

t.test('[R31] the tie-break, the scores of those passed over, and the policy are said', async (t) => {
  const desk = new Desk()
  desk.call('first', { classId: 'unsafe' })
  desk.call('second')
  desk.at += 4_000
  desk.take({ type: 'agent.signed-in', agentId: 'amal', centreId: 'hng', attributes: { citizen: 1, da: 1 } })
  desk.take({ type: 'agent.became-available', agentId: 'amal' }, true)
  t.match(desk.last?.facts, [{ type: 'offer.made', policyVersion: 'test-1', waitedMs: 4_000 }])
  t.match(reasonsOf(desk), {
    choice: 'only-one',
    passedOver: [{ callId: 'second', classId: 'ordinary', scoreMs: 4_000 }],
  })
  const tie = new Desk(policyOf(), 'zoe')
  tie.take({ type: 'agent.signed-in', agentId: 'amal', centreId: 'hng', attributes: { citizen: 3, da: 3 } })
  tie.available('amal')
  tie.take(arrivalOf('a'), true)
  t.match(reasonsOf(tie), { choice: 'signed-in-first', candidates: [{ agentId: 'zoe' }, { agentId: 'amal' }] })
})

t.test('[R31] explaining is asked for: without it an offer has no reasons', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  t.equal(reasonsOf(desk), null)
})

t.test('[R32] a policy is loaded whole or not at all', async (t) => {
  const desk = new Desk()
  const before = desk.state
  const faulty = [
    policyOf({ classes: { ordinary: classOf('ordinary', 0, 0) } }),
    policyOf({ classes: {} }),
    policyOf({ queues: [queueOf('citizen.da', [never('da', 6)])] }),
    policyOf({ queues: [queueOf('citizen.da', [never('dentistry')])] }),
    policyOf({ queues: [queueOf('citizen.da', [never('da')], { callersMax: 0 })] }),
    policyOf({ occupancyMax: 0 }),
    policyOf({
      lending: [
        {
          id: 'l',
          lenderCentreId: 'hng',
          queueIds: ['none'],
          opensAtCount: 1,
          closesAtCount: 1,
          lenderServiceLevelMin: 0,
        },
      ],
    }),
  ]
  for (const policy of faulty) {
    t.equal(desk.take({ type: 'policy.loaded', policy, isForWaiting: true }).refusal, 'invalid-policy')
    t.ok(policyFaults(policy).length > 0)
  }
  t.equal(policyFaults(faulty.at(-1) ?? policyOf()).length, 2, 'all faults are said')
  t.equal(desk.state, before)
})

const stricter = () => policyOf({ version: 'test-2', queues: [queueOf('citizen.da', [never('da', 5)])] })

t.test('[R32] those who wait follow a new policy at once, or keep the one they came under', async (t) => {
  for (const isForWaiting of [true, false]) {
    const desk = new Desk()
    desk.call('old')
    desk.take({ type: 'policy.loaded', policy: stricter(), isForWaiting })
    t.equal(desk.callOf('old').policyVersion, isForWaiting ? 'test-2' : 'test-1')
    desk.agent('amal', { citizen: 3, da: 3 })
    t.equal(desk.statusOf('old'), isForWaiting ? 'waiting' : 'offered')
    desk.call('new')
    desk.agent('bo', { citizen: 3, da: 3 })
    t.equal(desk.statusOf('new'), 'waiting', 'who comes after it follows it')
  }
})

t.test('[R32] a new policy that lets more take a call brings the offer at once', async (t) => {
  const desk = new Desk(stricter(), 'amal')
  desk.call('a')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.take({ type: 'policy.loaded', policy: policyOf({ version: 'test-3' }), isForWaiting: true })
  t.equal(desk.holderOf('a'), 'amal')
})

t.test('[R32] a queue or class that is gone is kept for those in it, and refused to others', async (t) => {
  const desk = new Desk()
  desk.call('a', { queueId: 'citizen.en' })
  desk.call('b', { classId: 'unsafe' })
  const policy = policyOf({
    version: 'test-2',
    classes: { ordinary: classOf('ordinary', 0, 1) },
    queues: [queueOf('citizen.da', [never('citizen'), never('da')])],
  })
  desk.take({ type: 'policy.loaded', policy, isForWaiting: true })
  t.equal(desk.call('c', { queueId: 'citizen.en' }).refusal, 'unknown-queue')
  desk.call('d')
  t.same([...Object.keys(desk.state.formerPolicies)], ['test-1'])
  desk.agent('amal', { citizen: 1, da: 1, en: 1 })
  t.equal(desk.holderOf('b'), 'amal', 'still unsafe, and so before a')
  desk.agent('bo', { citizen: 1, en: 1 })
  t.equal(desk.holderOf('a'), 'bo')
})

t.test(
  '[R30] the place and the range of the wait follow those ahead, those at work and what was learned',
  async (t) => {
    const desk = new Desk(policyOf({ priorHandlingMs: 60_000, priorPatienceMs: 3_600_000 }), 'amal')
    const prospect = (callId: string) => {
      const draft = new Draft(desk.state, desk.at)
      const call = desk.callOf(callId)
      const line = desk.state.lines.get(call.lineKey)
      if (line === undefined) throw new Error('no line')
      return prospectOf(draft, outlookOf(draft, line), call)
    }
    desk.occupy('amal')
    for (const id of ['a', 'b', 'c']) desk.call(id)
    const [a, c] = [prospect('a'), prospect('c')]
    t.match([a.positionMin, a.positionMax, c.positionMin, c.positionMax], [1, 1, 3, 3])
    t.ok((a.wait?.p50Ms ?? 0) < (a.wait?.p80Ms ?? 0))
    t.ok((c.wait?.meanMs ?? 0) > 2.5 * (a.wait?.meanMs ?? 0))
    desk.call('u', { classId: 'unsafe' })
    t.equal(prospect('a').positionMin, 2)
    desk.take({ type: 'agent.signed-out', agentId: 'amal' })
    desk.take({ type: 'agent.became-away', agentId: 'amal', reason: 'break' })
    t.equal(prospect('a').wait, null, 'nobody at work: nothing can be said')
  },
)
