/** The notes of calls are deleted when their time is over, by a real Bull on a real Redis and without one; the codes stay. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Background } from '../jobs/background.ts'
import { noteRetention } from '../jobs/note-retention.ts'
import { freePort } from '../launch/ports.ts'
import { startRedis } from '../launch/redis.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase } from '../store/database.ts'
import { deleteNotes } from '../store/wrap-ups.ts'
import { eventually } from './harness.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const NOW = Date.parse('2026-11-27T11:00:00Z')

/** Notes of 29 and of 31 days ago, and a job that keeps them for 30. */
async function noted(t: Test) {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  for (const ageDays of [29, 31]) {
    const at = new Date(NOW - ageDays * DAY_MS)
    const call = { call_id: `call-${ageDays}`, kiosk_id: 'k', queue_id: 'citizen.da', class_id: 'ordinary' }
    const who = { mode: 'video', language: 'da', arrived_at: at, ended_at: at, outcome: 'answered' }
    await db
      .insertInto('calls')
      .values({ ...call, ...who })
      .execute()
    const written = { outcome_codes: ['guided'], is_solved_first: true, note: 'Ringer fredag', written_at: at }
    await db
      .insertInto('wrap_ups')
      .values({ call_id: call.call_id, agent_id: 'amal', ...written })
      .execute()
  }
  const job = noteRetention({
    notesKeptDays: () => 30,
    now: () => NOW,
    deleteNotes: (before) => deleteNotes(db, before),
  })
  const rows = () => db.selectFrom('wrap_ups').selectAll().orderBy('call_id').execute()
  const isDone = async () => (await rows()).filter(({ note }) => note === null).length === 1
  return { job, rows, isDone }
}

const quiet = { onNews: () => undefined, onFault: () => undefined }

t.test('by Bull, also when Redis comes later than the server and is told once to be away', async (t) => {
  const { job, rows, isDone } = await noted(t)
  const port = await freePort()
  const password = 'only-of-this-test'
  const faults: string[] = []
  const background = new Background({
    redisUrl: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    jobs: [job],
    onNews: (message, facts) =>
      t.match({ message, facts }, { message: 'note-retention.done', facts: { doneCount: 1 } }),
    onFault: (message) => faults.push(message),
  })
  background.start()
  t.teardown(() => background.stop())
  await eventually('Redis to be missed', () => faults.length > 0)
  t.same(faults, ['note-retention.no-redis'])
  const redis = await startRedis({ dataDir: join(t.testdir(), 'redis'), password, port })
  t.teardown(() => redis.stop())
  await eventually('the old note to be gone', isDone)
  t.match(await rows(), [
    { call_id: 'call-29', note: 'Ringer fredag', note_deleted_at: null },
    { call_id: 'call-31', note: null, note_deleted_at: Date, outcome_codes: ['guided'], is_solved_first: true },
  ])
  await background.stop()
})

t.test('by a timer where there is no Redis', async (t) => {
  const { job, isDone } = await noted(t)
  const background = new Background({ redisUrl: undefined, jobs: [job], ...quiet })
  background.start()
  await eventually('the old note to be gone', isDone)
  await background.stop()
})

t.test('a stop waits for no Redis that is away', async () => {
  const job = { name: 'nothing', everyMs: 1_000, run: () => Promise.resolve(0) }
  const background = new Background({ redisUrl: `redis://127.0.0.1:${await freePort()}`, jobs: [job], ...quiet })
  background.start()
  await background.stop()
})
