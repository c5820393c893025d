import t from 'tap'
import type { JoinTarget } from '../asked-in.ts'
import type { Requirement } from '../policy.ts'
import { Desk, never, policyOf, queueOf, relaxing } from './desk.ts'

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

const shared = [
  queueOf('citizen.da', [never('da')], { homeCentreIds: ['hng'] }),
  queueOf('library.da', [never('da'), never('library'), relaxing('citizen', 3, 60_000)], { homeCentreIds: ['sundby'] }),
]
const help = {
  id: 'hng-helps',
  lenderCentreId: 'hng',
  queueIds: ['library.da'],
  opensAtCount: 2,
  closesAtCount: 1,
  lenderServiceLevelMin: 0,
}

/** Amal is in call a, and asks for `target`; nobody else is there yet. */
function askedFor(target: JoinTarget, isTransfer = false, needs: Requirement[] = []): Desk {
  const desk = new Desk(policyOf({ queues: shared, lending: [help], wrapUpMs: 60_000 }), 'amal')
  desk.call('a')
  desk.accept('amal')
  desk.at += 1_000
  desk.take({ type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs, target, isTransfer })
  return desk
}

const isOffered = (desk: Desk, agentId: string) => desk.agentOf(agentId).work.kind === 'offered'

t.test('[R37] whoever serves a queue: what gives way there is not asked for, and lent ones come last', async (t) => {
  const desk = askedFor({ kind: 'queue', queueId: 'library.da' })
  t.equal(askedFor({ kind: 'queue', queueId: 'none' }).last?.refusal, 'unknown-queue')
  desk.agent('lacks', { da: 1 }, 'sundby')
  desk.agent('elsewhere', { da: 1, library: 1 }, 'hng')
  t.notOk(isOffered(desk, 'lacks') || isOffered(desk, 'elsewhere'), 'hng does not lend now')
  desk.call('b', { queueId: 'library.da' })
  desk.call('c', { queueId: 'library.da' })
  t.ok(isOffered(desk, 'elsewhere'), 'lent, and the join goes first')
  t.match(desk.agentOf('elsewhere').work, { joinId: 'j' })
  desk.decline('elsewhere')
  desk.agent('home', { da: 1, library: 1 }, 'sundby')
  t.match(desk.agentOf('home').work, { joinId: 'j' })
})

t.test('[R37] anyone of a centre, who can talk with the citizen', async (t) => {
  const desk = askedFor({ kind: 'centre', centreId: 'laerkevej' })
  desk.agent('other', { da: 1 }, 'sundby')
  desk.agent('mute', { library: 5 }, 'laerkevej')
  t.notOk(isOffered(desk, 'other') || isOffered(desk, 'mute'))
  desk.agent('elin', { da: 1 }, 'laerkevej')
  t.ok(isOffered(desk, 'elin'))
})

t.test('[R37] [R34] whoever is to go on alone has the language of the call, where none was asked for', async (t) => {
  for (const [isTransfer, needs, isTaken] of [
    [false, [never('library')], true],
    [true, [never('library')], false],
    [true, [never('library'), never('en')], false],
    [true, [never('so')], true],
  ] as const) {
    const desk = askedFor({ kind: 'anyone' }, isTransfer, [...needs])
    desk.agent('sofie', { library: 1, so: 1 })
    t.equal(isOffered(desk, 'sofie'), isTaken, JSON.stringify(needs))
  }
})

t.test('[R37] somebody by name, whatever they can, as soon as they are free', async (t) => {
  const busy = new Desk(policyOf({ queues: shared }), 'amal')
  busy.call('a')
  busy.accept('amal')
  busy.agent('sofie', { da: 1 })
  busy.occupy('sofie')
  busy.agent('bo', { library: 1 })
  const ask = { type: 'join.asked', joinId: 'j', callId: 'a', agentId: 'amal', needs: [] } as const
  t.equal(busy.take({ ...ask, target: { kind: 'agent', agentId: 'amal' } }).refusal, 'wrong-state', 'there already')
  t.equal(busy.take({ ...ask, target: { kind: 'agent', agentId: 'nobody' } }).refusal, 'agent-away')
  busy.take({ ...ask, target: { kind: 'agent', agentId: 'sofie' } })
  t.notOk(isOffered(busy, 'bo'))
  busy.take({ type: 'agent.hung-up', agentId: 'sofie', callId: 'busy-sofie' })
  t.equal(busy.agentOf('sofie').work.kind, 'wrap-up', 'not before they are done')
  const { facts } = busy.take({ type: 'agent.finished-wrap-up', agentId: 'sofie' }, true)
  const made = facts.find(({ type }) => type === 'offer.made')
  t.match(made, { agentId: 'sofie', joinId: 'j', reasons: { choice: 'asked-for', candidatesCount: 1 } })
  busy.accept('sofie')
  t.match(busy.callOf('a'), { joined: [{ askedIn: { askedById: 'amal', joinId: 'j', searchedMs: 0 } }] })
})

