/** Days made anew from the journal, in place of what is kept or only to see whether it would be the same. */
import { sql, type Transaction } from 'kysely'
import { CITY_TIME_ZONE, startOfCityDate } from '#server/figures/calendar.ts'
import { Spans } from '#server/figures/spans.ts'
import { Trails } from '#server/figures/trails.ts'
import { agentFiguresSince } from './agent-figures.ts'
import type { Database, Tables } from './database.ts'
import { AGENT_SUM_COLUMNS, columns, SUM_COLUMNS } from './figure-columns.ts'
import { keepCallRows, keepSaidLater, loadThresholds } from './figure-call-rows.ts'
import { foldFigures, lockPosition, readLines } from './figure-fold.ts'
import { rollUp, rollUpAgents } from './figure-rollups.ts'
import { keyOf, ROLL_UPS } from './roll-ups.ts'

/** Dates of the city, `to` not included. */
export type Days = { readonly from: string; readonly to: string }

/** How many groups that differ are named. */
const DIFFERENCES_TOLD = 20

/**
 * Reads the calls that were pressed on these days from the journal again, and adds up every quarter-hour and day that they count in. Returns how
 * many calls there were; throws RangeError for days of which is deleted who worked where. What agents did is added up again from their spans, which only a whole rebuild reads anew.
 */
export async function rebuildDays(db: Database, days: Days): Promise<number> {
  return await db.transaction().execute((trx) => rebuildWithin(trx, days))
}

async function rebuildWithin(trx: Transaction<Tables>, days: Days): Promise<number> {
  await sql`set local statement_timeout = 0`.execute(trx)
  const position = await lockPosition(trx)
  const [start, end] = [startOfCityDate(days.from), startOfCityDate(days.to)]
  const [first, last] = [new Date(start), new Date(end)]
  if (first < (await agentFiguresSince(trx)))
    throw new RangeError(`who worked where on ${days.from} is not kept any more: rebuild everything, or later days`)
  const { rows: before } = await sql<{ quarter: Date; city_date: string }>`
    with gone as (delete from figure_calls where pressed_at >= ${first} and pressed_at < ${last} returning quarter, city_date)
    select distinct quarter, city_date::text from gone`.execute(trx)
  await sql`delete from figure_trails where (trail->>'pressedAt')::bigint >= ${start} and (trail->>'pressedAt')::bigint < ${end}`.execute(
    trx,
  )
  const callIds = await readCalls(trx, { start, end, upTo: position.seq, asOf: position.at })
  const dirty = await keepSaidLater(trx, callIds)
  await rollUp(trx, {
    quarters: [...new Set([...dirty.quarters, ...before.map(({ quarter }) => quarter.getTime())])],
    dates: [...new Set([...dirty.dates, ...before.map(({ city_date: date }) => date)])],
  })
  await rollUpAgents(trx, start, Math.min(end, position.at))
  return callIds.length
}

type Reading = { readonly start: number; readonly end: number; readonly upTo: number; readonly asOf: number }

/** Writes the rows of all calls pressed between two instants, reading on until none of them is open any more. */
async function readCalls(trx: Transaction<Tables>, { start, end, upTo, asOf }: Reading): Promise<string[]> {
  const thresholdsAt = await loadThresholds(trx)
  const spans = new Spans(await presenceAt(trx, start))
  const trails = new Trails(
    (agentId) => spans.centreOf(agentId),
    (pressedAt) => pressedAt >= start && pressedAt < end,
  )
  const { rows: found } = await sql<{ seq: string | null }>`
    select min(seq) as seq from journal where at >= ${new Date(start)}`.execute(trx)
  const callIds = new Set<string>()
  let seq = Number(found[0]?.seq ?? upTo + 1) - 1
  while (seq < upTo) {
    const rows = (await readLines(trx, seq)).filter((row) => row.seq <= upTo)
    for (const row of rows) {
      trails.take(row)
      spans.take(row)
    }
    const lastRow = rows.at(-1)
    if (lastRow === undefined) break
    seq = lastRow.seq
    for (const callId of trails.open.keys()) callIds.add(callId)
    const until = seq >= upTo ? asOf : lastRow.event.at
    const finished = await keepCallRows(trx, trails.open, thresholdsAt, until)
    for (const callId of finished) trails.open.delete(callId)
    if (until >= end && trails.open.size === 0) break
  }
  const rest = JSON.stringify([...trails.open.values()])
  await sql`insert into figure_trails (call_id, trail) select t->>'callId', t from jsonb_array_elements(${rest}::jsonb) as t`.execute(
    trx,
  )
  return [...callIds]
}

/** Who was signed in at an instant, and where they worked. */
async function presenceAt(trx: Transaction<Tables>, at: number) {
  const { rows } = await sql<{ agent_id: string; centre_id: string; kind: 'available' | 'away'; from_at: Date }>`
    select agent_id, centre_id, kind, from_at from figure_spans where kind in ('available', 'away')
      and from_at < ${new Date(at)} and (until_at is null or until_at >= ${new Date(at)}) order by span_id`.execute(trx)
  return rows.map(({ agent_id: agentId, centre_id: centreId, kind, from_at: from }) => {
    const none = { spanId: null, until: null, callId: null, offerId: null, end: null }
    return { ...none, agentId, centreId, kind, from: from.getTime() }
  })
}

