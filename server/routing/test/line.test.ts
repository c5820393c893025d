import t from 'tap'
import { Desk, never, policyOf, queueOf, relaxing } from './desk.ts'

t.test('[R1] the press puts the citizen in line at once, and told twice it is one call', async (t) => {
  const desk = new Desk()
  const { records, effects } = desk.call('a')
  t.match(records, [{ type: 'arrived', callId: 'a', classId: 'ordinary', at: desk.at }])
  t.same(effects, [{ type: 'media.open', callId: 'a' }])
  desk.at += 700
  const again = desk.call('a')
  t.equal(again.refusal, undefined)
  t.same([again.records, again.effects], [[], []])
  t.equal(desk.callOf('a').arrivedAt, desk.at - 700)
})

t.test('[R1] a kiosk has one call at a time, and a ticket one open call', async (t) => {
  const desk = new Desk()
  desk.call('a')
  t.equal(desk.call('b', { kioskId: 'kiosk-of-a' }).refusal, 'already-in-call')
  t.equal(desk.call('b', { ticket: 'T-a' }).refusal, 'ticket-in-use')
  t.equal(desk.call('a', { kioskId: 'another' }).refusal, 'unknown-call', 'the call of another kiosk')
  desk.take({ type: 'caller.hung-up', callId: 'a' })
  t.equal(desk.call('b', { kioskId: 'kiosk-of-a', ticket: 'T-a' }).refusal, undefined)
})

t.test('[R1] what is not in the policy is refused', async (t) => {
  const desk = new Desk()
  t.equal(desk.call('a', { queueId: 'dentist.da' }).refusal, 'unknown-queue')
  t.equal(desk.call('a', { classId: 'royal' }).refusal, 'unknown-class')
  t.equal(desk.state.calls.size, 0)
})

t.test(
  '[R2] [R12] the longest line, those away with a ticket included; over it a call is not let in: full',
  async (t) => {
    const desk = new Desk(policyOf({ queues: [queueOf('citizen.da', [never('da')], { callersMax: 3 })] }))
    for (const id of ['a', 'b', 'c']) t.equal(desk.call(id).records.length, 1)
    desk.stepAway('a')
    const full = desk.call('d')
    t.equal(full.refusal, undefined)
    t.match(full.records, [{ type: 'arrived' }, { type: 'ended', outcome: 'full', endReason: 'queue-full' }])
    t.same(full.effects, [])
    t.equal(desk.state.calls.size, 3)
    t.equal(desk.call('e', { kioskId: 'kiosk-of-d' }).records.length, 2, 'the kiosk is free, the line is not')
    desk.take({ type: 'caller.hung-up', callId: 'b' })
    t.equal(desk.call('f').records.length, 1)
  },
)

t.test('[R2] whoever is in a conversation is not in line, whoever is offered is', async (t) => {
  const queues = [queueOf('citizen.da', [never('da')], { callersMax: 1 })]
  const desk = new Desk(policyOf({ queues }), 'amal')
  desk.call('a')
  t.match(desk.call('b').records.at(-1), { outcome: 'full' })
  desk.accept('amal')
  t.equal(desk.call('c').records.length, 1)
})

t.test('[R2] [R12] a paused line lets nobody new in, and serves those inside', async (t) => {
  const desk = new Desk()
  desk.call('a')
  t.equal(desk.take({ type: 'queue.paused', queueId: 'dentist.da' }).refusal, 'unknown-queue')
  desk.take({ type: 'queue.paused', queueId: 'citizen.da' })
  t.match(desk.call('b').records.at(-1), { outcome: 'paused', endReason: 'queue-paused' })
  t.equal(desk.call('c', { queueId: 'citizen.en' }).records.length, 1, 'the other line is not paused')
  desk.agent('amal')
  t.equal(desk.statusOf('a'), 'offered')
  desk.take({ type: 'queue.resumed', queueId: 'citizen.da' })
  t.equal(desk.call('d').records.length, 1)
})

