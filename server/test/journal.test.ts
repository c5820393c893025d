/** The journal against a real Postgres: kept together or not at all, in order, by one writer. */
import t from 'tap'
import type { JournalEntry } from '../host/ports.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { emptyState } from '../routing/state.ts'
import { toSnapshot } from '../routing/snapshot.ts'
import type { RoutingEvent } from '../routing/event.ts'
import { openDatabase } from '../store/database.ts'
import { takeDispatcherLock } from '../store/dispatcher-lock.ts'
import { postgresJournal } from '../store/journal.ts'

const AT = Date.parse('2026-11-24T09:00:00Z')
const LOCK_WAIT_MS = 200

async function openJournal(t: Parameters<typeof openTestDatabase>[0]) {
  const url = await openTestDatabase(t)
  const { db } = openDatabase(url, () => undefined)
  t.teardown(() => db.destroy())
  return { url, db, journal: postgresJournal(db) }
}

const arrived = (callId: string, at = AT): RoutingEvent => {
  return { type: 'call.arrived', at, callId, kioskId: `kiosk-of-${callId}`, queueId: 'citizen.da', language: 'da' }
}

function arrival(seq: number, callId: string): JournalEntry {
  const event = arrived(callId, AT + seq)
  const { kioskId, queueId, language } = event as Extract<RoutingEvent, { type: 'call.arrived' }>
  return { seq, event, facts: [], records: [{ type: 'arrived', callId, kioskId, queueId, language, at: event.at }] }
}

function ending(seq: number, callId: string, outcome: 'answered' | 'abandoned'): JournalEntry {
  const at = AT + 1_000 * seq
  const ended = { type: 'ended', callId, kioskId: 'k', queueId: 'citizen.en', language: 'en', at } as const
  const record = { ...ended, matterId: 'passport', agentId: null, outcome, endReason: 'caller-hung-up' } as const
  return { seq, event: { type: 'caller.hung-up', at, callId }, facts: [], records: [record] }
}

t.test('what was appended is loaded, in order, with nothing added', async (t) => {
  const { journal } = await openJournal(t)
  t.same(await journal.load(), { snapshot: undefined, snapshotSeq: 0, events: [] })
  await journal.append([arrival(1, 'a'), arrival(2, 'b')], undefined)
  await journal.append([arrival(3, 'c')], undefined)
  const { events } = await journal.load()
  t.same(
    events,
    ['a', 'b', 'c'].map((callId, i) => ({ seq: i + 1, event: arrived(callId, AT + i + 1) })),
  )
})

t.test('a batch is kept whole or not at all', async (t) => {
  const { db, journal } = await openJournal(t)
  await journal.append([arrival(1, 'a')], undefined)
  // The second entry's call is there already: neither its event nor the first one's may stay.
  await t.rejects(journal.append([arrival(2, 'b'), arrival(3, 'a')], undefined))
  t.equal((await journal.load()).events.length, 1)
  t.same(await db.selectFrom('calls').select('call_id').execute(), [{ call_id: 'a' }])
})

t.test('a second writer cannot append what the first one has', async (t) => {
  const { url, journal } = await openJournal(t)
  const { db: secondDb } = openDatabase(url, () => undefined)
  t.teardown(() => secondDb.destroy())
  const second = postgresJournal(secondDb)
  await journal.append([arrival(1, 'a')], undefined)
  await t.rejects(second.append([arrival(1, 'b')], undefined), { code: '23505' })
})

t.test('a snapshot stands for what came before it; a few older ones stay', async (t) => {
  const { db, journal } = await openJournal(t)
  for (let seq = 1; seq <= 5; seq += 1) {
    const snapshot = toSnapshot({ ...emptyState(), at: AT + seq })
    await journal.append([arrival(seq, `call-${seq}`)], { seq, snapshot })
  }
  await journal.append([arrival(6, 'call-6')], undefined)
  const loaded = await journal.load()
  t.equal(loaded.snapshotSeq, 5)
  t.equal(loaded.snapshot?.at, AT + 5)
  t.same(
    loaded.events.map(({ seq }) => seq),
    [6],
  )
  t.equal((await db.selectFrom('journal_snapshots').select('seq').execute()).length, 2)
})

t.test('a call has one record, and its first outcome is its last', async (t) => {
  const { db, journal } = await openJournal(t)
  await journal.append([arrival(1, 'a')], undefined)
  await journal.append([ending(2, 'a', 'abandoned')], undefined)
  await journal.append([ending(3, 'a', 'answered')], undefined)
  const rows = await db.selectFrom('calls').selectAll().execute()
  t.match(rows, [{ call_id: 'a', outcome: 'abandoned', queue_id: 'citizen.en', matter_id: 'passport' }])
  t.equal(rows[0]?.ended_at?.getTime(), AT + 2_000)
})

t.test('one server decides: the lock is had by one, and passes on when its holder is gone', async (t) => {
  const url = await openTestDatabase(t)
  const unlock = await takeDispatcherLock(url, LOCK_WAIT_MS, (error) => t.fail(String(error)))
  await t.rejects(
    takeDispatcherLock(url, LOCK_WAIT_MS, () => undefined),
    { message: /another server is deciding/ },
  )
  await unlock()
  let lostWith: unknown
  const lost = new Promise<void>((resolve) => {
    void takeDispatcherLock(url, LOCK_WAIT_MS, (error) => {
      lostWith = error
      resolve()
    }).then(async () => {
      const { db, pool } = openDatabase(url, () => undefined)
      await pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted`)
      await db.destroy()
    })
  })
  await lost
  t.ok(lostWith instanceof Error, 'a lock that is lost is told, and the server stops deciding')
})
