/** Where the places of a city are and whom to ring when nobody answers there, and what its staff has to say. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `alter table sites add column latitude double precision check (latitude between -90 and 90)`,
  `alter table sites add column longitude double precision check (longitude between -180 and 180)`,
  `alter table sites add column phone text`,
  `alter table sites add constraint sites_point check ((latitude is null) = (longitude is null))`,

  `create table city_phones (
    number text primary key, kind text not null check (kind in ('contact', 'emergency')), labels jsonb not null,
    sort_order integer not null)`,

  `create table notices (
    notice_id text primary key, audience jsonb not null, labels jsonb not null, posted_by text not null,
    posted_at timestamptz not null, expires_at timestamptz not null, taken_back_at timestamptz,
    check (expires_at > posted_at))`,
  `create index notices_by_expiry on notices (expires_at) where taken_back_at is null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
