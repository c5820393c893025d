/** Callbacks that agents promise after a call: what was promised, and whether it was kept. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // A promise is no call until its time: there may be no row of its call, ever.
  `create table callbacks (
    call_id text primary key,
    of_call_id text not null,
    first_call_id text not null,
    promised_by_id text not null,
    promised_at timestamptz not null,
    due_at timestamptz not null,
    is_by_promiser boolean not null,
    result text check (result in ('kept', 'broken', 'missed', 'cancelled', 'withdrawn')),
    rung_at timestamptz,
    tries_count integer not null default 0,
    ended_at timestamptz)`,
  `create index callbacks_of on callbacks (of_call_id)`,
  `create index callbacks_due on callbacks (due_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
