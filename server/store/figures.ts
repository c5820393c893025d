/** Figures of queues, folded from the calls' own rows; the definitions stand in `#server/contract/http.ts`. */
import { sql } from 'kysely'
import type { Faces, QueueFigures, QueueTotals } from '#server/contract/http.ts'
import { FACES_MIN, QUARTER_HOUR_MS } from '#server/contract/http.ts'
import type { Database } from './database.ts'

type Row = {
  queue_id: string
  slot: string | null
  offered: number
  answered: number
  abandoned: number
  abandoned_short: number
  full_count: number
  closed_count: number
  paused_count: number
  expired_count: number
  failed: number
  still_open: number
  answered_in_time: number
  wait_average: number | null
  wait_max: number | null
  handling_average: number | null
  with_staff: number
  faces_good: number
  faces_so_so: number
  faces_bad: number
  solved: number
  not_solved: number
}

function facesOf({ faces_good: good, faces_so_so: soSo, faces_bad: bad }: Row): Faces | null {
  return good + soSo + bad < FACES_MIN ? null : { good, soSo, bad }
}

/**
 * The figures of calls queued from `from` up to, not including, `to` (ms since 1970): for each queue and
 * quarter-hour where something happened, and for each queue over all. Waits of open calls run to `now`.
 */
export async function loadFigures(
  db: Database,
  range: { from: number; to: number; now: number },
): Promise<{ rows: QueueFigures[]; totals: QueueTotals[] }> {
  const quarterS = QUARTER_HOUR_MS / 1000
  const { rows } = await sql<Row>`
    with waits as (
      select c.queue_id, c.outcome, q.answer_within_ms, q.short_abandon_ms,
        (floor(extract(epoch from c.arrived_at) / ${quarterS}::int) * ${quarterS}::int * 1000)::bigint as slot,
        -- A place for the next opening that was given back, or taken up before, has not waited at all.
        greatest(0, extract(epoch from
          coalesce(c.answered_at, c.ended_at, ${new Date(range.now)}::timestamptz) - c.arrived_at) * 1000) as wait_ms,
        c.answered_at is not null as is_answered, c.origin, r.face,
        (select sum(extract(epoch from h.wrapped_up_at - h.accepted_at)) * 1000 from handlings h
          where h.call_id = c.call_id having bool_and(h.wrapped_up_at is not null)) as handling_ms,
        (select bool_and(w.is_solved_first) from wrap_ups w where w.call_id = c.call_id) as is_solved
      from calls c join queues q on q.queue_id = c.queue_id left join ratings r on r.call_id = c.call_id
      where c.arrived_at >= ${new Date(range.from)} and c.arrived_at < ${new Date(range.to)})
    select queue_id, slot,
      count(*) filter (where outcome is null or outcome not in ('full', 'closed', 'paused'))::int as offered,
      count(*) filter (where is_answered)::int as answered,
      count(*) filter (where outcome = 'abandoned')::int as abandoned,
      count(*) filter (where outcome = 'abandoned' and wait_ms <= short_abandon_ms)::int as abandoned_short,
      count(*) filter (where outcome = 'full')::int as full_count,
      count(*) filter (where outcome = 'closed')::int as closed_count,
      count(*) filter (where outcome = 'paused')::int as paused_count,
      count(*) filter (where outcome = 'expired')::int as expired_count,
      count(*) filter (where outcome = 'failed')::int as failed,
      count(*) filter (where outcome is null and not is_answered)::int as still_open,
      count(*) filter (where is_answered and wait_ms <= answer_within_ms)::int as answered_in_time,
      (avg(wait_ms) filter (where is_answered))::float8 as wait_average,
      (max(wait_ms) filter (where outcome is null or outcome not in ('full', 'closed', 'paused')))::float8 as wait_max,
      (avg(handling_ms) filter (where is_answered))::float8 as handling_average,
      count(*) filter (where origin <> 'citizen' and (outcome is null or outcome not in ('full', 'closed', 'paused')))::int as with_staff,
      count(*) filter (where face = 'good')::int as faces_good,
      count(*) filter (where face = 'so-so')::int as faces_so_so,
      count(*) filter (where face = 'bad')::int as faces_bad,
      count(*) filter (where is_solved)::int as solved,
      count(*) filter (where not is_solved)::int as not_solved
    from waits group by grouping sets ((queue_id, slot), (queue_id)) order by slot nulls last, queue_id`.execute(db)
  const figures: QueueFigures[] = []
  const totals: QueueTotals[] = []
  for (const row of rows) {
    const total = toTotals(row)
    if (row.slot === null) totals.push(total)
    else figures.push({ ...total, intervalStartsAt: Number(row.slot) })
  }
  return { rows: figures, totals }
}

function toTotals(row: Row): QueueTotals {
  const counted = row.answered + row.abandoned - row.abandoned_short
  return {
    queueId: row.queue_id as QueueTotals['queueId'],
    offered: row.offered,
    answered: row.answered,
    abandoned: row.abandoned,
    abandonedShort: row.abandoned_short,
    full: row.full_count,
    closed: row.closed_count,
    paused: row.paused_count,
    expired: row.expired_count,
    failed: row.failed,
    stillOpen: row.still_open,
    answeredInTime: row.answered_in_time,
    serviceLevel: counted > 0 ? row.answered_in_time / counted : null,
    waitMsAverage: row.wait_average,
    waitMsMax: row.wait_max === null ? null : Math.round(row.wait_max),
    handlingMsAverage: row.handling_average,
    withStaff: row.with_staff,
    faces: facesOf(row),
    solvedFirst: row.solved,
    notSolvedFirst: row.not_solved,
  }
}

/** How many calls queued within the range have each outcome code, per queue, the most first. A code counts once per call. */
export async function loadOutcomes(
  db: Database,
  range: { readonly from: number; readonly to: number },
): Promise<{ readonly queueId: string; readonly code: string; readonly count: number }[]> {
  const { rows } = await sql<{ queue_id: string; code: string; count: number }>`
    select c.queue_id, code, count(distinct c.call_id)::int as count
    from calls c join wrap_ups w on w.call_id = c.call_id, unnest(w.outcome_codes) as code
    where c.arrived_at >= ${new Date(range.from)} and c.arrived_at < ${new Date(range.to)}
    group by c.queue_id, code order by count desc, c.queue_id, code`.execute(db)
  return rows.map(({ queue_id: queueId, code, count }) => ({ queueId, code, count }))
}
