/** Sums for reports, from whatever holds them in the fewest rows: months, days, quarter-hours, or calls. */
import { sql, type RawBuilder } from 'kysely'
import type { ReportDimension, ReportInterval } from '#server/contract/reports.ts'
import { startOfCityDate } from '#server/figures/calendar.ts'
import type { AgentSums, Sums } from '#server/figures/sums.ts'
import type { Database } from './database.ts'
import { agentSumsOf, AGENT_SUM_COLUMNS, columns, SUM_COLUMNS, summed, sumsOf } from './figure-columns.ts'
import { ROLL_UPS, WEEK_HOUR, type Span } from './roll-ups.ts'

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

/** The column of a dimension, the same wherever calls are counted. */
export const dimensionColumn = (dimension: ReportDimension): string =>
  dimension === 'language' ? 'language' : `${dimension}_id`

const SPAN_OF: Readonly<Record<ReportInterval, Span>> = {
  whole: 'month',
  month: 'month',
  year: 'month',
  day: 'day',
  week: 'day',
  'weekday-hour': 'month-hour',
  'quarter-hour': 'quarter',
  hour: 'quarter',
}

type Source = { readonly table: string; readonly span: Span | 'call' }
/** They know everything, in the most rows. */
const CALLS: Source = { table: 'figure_calls', span: 'call' }

/** Where a report is read from: the roll-up with the fewest rows that knows what is asked, or the calls. */
export function sourceOf({ range, interval, groupBy, filters }: Omit<ReportQuestion, 'rowsMax'>): Source {
  const asked = [...groupBy, ...filters.keys()].map(dimensionColumn)
  return smallest(range.dates === null ? 'quarter' : SPAN_OF[interval], asked)
}

const smallest = (span: Span, asked: readonly string[]): Source =>
  ROLL_UPS.find((each) => each.span === span && asked.every((column) => each.by.includes(column))) ?? CALLS

/** Rows of one table, which are of the time that is meant. */
type Part = Source & { readonly isMeant: RawBuilder<unknown> }

/** What the rows of a range are in: of months, those that are whole in it, and what is before and after them. */
function partsOf(question: Omit<ReportQuestion, 'rowsMax'>): Part[] {
  const source = sourceOf(question)
  const { from, to, dates } = question.range
  const instants = { ...source, isMeant: sql`quarter >= ${new Date(from)} and quarter < ${new Date(to)}` }
  if (dates === null || source.span === 'quarter' || source.span === 'call') return [instants]
  const datesIn = (of: Source, first: string, last: string): Part => ({
    ...of,
    isMeant: sql`city_date >= ${first}::date and city_date < ${last}::date`,
  })
  if (source.span === 'day') return [datesIn(source, dates.from, dates.to)]
  const start = Temporal.PlainDate.from(dates.from)
  const firstMonth = (start.day === 1 ? start : start.add({ months: 1 }).with({ day: 1 })).toString()
  const lastMonth = Temporal.PlainDate.from(dates.to).with({ day: 1 }).toString()
  const asked = [...question.groupBy, ...question.filters.keys()].map(dimensionColumn)
  const rest = smallest(source.span === 'month' ? 'day' : 'quarter', asked)
  const daysIn = (first: string, last: string): Part[] => {
    if (first >= last) return []
    if (rest.span === 'day') return [datesIn(rest, first, last)]
    const [low, high] = [first, last].map((date) => new Date(startOfCityDate(date)))
    return [{ ...rest, isMeant: sql`quarter >= ${low} and quarter < ${high}` }]
  }
  if (firstMonth >= lastMonth) return daysIn(dates.from, dates.to)
  return [datesIn(source, firstMonth, lastMonth), ...daysIn(dates.from, firstMonth), ...daysIn(lastMonth, dates.to)]
}

/** The instant or date that an interval begins with, out of what the source has. */
function startOf(interval: ReportInterval, { span }: Source): RawBuilder<unknown> {
  const isOfInstants = span === 'quarter' || span === 'call'
  const date = isOfInstants ? sql`(quarter at time zone 'Europe/Copenhagen')::date` : sql`city_date`
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
      return isOfInstants ? WEEK_HOUR : sql`week_hour`
  }
}

/** The rows of a report, in order, one more than asked for at most. */
export async function loadSums(db: Database, question: ReportQuestion): Promise<SummedRow[]> {
  const { interval, groupBy, filters, rowsMax } = question
  const keys = groupBy.map((name) => dimensionColumn(name))
  const isAsked = [...filters].map(([name, ids]) => sql` and ${sql.ref(dimensionColumn(name))} = any(${[...ids]})`)
  const rowsOf = (part: Part) => {
    const waits =
      part.span === 'call' ? sql`case when answered = 1 then int4send(answered_wait_ms) end` : sql`answered_waits`
    const named = columns([
      ...keys.map((key) => (key === 'matter_id' ? `coalesce(matter_id, '') as matter_id` : key)),
      ...SUM_COLUMNS,
    ])
    return sql`select ${startOf(interval, part)} as at, ${named}, ${waits} as waits
      from ${sql.table(part.table)} where ${part.isMeant}${sql.join(isAsked, sql``)}`
  }
  const places = sql.raw([1, ...keys.map((_, i) => i + 2)].join(', '))
  const groups = sql.join([sql`at`, ...keys.map((key) => sql.ref(key))])
  const { rows } = await sql<Record<string, unknown> & { at: Date | string | null; waits: Buffer | null }>`
    select ${groups}, ${summed(SUM_COLUMNS)}, string_agg(waits, ''::bytea) as waits
    from (${sql.join(partsOf(question).map(rowsOf), sql` union all `)}) as meant
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
  const { from, to, dates } = range
  const isOfDays = dates !== null && interval !== 'quarter-hour'
  const table = isOfDays ? 'figure_agent_days' : 'figure_agent_quarters'
  const isMeant = isOfDays
    ? sql`city_date >= ${dates.from}::date and city_date < ${dates.to}::date`
    : sql`quarter >= ${new Date(from)} and quarter < ${new Date(to)}`
  const { rows } = await sql<Record<string, unknown> & { at: Date | string | null; agent_id: string }>`
    select ${at} as at, agent_id, ${summed(AGENT_SUM_COLUMNS)} from ${sql.table(table)}
    where agent_id = any(${[...agentIds]}) and ${isMeant}
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
