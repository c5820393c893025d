/** A day of the journal read back from a real Postgres, replayed as `npm run replay` does it. */
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { busyHours } from '#loadtest/replay/busy-hours.ts'
import type { JournalEntry } from '../host/ports.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { ALWAYS_OPEN } from '../routing/hours.ts'
import { toSnapshot } from '../routing/snapshot.ts'
import { emptyState, type State } from '../routing/state.ts'
import { step } from '../routing/step.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { cityDay, readJournalDay } from '../store/journal-days.ts'
import { postgresJournal } from '../store/journal.ts'

const DATE = '2026-11-23'
const HOUR_MS = 3_600_000
const BATCH = 50
const SNAPSHOT_EVERY = 300

/** An hour up to midnight and one after it, as the host keeps them: some talk, write and wait while the day begins. */
async function openKeptNight(t: Parameters<typeof openTestDatabase>[0]): Promise<{ url: string; db: Database }> {
  const url = await openTestDatabase(t)
  const { db } = openDatabase(url, () => undefined)
  t.teardown(() => db.destroy())
  const journal = postgresJournal(db)
  const dayStartAt = cityDay(DATE).startsAt - 10 * HOUR_MS
  const kept = busyHours(5, { dayStartAt, hours: ALWAYS_OPEN, restartHour: 9.4, agentsCount: 14, callsPerDay: 1_200 })
  let state: State = emptyState()
  let snapshotSeq = 0
  for (let i = 0; i < kept.length; i += BATCH) {
    const batch = kept.slice(i, i + BATCH) as JournalEntry[]
    for (const { event } of batch) state = step(state, event).state
    const seq = i + batch.length
    await journal.append(batch)
    if (seq - snapshotSeq < SNAPSHOT_EVERY) continue
    snapshotSeq = seq
    await journal.keepSnapshot(seq, toSnapshot(state))
  }
  return { url, db }
}

/** What the command prints and how it ends. */
function replay(url: string, ...words: string[]) {
  const command = join(resolve(import.meta.dirname, '../..'), 'loadtest/replay.ts')
  const env = { ...process.env, DATABASE_URL: url }
  return new Promise<{ code: number; said: string; answer: Record<string, unknown> }>((done) => {
    const child = execFile(process.execPath, [command, ...words], { env }, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, said: stderr, answer: JSON.parse(stdout || '{}') as Record<string, unknown> }),
    )
  })
}

t.test('a day that was kept replays exactly; what was changed in it is found', async (t) => {
  const { url, db } = await openKeptNight(t)
  const day = cityDay(DATE)
  const kept = await readJournalDay(db, day)
  t.ok(kept?.snapshot !== undefined && kept.snapshot.at < day.startsAt, 'from a snapshot of the day before')
  t.ok((kept?.calls.length ?? 0) > 50 && (kept?.handlings.length ?? 0) > 50)
  t.equal(await readJournalDay(db, cityDay('2026-11-20')), undefined)

  const exact = await replay(url, '--day', DATE)
  t.equal(exact.code, 0)
  t.match(exact.answer, { isSame: true, exact: { firstDifference: null }, rows: { firstDifference: null } })

  const fewer = await replay(url, '--day', DATE, '--without-agents', '2', '--resamples', '2', '--threads', '0')
  t.equal(fewer.code, 0)
  t.match(fewer.answer, { change: { withoutAgentIds: { length: 2 } }, whatIf: { resamplesCount: 2 } })

  await sql`update calls set outcome = 'failed' where call_id = ${kept?.calls[0]?.callId}`.execute(db)
  const wrongRow = await replay(url, '--day', DATE)
  t.equal(wrongRow.code, 1)
  t.match(wrongRow.answer, { rows: { firstDifference: { path: `${kept?.calls[0]?.callId}.outcome`, kept: 'failed' } } })

  const { rows } = await sql<{ seq: string }>`
    update journal set facts = jsonb_set(facts, '{0,agentId}', '"agent-of-nobody"') where seq = (
      select min(seq) from journal where at >= ${new Date(day.startsAt)} and facts->0->>'type' = 'offer.made')
    returning seq`.execute(db)
  const wrongOffer = await replay(url, '--day', DATE)
  t.equal(wrongOffer.code, 1)
  t.match(wrongOffer.answer, {
    isSame: false,
    exact: { firstDifference: { seq: Number(rows[0]?.seq), path: 'facts[0].agentId', kept: 'agent-of-nobody' } },
  })

  await sql`delete from journal where seq = ${rows[0]?.seq}`.execute(db)
  const gap = await replay(url, '--day', DATE)
  t.equal(gap.code, 2)
  t.match(gap.said, `The journal has no entry ${rows[0]?.seq}.`)
})

t.test('a day is the city’s, also when the clock changes', async (t) => {
  const hours = (date: string) => (cityDay(date).endsAt - cityDay(date).startsAt) / 3_600_000
  t.equal(hours('2026-11-23'), 24)
  t.equal(hours('2026-10-25'), 25)
  t.equal(hours('2027-03-28'), 23)
  t.equal(cityDay('2026-11-23').startsAt, Date.parse('2026-11-22T23:00:00Z'))
  t.throws(() => cityDay('2026-02-30'), RangeError)
})
