/**
 * Everything counted a second time, in plain SQL from the raw events and the rows kept with them, sharing no line with `server/figures`
 * and `server/store`. Slow, and meant to be read beside research/routing.md §3.
 */
import { sql } from 'kysely'
import type { Database } from '../../store/database.ts'

/** One row for each call in a table of its own, `second_calls`. `asOf`: the end of the log. */
export async function countAgain(db: Database, asOf: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await countWithin(trx, asOf)
  })
}

async function countWithin(db: Database, asOf: number): Promise<void> {
  await defineFunctions(db, new Date(asOf))
  await sql`drop table if exists second_facts, second_offers, second_handled, second_presses, second_calls`.execute(db)
  await sql`create table second_facts as
    select j.seq, j.at, j.type as event_type, fact->>'type' as type, fact->>'callId' as call_id, fact->>'agentId' as agent_id,
      fact->>'offerId' as offer_id, fact
    from journal j, jsonb_array_elements(j.facts) as fact`.execute(db)
  await sql`create index on second_facts (call_id, type)`.execute(db)
  await sql`create table second_offers as
    select made.call_id, made.offer_id, made.agent_id, made.at as made_at, made.fact->>'joinId' is not null as is_join,
      yes.at as accepted_at, other.type as other, other.fact->>'why' as why, other.at as other_at
    from second_facts made
    left join lateral (select min(at) as at from journal where type = 'offer.accepted' and call_id = made.call_id
      and event->>'offerId' = made.offer_id) yes on true
    left join second_facts other on other.call_id = made.call_id and other.offer_id = made.offer_id
      and other.type in ('offer.declined', 'offer.expired', 'offer.withdrawn')
    where made.type = 'offer.made'`.execute(db)
  await sql`create index on second_offers (call_id)`.execute(db)
  await sql`create table second_handled as
    select h.call_id, bool_and(h.wrapped_up_at is not null) as is_written, count(*) as wrap_ups,
      sum(ms(h.wrapped_up_at - h.hung_up_at)) as wrap_up_ms,
      sum(greatest(0, ms(h.hung_up_at - greatest(h.accepted_at, c.answered_at)))) as in_call_ms,
      sum(coalesce((select sum(greatest(0, ms(least(f.at, h.hung_up_at)
          - greatest(f.at - make_interval(secs => (f.fact->>'heldMs')::float8 / 1000), h.accepted_at, c.answered_at))))
        from second_facts f where f.type = 'hold.ended' and f.call_id = h.call_id and f.agent_id = h.agent_id), 0)) as hold_ms,
      bool_or(h.is_handed_over) as is_transferred, count(*) filter (where h.asked_in_as = 'join') as joins,
      coalesce(sum(h.searched_ms) filter (where h.asked_in_as = 'join'), 0) as join_search_ms,
      count(h.lent_by_centre_id) as lent_handlings,
      coalesce(sum(ms(coalesce(h.wrapped_up_at, h.hung_up_at) - h.accepted_at)) filter (where h.lent_by_centre_id is not null), 0)
        as lent_ms
    from handlings h join calls c using (call_id) group by h.call_id`.execute(db)
  await sql`create index on second_handled (call_id)`.execute(db)
  await sql`create index if not exists second_sign_ins on journal (agent_id, at) where type = 'agent.signed-in'`.execute(
    db,
  )
  await sql`create table second_presses as select j.call_id, c.kiosk_id, c.matter_id, c.arrived_at, min(j.at) as pressed_at, min(j.seq) as pressed_seq
    from journal j join calls c on c.call_id = j.call_id where j.type in ('call.arrived', 'callback.promised')
    group by 1, 2, 3, 4`.execute(db)
  await sql`create index on second_presses (kiosk_id, arrived_at)`.execute(db)
  for (const table of [
    'journal',
    'calls',
    'handlings',
    'second_facts',
    'second_offers',
    'second_handled',
    'second_presses',
  ]) {
    await sql`analyze ${sql.table(table)}`.execute(db)
  }
  await countCalls(db)
}

/** Milliseconds of an interval, and the end of the log. */
async function defineFunctions(db: Database, asOf: Date): Promise<void> {
  await sql`create or replace function as_of() returns timestamptz immutable language sql
    return ${sql.lit(asOf.toISOString())}::timestamptz`.execute(db)
  await sql`create or replace function ms(interval) returns bigint immutable language sql
    return round(extract(epoch from $1) * 1000)::bigint`.execute(db)
}