t.test('[R37] [R38] who is named and does not come: whoever asked is told why, until they ask anew', async (t) => {
  const named: JoinTarget = { kind: 'agent', agentId: 'sofie' }
  const ways: readonly [string, (desk: Desk) => void][] = [
    ['declined', (desk) => void desk.decline('sofie')],
    ['not-responding', (desk) => void desk.pass(15_000)],
    ['away', (desk) => void desk.take({ type: 'agent.became-away', agentId: 'sofie', reason: 'break' })],
    [
      'away',
      (desk) => {
        desk.take({ type: 'agent.lost', agentId: 'sofie' })
        t.ok(desk.state.joins.has('j'), 'may be back in a moment')
        desk.pass(20_000)
      },
    ],
    ['caller-declined', (desk) => void desk.take({ type: 'join.cancelled', joinId: 'j', isByCaller: true })],
  ]
  for (const [why, happen] of ways) {
    const desk = new Desk(policyOf({ queues: shared }), 'amal')
    desk.call('a')
    desk.accept('amal')
    desk.agent('sofie', { da: 1 })
    const ask = { type: 'join.asked', callId: 'a', agentId: 'amal', needs: [] } as const
    desk.take({ ...ask, joinId: 'j', target: named })
    t.ok(isOffered(desk, 'sofie'))
    happen(desk)
    t.match(desk.callOf('a'), { unmet: { joinId: 'j', askedById: 'amal', target: named, why } })
    t.equal(desk.state.joins.size, 0)
    t.match(
      desk.last?.facts.find(({ type }) => type === 'join.ended'),
      { isMet: false, why },
    )
    desk.take({ ...ask, joinId: 'k', needs: [never('library')] })
    t.match(desk.callOf('a'), { unmet: null })
  }
})

t.test('[R37] one who comes for something else is not asked for by name any more', async (t) => {
  const desk = new Desk(policyOf({ queues: shared }), 'amal')
  desk.call('a')
  desk.accept('amal')
  desk.agent('sofie', { da: 1, library: 1 })
  const ask = { type: 'join.asked', callId: 'a', agentId: 'amal' } as const
  desk.take({ ...ask, joinId: 'j', needs: [never('library')] })
  desk.take({ ...ask, joinId: 'k', needs: [], target: { kind: 'agent', agentId: 'sofie' } })
  desk.accept('sofie')
  t.equal(desk.state.joins.size, 0)
  t.match(desk.callOf('a'), { unmet: null })
})

t.test('[R38] [R34] a hand-over that found nobody in time', async (t) => {
  const desk = askedFor({ kind: 'centre', centreId: 'laerkevej' }, true)
  desk.pass(180_000)
  t.match(desk.callOf('a'), { agentId: 'amal', unmet: { isTransfer: true, why: 'not-found' } })
})

t.test('[R39] consulted and handed over: how each came, who handed over, and whose time it was', async (t) => {
  const desk = askedFor({ kind: 'centre', centreId: 'laerkevej' })
  desk.pass(5_000)
  desk.agent('elin', { da: 1 }, 'laerkevej')
  desk.accept('elin')
  desk.at += 30_000
  const first = desk.take({ type: 'agent.hung-up', agentId: 'amal', callId: 'a' }).records
  t.match(first, [{ type: 'handled', askedInAs: null, searchedMs: null, isHandedOver: true, lentByCentreId: null }])
  const last = desk.take({ type: 'agent.hung-up', agentId: 'elin', callId: 'a' }).records
  const came = { askedInAs: 'join', searchedMs: 5_001, isHandedOver: false, lentByCentreId: 'laerkevej' }
  t.match(last, [{ type: 'handled', agentId: 'elin', ...came }, { type: 'ended' }])

  const helped = askedFor({ kind: 'centre', centreId: 'laerkevej' })
  helped.agent('elin', { da: 1 }, 'laerkevej')
  helped.accept('elin')
  const [record] = helped.take({ type: 'agent.hung-up', agentId: 'elin', callId: 'a' }).records
  t.match(
    record,
    { askedInAs: 'join', isHandedOver: false, lentByCentreId: 'laerkevej' },
    'the call stays where it was',
  )

  const direct = askedFor({ kind: 'centre', centreId: 'laerkevej' }, true)
  direct.agent('elin', { da: 1 }, 'laerkevej')
  t.match(direct.accept('elin').records, [{ agentId: 'amal', isHandedOver: true }])
  t.match(direct.take({ type: 'caller.hung-up', callId: 'a' }).records, [
    { agentId: 'elin', askedInAs: 'transfer' },
    {},
  ])
})
