/** Everything the first call needs: the city, its people, the journal, and what became of each call. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `create table districts (district_id text primary key, name text not null)`,
  `create table sites (
    site_id text primary key, name text not null, site_type text not null, address text not null,
    district_id text not null references districts)`,
  `create table centres (centre_id text primary key, name text not null)`,
  `create table services (service_id text primary key, labels jsonb not null)`,
  `create table matters (
    matter_id text primary key, service_id text not null references services, labels jsonb not null,
    sort_order integer not null)`,
  `create table queues (
    queue_id text primary key, service_id text not null references services, language text not null,
    required_skills text[] not null, callers_max integer not null check (callers_max > 0),
    answer_within_ms integer not null check (answer_within_ms > 0),
    short_abandon_ms integer not null check (short_abandon_ms >= 0),
    unique (service_id, language))`,
  `create table kiosks (
    kiosk_id text primary key, site_id text not null references sites, service_id text not null references services,
    language text not null, device_key_hash bytea not null)`,
  `create table agents (
    agent_id text primary key, username text not null unique, password_hash text not null, name text not null,
    first_name text not null, role text not null check (role in ('agent', 'supervisor')),
    centre_id text not null references centres, skills text[] not null)`,
  `create table sign_ins (
    token_hash bytea primary key, agent_id text not null references agents on delete cascade,
    created_at timestamptz not null default now(), used_at timestamptz not null default now())`,
  `create table journal (
    seq bigint primary key, at timestamptz not null, type text not null, call_id text, agent_id text,
    event jsonb not null, facts jsonb not null)`,
  `create index journal_by_call on journal (call_id, seq) where call_id is not null`,
  `create table journal_snapshots (seq bigint primary key, snapshot jsonb not null)`,
  `create table calls (
    call_id text primary key, kiosk_id text not null, queue_id text not null, language text not null,
    matter_id text, arrived_at timestamptz not null, answered_at timestamptz, ended_at timestamptz,
    agent_id text, outcome text check (outcome in ('answered', 'abandoned', 'refused', 'failed')), end_reason text,
    check ((outcome is null) = (ended_at is null)))`,
  `create index calls_by_arrival on calls (arrived_at)`,
  `create table handlings (
    call_id text not null references calls, agent_id text not null, accepted_at timestamptz not null,
    hung_up_at timestamptz not null, wrapped_up_at timestamptz, primary key (call_id, agent_id, accepted_at))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