async function countCalls(db: Database): Promise<void> {
  await sql`create table second_calls as
    with raw as (
      select c.*, p.pressed_at, q.service_id, s.district_id,
        (select (pol.event->'policy'->'queues'->c.queue_id->>'answerWithinMs')::bigint from journal pol
          where pol.type = 'policy.loaded' and pol.seq <= p.pressed_seq order by pol.seq desc limit 1) as t,
        (select (pol.event->'policy'->'queues'->c.queue_id->>'shortAbandonMs')::bigint from journal pol
          where pol.type = 'policy.loaded' and pol.seq <= p.pressed_seq order by pol.seq desc limit 1) as s,
        greatest(0, ms(coalesce(c.answered_at, c.ended_at, as_of()) - c.arrived_at)) as wait,
        coalesce(not (c.outcome in ('full', 'closed', 'paused') and c.ended_at = p.pressed_at), true) as is_in,
        least((select min(at) from journal j where j.type = 'caller.stepped-away' and j.call_id = c.call_id),
          (select min(at) from second_facts f where f.type = 'call.deferred' and f.call_id = c.call_id)) as callback_at
      from calls c join second_presses p on p.call_id = c.call_id
      left join queues q on q.queue_id = c.queue_id left join sites s on s.site_id = c.site_id),
    told as (
      select distinct on (call_id) call_id, at, (event->>'p50Ms')::numeric as p50, (event->>'p80Ms')::numeric as p80
      from journal where type = 'promise.told' order by call_id, seq),
    offers as (
      select call_id, count(*) as made, count(accepted_at) as accepted,
        coalesce(sum(ms(accepted_at - made_at)), 0) as answer_ms,
        count(*) filter (where other = 'offer.declined') as declined, count(*) filter (where other = 'offer.expired') as expired,
        count(*) filter (where why in ('caller-left', 'caller-stepped-away')) as caller_left,
        count(*) filter (where why not in ('caller-left', 'caller-stepped-away')) as taken_back
      from second_offers where not is_join group by call_id)
    select r.call_id, date_bin('15 minutes', r.arrived_at, timestamptz '2000-01-01') as quarter,
      (r.arrived_at at time zone 'Europe/Copenhagen')::date as city_date, r.queue_id, r.service_id, r.language,
      case when r.answered_at is null then '' else (
        select j.event->>'centreId' from journal j where j.type = 'agent.signed-in' and j.agent_id = (
            select o.agent_id from second_offers o where o.call_id = r.call_id and not o.is_join and o.accepted_at <= r.answered_at
            order by o.accepted_at desc limit 1)
          and j.at <= r.answered_at order by j.seq desc limit 1) end as centre_id,
      r.site_id, r.district_id, coalesce(r.matter_id, '') as matter_id,
      to_char(r.arrived_at at time zone 'Europe/Copenhagen', 'ID HH24') as week_hour,
      ${sql.raw(CALL_COLUMNS)}
    from raw r left join told on told.call_id = r.call_id left join offers o on o.call_id = r.call_id
    left join second_handled h on h.call_id = r.call_id`.execute(db)
}

/** The definitions, one line each. `t` and `s` are the thresholds. */
const IN_TIME = 'r.wait <= r.t'
const ANSWERED = 'r.answered_at is not null'
const ABANDONED = `r.outcome = 'abandoned'`
const FLOWED_OUT = `r.is_in and r.outcome is not null and r.answered_at is null and r.outcome <> 'abandoned'`
const HANDLED = `${ANSWERED} and r.outcome is not null and h.is_written`
const SINCE_TOLD = `ms(coalesce(r.answered_at, r.ended_at, as_of()) - told.at)`
const BACK = `exists (select from second_presses again where again.kiosk_id = r.kiosk_id
  and again.matter_id = r.matter_id and again.call_id <> r.call_id
  and again.arrived_at between r.ended_at and r.ended_at + interval '1 hour')`
const SAID = `(select bool_and(w.is_solved_first) from wrap_ups w where w.call_id = r.call_id)`
const FACE = `(select face from ratings where ratings.call_id = r.call_id)`

