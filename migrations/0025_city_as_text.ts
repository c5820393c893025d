/** What is in use is retired and keeps its name; how long things are kept; and who changed what of the city. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const RETIRABLE = ['districts', 'centres', 'services', 'matters', 'sites', 'kiosks', 'agents', 'staff']

const statements = [
  ...RETIRABLE.map((table) => `alter table ${table} add column retired_at timestamptz`),
  `create table city_retention (
    is_only boolean primary key default true check (is_only), retention jsonb not null)`,
  // Never changed; deleted when its time is over. The name stays as it was, whoever leaves.
  `create table city_changes (
    change_id bigint generated always as identity primary key,
    at timestamptz not null,
    by_id text,
    by_name text not null,
    how text not null check (how in ('page', 'text', 'command', 'taken-back')),
    -- No reference: the older one may be forgotten first.
    takes_back bigint,
    differences jsonb not null,
    check ((how = 'taken-back') = (takes_back is not null)))`,
  `create index city_changes_by_at on city_changes (at)`,
  `create unique index city_changes_taken_back on city_changes (takes_back) where takes_back is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
