import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { CallId } from '#server/contract/ids.ts'
import type { MetricsReply } from '#server/contract/http.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const newCallId = () => randomUUID() as CallId
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const callOf = (kiosk: KioskConnection) => kiosk.snapshot?.view.call

async function online(connection: KioskConnection | AgentConnection) {
  await eventually('a connection', () => connection.state.kind === 'online')
}

async function pressAndOffer(kiosk: KioskConnection, agent: AgentConnection) {
  const callId = newCallId()
  const { view } = await kiosk.request('call.start', { callId })
  const work = await eventually('an offer', () => {
    const now = workOf(agent)
    return now?.kind === 'offered' && now.call.callId === callId ? now : undefined
  })
  return { callId, view, offerId: work.offerId }
}

t.test('a call from the press to the figures, with the server killed in the middle', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const agent = await system.agent('amal')
  await Promise.all([online(kiosk), online(agent)])
  t.equal(agent.snapshot?.view.awayReason, 'just-signed-in')
  await agent.request('availability.set-available', {})

  const { callId, offerId } = await pressAndOffer(kiosk, agent)
  t.match(workOf(agent), { kind: 'offered', call: { siteName: /Hovedbanegården/, districtName: /Vesterbro/ } })
  const sessions = [
    startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) }),
    startVirtualSession({ ticketSource: () => agent.request('media.ticket', { callId }) }),
  ]
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('both on standby', () => sessions.every(({ state }) => state === 'standby'))
  await agent.request('offer.accept', { offerId })
  await eventually('both connected', () => sessions.every(({ state }) => state === 'connected'))
  await eventually('the caller to see who it is', () => {
    const call = callOf(kiosk)
    return call?.status === 'connected' && call.agentFirstName === 'Amal'
  })
  const answered = () => system.db.selectFrom('calls').select('answered_at').where('call_id', '=', callId)
  await eventually('the answer to be kept', async () => (await answered().executeTakeFirst())?.answered_at != null)

  await system.killServer()
  t.ok(
    sessions.every(({ state }) => state === 'connected'),
    'picture and sound know nothing of it',
  )
  await system.startServer()
  await Promise.all([eventually('the kiosk back', () => callOf(kiosk)?.status === 'connected'), online(agent)])
  t.ok(sessions.every(({ state }) => state === 'connected'))

  await eventually('the hang-up', () => agent.request('call.hang-up', { callId }).catch(() => undefined))
  t.equal(workOf(agent)?.kind, 'wrap-up')
  await eventually('goodbye', () => callOf(kiosk)?.status === 'ended')
  t.match(callOf(kiosk), { outcome: 'answered', endReason: 'agent-hung-up' })
  await eventually('the media room to be closed', () => sessions.every(({ state }) => state === 'closed'))
  await agent.request('wrap-up.finish', {})
  t.equal(workOf(agent)?.kind, 'idle')

  const from = new Date(Date.now() - 3_600_000).toISOString()
  const to = new Date(Date.now() + 60_000).toISOString()
  const ask = (cookie: string) =>
    fetch(`${system.url}/api/v1/metrics/queues?from=${from}&to=${to}`, { headers: { cookie } })
  t.equal((await ask(await system.signIn('bo'))).status, 403, 'figures are for supervisors')
  const figures = (await (await ask(await system.signIn('lone'))).json()) as MetricsReply
  t.match(figures.totals, [{ queueId: 'citizen.da', offered: 1, answered: 1, answeredInTime: 1, serviceLevel: 1 }])
  t.type(figures.totals[0]?.handlingMsAverage, 'number')
  const journal = await system.db
    .selectFrom('journal')
    .select('type')
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute()
  const types = journal.map(({ type }) => type)
  for (const type of ['call.arrived', 'offer.accepted', 'media.flowed', 'agent.hung-up'])
    t.ok(types.includes(type), type)
})