const CONDITIONS: Readonly<Record<string, string>> = {
  offered: 'r.is_in',
  answered: ANSWERED,
  answered_in_time: `${ANSWERED} and ${IN_TIME}`,
  abandoned: ABANDONED,
  abandoned_in_time: `${ABANDONED} and ${IN_TIME}`,
  abandoned_short: `${ABANDONED} and r.wait <= r.s`,
  flowed_out: FLOWED_OUT,
  still_waiting: `r.is_in and r.outcome is null and r.answered_at is null`,
  service_level_events: `r.is_in and (${ANSWERED} or ${ABANDONED} or r.wait > r.t)`,
  callbacks: 'r.is_in and r.callback_at is not null',
  callbacks_in_time: `r.is_in and ms(r.callback_at - r.arrived_at) <= r.t and not coalesce((${ANSWERED} or ${ABANDONED}) and ${IN_TIME}, false)`,
  callbacks_called: `r.is_in and r.callback_at is not null and exists (select from second_facts f where f.type = 'ticket.called' and f.call_id = r.call_id)`,
  callbacks_expired: `r.is_in and r.callback_at is not null and r.outcome = 'expired'`,
  turned_away_full: `not r.is_in and r.outcome = 'full'`,
  turned_away_closed: `not r.is_in and r.outcome = 'closed'`,
  turned_away_paused: `not r.is_in and r.outcome = 'paused'`,
  expired: `${FLOWED_OUT} and r.outcome = 'expired'`,
  failed: `${FLOWED_OUT} and r.outcome = 'failed'`,
  turned_out: `${FLOWED_OUT} and r.outcome = 'closed'`,
  with_staff: `r.is_in and r.origin in ('staff', 'desk')`,
  handled: HANDLED,
  held: `${HANDLED} and h.hold_ms > 0`,
  transferred: `${ANSWERED} and h.is_transferred`,
  joined: `${ANSWERED} and h.joins > 0`,
  first_stayed: `${ANSWERED} and h.joins > 0 and not h.is_transferred`,
  promises_p50_kept: `${ANSWERED} and ${SINCE_TOLD} <= told.p50`,
  promises_p50_broken: `${SINCE_TOLD} > told.p50`,
  promises_p80_kept: `${ANSWERED} and ${SINCE_TOLD} <= told.p80`,
  promises_p80_broken: `${SINCE_TOLD} > told.p80`,
  solved_first: `${ANSWERED} and ${SAID}`,
  not_solved_first: `${ANSWERED} and not ${SAID}`,
  with_matter: `${ANSWERED} and r.matter_id is not null`,
  came_back: `${ANSWERED} and ${BACK}`,
  faces_good: `${FACE} = 'good'`,
  faces_so_so: `${FACE} = 'so-so'`,
  faces_bad: `${FACE} = 'bad'`,
}
const AMOUNTS: Readonly<Record<string, string>> = {
  answered_wait_ms: `case when ${ANSWERED} then r.wait end`,
  abandoned_wait_ms: `case when ${ABANDONED} then r.wait end`,
  wait_ms_max: 'case when r.is_in then r.wait end',
  talk_ms: `case when ${HANDLED} then h.in_call_ms - h.hold_ms end`,
  hold_ms: `case when ${HANDLED} then h.hold_ms end`,
  wrap_up_ms: `case when ${HANDLED} then h.wrap_up_ms end`,
  wrap_ups: `case when ${HANDLED} then h.wrap_ups end`,
  wrap_ups_capped: `case when ${HANDLED} then (select count(*) from second_facts f where f.type = 'wrap-up.ended'
    and f.call_id = r.call_id and f.event_type = 'clock.ticked') end`,
  joins: 'h.joins',
  join_search_ms: 'h.join_search_ms',
  joins_unmet: `(select count(*) from second_facts f where f.type = 'join.ended' and f.call_id = r.call_id and f.fact->>'why' is not null)`,
  lent_handlings: 'h.lent_handlings',
  lent_ms: 'h.lent_ms',
  offers_made: 'o.made',
  offers_accepted: 'o.accepted',
  offers_declined: 'o.declined',
  offers_expired: 'o.expired',
  offers_caller_left: 'o.caller_left',
  offers_taken_back: 'o.taken_back',
  offer_answer_ms: 'o.answer_ms',
}

/** No more is kept of one call, docs/reports.md: some 24 days in milliseconds. */
const AMOUNT_MAX = 2_147_483_647

const CALL_COLUMNS = [
  ...Object.entries(CONDITIONS).map(([name, is]) => `(coalesce(${is}, false))::int as ${name}`),
  ...Object.entries(AMOUNTS).map(([name, amount]) => `least(coalesce(${amount}, 0), ${AMOUNT_MAX})::bigint as ${name}`),
].join(',\n')

export const SECOND_COLUMNS = [...Object.keys(CONDITIONS), ...Object.keys(AMOUNTS)]
