import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { CallId, JoinId, Skill } from '#server/contract/ids.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const newCallId = () => randomUUID() as CallId
const newJoinId = () => randomUUID() as string as JoinId
const callOf = (kiosk: KioskConnection) => kiosk.snapshot?.view.call
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work

async function available(system: TestSystem, username: string): Promise<AgentConnection> {
  const agent = await system.agent(username)
  await eventually(`${username} to be connected`, () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  return agent
}

async function offerIdOf(agent: AgentConnection) {
  return await eventually('an offer', () => {
    const work = workOf(agent)
    return work?.kind === 'offered' ? work.offerId : undefined
  })
}

/** What the kiosk is told of its conversation, once it is as `is` wants it. */
async function told(kiosk: KioskConnection, what: string, is: (call: Connected) => boolean): Promise<Connected> {
  return await eventually(what, () => {
    const call = callOf(kiosk)
    return call?.status === 'connected' && is(call) ? call : undefined
  })
}
type Connected = NonNullable<ReturnType<typeof callOf>> & { status: 'connected' }

t.test('hold, a third person, a transfer and three faces, over the real sockets', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const elsewhere = system.kiosk(1)
  const amal = await available(system, 'amal')
  await eventually('the kiosks', () => [kiosk, elsewhere].every(({ state }) => state.kind === 'online'))
  const callId = newCallId()
  await kiosk.request('call.start', { callId })
  const offerId = await offerIdOf(amal)
  await t.rejects(amal.request('call.hold', { callId }), { code: 'unknown-call' }, 'not answered yet')
  await amal.request('offer.accept', { offerId })
  const sessions = [
    startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) }),
    startVirtualSession({ ticketSource: () => amal.request('media.ticket', { callId }) }),
  ]
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('the answer', async () => {
    const row = await system.db
      .selectFrom('calls')
      .select('answered_at')
      .where('call_id', '=', callId)
      .executeTakeFirst()
    return row?.answered_at != null
  })
  const cecilie = await available(system, 'cecilie')

  await t.test('[R33] hold, by somebody in the call and by nobody else', async (t) => {
    t.match(await told(kiosk, 'the conversation', () => true), { hold: null, others: [], joining: [] })
    await t.rejects(cecilie.request('call.hold', { callId }), { code: 'unknown-call' })
    await t.rejects(amal.request('call.hold', { callId: newCallId() }), { code: 'unknown-call' })
    const { view } = await amal.request('call.hold', { callId })
    t.match(view.work, { kind: 'in-call', call: { hold: { byName: 'Amal Hassan' } } })
    t.match(await told(kiosk, 'the hold', ({ hold }) => hold !== null), { hold: { byFirstName: 'Amal' } })
    await t.rejects(cecilie.request('call.resume', { callId }), { code: 'unknown-call' })
    await amal.request('call.resume', { callId })
    await told(kiosk, 'the end of the hold', ({ hold }) => hold === null)
  })

  await t.test('who cannot hear tells it to whoever talks with them, from their own screen', async (t) => {
    const say = (at: KioskConnection, hasTrouble: boolean) => at.request('call.say-hearing', { callId, hasTrouble })
    await t.rejects(say(elsewhere, true), { code: 'unknown-call' })
    await t.rejects(kiosk.request('call.say-hearing', { callId } as never), { code: 'bad-request' })
    t.match(workOf(amal), { call: { hasTroubleHearing: false } })
    for (const hasTrouble of [true, true, false]) {
      await say(kiosk, hasTrouble)
      await eventually('the agent to see it', () => {
        const work = workOf(amal)
        return work?.kind === 'in-call' && work.call?.hasTroubleHearing === hasTrouble
      })
    }
  })

  await t.test('[R26] the citizen sees who is looked for, and may do without', async (t) => {
    const joinId = newJoinId()
    await amal.request('join.ask', { callId, joinId, target: { kind: 'skill', attribute: 'so' as Skill, levelMin: 5 } })
    t.match(await told(kiosk, 'the search', ({ joining }) => joining.length > 0), {
      joining: [{ joinId, attribute: 'so', kind: 'language', isTransfer: false }],
    })
    const other = { callId: newCallId(), joinId }
    await t.rejects(kiosk.request('join.decline', other), { code: 'unknown-call' })
    await t.rejects(elsewhere.request('join.decline', { callId, joinId }), { code: 'unknown-call' })
    await kiosk.request('join.decline', { callId, joinId })
    await told(kiosk, 'nobody to be looked for', ({ joining }) => joining.length === 0)
    t.match(workOf(amal), { kind: 'in-call', call: { joins: [] } })
    await kiosk.request('join.decline', { callId, joinId })
  })

  await t.test('captions come to the citizen and to the other desk in the call, and not back', async (t) => {
    const joinId = newJoinId()
    const target = { kind: 'skill', attribute: 'library' as Skill, levelMin: 1 } as const
    await amal.request('join.ask', { callId, joinId, target, isTransfer: false })
    await cecilie.request('offer.accept', { offerId: await offerIdOf(cecilie) })
    const read: string[] = []
    const ends = Object.entries({ amal, cecilie, kiosk, elsewhere }).map(([who, at]) =>
      (at as KioskConnection).on('caption.said', ({ byFirstName, text }) =>
        read.push(`${who}: ${byFirstName} ${text}`),
      ),
    )
    await amal.request('caption.write', { callId, text: 'Du skal bruge et pas', isDone: true })
    await eventually('both to read it', () => read.length >= 2)
    await cecilie.request('caption.write', { callId, text: 'og en tid', isDone: false })
    await eventually('both to read that', () => read.length >= 4)
    t.same(read.toSorted(), [
      'amal: Cecilie og en tid',
      'cecilie: Amal Du skal bruge et pas',
      'kiosk: Amal Du skal bruge et pas',
      'kiosk: Cecilie og en tid',
    ])
    for (const end of ends) end()
    await cecilie.request('call.hang-up', { callId })
    await cecilie.request('wrap-up.finish', {})
  })

  await t.test('[R34] who hands over is there until somebody is in', async (t) => {
    const joinId = newJoinId()
    const target = { kind: 'skill', attribute: 'library' as Skill, levelMin: 1 } as const
    await amal.request('join.ask', { callId, joinId, target, isTransfer: true })
    t.match(await told(kiosk, 'the search', ({ joining }) => joining.length > 0), {
      agentFirstName: 'Amal',
      joining: [{ kind: 'skill', labels: { en: 'Library' }, isTransfer: true }],
    })
    await cecilie.request('offer.accept', { offerId: await offerIdOf(cecilie) })
    const call = await told(kiosk, 'Cecilie', ({ agentFirstName }) => agentFirstName === 'Cecilie')
    t.match(call, { others: [], joining: [], agentParticipantId: 'agent-cecilie' })
    t.equal(workOf(amal)?.kind, 'wrap-up')
  })

  await t.test('a face, once, from the screen of the call, and of no agent', async (t) => {
    const rate = (at: KioskConnection, face: 'good' | 'bad') => at.request('rating.give', { callId, face })
    await t.rejects(rate(kiosk, 'good'), { code: 'unknown-call' }, 'it goes on')
    await kiosk.request('call.hang-up', { callId })
    await t.rejects(rate(elsewhere, 'good'), { code: 'unknown-call' })
    await t.rejects(kiosk.request('rating.give', { callId, face: 'fine' as 'good' }), { code: 'bad-request' })
    await rate(kiosk, 'good')
    await rate(kiosk, 'good')
    await t.rejects(rate(kiosk, 'bad'), { code: 'wrong-state' }, 'the first one counts')
    const rows = await system.db.selectFrom('ratings').selectAll().execute()
    t.match(rows, [{ call_id: callId, site_id: 'hovedbanegaarden', queue_id: 'citizen.da', face: 'good' }])
    t.same(Object.keys(rows[0] ?? {}).sort(), ['at', 'call_id', 'face', 'queue_id', 'site_id'])
    await kiosk.request('call.start', { callId: newCallId() })
    await t.rejects(rate(kiosk, 'good'), { code: 'unknown-call' }, 'the next is at the screen')
  })
})

t.test('a call that nobody answered is not rated', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  const callId = newCallId()
  await kiosk.request('call.start', { callId })
  await kiosk.request('call.hang-up', { callId })
  await t.rejects(kiosk.request('rating.give', { callId, face: 'bad' }), { code: 'wrong-state' })
})
