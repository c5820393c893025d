/** Levels instead of bare skills, places that belong to tickets, outcomes of their own, lent work, policies as text. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

/** A skill that had no level yet is held to be known well: nobody loses calls by the change. */
const LEVEL_OF_OLD_SKILLS = 3

const statements = [
  `alter table agents add column attributes jsonb not null default '{}'`,
  `update agents set attributes = coalesce(
    (select jsonb_object_agg(skill, ${LEVEL_OF_OLD_SKILLS}) from unnest(skills) as skill), '{}')`,
  `alter table agents drop column skills`,

  // What a queue is stands in the policy; here is what figures need of it, also when it is gone.
  `alter table queues drop column required_skills`,
  `alter table queues add column is_retired boolean not null default false`,
  `alter table queues drop constraint queues_service_id_language_key`,

  `create table policies (
    policy_number bigint generated always as identity primary key, version text not null, document text not null,
    is_for_waiting boolean not null default true, loaded_at timestamptz not null default now())`,

  `alter table calls drop constraint calls_outcome_check`,
  `update calls set outcome = 'full' where outcome = 'refused'`,
  `alter table calls add constraint calls_outcome_check check (
    outcome in ('answered', 'abandoned', 'full', 'closed', 'paused', 'expired', 'failed'))`,
  `alter table calls add column site_id text`,
  `update calls set site_id = kiosks.site_id from kiosks where kiosks.kiosk_id = calls.kiosk_id`,
  `alter table calls add column class_id text not null default 'ordinary'`,
  `alter table calls alter column class_id drop default`,
  `alter table calls add column mode text not null default 'video'`,
  `alter table calls alter column mode drop default`,
  `alter table calls add column ticket text`,
  `create index calls_by_ticket on calls (ticket, arrived_at) where ticket is not null`,
  `alter table calls add column promised_p50_ms integer`,
  `alter table calls add column promised_p80_ms integer`,
  `alter table handlings add column lent_by_centre_id text`,

  `alter table journal_snapshots add column at timestamptz`,
  `update journal_snapshots set at = coalesce((select at from journal where journal.seq = journal_snapshots.seq), now())`,
  `alter table journal_snapshots alter column at set not null`,
  `create index journal_by_at on journal (at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
