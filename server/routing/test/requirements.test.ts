import t from 'tap'
import { branching, Desk, never, policyOf, queueOf, relaxing } from './desk.ts'

const stepped = [
  relaxing('citizen', 4, 20_000),
  relaxing('citizen', 2, 60_000),
  never('da'),
  branching('en', 30_000, 'callback'),
]

t.test('[R19] a level that is missing by one is missing', async (t) => {
  const desk = new Desk(policyOf({ queues: [queueOf('citizen.da', [never('citizen', 3)])] }))
  desk.agent('amal', { citizen: 2 })
  desk.call('a')
  t.equal(desk.statusOf('a'), 'waiting')
  desk.agent('bo', { citizen: 3 })
  t.equal(desk.holderOf('a'), 'bo')
})

t.test('[R19] a lower level of the same skill makes steps, each at exactly its time from the arrival', async (t) => {
  const desk = new Desk(policyOf({ queues: [queueOf('citizen.da', stepped.slice(0, 3))] }))
  desk.agent('two', { citizen: 2, da: 1 })
  desk.agent('none', { da: 1 })
  desk.call('a')
  desk.pass(19_999)
  t.equal(desk.statusOf('a'), 'waiting')
  desk.pass(1)
  t.equal(desk.holderOf('a'), 'two')
  t.match(desk.last?.facts, [{ type: 'step.opened', callId: 'a', stepsOpenedCount: 1 }, { type: 'offer.made' }])
  desk.decline('two')
  desk.pass(39_999)
  t.equal(desk.statusOf('a'), 'waiting')
  desk.pass(1)
  t.equal(desk.holderOf('a'), 'none')
})

t.test('[R19] the time in offers is not lost for the steps', async (t) => {
  const desk = new Desk(policyOf({ queues: [queueOf('citizen.da', stepped.slice(0, 3))], offerMs: 25_000 }))
  desk.agent('five', { citizen: 5, da: 1 })
  desk.call('a')
  desk.agent('two', { citizen: 2, da: 1 })
  desk.pass(25_000)
  t.equal(desk.agentOf('five').awayReason, 'not-responding')
  t.equal(desk.holderOf('a'), 'two', 'at once: the step was due five seconds ago')
})

t.test('[R20] languages and signing never relax: a policy that says so is refused', async (t) => {
  for (const attribute of ['da', 'signs']) {
    const desk = new Desk()
    const policy = policyOf({ queues: [queueOf('citizen.da', [relaxing(attribute, 1, 10_000)])] })
    t.equal(desk.take({ type: 'policy.loaded', policy, isForWaiting: true }).refusal, 'invalid-policy')
  }
  const desk = new Desk()
  const policy = policyOf({ queues: [queueOf('citizen.da', [branching('citizen', 10_000, 'callback')])] })
  t.equal(desk.take({ type: 'policy.loaded', policy, isForWaiting: true }).refusal, 'invalid-policy')
})

t.test('[R20] to a callback: it is offered, and the citizen waits on for the language', async (t) => {
  const desk = new Desk(policyOf({ queues: [queueOf('citizen.en', [branching('en', 30_000, 'callback')])] }))
  desk.agent('amal', { citizen: 5, da: 5 })
  desk.call('a', { queueId: 'citizen.en' })
  desk.pass(30_000)
  t.match(desk.last?.facts, [{ type: 'step.opened' }, { type: 'branch.opened', callId: 'a', branch: 'callback' }])
  t.match(desk.callOf('a'), { status: 'waiting', branch: 'callback', needs: [{ attribute: 'en' }] })
  desk.pass(600_000)
  t.equal(desk.statusOf('a'), 'waiting')
  desk.agent('bo', { en: 1 })
  t.equal(desk.holderOf('a'), 'bo')
})

const somali = [never('citizen'), branching('so', 45_000, 'interpreter')]
const somaliPolicy = () => policyOf({ queues: [queueOf('citizen.so', somali), queueOf('citizen.da', [never('da')])] })

t.test(
  '[R20] [R26] to an interpreter: taken without the language, and one who has it is asked in at once',
  async (t) => {
    const desk = new Desk(somaliPolicy())
    desk.agent('amal', { citizen: 3 })
    desk.agent('sagal', { so: 3 })
    desk.call('a', { queueId: 'citizen.so' })
    desk.pass(44_999)
    t.equal(desk.statusOf('a'), 'waiting')
    desk.pass(1)
    t.equal(desk.holderOf('a'), 'amal')
    t.equal(desk.callOf('a').branch, 'interpreter')
    const { facts } = desk.accept('amal')
    t.match(facts, [
      { type: 'join.asked', callId: 'a' },
      { type: 'offer.made', agentId: 'sagal', callId: 'a' },
    ])
    desk.accept('sagal')
    t.match(desk.callOf('a'), { agentId: 'amal', joined: [{ agentId: 'sagal' }] })
  },
)

