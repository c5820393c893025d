/**
 * Figures by the quarter-hour and the day. All of it is made from the journal and the rows kept with it, and can be made
 * anew at any time: `npm run figures -- rebuild`.
 */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

/** Counted of a call, and milliseconds of it: what adds up. */
const COUNTS = [
  'offered',
  'answered',
  'answered_in_time',
  'abandoned',
  'abandoned_in_time',
  'abandoned_short',
  'flowed_out',
  'still_waiting',
  'service_level_events',
  'callbacks',
  'callbacks_in_time',
  'callbacks_called',
  'callbacks_expired',
  'turned_away_full',
  'turned_away_closed',
  'turned_away_paused',
  'expired',
  'failed',
  'turned_out',
  'with_staff',
  'handled',
  'held',
  'wrap_ups',
  'wrap_ups_capped',
  'transferred',
  'joined',
  'first_stayed',
  'joins',
  'joins_unmet',
  'lent_handlings',
  'offers_made',
  'offers_accepted',
  'offers_declined',
  'offers_expired',
  'offers_caller_left',
  'offers_taken_back',
  'promises_p50_kept',
  'promises_p50_broken',
  'promises_p80_kept',
  'promises_p80_broken',
  'solved_first',
  'not_solved_first',
  'with_matter',
  'came_back',
  'faces_good',
  'faces_so_so',
  'faces_bad',
]
const TIMES = [
  'answered_wait_ms',
  'abandoned_wait_ms',
  'wait_ms_max',
  'talk_ms',
  'hold_ms',
  'wrap_up_ms',
  'join_search_ms',
  'lent_ms',
  'offer_answer_ms',
]
const AGENT_COUNTS = [
  'offers_made',
  'offers_accepted',
  'offers_declined',
  'offers_expired',
  'offers_caller_left',
  'offers_taken_back',
  'handlings',
  'handed_over',
  'joined',
  'lent_handlings',
]
const AGENT_TIMES = [
  'idle_ms',
  'offered_ms',
  'in_call_ms',
  'hold_ms',
  'wrap_up_ms',
  'away_ms',
  'offer_answer_ms',
  'lent_ms',
]

const columns = (names: readonly string[], type: string) => names.map((name) => `${name} ${type} not null`).join(', ')
const PLACE = `site_id text not null, district_id text not null`
const LINE = `queue_id text not null, service_id text not null, language text not null, centre_id text not null`

const statements = [
  // How far the journal was read, and what is written beside it: one row, held while it moves.
  `create table figures_position (
    is_only boolean primary key default true check (is_only), seq bigint not null, at timestamptz not null,
    beside_at timestamptz not null)`,
  `insert into figures_position values (true, 0, to_timestamp(0), to_timestamp(0))`,
  // What is remembered of calls that are not over yet.
  `create table figure_trails (call_id text primary key, trail jsonb not null)`,
  `create table figure_calls (
    call_id text primary key, pressed_at timestamptz not null, entered_at timestamptz not null,
    ended_at timestamptz, quarter timestamptz not null, city_date date not null, ${LINE}, ${PLACE}, kiosk_id text not null,
    matter_id text, outcome text, ${columns(TIMES, 'integer')}, ${columns(COUNTS, 'smallint')})`,
  `create index figure_calls_by_quarter on figure_calls (quarter)`,
  `create index figure_calls_by_date on figure_calls (city_date)`,
  `create index figure_calls_by_site on figure_calls (site_id, quarter)`,
  `create index figure_calls_by_press on figure_calls (pressed_at)`,
  `create index figure_calls_by_kiosk on figure_calls (kiosk_id, pressed_at) where matter_id is not null`,
  `create index figure_calls_by_kiosk_end on figure_calls (kiosk_id, ended_at) where matter_id is not null`,
  `create index figure_calls_open on figure_calls (call_id) where outcome is null`,
  // Roll-ups: what the calls of a group add up to, and the waits of those answered, for exact quantiles.
  `create table figure_quarters (
    quarter timestamptz not null, ${LINE}, ${columns(TIMES, 'bigint')}, ${columns(COUNTS, 'integer')},
    answered_waits bytea not null, primary key (quarter, queue_id, service_id, language, centre_id))`,
  `create table figure_days (
    city_date date not null, ${LINE}, ${PLACE}, ${columns(TIMES, 'bigint')}, ${columns(COUNTS, 'integer')},
    answered_waits bytea not null,
    primary key (city_date, queue_id, site_id, service_id, district_id, language, centre_id))`,
  `create index figure_days_by_site on figure_days (site_id, city_date)`,
  // What each agent did, from when to when; and what it adds up to. For the agent and their supervisors alone.
  `create table figure_spans (
    span_id bigint primary key generated always as identity, agent_id text not null, kind text not null,
    from_at timestamptz not null, until_at timestamptz, centre_id text not null, call_id text, offer_id text, how text)`,
  `create index figure_spans_by_end on figure_spans (until_at)`,
  `create index figure_spans_by_start on figure_spans (from_at)`,
  `create index figure_spans_by_call on figure_spans (call_id) where call_id is not null`,
  `create unique index figure_spans_wrap_ups on figure_spans (agent_id, call_id, from_at) where kind = 'wrap-up'`,
  `create table figure_agent_quarters (
    quarter timestamptz not null, city_date date not null, agent_id text not null, centre_id text not null,
    ${columns(AGENT_TIMES, 'integer')}, ${columns(AGENT_COUNTS, 'integer')}, primary key (agent_id, quarter, centre_id))`,
  `create index figure_agent_quarters_by_quarter on figure_agent_quarters (quarter)`,
  // What the check of each night found.
  `create table figure_checks (
    city_date date primary key, checked_at timestamptz not null default now(), calls_count integer not null,
    differences text[] not null)`,
  // So that what was promised on a day is found, and what is said of a call later.
  `create index journal_policies on journal (seq) where type = 'policy.loaded'`,
  `create index wrap_ups_by_writing on wrap_ups (written_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
