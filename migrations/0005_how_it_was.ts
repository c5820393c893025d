/**
 * How a citizen found a call, as one of three faces. Of a site and a line, never of an agent: no column here names one,
 * and nothing may be shown by way of the call that would.
 */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `create table ratings (
    call_id text primary key, site_id text not null, queue_id text not null,
    face text not null check (face in ('good', 'so-so', 'bad')), at timestamptz not null)`,
  `create index ratings_by_at on ratings (at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
