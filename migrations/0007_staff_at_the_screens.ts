/** Employees of the city's places, who call together with a citizen; and which calls were made so. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Each works at a site or for a centre. The number is what they type; PIN and badge are kept as hashes only.
  `create table staff (
    staff_id text primary key, staff_number text not null unique check (staff_number ~ '^[0-9]{4,8}$'),
    name text not null, first_name text not null, site_id text references sites, centre_id text references centres,
    pin_hash text not null, badge_hash bytea unique, is_active boolean not null default true,
    check (num_nonnulls(site_id, centre_id) = 1))`,
  `alter table calls add column origin text not null default 'citizen' check (origin in ('citizen', 'staff'))`,
  `alter table calls add column staff_id text`,
  `alter table calls add column staff_left_at timestamptz`,
  `alter table calls add constraint calls_staff_check check ((origin = 'staff') = (staff_id is not null))`,
  `create index calls_with_staff on calls (call_id) where staff_id is not null and ended_at is null`,
  // What staff said for the specialist. It goes with the end of the call.
  `create table call_notes (call_id text primary key, note jsonb not null)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