/** What a check found. The groups that differ, in words, at most {@link DIFFERENCES_TOLD}; empty: all is as it would be. */
export type DaysCheck = { readonly callsCount: number; readonly differences: readonly string[] }

/** Leaves a transaction without any trace, and takes what was found along. */
class Found extends Error {
  readonly check: DaysCheck
  constructor(check: DaysCheck) {
    super('found')
    this.check = check
  }
}

/** Makes these days anew, compares, and leaves everything as it was. */
export async function checkDays(db: Database, days: Days): Promise<DaysCheck> {
  await foldFigures(db)
  const [first, last] = [new Date(startOfCityDate(days.from)), new Date(startOfCityDate(days.to))]
  const inQuarters = sql`quarter >= ${first} and quarter < ${last}`
  const inDays = sql`city_date >= ${days.from}::date and city_date < ${days.to}::date`
  const inMonths = sql`city_date >= date_trunc('month', ${days.from}::date)::date and city_date < ${days.to}::date`
  const meant = { quarter: inQuarters, day: inDays, month: inMonths, 'month-hour': inMonths }
  const kinds = [
    ...ROLL_UPS.map((each) => ({
      table: each.table,
      key: keyOf(each),
      sums: [...SUM_COLUMNS, 'answered_waits'],
      isMeant: meant[each.span],
    })),
    {
      table: 'figure_agent_quarters',
      key: ['quarter', 'agent_id', 'centre_id'],
      sums: AGENT_SUM_COLUMNS,
      isMeant: inQuarters,
    },
    {
      table: 'figure_agent_days',
      key: ['city_date', 'agent_id', 'centre_id'],
      sums: AGENT_SUM_COLUMNS,
      isMeant: inDays,
    },
  ]
  try {
    await db.transaction().execute(async (trx) => {
      await lockPosition(trx)
      for (const { table, isMeant } of kinds) {
        await sql`create temp table ${sql.id(`kept_${table}`)} on commit drop as select * from ${sql.table(table)} where ${isMeant}`.execute(
          trx,
        )
      }
      const callsCount = await rebuildWithin(trx, days)
      const differences: string[] = []
      for (const kind of kinds) differences.push(...(await differencesOf(trx, kind)))
      throw new Found({ callsCount, differences: differences.slice(0, DIFFERENCES_TOLD) })
    })
  } catch (error) {
    if (error instanceof Found) return error.check
    throw error
  }
  throw new Error('a check has to find something')
}

type Kind = {
  readonly table: string
  readonly key: readonly string[]
  readonly sums: readonly string[]
  readonly isMeant: ReturnType<typeof sql>
}

async function differencesOf(trx: Transaction<Tables>, { table, key, sums, isMeant }: Kind): Promise<string[]> {
  const all = columns([...key, ...sums])
  const kept = sql`select ${all} from ${sql.id(`kept_${table}`)}`
  const made = sql`select ${all} from ${sql.table(table)} where ${isMeant}`
  const { rows } = await sql<{ side: 'kept' | 'made'; key: string; row: Record<string, unknown> }>`
    with one as (${kept} except all ${made}), two as (${made} except all ${kept})
    select side, row - 'answered_waits' as row,
      concat_ws(' ', ${columns(key.map((name) => `row->>'${name}'`))}) as key
    from (select 'kept' as side, to_jsonb(one) as row from one union all select 'made', to_jsonb(two) from two) as both_sides
    order by key, side limit ${2 * DIFFERENCES_TOLD}`.execute(trx)
  return [...Map.groupBy(rows, (row) => row.key)].map(([of, sides]) => {
    const [a, b] = (['kept', 'made'] as const).map((side) => sides.find((each) => each.side === side)?.row)
    if (a === undefined || b === undefined) return `${table} ${of}: ${a === undefined ? 'is missing' : 'is too much'}`
    const names = sums.filter((name) => a[name] !== b[name])
    const what = names.map((name) => `${name} ${String(a[name])} instead of ${String(b[name])}`)
    return `${table} ${of}: ${what.length > 0 ? what.join(', ') : 'other waits'}`
  })
}

/** The city's date at an instant, and the one before it. */
export function daysAround(at: number): { today: string; yesterday: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDate()
  return { today: today.toString(), yesterday: today.subtract({ days: 1 }).toString() }
}

/** What the check of every night asks and does; `now` in ms since 1970. */
export function checkYesterday(db: Database, now: () => number) {
  return {
    yesterday: () => daysAround(now()).yesterday,
    lastChecked: async () => {
      const { rows } = await sql<{
        date: string | null
      }>`select max(city_date)::text as date from figure_checks`.execute(db)
      return rows[0]?.date ?? undefined
    },
    check: async (date: string) => {
      const { today } = daysAround(startOfCityDate(date) + 36 * 60 * 60 * 1_000)
      const check = await checkDays(db, { from: date, to: today })
      await keepCheck(db, date, check)
      return check.differences
    },
  }
}

async function keepCheck(db: Database, date: string, check: DaysCheck): Promise<void> {
  await sql`insert into figure_checks (city_date, calls_count, differences) values (${date}::date, ${check.callsCount}, ${[...check.differences]})
    on conflict (city_date) do update set checked_at = now(), calls_count = excluded.calls_count, differences = excluded.differences`.execute(
    db,
  )
}