t.test('[R20] whoever wants an interpreter need not wait for one who speaks the language', async (t) => {
  const desk = new Desk(somaliPolicy())
  desk.agent('amal', { citizen: 3 })
  desk.agent('sagal', { so: 3 })
  desk.call('a', { queueId: 'citizen.so' })
  t.equal(desk.statusOf('a'), 'waiting')
  desk.refine('a', { isInterpreterWanted: true })
  t.equal(desk.holderOf('a'), 'amal')
  t.equal(desk.callOf('a').branch, 'interpreter')
  t.match(desk.accept('amal').facts, [
    { type: 'join.asked', callId: 'a' },
    { type: 'offer.made', agentId: 'sagal' },
  ])
})

t.test('[R20] the wish for an interpreter outlasts another refinement, and can be taken back', async (t) => {
  const desk = new Desk(somaliPolicy())
  desk.agent('sagal', { so: 3 })
  desk.call('a', { queueId: 'citizen.so' })
  desk.refine('a', { isInterpreterWanted: true })
  desk.refine('a', { matterId: 'passport' })
  t.equal(desk.callOf('a').branch, 'interpreter')
  desk.refine('a', { isInterpreterWanted: false })
  t.equal(desk.callOf('a').branch, null)
})

t.test('[R20] whoever takes it and has the language needs nobody else', async (t) => {
  const desk = new Desk(somaliPolicy())
  desk.agent('sagal', { so: 3 })
  desk.call('a', { queueId: 'citizen.so' })
  desk.pass(45_000)
  t.equal(desk.callOf('a').branch, 'interpreter')
  desk.agent('ali', { citizen: 1, so: 1 })
  t.equal(desk.holderOf('a'), 'ali')
  desk.accept('ali')
  t.equal(desk.state.joins.size, 0)
})

t.test('[R20] only while an interpreter is at work: until then a callback, looked at again', async (t) => {
  const desk = new Desk(somaliPolicy())
  desk.agent('amal', { citizen: 3 })
  desk.call('a', { queueId: 'citizen.so' })
  desk.pass(45_000)
  t.match(desk.callOf('a'), { status: 'waiting', branch: 'callback' })
  desk.agent('sagal', { so: 3 })
  desk.pass(44_999)
  t.equal(desk.statusOf('a'), 'offered', 'looked at again')
  t.equal(desk.callOf('a').branch, 'interpreter')
})

t.test('[R20] an interpreter who is away or lost is not at work', async (t) => {
  const desk = new Desk(somaliPolicy())
  desk.agent('sagal', { so: 3 })
  desk.take({ type: 'agent.became-away', agentId: 'sagal', reason: 'break' })
  desk.agent('ayan', { so: 3 })
  desk.take({ type: 'agent.lost', agentId: 'ayan' })
  desk.call('a', { queueId: 'citizen.so' })
  desk.pass(45_000)
  t.equal(desk.callOf('a').branch, 'callback')
})

t.test('[R20] an interpreter who goes home closes the branch again', async (t) => {
  const desk = new Desk(somaliPolicy())
  desk.agent('sagal', { so: 3 })
  desk.call('a', { queueId: 'citizen.so' })
  desk.pass(45_000)
  t.equal(desk.callOf('a').branch, 'interpreter')
  desk.take({ type: 'agent.signed-out', agentId: 'sagal' })
  desk.pass(45_000)
  t.equal(desk.callOf('a').branch, 'callback')
  desk.agent('amal', { citizen: 3 })
  t.equal(desk.statusOf('a'), 'waiting', 'nobody would understand')
})

t.test('[R19] [R20] calls of one line ask for the same, whichever of their requirements expired', async (t) => {
  const desk = new Desk(
    policyOf({
      queues: [queueOf('citizen.so', [never('da'), branching('so', 45_000, 'interpreter')])],
      modes: { signing: [branching('signs', 45_000, 'interpreter')] },
    }),
  )
  desk.agent('sagal', { so: 3 })
  desk.call('a', { queueId: 'citizen.so', mode: 'signing' })
  desk.pass(10_000)
  desk.call('b', { queueId: 'citizen.so', mode: 'signing' })
  desk.pass(35_000)
  desk.take({ type: 'agent.became-away', agentId: 'sagal', reason: 'break' })
  desk.agent('sigrid', { signs: 3 })
  desk.pass(10_000)
  t.notSame(desk.callOf('a').needs, desk.callOf('b').needs)
  for (const callId of ['a', 'b']) {
    const line = desk.state.lines.get(desk.callOf(callId).lineKey)
    t.same(line?.needs, desk.callOf(callId).needs, callId)
  }
})
