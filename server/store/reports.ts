/** Sums for reports, from whatever holds them in the fewest rows: days, quarter-hours, or calls. */
import { sql, type RawBuilder } from 'kysely'
import type { ReportDimension, ReportInterval } from '#server/contract/reports.ts'
import type { AgentSums, Sums } from '#server/figures/sums.ts'
import type { Database } from './database.ts'
import { agentSumsOf, AGENT_SUM_COLUMNS, SUM_COLUMNS, summed, sumsOf } from './figure-columns.ts'

/** From `from` up to, not including, `to`, in ms since 1970, at quarter-hours; as dates of the city where both are midnights of it. */
export type ReportRange = {
  readonly from: number
  readonly to: number
  readonly dates: { readonly from: string; readonly to: string } | null
}

export type ReportQuestion = {
  readonly range: ReportRange
  readonly interval: ReportInterval
  readonly groupBy: readonly ReportDimension[]
  readonly filters: ReadonlyMap<ReportDimension, readonly string[]>
  /** One more than this is read, so that whoever asks sees that there are more. */
  readonly rowsMax: number
}

export type SummedRow = {
  /** An instant in ms, a date, a weekday and hour, or null. */
  readonly at: number | string | null
  readonly group: Readonly<Record<string, string>>
  readonly sums: Sums
  /** The waits of the answered, packed for `unpackWaits`. */
  readonly waits: Buffer
}

type Source = 'figure_months' | 'figure_days' | 'figure_line_days' | 'figure_quarters' | 'figure_calls'

/** The column of a dimension, the same wherever calls are counted. */
export const dimensionColumn = (dimension: ReportDimension): string =>
  dimension === 'language' ? 'language' : `${dimension}_id`

/**
 * Where a report is read from. Months and days hold whole days of everything, the latter also without their places, which is a thirtieth of
 * the rows; quarter-hours hold no places; calls hold all, and they alone what citizens came for.
 */
export function sourceOf({ range, interval, groupBy, filters }: Omit<ReportQuestion, 'rowsMax'>): Source {
  if ([...groupBy, ...filters.keys()].includes('matter')) return 'figure_calls'
  const isOfPlace = [...groupBy, ...filters.keys()].some((name) => name === 'site' || name === 'district')
  if (range.dates !== null && ['whole', 'month', 'year'].includes(interval)) return 'figure_months'
  if (range.dates !== null && ['day', 'week'].includes(interval)) return isOfPlace ? 'figure_days' : 'figure_line_days'
  return isOfPlace ? 'figure_calls' : 'figure_quarters'
}

/** The rows of a range: of months, those that are whole in it, and the days before and after them. */
function rowsOf(source: Source, { from, to, dates }: ReportRange): RawBuilder<unknown> {
  if (dates === null || source === 'figure_quarters' || source === 'figure_calls') {
    return sql`(select * from ${sql.table(source)} where quarter >= ${new Date(from)} and quarter < ${new Date(to)}) as meant`
  }
  const days = (table: string, first: string, last: string) =>
    sql`select * from ${sql.table(table)} where city_date >= ${first}::date and city_date < ${last}::date`
  if (source !== 'figure_months') return sql`(${days(source, dates.from, dates.to)}) as meant`
  const start = Temporal.PlainDate.from(dates.from)
  const firstMonth = (start.day === 1 ? start : start.add({ months: 1 }).with({ day: 1 })).toString()
  const lastMonth = Temporal.PlainDate.from(dates.to).with({ day: 1 }).toString()
  if (firstMonth >= lastMonth) return sql`(${days('figure_days', dates.from, dates.to)}) as meant`
  return sql`(${days('figure_months', firstMonth, lastMonth)} union all ${days('figure_days', dates.from, firstMonth)}
    union all ${days('figure_days', lastMonth, dates.to)}) as meant`
}

