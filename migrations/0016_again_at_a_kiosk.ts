/** Whether somebody came again is asked by when they came into line, which for a promised callback is not when it was promised. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `drop index figure_calls_by_kiosk`,
  `create index figure_calls_by_kiosk on figure_calls (kiosk_id, entered_at) where matter_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