t.test('[R3] a call that moves to another line stands where it would have been', async (t) => {
  const desk = new Desk()
  desk.call('early')
  desk.at += 10
  desk.call('middle', { queueId: 'citizen.en' })
  desk.at += 10
  desk.refine('early', { queueId: 'citizen.en', language: 'en' })
  t.match(desk.callOf('early'), { queueId: 'citizen.en', arrivedAt: desk.at - 20, isLanguageChosen: true })
  desk.agent('amal', { citizen: 1, en: 1 })
  t.equal(desk.statusOf('early'), 'offered')
  t.equal(desk.statusOf('middle'), 'waiting')
})

t.test('[R3] the class follows the queue unless it is said, and stays within a queue', async (t) => {
  const desk = new Desk(
    policyOf({
      queues: [queueOf('citizen.da', [never('da')]), queueOf('library.da', [never('da')], { classId: 'patient' })],
    }),
  )
  desk.call('a', { classId: 'more-time' })
  t.equal(desk.callOf('a').classId, 'more-time')
  desk.refine('a', { classId: null })
  t.equal(desk.callOf('a').classId, 'more-time', 'the same queue')
  desk.refine('a', { classId: null, queueId: 'library.da' })
  t.equal(desk.callOf('a').classId, 'more-time', 'what was asked for goes along')
  desk.at += 1
  desk.call('b')
  desk.refine('b', { classId: null, queueId: 'library.da' })
  t.equal(desk.callOf('b').classId, 'patient', 'what came with the queue stays there')
  desk.refine('a', { classId: 'unsafe' })
  t.equal(desk.callOf('a').classId, 'unsafe')
  t.equal(desk.refine('a', { classId: 'royal' }).refusal, 'unknown-class')
  t.equal(desk.refine('a', { queueId: 'dentist.da' }).refusal, 'unknown-queue')
})

t.test('[R3] an offer stays on the screen of an agent who can still take the call', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.agent('amal', { citizen: 3, da: 3, en: 3 })
  desk.call('a')
  const offer = desk.offerIdOf('amal')
  const { touched, facts } = desk.refine('a', { queueId: 'citizen.en', language: 'en' })
  t.equal(desk.offerIdOf('amal'), offer)
  t.ok([...touched.agents].includes('amal'))
  t.same(facts, [])
})

t.test('[R3] [R9] the offer is withdrawn from one who cannot, without blame', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  const { facts, effects } = desk.refine('a', { queueId: 'citizen.en', language: 'en' })
  t.match(facts, [{ type: 'offer.withdrawn', agentId: 'amal', why: 'skills-changed' }])
  t.same(effects, [{ type: 'media.remove', callId: 'a', agentId: 'amal' }])
  t.equal(desk.statusOf('a'), 'waiting')
  t.match(desk.agentOf('amal'), { work: { kind: 'idle' }, awayReason: null })
})

t.test('[R3] in a conversation nothing is refined any more', async (t) => {
  const desk = new Desk(policyOf(), 'amal')
  desk.call('a')
  desk.accept('amal')
  t.equal(desk.refine('a', { queueId: 'citizen.en' }).refusal, 'wrong-state')
  t.equal(desk.take({ type: 'caller.hung-up', callId: 'nobody' }).refusal, 'unknown-call')
})

t.test('[R3] [R19] a way of talking asks for its own, and steps count from the arrival in every line', async (t) => {
  const queues = [
    queueOf('citizen.da', [relaxing('citizen', 4, 20_000)]),
    queueOf('library.da', [relaxing('library', 4, 20_000)]),
  ]
  const desk = new Desk(policyOf({ queues, modes: { signing: [never('signs')] } }))
  desk.agent('amal', { da: 1 })
  desk.call('a', { mode: 'signing' })
  desk.pass(19_000)
  desk.refine('a', { queueId: 'library.da' })
  desk.pass(1_000)
  t.same(
    desk.callOf('a').needs.map(({ attribute }) => attribute),
    ['signs'],
  )
  t.equal(desk.statusOf('a'), 'waiting')
  desk.refine('a', { mode: 'video' })
  t.equal(desk.holderOf('a'), 'amal')
})
