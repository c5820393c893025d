/** When each background job was last done, whichever process did it: by the clock of Postgres, which all of them have in common. */
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Keeps that a job was done, or that it failed, just now. */
export async function keepJobRun(db: Database, job: string, isDone: boolean): Promise<void> {
  const column = sql.id(isDone ? 'done_at' : 'failed_at')
  await sql`insert into job_runs (job, ${column}) values (${job}, now()) on conflict (job) do update set ${column} = now()`.execute(
    db,
  )
}

/** How long ago, in ms, each job was last done; without those that never were. */
export async function jobAges(db: Database): Promise<Map<string, number>> {
  const { rows } = await sql<{ job: string; age_ms: string }>`
    select job, extract(epoch from now() - done_at) * 1000 as age_ms from job_runs where done_at is not null`.execute(
    db,
  )
  return new Map(rows.map(({ job, age_ms: ageMs }) => [job, Number(ageMs)]))
}
