/** The journal against a real Postgres: kept together or not at all, in order, by one writer. */
import t from 'tap'
import type { JournalEntry } from '../host/ports.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { emptyState } from '../routing/state.ts'
import { SNAPSHOT_VERSION, toSnapshot } from '../routing/snapshot.ts'
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
  const place = { kioskId: `kiosk-of-${callId}`, siteId: 'library', queueId: 'citizen.da', language: 'da' }
  const asked = { ticket: `T-${callId}`, classId: null, mode: 'video', preferredAgentId: null } as const
  return { type: 'call.arrived', at, callId, ...place, ...asked }
}

function arrival(seq: number, callId: string): JournalEntry {
  const event = arrived(callId, AT + seq)
  const { kioskId, siteId, queueId, language, ticket, mode } = event as Extract<RoutingEvent, { type: 'call.arrived' }>
  const asked = { siteId, classId: 'ordinary', ticket, mode, staffId: null, besideAgentId: null }
  const record = { type: 'arrived', callId, kioskId, queueId, language, ...asked, at: event.at } as const
  return { seq, event, facts: [], records: [record] }
}

function ending(seq: number, callId: string, outcome: 'answered' | 'abandoned'): JournalEntry {
  const at = AT + 1_000 * seq
  const place = { kioskId: 'k', queueId: 'citizen.en', classId: 'ordinary', language: 'en', opensAt: null }
  const ended = { type: 'ended', callId, ...place, at } as const
  const record = { ...ended, matterId: 'passport', agentId: null, outcome, endReason: 'caller-hung-up' } as const
  return { seq, event: { type: 'caller.hung-up', at, callId }, facts: [], records: [record] }
}

t.test('what was appended is loaded, in order, with nothing added', async (t) => {
  const { journal } = await openJournal(t)
  t.same(await journal.load(SNAPSHOT_VERSION), { snapshot: undefined, snapshotSeq: 0, events: [] })
  await journal.append([arrival(1, 'a'), arrival(2, 'b')])
  await journal.append([arrival(3, 'c')])
  const { events } = await journal.load(SNAPSHOT_VERSION)
  t.same(
    events,
    ['a', 'b', 'c'].map((callId, i) => ({ seq: i + 1, event: arrived(callId, AT + i + 1) })),
  )
})

t.test('a batch is kept whole or not at all', async (t) => {
  const { db, journal } = await openJournal(t)
  await journal.append([arrival(1, 'a')])
  // The second entry's call is there already: neither its event nor the first one's may stay.
  await t.rejects(journal.append([arrival(2, 'b'), arrival(3, 'a')]))
  t.equal((await journal.load(SNAPSHOT_VERSION)).events.length, 1)
  t.same(await db.selectFrom('calls').select('call_id').execute(), [{ call_id: 'a' }])
})

t.test('a second writer cannot append what the first one has', async (t) => {
  const { url, journal } = await openJournal(t)
  const { db: secondDb } = openDatabase(url, () => undefined)
  t.teardown(() => secondDb.destroy())
  const second = postgresJournal(secondDb)
  await journal.append([arrival(1, 'a')])
  await t.rejects(second.append([arrival(1, 'b')]), { code: '23505' })
})

t.test('a snapshot stands for what came before it; the newest stay, and the first of each day', async (t) => {
  const { db, journal } = await openJournal(t)
  const hourMs = 3_600_000
  for (let seq = 1; seq <= 60; seq += 1) {
    const snapshot = toSnapshot({ ...emptyState(), at: AT + seq * hourMs })
    await journal.append([arrival(seq, `call-${seq}`)])
    await journal.keepSnapshot(seq, snapshot)
  }
  await journal.append([arrival(61, 'call-61')])
  const loaded = await journal.load(SNAPSHOT_VERSION)
  t.equal(loaded.snapshotSeq, 60)
  t.equal(loaded.snapshot?.at, AT + 60 * hourMs)
  t.same(
    loaded.events.map(({ seq }) => seq),
    [61],
  )
  // From 11 o'clock on the 24th, in Copenhagen, every hour: a new day begins with the 14th and the 38th.
  const kept = await db.selectFrom('journal_snapshots').select('seq').orderBy('seq').execute()
  t.same(
    kept.map(({ seq }) => Number(seq)),
    [1, 14, 38, 59, 60],
  )
})

