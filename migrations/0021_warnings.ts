/** What supervisors were warned of, who has seen it, and what webhooks are still to be told. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `create table warnings (
    warning_id uuid primary key,
    kind text not null,
    subject text not null,
    value double precision,
    raised_at timestamptz not null,
    cleared_at timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz)`,
  // One of a kind stands at a time, whatever restarts.
  `create unique index warnings_open on warnings (kind, subject) where cleared_at is null`,
  `create table webhook_outbox (
    delivery_id bigint generated always as identity primary key,
    url text not null,
    body text not null,
    created_at timestamptz not null,
    next_try_at timestamptz not null,
    tries_count integer not null default 0,
    ended_at timestamptz,
    result text check (result in ('sent', 'not-allowed')))`,
  `create index webhook_outbox_due on webhook_outbox (next_try_at) where ended_at is null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