t.test('language and matter refine the call; leaving the line is an abandonment', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const second = system.kiosk(5)
  await Promise.all([online(kiosk), online(second)])
  const callId = newCallId()
  const { view } = await kiosk.request('call.start', { callId })
  t.match(view.call, { status: 'waiting', positionMin: 1, language: 'da', isLanguageChosen: false, matterId: null })
  const other = await second.request('call.start', { callId: newCallId() })
  t.match(other.view.call, { positionMin: 2, positionMax: 2 })
  const passport = view.matters.find(({ matterId }) => matterId === 'passport')
  t.ok(passport)
  if (passport === undefined) return
  const refined = await kiosk.request('call.refine', { callId, language: 'en', matterId: passport.matterId })
  t.match(refined.view.call, { language: 'en', isLanguageChosen: true, matterId: 'passport', positionMin: 1 })
  await eventually('the second to be told', () => {
    const call = callOf(second)
    return call?.status === 'waiting' && call.positionMin === 1
  })
  const left = await kiosk.request('call.hang-up', { callId })
  t.match(left.view.call, { status: 'ended', outcome: 'abandoned' })
  await t.rejects(kiosk.request('call.start', { callId }), { code: 'call-ended' })
  t.match(await system.db.selectFrom('calls').selectAll().where('call_id', '=', callId).executeTakeFirst(), {
    outcome: 'abandoned',
    queue_id: 'citizen.en',
    matter_id: 'passport',
  })
})

t.test('somebody else’s call, a wrong key and an old protocol are refused in words', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const other = system.kiosk(1)
  await Promise.all([online(kiosk), online(other)])
  const callId = newCallId()
  await kiosk.request('call.start', { callId })
  await t.rejects(other.request('media.ticket', { callId }), { code: 'unknown-call' })
  await t.rejects(other.request('call.start', { callId }), { code: 'unknown-call' })
  await t.rejects(kiosk.request('call.start', { callId: newCallId() }), { code: 'already-in-call' })
  const wrong = await fetch(`${system.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'amal', password: 'not this' }),
  })
  t.equal(wrong.status, 401)
  t.match(await wrong.json(), { error: { code: 'wrong-credentials' } })
})

t.test('a kiosk that comes back within the grace time has its place; a new page takes the seat', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  await online(kiosk)
  const callId = newCallId()
  await kiosk.request('call.start', { callId })
  const newer = system.kiosk(0)
  await eventually('the older page to be told', () => kiosk.state.kind === 'replaced')
  await online(newer)
  t.match(callOf(newer), { status: 'waiting', callId })
  newer.close()
  const third = system.kiosk(0)
  await online(third)
  t.match(callOf(third), { status: 'waiting', callId, positionMin: 1 })
})

t.test('[R31] why a call waited and went to whom it went, from what was kept when it was decided', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const [amal, dogan] = [await system.agent('amal'), await system.agent('dogan')]
  await Promise.all([online(kiosk), online(amal), online(dogan)])
  const callId = newCallId()
  await kiosk.request('call.start', { callId })
  await amal.request('availability.set-available', {})
  const first = await eventually('the first offer', () => {
    const work = workOf(amal)
    return work?.kind === 'offered' ? work : undefined
  })
  t.match(first.why, { choice: 'only-one', candidatesCount: 1, isLent: false, askedInByName: null })
  await amal.request('offer.decline', { offerId: first.offerId, reason: 'know-the-citizen' })
  await dogan.request('availability.set-available', {})
  const second = await eventually('the second offer', () => {
    const work = workOf(dogan)
    return work?.kind === 'offered' ? work : undefined
  })
  await dogan.request('offer.accept', { offerId: second.offerId })
  const late = amal.request('offer.accept', { offerId: first.offerId })
  await t.rejects(late, { code: 'offer-gone', detail: { holderName: 'Dogan Yilmaz' } }, 'who has it is said')
  const ask = async (username: string, id: string) =>
    await fetch(`${system.url}/api/v1/calls/${id}/explanation`, { headers: { cookie: await system.signIn(username) } })
  const reply = await ask('lone', callId)
  t.equal(reply.status, 200)
  t.match(await reply.json(), {
    callId,
    queueId: 'citizen.da',
    siteId: 'hovedbanegaarden',
    wait: { aheadCount: 0, offersDeclinedCount: 1, offersExpiredCount: 0 },
    offers: [
      { agentId: 'amal', end: 'declined', declineReason: 'know-the-citizen', policyVersion: /^2026-/ },
      {
        agentId: 'dogan',
        name: 'Dogan Yilmaz',
        end: 'accepted',
        reasons: { choice: 'only-one', filtered: [{ rule: 'away', count: 1, agents: [{ name: 'Amal Hassan' }] }] },
      },
    ],
  })
  t.equal((await ask('dogan', callId)).status, 200, 'whoever is in the call may read it')
  t.equal((await ask('bo', callId)).status, 404, 'as if there had been none')
  t.equal((await ask('lone', newCallId())).status, 404)
  t.equal((await ask('lone', 'nonsense')).status, 400)
  t.equal((await fetch(`${system.url}/api/v1/calls/${callId}/explanation`)).status, 401)
})