/** The instant or date that an interval begins with, out of what the source has. */
function startOf(interval: ReportInterval, source: Source): RawBuilder<unknown> {
  const isOfInstants = source === 'figure_quarters' || source === 'figure_calls'
  const date = !isOfInstants ? sql`city_date` : sql`(quarter at time zone 'Europe/Copenhagen')::date`
  switch (interval) {
    case 'whole':
      return sql`null::text`
    case 'quarter-hour':
      return sql`quarter`
    case 'hour':
      return sql`date_bin('1 hour', quarter, timestamptz '2000-01-01T00:00Z')`
    case 'day':
      return sql`${date}::text`
    case 'week':
    case 'month':
    case 'year':
      return sql`date_trunc(${sql.lit(interval)}, ${date}::timestamp)::date::text`
    case 'weekday-hour':
      return sql`to_char(quarter at time zone 'Europe/Copenhagen', 'ID HH24')`
  }
}

/** The rows of a report, in order, one more than asked for at most. */
export async function loadSums(db: Database, question: ReportQuestion): Promise<SummedRow[]> {
  const { range, interval, groupBy, filters, rowsMax } = question
  const source = sourceOf(question)
  const keys = groupBy.map((name) => dimensionColumn(name))
  const isMeant = [...filters].map(([name, ids]) => sql`${sql.ref(dimensionColumn(name))} = any(${[...ids]})`)
  const where = isMeant.length === 0 ? sql`` : sql`where ${sql.join(isMeant, sql` and `)}`
  const waits =
    source === 'figure_calls'
      ? sql`string_agg(int4send(answered_wait_ms), ''::bytea) filter (where answered = 1)`
      : sql`string_agg(answered_waits, ''::bytea)`
  const groups = sql.join([sql`${startOf(interval, source)} as at`, ...keys.map((key) => sql.ref(key))])
  const places = sql.raw([1, ...keys.map((_, i) => i + 2)].join(', '))
  const { rows } = await sql<Record<string, unknown> & { at: Date | string | null; waits: Buffer | null }>`
    select ${groups}, ${summed(SUM_COLUMNS)}, ${waits} as waits from ${rowsOf(source, range)} ${where}
    group by ${places} order by ${places} limit ${rowsMax + 1}`.execute(db)
  return rows.map((row) => {
    return {
      at: row.at instanceof Date ? row.at.getTime() : row.at,
      group: Object.fromEntries(groupBy.map((name) => [name, String(row[dimensionColumn(name)] ?? '')])),
      sums: sumsOf(row),
      waits: row.waits ?? Buffer.alloc(0),
    }
  })
}

export type AgentQuestion = {
  readonly range: ReportRange
  readonly interval: 'whole' | 'quarter-hour' | 'day' | 'month'
  readonly agentIds: readonly string[]
  readonly rowsMax: number
}

export type AgentRow = { readonly at: number | string | null; readonly agentId: string; readonly sums: AgentSums }

/** What these agents did, in the order of time; one row more than asked for at most. */
export async function loadAgentSums(db: Database, question: AgentQuestion): Promise<AgentRow[]> {
  const { range, interval, agentIds, rowsMax } = question
  const at = {
    whole: sql`null::text`,
    'quarter-hour': sql`quarter`,
    day: sql`city_date::text`,
    month: sql`date_trunc('month', city_date::timestamp)::date::text`,
  }[interval]
  const { rows } = await sql<Record<string, unknown> & { at: Date | string | null; agent_id: string }>`
    select ${at} as at, agent_id, ${summed(AGENT_SUM_COLUMNS)} from figure_agent_quarters
    where agent_id = any(${[...agentIds]}) and quarter >= ${new Date(range.from)} and quarter < ${new Date(range.to)}
    group by 1, 2 order by 1, 2 limit ${rowsMax + 1}`.execute(db)
  return rows.map((row) => ({
    at: row.at instanceof Date ? row.at.getTime() : row.at,
    agentId: row.agent_id,
    sums: agentSumsOf(row),
  }))
}

/** Up to when the journal was counted, in ms since 1970. */
export async function figuresAsOf(db: Database): Promise<number> {
  const { at } = await db.selectFrom('figures_position').select('at').executeTakeFirstOrThrow()
  return at.getTime()
}
