/** When each background job was last done: jobs may be done by a process of their own, and the server says when they are not. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table job_runs (
    job text primary key,
    done_at timestamptz,
    failed_at timestamptz
  )`.execute(db)
}
