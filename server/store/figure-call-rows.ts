/** The rows that figures are made of, one for each call: read beside its trail, and written whole each time. */
import { sql } from 'kysely'
import { cityDateOf, quarterOf } from '#server/figures/calendar.ts'
import {
  isFinished,
  sumsOfCall,
  type CallAsKept,
  type HandlingAsKept,
  type Thresholds,
} from '#server/figures/call-sums.ts'
import { SUMS } from '#server/figures/sums.ts'
import type { Trail } from '#server/figures/trails.ts'
import type { Database } from './database.ts'
import { columnOf, columns, SUM_COLUMNS, SUM_MAX } from './figure-columns.ts'
import { upgradedEvent } from './old-events.ts'

/** Said after a call, or by another call: never overwritten by what the journal says. */
const SAID_LATER = ['solved_first', 'not_solved_first', 'came_back', 'faces_good', 'faces_so_so', 'faces_bad']

/** Where the same matter at the same kiosk counts as the same person again (research/routing.md §3.3). */
const CAME_BACK_WITHIN = sql`interval '60 minutes'`

/** Of a line that no policy named. */
const NO_THRESHOLDS: Thresholds = { answerWithinMs: 60_000, shortAbandonMs: 5_000 }

const FACT_COLUMNS = [
  ...['call_id', 'pressed_at', 'entered_at', 'ended_at', 'quarter', 'city_date', 'queue_id', 'service_id', 'language'],
  ...['centre_id', 'site_id', 'district_id', 'kiosk_id', 'matter_id', 'outcome'],
  ...SUM_COLUMNS,
]

/** What a line promised, by the row of the journal that a call came with. */
export type ThresholdsAt = (seq: number, queueId: string) => Thresholds

/** All that policies ever promised: a few rows, read anew for each run. */
export async function loadThresholds(db: Database): Promise<ThresholdsAt> {
  const rows = await db
    .selectFrom('journal')
    .select(['seq', 'event'])
    .where('type', '=', 'policy.loaded')
    .orderBy('seq')
    .execute()
  const policies = rows.flatMap(({ seq, event }) => {
    const loaded = upgradedEvent(event)
    return loaded.type === 'policy.loaded' ? [{ seq: Number(seq), queues: loaded.policy.queues }] : []
  })
  return (seq, queueId) => policies.findLast((policy) => policy.seq <= seq)?.queues[queueId] ?? NO_THRESHOLDS
}

type Row = {
  call_id: string
  kiosk_id: string
  site_id: string | null
  district_id: string | null
  service_id: string | null
  queue_id: string
  language: string
  matter_id: string | null
  arrived_at: Date
  answered_at: Date | null
  ended_at: Date | null
  outcome: string | null
  origin: string
}

/** Writes the rows of the calls that `trails` are of, and returns the calls that nothing in the journal can change any more. */
export async function keepCallRows(
  db: Database,
  trails: ReadonlyMap<string, Trail>,
  thresholdsAt: ThresholdsAt,
  asOf: number,
): Promise<ReadonlySet<string>> {
  const ids = [...trails.keys()]
  const calls = await loadCalls(db, ids)
  const handlings = await loadHandlings(db, ids)
  const finished = new Set(await neverCalls(db, ids, asOf))
  const values = calls.flatMap((row) => {
    const trail = trails.get(row.call_id)
    if (trail === undefined) return []
    const call = callOf(row)
    const own = handlings.get(row.call_id) ?? []
    if (isFinished(call, own, asOf)) finished.add(row.call_id)
    const thresholds = thresholdsAt(trail.pressedSeq, row.queue_id)
    const sums = sumsOfCall({ trail, call, handlings: own, thresholds, asOf })
    return [{ ...factOf(row, trail), ...inColumns(sums) }]
  })
  if (values.length === 0) return finished
  const updated = FACT_COLUMNS.filter((name) => name !== 'call_id' && !SAID_LATER.includes(name))
  await sql`insert into figure_calls (${columns(FACT_COLUMNS)}) select ${columns(FACT_COLUMNS)}
    from jsonb_populate_recordset(null::figure_calls, ${JSON.stringify(values)}::jsonb)
    on conflict (call_id) do update set ${columns(updated.map((name) => `${name} = excluded.${name}`))}`.execute(db)
  return finished
}

