/** What agents write down about their calls, each for themselves. Their own calls are found by the index of 0012. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Beside the journal, which is never rewritten: the note goes when its time is over, the codes stay for the figures.
  `create table wrap_ups (
    call_id text not null references calls, agent_id text not null, outcome_codes text[] not null default '{}',
    is_solved_first boolean, note text check (note <> ''), note_deleted_at timestamptz, written_at timestamptz not null,
    primary key (call_id, agent_id))`,
  `create index wrap_ups_with_note on wrap_ups (written_at) where note is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
