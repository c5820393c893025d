/** What an agent writes down after a call: theirs alone, kept whatever becomes of the wrap-up, and counted. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { MetricsReply } from '../contract/http.ts'
import type { CallId } from '../contract/ids.ts'
import { MY_CALLS_PAGE, type MyCallsReply } from '../contract/my-calls.ts'
import { NOTE_LENGTH_MAX, WRITABLE_MS, type OutcomeCode, type WrapUpForm } from '../contract/wrap-up.ts'
import { eventually, TestSystem, type AgentConnection } from './harness.ts'

const newCallId = () => randomUUID() as CallId
const code = (text: string) => text as OutcomeCode
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const EMPTY: WrapUpForm = { outcomeCodes: [], isSolvedFirst: null, note: '' }

async function available(system: TestSystem, username: string): Promise<AgentConnection> {
  const agent = await system.agent(username)
  await eventually(`${username} to be connected`, () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  return agent
}

t.test('codes, solved or not, and a note', async (t) => {
  const system = await TestSystem.start(t)
  const { db } = system
  const kiosk = system.kiosk(0)
  const amal = await available(system, 'amal')
  const cecilie = await system.agent('cecilie')
  await eventually('the others', () => [kiosk, cecilie].every(({ state }) => state.kind === 'online'))
  const callId = newCallId()
  await kiosk.request('call.start', { callId })
  const write = (by: AgentConnection, form: Partial<WrapUpForm>, of = callId) =>
    by.request('wrap-up.write', { callId: of, form: { ...EMPTY, ...form } })
  const offerId = await eventually('an offer', () => {
    const work = workOf(amal)
    return work?.kind === 'offered' ? work.offerId : undefined
  })
  await t.rejects(write(amal, {}), { code: 'unknown-call' }, 'not answered yet')
  await amal.request('offer.accept', { offerId })
  const sessions = [
    startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) }),
    startVirtualSession({ ticketSource: () => amal.request('media.ticket', { callId }) }),
  ]
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('the answer', async () => {
    const row = await db.selectFrom('calls').select('answered_at').where('call_id', '=', callId).executeTakeFirst()
    return row?.answered_at != null
  })
  await write(amal, { note: 'under opkaldet' })

  await t.test('the desk knows of which call, also once it is over', async (t) => {
    await amal.request('call.hang-up', { callId })
    t.match(workOf(amal), { kind: 'wrap-up', callId, call: null })
    const sheet = await amal.request('wrap-up.read', { callId })
    t.match(sheet, {
      callId,
      siteName: 'Borgerservice Mini, Hovedbanegården',
      serviceId: 'citizen',
      notesKeptDays: 30,
      form: { ...EMPTY, note: 'under opkaldet' },
    })
    t.match(sheet.outcomes[0], { code: 'guided', labels: { da: 'Vejledt i selvbetjening' } })
  })

  await t.test('nobody else reads or writes it, and nothing that is not of the form', async (t) => {
    await t.rejects(cecilie.request('wrap-up.read', { callId }), { code: 'unknown-call' })
    await t.rejects(write(cecilie, { note: 'x' }), { code: 'unknown-call' })
    await t.rejects(write(amal, {}, newCallId()), { code: 'unknown-call' })
    await t.rejects(write(amal, { outcomeCodes: [code('e-book')] }), { code: 'bad-request' }, 'of another service')
    await t.rejects(write(amal, { note: 'x'.repeat(NOTE_LENGTH_MAX + 1) }), { code: 'bad-request' })
    t.match(await amal.request('wrap-up.read', { callId }), { form: { note: 'under opkaldet' } })
  })

  await t.test('several codes; the newest form is the one; it outlives the end of the wrap-up', async (t) => {
    const form = { outcomeCodes: [code('guided'), code('appointment')], isSolvedFirst: true, note: 'Tid på fredag.' }
    await t.rejects(write(amal, { note: 'a\u0000b' }), { code: 'bad-request' }, 'Postgres keeps no NUL')
    await write(amal, { ...form, note: 'Ti' })
    await write(amal, form)
    await write(amal, form)
    await amal.request('wrap-up.finish', {})
    t.equal(workOf(amal)?.kind, 'idle')
    await write(amal, { ...form, note: 'Tid på fredag kl. 10.' })
    const rows = await db.selectFrom('wrap_ups').selectAll().execute()
    t.match(rows, [{ outcome_codes: ['guided', 'appointment'], is_solved_first: true, note: 'Tid på fredag kl. 10.' }])
    const journal = await db.selectFrom('journal').select(['event', 'facts']).execute()
    t.notMatch(JSON.stringify(journal), /fredag|guided/, 'the journal, which is never rewritten, knows nothing of it')
  })

  await t.test('too late is too late', async (t) => {
    const hung_up_at = new Date(Date.now() - WRITABLE_MS - 1_000)
    await db.updateTable('handlings').set({ hung_up_at }).where('call_id', '=', callId).execute()
    await t.rejects(write(amal, { note: 'x' }), { code: 'unknown-call' })
  })

  await t.test('the figures count it', async (t) => {
    const cookie = await system.signIn('lone')
    const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString())
    const response = await fetch(`${system.url}/api/v1/metrics/queues?from=${from}&to=${to}`, { headers: { cookie } })
    const { totals, outcomes } = (await response.json()) as MetricsReply
    t.match(totals, [{ queueId: 'citizen.da', solvedFirst: 1, notSolvedFirst: 0 }])
    t.match(outcomes, [
      { queueId: 'citizen.da', code: 'appointment', labels: { da: 'Tid bestilt' }, count: 1 },
      { queueId: 'citizen.da', code: 'guided', count: 1 },
    ])
    // A second agent of the same call who says no: it is one call, and it is not solved.
    const other = { call_id: callId, agent_id: 'cecilie', outcome_codes: ['guided'], is_solved_first: false }
    await db
      .insertInto('wrap_ups')
      .values({ ...other, note: null, written_at: new Date() })
      .execute()
    const again = await fetch(`${system.url}/api/v1/metrics/queues?from=${from}&to=${to}`, { headers: { cookie } })
    const both = (await again.json()) as MetricsReply
    t.match(both.totals, [{ solvedFirst: 0, notSolvedFirst: 1 }])
    t.match(both.outcomes, [
      { code: 'appointment', count: 1 },
      { code: 'guided', count: 1 },
    ])
  })

  await t.test('one’s own calls, for that agent alone', async (t) => {
    const cookie = await system.signIn('amal')
    const day = {
      from: new Date(Date.now() - 86_400_000).toISOString(),
      to: new Date(Date.now() + 1_000).toISOString(),
    }
    const ask = async (query: Record<string, string> = {}, as = cookie) => {
      const url = `${system.url}/api/v1/my/calls?${new URLSearchParams({ ...day, ...query })}`
      const response = await fetch(url, { headers: { cookie: as } })
      return { status: response.status, reply: (await response.json()) as MyCallsReply }
    }
    const { reply } = await ask()
    t.match(reply, {
      calls: [
        {
          callId,
          siteName: 'Borgerservice Mini, Hovedbanegården',
          serviceLabels: { da: 'Borgerservice' },
          outcome: 'answered',
          outcomes: [{ code: 'guided', labels: { da: 'Vejledt i selvbetjening' } }, { code: 'appointment' }],
          isSolvedFirst: true,
          note: { kind: 'kept', text: 'Tid på fredag kl. 10.' },
        },
      ],
      nextBefore: null,
    })
    t.equal(reply.calls.length, 1)
    const ticket = reply.calls[0]?.ticket ?? ''
    const found = async (query: Record<string, string>) => (await ask(query)).reply.calls.length
    t.equal(await found({ ticket, place: 'hovedbane', outcome: 'guided' }), 1)
    for (const query of [
      { ticket: '222222' },
      { place: 'valby' },
      { place: '%' },
      { place: '_' },
      { outcome: 'e-book' },
    ]) {
      t.equal(await found(query), 0, JSON.stringify(query))
    }
    t.equal((await ask({}, await system.signIn('cecilie'))).reply.calls.length, 0)
    t.equal((await ask({}, await system.signIn('lone'))).reply.calls.length, 0, 'a supervisor has a desk too')
    t.equal((await ask({}, await system.signIn('inge'))).status, 403)
    t.equal((await ask({}, '')).status, 401)
    const wrong = { from: '2026-01-01T00:00:00Z' }
    for (const query of [
      wrong,
      { ticket: 'O0' },
      { place: '' },
      { before: '-1' },
      { agentId: 'x' },
      { place: 'x'.repeat(81) },
    ]) {
      t.equal((await ask(query)).status, 400, JSON.stringify(query))
    }

    // Many more, and a note whose time is over.
    const at = (index: number) => new Date(Date.now() - 3_600_000 - index * 60_000)
    const calls = Array.from({ length: 2 * MY_CALLS_PAGE }, (_, index) => ({
      id: `00000000-0000-4000-8000-0000000000${10 + index}`,
      at: at(index),
    }))
    const row = {
      kiosk_id: 'k',
      site_id: 'valby-kulturhus',
      queue_id: 'library.da',
      class_id: 'ordinary',
      mode: 'video',
      language: 'da',
    }
    await db
      .insertInto('calls')
      .values(calls.map(({ id, at }) => ({ ...row, call_id: id, arrived_at: at, ended_at: at, outcome: 'answered' })))
      .execute()
    await db
      .insertInto('handlings')
      .values(calls.map(({ id, at }) => ({ call_id: id, agent_id: 'amal', accepted_at: at, hung_up_at: at })))
      .execute()
    const deleted = {
      call_id: calls[0]?.id ?? '',
      agent_id: 'amal',
      outcome_codes: ['gone'],
      note_deleted_at: new Date(),
      written_at: new Date(),
    }
    await db.insertInto('wrap_ups').values(deleted).execute()
    const seen: string[] = []
    let before: string | null = ''
    while (before !== null) {
      const { reply: page }: { reply: MyCallsReply } = await ask(before === '' ? {} : { before })
      t.ok(page.calls.length <= MY_CALLS_PAGE)
      seen.push(...page.calls.map((call) => call.callId))
      before = page.nextBefore
    }
    t.same(seen, [callId, ...calls.map(({ id }) => id)], 'every call once, the newest first')
    t.match((await ask({ place: 'VALBY', outcome: 'gone' })).reply.calls, [
      { note: { kind: 'deleted' }, outcomes: [{ code: 'gone', labels: null }] },
    ])
  })
})
