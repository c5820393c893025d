/** Kiosks are known by a key that never leaves their browser; who let each in, and what became of its key, is written down. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // A kiosk that is enrolled has no key that could be copied.
  `alter table kiosks alter column device_key_hash drop not null`,
  `create table kiosk_keys (
    key_id text primary key, kiosk_id text not null references kiosks on delete cascade, public_key text not null,
    made_at timestamptz not null, valid_until timestamptz)`,
  `create index kiosk_keys_by_kiosk on kiosk_keys (kiosk_id)`,
  // Grows by each act; never changed, and deleted after two years. Without references: kiosks and people go, what was done stays.
  `create table kiosk_key_acts (
    act_id bigint generated always as identity primary key, at timestamptz not null, act text not null,
    kiosk_id text not null, key_id text, agent_id text)`,
  `create index kiosk_key_acts_by_time on kiosk_key_acts (at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