t.test('a snapshot of another version is not read, and everything is folded anew', async (t) => {
  const { journal } = await openJournal(t)
  const snapshot = { ...toSnapshot({ ...emptyState(), at: AT }), version: SNAPSHOT_VERSION - 1 }
  await journal.append([arrival(1, 'a'), arrival(2, 'b')])
  await journal.keepSnapshot(2, snapshot)
  const loaded = await journal.load(SNAPSHOT_VERSION)
  t.same([loaded.snapshot, loaded.snapshotSeq, loaded.events.length], [undefined, 0, 2])
})

t.test('a call has one record, and its first outcome is its last', async (t) => {
  const { db, journal } = await openJournal(t)
  await journal.append([arrival(1, 'a')])
  await journal.append([ending(2, 'a', 'abandoned')])
  await journal.append([ending(3, 'a', 'answered')])
  const rows = await db.selectFrom('calls').selectAll().execute()
  t.match(rows, [{ call_id: 'a', outcome: 'abandoned', queue_id: 'citizen.en', matter_id: 'passport' }])
  t.equal(rows[0]?.ended_at?.getTime(), AT + 2_000)
})

/** One call from its arrival to the end of its wrap-up, as an entry for each record. */
function life(callId: string, firstSeq: number): JournalEntry[] {
  const at = (i: number) => AT + 1_000 * i
  const agentId = 'amal'
  const place = { kioskId: `kiosk-of-${callId}`, queueId: 'citizen.da', classId: 'ordinary', language: 'da' }
  const asked = {
    siteId: 'library',
    ticket: `T-${callId}`,
    mode: 'video',
    staffId: 'maja',
    besideAgentId: null,
  } as const
  const end = { ...place, opensAt: null, matterId: 'passport', agentId, endReason: 'caller-hung-up' } as const
  const came = { askedInAs: 'join', searchedMs: 4_000, isHandedOver: true } as const
  const records: JournalEntry['records'] = [
    { type: 'arrived', callId, ...place, ...asked, at: at(1) },
    { type: 'promised', callId, p50Ms: 30_000.4, p80Ms: 60_000 },
    { type: 'answered', callId, at: at(2) },
    { type: 'ended', callId, ...end, queueId: 'citizen.en', language: 'en', outcome: 'answered', at: at(3) },
    { type: 'handled', callId, agentId, acceptedAt: at(1), lentByCentreId: 'sundby', ...came, at: at(3) },
    { type: 'ended', callId, ...end, outcome: 'failed', at: at(4) },
    { type: 'wrapped-up', callId, agentId, at: at(5) },
  ]
  return records.map((record, i) => {
    const event = { type: 'caller.hung-up', at: AT + 1_000 * i, callId } as const
    return { seq: firstSeq + i, event, facts: [], records: [record] }
  })
}

t.test('what happens to a call in one batch is kept as if each had come alone', async (t) => {
  const rowsAfter = async (sizes: readonly number[]) => {
    const { db, journal } = await openJournal(t)
    const [one, two] = [life('one', 1), life('two', 8)]
    const entries = one
      .flatMap((entry, i) => [entry, two[i] as JournalEntry])
      .map((entry, i) => ({ ...entry, seq: i + 1 }))
    for (const size of sizes) await journal.append(entries.splice(0, size))
    return {
      calls: await db.selectFrom('calls').selectAll().orderBy('call_id').execute(),
      handlings: await db.selectFrom('handlings').selectAll().orderBy('call_id').execute(),
    }
  }
  const alone = await rowsAfter(Array.from({ length: 14 }, () => 1))
  t.match(alone.calls, [
    {
      call_id: 'one',
      outcome: 'answered',
      queue_id: 'citizen.en',
      answered_at: new Date(AT + 2_000),
      promised_p50_ms: 30_000,
    },
    { call_id: 'two', outcome: 'answered', ended_at: new Date(AT + 3_000) },
  ])
  t.match(alone.handlings, [
    {
      call_id: 'one',
      wrapped_up_at: new Date(AT + 5_000),
      lent_by_centre_id: 'sundby',
      asked_in_as: 'join',
      searched_ms: 4_000,
    },
    { call_id: 'two' },
  ])
  for (const sizes of [[14], [2, 12], [3, 4, 7], [5, 2, 7], [9, 5], [4, 6, 4]])
    t.same(await rowsAfter(sizes), alone, String(sizes))
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
      // Of this database alone: the systems of other tests hold their locks in the same Postgres.
      await pool.query(
        `select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
         where locktype = 'advisory' and granted and datname = current_database()`,
      )
      await db.destroy()
    })
  })
  await lost
  t.ok(lostWith instanceof Error, 'a lock that is lost is told, and the server stops deciding')
})
