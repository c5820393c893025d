/** Since when the figures of agents' time are kept: what was before is deleted, and no rebuild brings it back. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table figures_position add column agents_since timestamptz not null default to_timestamp(0)`.execute(
    db,
  )
}
