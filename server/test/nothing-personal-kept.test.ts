/**
 * What people write to one another stands where it is meant to be and nowhere else: not in the log, at whatever level, nor in
 * the journal, which is never rewritten. Of two agents in a call each is asked for the outcomes of the one service it was about.
 */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { MetricsReply } from '../contract/http.ts'
import type { CallId, JoinId, QueueId } from '../contract/ids.ts'
import type { ShownId } from '../contract/shown.ts'
import type { OutcomeCode } from '../contract/wrap-up.ts'
import { eventually, TestSystem, type AgentConnection } from './harness.ts'

const SECRET = 'Hemmelig-Jensen'
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const code = (text: string) => text as OutcomeCode

async function available(system: TestSystem, username: string): Promise<AgentConnection> {
  const agent = await system.agent(username)
  await eventually(`${username} to be connected`, () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  return agent
}

async function accept(agent: AgentConnection): Promise<void> {
  const offerId = await eventually('an offer', () => {
    const work = workOf(agent)
    return work?.kind === 'offered' ? work.offerId : undefined
  })
  await agent.request('offer.accept', { offerId })
}

t.test('a call that is handed over after a talk of all three', async (t) => {
  const printed: string[] = []
  const system = await TestSystem.start(t, { onOutput: (text) => printed.push(text) })
  const kiosk = system.kiosk(0)
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  const amal = await available(system, 'amal')
  const callId = randomUUID() as CallId
  await kiosk.request('call.start', { callId })
  await accept(amal)
  const sessions = [
    startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) }),
    startVirtualSession({ ticketSource: () => amal.request('media.ticket', { callId }) }),
  ]
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('the answer', async () => {
    const row = await system.db.selectFrom('calls').select('answered_at').executeTakeFirst()
    return row?.answered_at != null
  })
  const elin = await available(system, 'elin')
  const joinId = randomUUID() as string as JoinId
  const target = { kind: 'queue', queueId: 'culture.da' as QueueId } as const
  await amal.request('join.ask', { callId, joinId, target, note: `${SECRET} ved skranken` })
  await amal.request('hand-over.note', { callId, joinId, note: `${SECRET} ved skranken` })
  await accept(elin)
  t.match(workOf(elin), { call: { askedIn: { note: `${SECRET} ved skranken` } } })
  const words = { language: 'da', title: SECRET, body: `${SECRET} skal møde her` } as const
  const shown = { kind: 'text', shownId: randomUUID() as string as ShownId, ...words } as const
  await amal.request('shown.show', { callId, shown })
  await amal.request('call.hang-up', { callId })
  await elin.request('call.hang-up', { callId })

  const write = (agent: AgentConnection, outcome: string) => {
    const form = { outcomeCodes: [code(outcome)], isSolvedFirst: true, note: `${SECRET} ringer fredag` }
    return agent.request('wrap-up.write', { callId, form })
  }

  await t.test('one call, two agents, one outcome: of the service that the call was about', async (t) => {
    for (const agent of [amal, elin]) {
      const sheet = await agent.request('wrap-up.read', { callId })
      t.match(sheet, { serviceId: 'citizen', outcomes: [{ code: 'guided' }] }, 'also for whoever came from elsewhere')
      await t.rejects(write(agent, 'e-book'), { code: 'bad-request' }, 'not those of where they are at home')
      await write(agent, 'guided')
    }
    const cookie = await system.signIn('lone')
    const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString())
    const response = await fetch(`${system.url}/api/v1/metrics/queues?from=${from}&to=${to}`, { headers: { cookie } })
    const { totals, outcomes } = (await response.json()) as MetricsReply
    t.match(totals, [{ queueId: 'citizen.da', solvedFirst: 1 }])
    t.match(outcomes, [{ queueId: 'citizen.da', code: 'guided', count: 1 }])
    t.equal(outcomes.length, 1)
  })

  await t.test('nothing of what they wrote is printed, or in the journal', async (t) => {
    const dueAt = Date.now() + 3_600_000
    await elin.request('callback.promise', { callId, dueAt, isByMe: true })
    const cookie = await system.signIn('amal')
    const headers = { cookie, 'content-type': 'application/json' }
    const [article] = await system.db.selectFrom('articles').select(['article_id', 'version']).limit(1).execute()
    if (article !== undefined) {
      const remark = { remarkId: randomUUID(), version: article.version, words: `${SECRET} siger, det er forkert` }
      const path = `${system.url}/api/v1/knowledge/articles/${article.article_id}/remarks`
      const said = await fetch(path, { method: 'POST', headers, body: JSON.stringify(remark) })
      t.equal(said.status, 200, await said.text())
    }
    await fetch(`${system.url}/api/v1/knowledge?q=${SECRET}&language=da`, { headers })
    await amal.request('wrap-up.finish', {})
    const output = await eventually('the end to be printed', () => {
      const all = printed.join('')
      return all.includes('agent.finished-wrap-up') ? all : undefined
    })
    for (const event of ['join.asked', 'callback.promised', 'offer.accepted'])
      t.match(output, event, 'it says what happens')
    t.notMatch(output, SECRET)
    const journal = await system.db.selectFrom('journal').select(['event', 'facts']).execute()
    t.ok(journal.length > 10)
    t.notMatch(JSON.stringify(journal), SECRET)
    t.match(await system.db.selectFrom('wrap_ups').select('note').execute(), [{ note: new RegExp(SECRET) }])
  })
})
