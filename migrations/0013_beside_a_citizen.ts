/** Agents who call from their own desk with a citizen beside them: who may, from where, and which calls were made so. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Where they sit. Null: they have no right to it.
  `alter table agents add column beside_site_id text references sites`,
  `alter table calls drop constraint calls_origin_check`,
  `alter table calls add constraint calls_origin_check check (origin in ('citizen', 'staff', 'desk'))`,
  `alter table calls add column beside_agent_id text`,
  `alter table calls add constraint calls_beside_check check ((origin = 'desk') = (beside_agent_id is not null))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