async function loadCalls(db: Database, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.call_id, c.kiosk_id, c.site_id, s.district_id, q.service_id, c.queue_id, c.language, c.matter_id,
      c.arrived_at, c.answered_at, c.ended_at, c.outcome, c.origin
    from calls c left join sites s on s.site_id = c.site_id left join queues q on q.queue_id = c.queue_id
    where c.call_id = any(${ids})`.execute(db)
  return rows
}

/** [R40] Those of which nothing came: promised, and withdrawn or given back before they were a call. */
async function neverCalls(db: Database, ids: readonly string[], asOf: number): Promise<string[]> {
  const { rows } = await sql<{ call_id: string }>`
    select b.call_id from callbacks b where b.call_id = any(${ids}) and b.ended_at < ${new Date(asOf)}
      and not exists (select from calls c where c.call_id = b.call_id)`.execute(db)
  return rows.map(({ call_id: id }) => id)
}

async function loadHandlings(db: Database, ids: readonly string[]): Promise<Map<string, HandlingAsKept[]>> {
  const rows = await db
    .selectFrom('handlings')
    .selectAll()
    .where('call_id', '=', sql<string>`any(${ids})`)
    .execute()
  return Map.groupBy(
    rows.map((row) => ({
      callId: row.call_id,
      agentId: row.agent_id,
      acceptedAt: row.accepted_at.getTime(),
      hungUpAt: row.hung_up_at.getTime(),
      wrappedUpAt: row.wrapped_up_at?.getTime() ?? null,
      isLent: row.lent_by_centre_id !== null,
      askedInAs: row.asked_in_as,
      searchedMs: row.searched_ms,
      isHandedOver: row.is_handed_over,
    })),
    ({ callId }) => callId,
  )
}

function callOf(row: Row): CallAsKept {
  return {
    enteredAt: row.arrived_at.getTime(),
    answeredAt: row.answered_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
    outcome: row.outcome,
    isWithStaff: row.origin !== 'citizen',
    hasMatter: row.matter_id !== null,
  }
}

function factOf(row: Row, { pressedAt, answeredCentreId }: Trail) {
  const enteredAt = row.arrived_at.getTime()
  return {
    call_id: row.call_id,
    pressed_at: new Date(pressedAt).toISOString(),
    entered_at: row.arrived_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
    quarter: new Date(quarterOf(enteredAt)).toISOString(),
    city_date: cityDateOf(enteredAt),
    queue_id: row.queue_id,
    service_id: row.service_id ?? '',
    language: row.language,
    centre_id: row.answered_at === null ? '' : (answeredCentreId ?? ''),
    site_id: row.site_id ?? '',
    district_id: row.district_id ?? '',
    kiosk_id: row.kiosk_id,
    matter_id: row.matter_id,
    outcome: row.outcome,
  }
}

function inColumns(sums: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(SUMS.map((name) => [columnOf(name), Math.min(SUM_MAX, sums[name] ?? 0)]))
}

/** Calls of which something was written down from an instant on, in the rows beside the journal; and the newest of that. */
export async function saidSince(db: Database, since: Date): Promise<{ callIds: string[]; newest: Date }> {
  const { rows } = await sql<{ call_id: string; at: Date }>`
    select call_id, written_at as at from wrap_ups where written_at >= ${since}
    union all select call_id, at from ratings where at >= ${since}`.execute(db)
  const newest = Math.max(since.getTime(), ...rows.map(({ at }) => at.getTime()))
  return { callIds: [...new Set(rows.map(({ call_id: id }) => id))], newest: new Date(newest) }
}

/**
 * Adds what was said later to the rows of these calls, and to those of calls before them at the same kiosk, which they may be the second try of.
 * Returns the quarter-hours and dates whose roll-ups are another now.
 */
export async function keepSaidLater(db: Database, callIds: readonly string[]) {
  const { rows } = await sql<{ quarter: Date; city_date: string }>`
    with meant as (
      select call_id from figure_calls where call_id = any(${callIds})
      union select b.call_id from figure_calls a join figure_calls b on b.kiosk_id = a.kiosk_id and b.call_id <> a.call_id
        and b.ended_at between a.entered_at - ${CAME_BACK_WITHIN} and a.entered_at
        where a.call_id = any(${callIds}) and a.matter_id is not null and a.matter_id = b.matter_id),
    said as (
      select f.call_id, f.answered,
        (select bool_and(w.is_solved_first) from wrap_ups w where w.call_id = f.call_id) as is_solved,
        (select r.face from ratings r where r.call_id = f.call_id) as face,
        f.matter_id is not null and f.ended_at is not null and exists (select from figure_calls again
          where again.kiosk_id = f.kiosk_id and again.matter_id = f.matter_id and again.call_id <> f.call_id
            and again.entered_at between f.ended_at and f.ended_at + ${CAME_BACK_WITHIN}) as is_back
      from figure_calls f join meant using (call_id)),
    changed as (
      update figure_calls f set
        solved_first = (s.answered = 1 and s.is_solved is true)::int,
        not_solved_first = (s.answered = 1 and s.is_solved is false)::int,
        came_back = (s.answered = 1 and s.is_back)::int,
        faces_good = (s.face is not distinct from 'good')::int, faces_so_so = (s.face is not distinct from 'so-so')::int,
        faces_bad = (s.face is not distinct from 'bad')::int
      from said s where s.call_id = f.call_id returning f.quarter, f.city_date)
    select distinct quarter, city_date::text from changed`.execute(db)
  return {
    quarters: [...new Set(rows.map(({ quarter }) => quarter.getTime()))],
    dates: [...new Set(rows.map(({ city_date: date }) => date))],
  }
}
