/** How each agent came into a call, and whether they handed it over: transfers and joins are counted from here. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Null: took the call from the line.
  `alter table handlings add column asked_in_as text check (asked_in_as in ('join', 'transfer'))`,
  `alter table handlings add column searched_ms integer`,
  `alter table handlings add column is_handed_over boolean not null default false`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
