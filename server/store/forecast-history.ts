/** What a forecast is made of, from the roll-ups of the figures. */
import { sql } from 'kysely'
import { cityDateOf, startOfCityDate } from '#server/figures/calendar.ts'
import type { Database } from './database.ts'
import { figuresAsOf } from './reports.ts'

/** Handling and patience are of these last days: long enough for a small queue, short enough for a new way to work. */
const RECENT_DAYS = 56

/** A quarter-hour and how many wanted into the queue in it. */
export type QuarterCount = { readonly at: number; readonly callsCount: number }

/**
 * Which of those dates of the city have counts, in the order they are given: dates since the queue's first call on which anything was counted in
 * the city. A day that the server was away says nothing, and is not a day without calls.
 */
export async function countedDates(db: Database, queueId: string, dates: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ date: string }>`
    select distinct city_date::text as date from figure_line_days
    where city_date = any(${[...dates]}::date[])
      and city_date >= (select min(city_date) from figure_line_days where queue_id = ${queueId})`.execute(db)
  const counted = new Set(rows.map(({ date }) => date))
  return dates.filter((date) => counted.has(date))
}

/**
 * The calls of a queue on each of those dates by quarter-hour: those let in, and those turned away because the line was full or paused, who
 * wanted the same. Quarter-hours without any are left out. Whoever came while it was closed is not counted.
 */
export async function callsOfDates(
  db: Database,
  queueId: string,
  dates: readonly string[],
): Promise<ReadonlyMap<string, readonly QuarterCount[]>> {
  const next = (date: string) => Temporal.PlainDate.from(date).add({ days: 1 }).toString()
  const starts = dates.map((date) => new Date(startOfCityDate(date)))
  const ends = dates.map((date) => new Date(startOfCityDate(next(date))))
  const { rows } = await sql<{ quarter: Date; calls: string }>`
    select quarter, sum(offered + turned_away_full + turned_away_paused) as calls
    from unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) as day (starts_at, ends_at)
    join figure_quarters on quarter >= starts_at and quarter < ends_at and queue_id = ${queueId}
    group by quarter order by quarter`.execute(db)
  const byDate = new Map<string, QuarterCount[]>(dates.map((date) => [date, []]))
  for (const { quarter, calls } of rows) {
    byDate.get(cityDateOf(quarter.getTime()))?.push({ at: quarter.getTime(), callsCount: Number(calls) })
  }
  return byDate
}

export type RecentWork = {
  /** Talk, hold and wrap-up of the calls handled. */
  readonly handlingMs: number
  readonly handledCount: number
  /** All waits of those let in, however they ended. */
  readonly waitedMs: number
  readonly abandonedCount: number
}

/** What the calls of a queue took and bore in the weeks before `until`, in ms since 1970. */
export async function recentWork(db: Database, queueId: string, until: number): Promise<RecentWork> {
  const from = new Date(until - RECENT_DAYS * 24 * 60 * 60 * 1_000)
  // From the calls themselves: the sums of days do not have the waits of those who neither gave up nor were answered.
  const { rows } = await sql<Record<'handling' | 'handled' | 'waited' | 'abandoned', string | null>>`
    select sum(talk_ms::bigint + hold_ms + wrap_up_ms) as handling, sum(handled) as handled,
      sum(wait_ms_max::bigint) as waited, sum(abandoned) as abandoned
    from figure_calls where quarter >= ${from} and quarter < ${new Date(until)} and queue_id = ${queueId}`.execute(db)
  const count = (name: 'handling' | 'handled' | 'waited' | 'abandoned') => Number(rows[0]?.[name] ?? 0)
  return {
    handlingMs: count('handling'),
    handledCount: count('handled'),
    waitedMs: count('waited'),
    abandonedCount: count('abandoned'),
  }
}

/** Up to when everything is counted, in ms since 1970, and the first date of the city that is not over by then. */
export async function countedUntil(db: Database): Promise<{ readonly asOf: number; readonly date: string }> {
  const asOf = await figuresAsOf(db)
  return { asOf, date: cityDateOf(asOf) }
}
