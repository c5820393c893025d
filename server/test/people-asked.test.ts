/** Whom an agent can ask into a call, the note that goes along, and how it is counted: over the real sockets, on real Postgres. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { MetricsReply } from '../contract/http.ts'
import type { AgentId, CallId, CentreId, JoinId, QueueId, Skill } from '../contract/ids.ts'
import type { JoinTarget } from '../contract/joins.ts'
import { eventually, TestSystem, type AgentConnection } from './harness.ts'

const NOTE = 'Fru Jensen fik sin taske stjålet i toget.'
const newJoinId = () => randomUUID() as string as JoinId
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const callOf = (agent: AgentConnection) => {
  const work = workOf(agent)
  return work?.kind === 'in-call' || work?.kind === 'offered' ? work.call : undefined
}
const named = (agentId: string): JoinTarget => ({ kind: 'agent', agentId: agentId as AgentId })
const centre = (centreId: string): JoinTarget => ({ kind: 'centre', centreId: centreId as CentreId })
const skill = (attribute: string): JoinTarget => ({ kind: 'skill', attribute: attribute as Skill, levelMin: 1 })

async function accept(agent: AgentConnection): Promise<void> {
  const offerId = await eventually('an offer', () => {
    const work = workOf(agent)
    return work?.kind === 'offered' ? work.offerId : undefined
  })
  await agent.request('offer.accept', { offerId })
}

t.test('people are asked into a call', async (t) => {
  const system = await TestSystem.start(t)
  const available = async (username: string) => {
    const agent = await system.agent(username)
    await eventually(`${username} to be connected`, () => agent.state.kind === 'online')
    await agent.request('availability.set-available', {})
    return agent
  }
  const kiosk = system.kiosk(1)
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  const bo = await available('bo')
  const callId = randomUUID() as CallId
  // At home in Hans Nansens Gård alone: whoever comes from elsewhere is lent.
  await kiosk.request('call.start', { callId, language: 'en' })
  await accept(bo)
  const sessions = [
    startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) }),
    startVirtualSession({ ticketSource: () => bo.request('media.ticket', { callId }) }),
  ]
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('the answer', async () => {
    const rows = await system.db.selectFrom('calls').select('answered_at').where('call_id', '=', callId).execute()
    return rows[0]?.answered_at != null
  })
  const elin = await available('elin')
  const ask = (target: JoinTarget, more: { joinId?: JoinId; note?: string; isTransfer?: boolean } = {}) =>
    bo.request('join.ask', { callId, joinId: newJoinId(), target, ...more })

  await t.test('who could be asked: all that the city has, and nobody from outside of a call is told', async (t) => {
    await t.rejects(elin.request('colleagues.list', {}), { code: 'unknown-call' })
    const all = await bo.request('colleagues.list', {})
    const so = all.skills.find(({ attribute }) => attribute === 'so')
    t.match(so, { kind: 'language', readyCount: 0 }, 'no queue of Bo’s asks for it')
    t.match(
      all.skills.find(({ attribute }) => attribute === 'culture'),
      { kind: 'skill', labels: { da: 'Kultur' }, readyCount: 1 },
    )
    t.match(
      all.centres.find(({ centreId }) => centreId === 'laerkevej'),
      { name: 'Lærkevej', readyCount: 1 },
    )
    t.same(
      all.colleagues.map(({ name, isReady }) => [name, isReady]),
      [['Elin Mortensen', true]],
    )
    t.equal((await bo.request('colleagues.list', { name: 'MORTEN' })).colleaguesCount, 1)
    t.equal((await bo.request('colleagues.list', { name: 'Bo' })).colleaguesCount, 0, 'not oneself')
    await t.rejects(bo.request('colleagues.list', { name: 'x'.repeat(61) }), { code: 'bad-request' })
  })

  await t.test('what is refused', async (t) => {
    await t.rejects(ask(skill('juggling')), { code: 'bad-request' })
    await t.rejects(ask({ kind: 'queue', queueId: 'none.da' as QueueId }), { code: 'bad-request' })
    await t.rejects(ask(centre('none')), { code: 'bad-request' })
    await t.rejects(ask(named('amal')), { code: 'agent-away' }, 'not at work')
    await t.rejects(ask(named('bo')), { code: 'wrong-state' }, 'there already')
    await t.rejects(ask(named('elin'), { note: 'x'.repeat(501) }), { code: 'bad-request' })
    const body = { callId, joinId: newJoinId(), target: named('bo') }
    await t.rejects(elin.request('join.ask', body), { code: 'unknown-call' })
    await t.rejects(elin.request('hand-over.note', { callId, joinId: newJoinId(), note: NOTE }), {
      code: 'unknown-call',
    })
    await t.rejects(bo.request('hand-over.note', { callId, joinId: newJoinId(), note: NOTE }), { code: 'not-allowed' })
  })

  await t.test('[R38] who declines: whoever asked is told, in time and by name', async (t) => {
    await ask(named('elin'))
    const offerId = await eventually('the offer', () => {
      const work = workOf(elin)
      return work?.kind === 'offered' ? work.offerId : undefined
    })
    await elin.request('offer.decline', { offerId })
    await eventually('Bo to be told', () => callOf(bo)?.unmet !== null)
    t.match(callOf(bo), {
      joins: [],
      unmet: { why: 'declined', byName: 'Bo Lindholm', target: { kind: 'agent', name: 'Elin Mortensen' } },
    })
    await elin.request('availability.set-available', {})
  })

  await t.test('the note is read with the offer, is kept nowhere, and is told again after a restart', async (t) => {
    const joinId = newJoinId()
    await ask(centre('laerkevej'), { joinId, note: NOTE })
    await eventually('the offer', () => workOf(elin)?.kind === 'offered')
    t.match(callOf(elin), { askedIn: { byName: 'Bo Lindholm', note: NOTE, target: { name: 'Lærkevej' } }, unmet: null })
    t.match(workOf(elin), { why: { askedInByName: 'Bo Lindholm' } })
    t.match(callOf(bo), { joins: [{ joinId, note: NOTE, byName: 'Bo Lindholm' }] })
    await accept(elin)
    await eventually('Bo to see her', () => callOf(bo)?.others.length === 1)
    t.match(callOf(bo), { askedIn: null, others: [{ name: 'Elin Mortensen', askedIn: { note: NOTE } }] })
    await system.killServer()
    await system.startServer()
    await eventually('both to be back', () => bo.state.kind === 'online' && elin.state.kind === 'online')
    await eventually('the note to be gone', () => callOf(elin)?.askedIn?.note === null)
    await t.rejects(elin.request('hand-over.note', { callId, joinId, note: 'x' }), { code: 'not-allowed' })
    await bo.request('hand-over.note', { callId, joinId, note: NOTE })
    await eventually('the note again', () => callOf(elin)?.askedIn?.note === NOTE)
    const kept = await system.db.selectFrom('journal').select('event').execute()
    t.ok(kept.length > 0)
    t.notMatch(JSON.stringify(kept), /Jensen|taske/)
  })

  await t.test(
    'a consulted transfer to a specialist lent from Lærkevej: one call, two agents, one outcome',
    async (t) => {
      await bo.request('call.hang-up', { callId })
      await bo.request('wrap-up.finish', {})
      await eventually('Elin to be alone', () => callOf(elin)?.others.length === 0)
      t.match(callOf(elin), { askedIn: { byName: 'Bo Lindholm', note: NOTE } }, 'she still sees why')
      await elin.request('call.hang-up', { callId })
      await elin.request('wrap-up.finish', {})
      const calls = await system.db.selectFrom('calls').select(['outcome', 'agent_id', 'queue_id']).execute()
      t.same(calls, [{ outcome: 'answered', agent_id: 'elin', queue_id: 'library.en' }])
      const handlings = await system.db.selectFrom('handlings').selectAll().orderBy('accepted_at').execute()
      t.match(handlings, [
        { agent_id: 'bo', lent_by_centre_id: null, asked_in_as: null, is_handed_over: true },
        { agent_id: 'elin', lent_by_centre_id: 'laerkevej', asked_in_as: 'join', is_handed_over: false },
      ])
      const of = handlings[1]
      const lentMs = (of?.wrapped_up_at?.getTime() ?? 0) - (of?.accepted_at.getTime() ?? 0)
      const to = new Date(Date.now() + 60_000).toISOString()
      const from = new Date(Date.now() - 3_600_000).toISOString()
      const address = `${system.url}/api/v1/metrics/queues?from=${from}&to=${to}`
      const reply = await fetch(address, { headers: { cookie: await system.signIn('lone') } })
      const { totals, people, lent } = (await reply.json()) as MetricsReply
      t.match(totals, [{ queueId: 'library.en', answered: 1, offered: 1 }])
      t.match(people, [{ queueId: 'library.en', answered: 1, transferred: 1, joined: 1, firstStayed: 0 }])
      t.ok((people[0]?.joinMsAverage ?? -1) >= 0)
      t.match(lent, [{ centreId: 'laerkevej', centreName: 'Lærkevej', queueId: 'library.en', handlings: 1 }])
      t.ok(lentMs > 0 && Math.abs((lent[0]?.lentMs ?? 0) - lentMs) <= 1, `${lent[0]?.lentMs} of ${lentMs} ms`)
    },
  )
})
