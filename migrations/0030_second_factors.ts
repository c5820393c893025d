/** The second factor of local accounts: what an app shows, sealed, and the hashes of codes on paper. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // `pending_sealed`: shown once, and not yet proven by a code. `last_period`: a code is good once.
  `create table second_factors (
    agent_id text primary key references agents on delete cascade,
    secret_sealed bytea, pending_sealed bytea, last_period bigint not null default 0)`,
  `create table recovery_codes (
    agent_id text not null references second_factors on delete cascade, code_hash bytea not null,
    primary key (agent_id, code_hash))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
