/** A night of calls is copied out of a Postgres and into an empty database of it: the journal replays equal, and so do figures. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { busyHours } from '#loadtest/replay/busy-hours.ts'
import { migrate } from '../../migrations/run.ts'
import type { JournalEntry } from '../host/ports.ts'
import { backUp, programFor, restore } from '../launch/database-copy.ts'
import { findDebianPostgres } from '../launch/find-postgres.mjs'
import { startThrowawayPostgres } from '../launch/postgres.ts'
import { ALWAYS_OPEN } from '../routing/hours.ts'
import { fromSnapshot, SNAPSHOT_VERSION, toSnapshot } from '../routing/snapshot.ts'
import { emptyState, type State } from '../routing/state.ts'
import { step } from '../routing/step.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { foldFigures } from '../store/figure-fold.ts'
import { cityDay } from '../store/journal-days.ts'
import { postgresJournal } from '../store/journal.ts'

const BATCH = 50
const HOUR_MS = 3_600_000

async function keepNight(db: Database): Promise<void> {
  const journal = postgresJournal(db)
  const dayStartAt = cityDay('2026-11-23').startsAt - 10 * HOUR_MS
  const kept = busyHours(5, { dayStartAt, hours: ALWAYS_OPEN, restartHour: 9.4, agentsCount: 14, callsPerDay: 1_200 })
  let state: State = emptyState()
  for (let i = 0; i < kept.length; i += BATCH) {
    const batch = kept.slice(i, i + BATCH) as JournalEntry[]
    for (const { event } of batch) state = step(state, event).state
    await journal.append(batch)
    if (i === BATCH * 4) await journal.keepSnapshot(i + batch.length, toSnapshot(state))
  }
}

/** The state as a server would begin with it. */
async function replayed(db: Database, isFromSnapshot: boolean): Promise<string> {
  const { snapshot, events } = await postgresJournal(db).load(isFromSnapshot ? SNAPSHOT_VERSION : -1)
  let state: State = snapshot === undefined ? emptyState() : fromSnapshot(snapshot)
  for (const { event } of events) state = step(state, event).state
  return JSON.stringify(toSnapshot(state))
}

/** Every row of every table, as text in order: what is equal here is equal. */
async function contentsOf(db: Database): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db)
  const contents: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const rows = sql<{ line: string }>`select t::text as line from ${sql.table(name)} t order by 1`
    contents[name] = (await rows.execute(db)).rows.map(({ line }) => line).join('\n')
  }
  return contents
}

const program = findDebianPostgres()
const withoutPostgres =
  program === undefined ? "Debian's Postgres is missing: npm test installs it as root, or says how" : false

t.test('a backup, restored', { skip: withoutPostgres }, async (t) => {
  if (program === undefined) return
  const postgres = await startThrowawayPostgres(randomBytes(16).toString('hex'), { program })
  t.teardown(() => postgres.stop())
  await migrate(postgres.url)
  const { db } = openDatabase(postgres.url, () => undefined)
  t.teardown(() => db.destroy())
  await keepNight(db)
  await foldFigures(db)
  const before = await contentsOf(db)
  t.ok((before['figure_calls'] ?? before['figure_days'] ?? '').length > 1_000, 'figures were made')

  const folder = t.testdir()
  const file = join(folder, 'city.dump')
  await backUp(postgres.url, file)
  t.equal(statSync(file).mode & 0o777, 0o600, 'only its owner reads it')
  t.equal(readFileSync(file).subarray(0, 5).toString(), 'PGDMP')
  await t.rejects(backUp(postgres.url, file), /is there already/)
  await t.rejects(restore(postgres.url, file), /The database is not empty/, 'never over something')

  const empty = new URL(postgres.url)
  empty.pathname = '/restored'
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query('create database restored')
  await client.end()
  const damaged = join(folder, 'damaged.dump')
  writeFileSync(damaged, 'PGDMP and nothing else')
  await t.rejects(restore(empty.href, damaged), /pg_restore says/)
  await t.rejects(restore(empty.href, `${file}.not`), /There is no/)
  await backUp(postgres.url, file, { isReplacing: true })
  await restore(empty.href, file)
  t.notOk(existsSync(`${file}.unfinished`))

  const { db: restored } = openDatabase(empty.href, () => undefined)
  t.teardown(() => restored.destroy())
  const after = await contentsOf(restored)
  t.same(Object.keys(after), Object.keys(before))
  t.same(
    Object.keys(before).filter((table) => after[table] !== before[table]),
    [],
    'every row of every table',
  )
  // Compared as one word, because what differs would fill the screen.
  for (const isFromSnapshot of [false, true]) {
    t.ok(
      (await replayed(restored, isFromSnapshot)) === (await replayed(db, isFromSnapshot)),
      'the journal folds to the same',
    )
  }
  t.ok((await replayed(restored, false)).length > 10_000)
  t.equal(await foldFigures(restored), 0, 'and nothing is left to be counted')
  t.same(await migrate(empty.href), [], 'the schema is as it was')
  await t.rejects(programFor('pg_dump', 99), /install postgresql-client-99/)
})
