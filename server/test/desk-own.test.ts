/** What a desk asks beside its view: the agent's own day, a citizen's earlier calls, and whether the way is there. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { EarlierCalls, OwnDay } from '#server/contract/desk.ts'
import type { CallId } from '#server/contract/ids.ts'
import type { AgentWorkView } from '#server/contract/views.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase } from '../store/database.ts'
import { earlierTicketRetention } from '../jobs/earlier-ticket-retention.ts'
import { dropEarlierTickets, earlierCalls, keepEarlierTicket } from '../store/earlier-calls.ts'
import { ownDay, startOfCityDay } from '../store/own-day.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

type Both = { readonly kiosk: KioskConnection; readonly agent: AgentConnection }
type Offered = Extract<AgentWorkView, { kind: 'offered' }>

const NOON = Date.parse('2026-11-27T11:00:00Z')
const MINUTE_MS = 60_000

async function openStore(t: Parameters<typeof openTestDatabase>[0]) {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  const call = async (callId: string, minutes: number, ticket: string, agentId: string | null = null) => {
    const arrivedAt = new Date(NOON + minutes * MINUTE_MS)
    const rest = { class_id: 'ordinary', mode: 'video', language: 'da', matter_id: null, end_reason: null }
    const promise = { promised_p50_ms: null, promised_p80_ms: null, staff_id: null, staff_left_at: null }
    await db
      .insertInto('calls')
      .values({
        ...rest,
        ...promise,
        call_id: callId,
        kiosk_id: 'kiosk-1',
        site_id: 'library',
        queue_id: 'citizen.da',
        ticket,
        arrived_at: arrivedAt,
        answered_at: agentId === null ? null : arrivedAt,
        ended_at: arrivedAt,
        agent_id: agentId,
        outcome: agentId === null ? 'abandoned' : 'answered',
      })
      .execute()
  }
  return { db, call }
}

t.test('a day is one agent’s and begins at midnight in Copenhagen', async (t) => {
  const { db, call } = await openStore(t)
  const from = startOfCityDay(NOON)
  t.equal(from, Date.parse('2026-11-26T23:00:00Z'))
  t.same(await ownDay(db, 'sara', from), { answered: 0, talkMs: 0, handlingMsAverage: null, declined: 0, missed: 0 })

  const handle = async (callId: string, agentId: string, minutes: number, talkMs: number, wrapUpMs: number | null) => {
    const acceptedAt = NOON + minutes * MINUTE_MS
    const at = { accepted_at: new Date(acceptedAt), hung_up_at: new Date(acceptedAt + talkMs) }
    const wrapped_up_at = wrapUpMs === null ? null : new Date(acceptedAt + talkMs + wrapUpMs)
    await db
      .insertInto('handlings')
      .values({ call_id: callId, agent_id: agentId, ...at, wrapped_up_at, lent_by_centre_id: null })
      .execute()
  }
  for (const callId of ['one', 'two', 'yesterdays']) await call(callId, 0, callId)
  await handle('one', 'sara', 0, 100_000, 20_000)
  await handle('one', 'amal', 0, 900_000, 0)
  // Into the same call again: one call, and both times in it.
  await handle('one', 'sara', 5, 50_000, 10_000)
  await handle('two', 'sara', 10, 30_000, null)
  await handle('yesterdays', 'sara', -13 * 60, 500_000, 500_000)

  const fact = (type: string, agentId: string) => ({ type, agentId, callId: 'one', offerId: 'one/1', joinId: null })
  const happened = [
    { type: 'offer.declined', agent_id: 'sara', minutes: 1, facts: [fact('offer.declined', 'sara')] },
    { type: 'offer.declined', agent_id: 'amal', minutes: 1, facts: [fact('offer.declined', 'amal')] },
    { type: 'offer.declined', agent_id: 'sara', minutes: -13 * 60, facts: [] },
    {
      type: 'clock.ticked',
      agent_id: null,
      minutes: 2,
      facts: [fact('offer.expired', 'amal'), fact('offer.made', 'sara')],
    },
    {
      type: 'call.arrived',
      agent_id: null,
      minutes: 3,
      facts: [fact('offer.expired', 'sara'), fact('offer.expired', 'amal')],
    },
  ]
  for (const [index, { type, agent_id, minutes, facts }] of happened.entries()) {
    const entry = { seq: index + 1, at: new Date(NOON + minutes * MINUTE_MS), type, call_id: null, agent_id }
    await db
      .insertInto('journal')
      .values({ ...entry, event: '{}', facts: JSON.stringify(facts) })
      .execute()
  }
  t.same(await ownDay(db, 'sara', from), {
    answered: 2,
    talkMs: 180_000,
    handlingMsAverage: 90_000,
    declined: 1,
    missed: 1,
  })
})

t.test('earlier calls are found along the tickets, newest first, and not beyond the day', async (t) => {
  const { db, call } = await openStore(t)
  const found = async (callId: string) =>
    (await earlierCalls(db, callId, startOfCityDay(NOON))).map((row) => `${row.callId} ${row.outcome}`)
  await call('yesterdays', -13 * 60, 'AAAAAA', 'sara')
  await call('first', -90, 'AAAAAA', 'sara')
  await call('second', -60, 'BBBBBB')
  await call('third', -30, 'CCCCCC')
  await call('stranger', -20, 'DDDDDD', 'sara')
  t.same(await found('third'), [], 'a ticket of its own tells nothing')
  await keepEarlierTicket(db, 'second', 'AAAAAA', NOON - 60 * MINUTE_MS)
  await keepEarlierTicket(db, 'third', 'BBBBBB', NOON - 30 * MINUTE_MS)
  await keepEarlierTicket(db, 'third', 'DDDDDD', NOON - 29 * MINUTE_MS)
  t.same(await found('third'), ['second abandoned', 'first answered'], 'the one before that too')
  await call('again', -10, 'CCCCCC')
  t.same(
    await found('again'),
    ['third abandoned', 'second abandoned', 'first answered'],
    'a call back to the same ticket',
  )
  t.same(await found('first'), [], 'what came later is not earlier')
  await keepEarlierTicket(db, 'next-day', 'CCCCCC', NOON + 20 * 60 * MINUTE_MS)
  const left = () => db.selectFrom('earlier_tickets').select('call_id').orderBy('call_id').execute()
  let now = NOON + 20 * 60 * MINUTE_MS
  const job = earlierTicketRetention(
    () => now,
    (at) => dropEarlierTickets(db, at),
  )
  t.equal(await job.run(), 0)
  t.equal((await left()).length, 3)
  now = NOON + 25 * 60 * MINUTE_MS
  t.equal(await job.run(), 2, 'a day later, and nobody had to come')
  t.same(await left(), [{ call_id: 'next-day' }], 'what nobody may look for any more is dropped')
})

t.test('through a running server, each for whom it is', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const agent = await system.agent('amal')
  await eventually('all connected', () => [kiosk, agent].every(({ state }) => state.kind === 'online'))
  const [amal, bo, lone] = await Promise.all(['amal', 'bo', 'lone'].map((name) => system.signIn(name)))
  const get = async (path: string, cookie = '') => await fetch(`${system.url}/api/v1${path}`, { headers: { cookie } })
  const read = async <T>(path: string): Promise<T> => (await (await get(path, amal)).json()) as T

  const offered = async (earlierTicket?: string) => {
    const callId = randomUUID() as CallId
    const start = earlierTicket === undefined ? { callId } : { callId, earlierTicket: earlierTicket as never }
    await kiosk.request('call.start', start)
    return await eventually('an offer', () => {
      const work = agent.snapshot?.view.work
      return work?.kind === 'offered' && work.call.callId === callId ? work : undefined
    })
  }
  await agent.request('availability.set-available', {})
  const first = await offered()
  t.equal((await get(`/calls/${first.call.callId}/earlier`, bo)).status, 404, 'for whoever has the call')
  t.equal((await get(`/calls/${first.call.callId}/earlier`)).status, 401)
  t.same(await read(`/calls/${first.call.callId}/earlier`), { calls: [] })
  await talk(system, { kiosk, agent }, first)
  const second = await offered(first.call.ticket)
  const { calls } = await read<EarlierCalls>(`/calls/${second.call.callId}/earlier`)
  t.match(calls, [{ callId: first.call.callId, agentName: /^Amal/, outcome: 'answered', siteName: /Hovedbanegården/ }])
  const still = { callId: second.call.callId, isHeld: true }
  await t.rejects(agent.request('call.say-still', still), { code: 'unknown-call' }, 'nobody is seen before the answer')
  await agent.request('offer.decline', { offerId: second.offerId })
  await kiosk.request('call.hang-up', { callId: second.call.callId })
  t.equal((await get(`/calls/${second.call.callId}/earlier`, amal)).status, 404, 'and no longer when it is gone')

  await eventually('the day to be kept', async () => (await read<OwnDay>('/agents/me/day')).declined === 1)
  t.match(await read<OwnDay>('/agents/me/day'), { answered: 1, declined: 1, missed: 0, handlingMsAverage: Number })
  t.match(await (await get('/agents/me/day', bo)).json(), { answered: 0, declined: 0 }, 'everybody has their own')
  t.equal((await get('/agents/me/day', lone)).status, 200, 'a supervisor may be at a desk, and is shown their own')
  t.equal((await get('/agents/me/day')).status, 401)

  const rows = async () => (await system.db.selectFrom('journal').select('seq').execute()).length
  const before = await rows()
  const { sfuUrl, sendTicket, receiveTicket } = await agent.request('desk.test-path', {})
  await t.rejects(agent.request('desk.test-path', {}), { code: 'too-many-requests' })
  const sessions = [sendTicket, receiveTicket].map((ticket) =>
    startVirtualSession({ ticketSource: async () => ({ sfuUrl, ticket }) }),
  )
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('both in the room', () => sessions.every(({ state }) => state === 'connected'))
  t.same(await agent.request('desk.path-tested', {}), {})
  await eventually('the room to be gone', () => sessions.every(({ state }) => state === 'closed'))
  t.equal(await rows(), before, 'the journal knows nothing of it')
  await t.rejects(agent.request('desk.test-path', { roomId: 'mine' } as never), { code: 'bad-request' })
})

async function talk(system: TestSystem, who: Both, { offerId, call: { callId } }: Offered) {
  const { kiosk, agent } = who
  const ways = [
    startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) }),
    startVirtualSession({ ticketSource: () => agent.request('media.ticket', { callId }) }),
  ]
  await agent.request('offer.accept', { offerId })
  await eventually('both to be seen', () => ways.every(({ state }) => state === 'connected'))
  await eventually('the answer', async () => {
    const row = await system.db
      .selectFrom('calls')
      .select('answered_at')
      .where('call_id', '=', callId)
      .executeTakeFirst()
    return row?.answered_at != null
  })
  await agent.request('call.say-still', { callId, isHeld: true })
  await eventually('the citizen to be told of the still', () => {
    const call = kiosk.snapshot?.view.call
    return call?.status === 'connected' && call.stillBy === 'Amal'
  })
  await agent.request('call.hang-up', { callId })
  await agent.request('wrap-up.finish', {})
}
