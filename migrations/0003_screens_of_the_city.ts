/** What a screen has to know of itself: how large its glass is, and whether its site tells how long the wait may be. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `alter table kiosks add column px_per_mm real check (px_per_mm between 0.5 and 20)`,
  `alter table sites add column is_wait_told boolean not null default true`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
