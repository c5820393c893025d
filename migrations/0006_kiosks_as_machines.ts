/** What a kiosk last said of itself as a machine, and whether the city has taken it out of use. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `alter table kiosks add column is_out_of_order boolean not null default false`,
  `create table kiosk_health (
    kiosk_id text primary key references kiosks on delete cascade, at timestamptz not null, report jsonb not null)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
