/** How many agents are planned for a queue in a quarter-hour: counts, and nobody's name. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `create table roster (
    queue_id text not null,
    quarter timestamptz not null,
    agents_count integer not null check (agents_count >= 0),
    primary key (queue_id, quarter))`,
  `create index roster_by_quarter on roster (quarter)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
