/** What a report is asked for, from the words of an address: checked, and as the store takes it. */
import { DIMENSIONS, type ReportDimension, type ReportInterval, type ReportQuery } from '#server/contract/reports.ts'
import { cityDateOf, QUARTER_MS, startOfCityDate } from '#server/figures/calendar.ts'
import type { ReportRange } from '#server/store/reports.ts'

/** A leap year, and the hour that a clock may add. */
export const REPORT_DAYS_MAX = 367
const DAY_MS = 24 * 60 * 60 * 1_000

export type Asked = {
  readonly range: ReportRange
  readonly compared: ReportRange | null
  readonly interval: ReportInterval
  readonly groupBy: readonly ReportDimension[]
  readonly filters: ReadonlyMap<ReportDimension, readonly string[]>
}

/** The question; throws RangeError with a sentence where it makes no sense. */
export function askedOf(query: Omit<ReportQuery, 'format'>): Asked {
  const range = rangeOf(query.from, query.to)
  const groupBy = (query.group?.split(',') ?? []) as ReportDimension[]
  if (new Set(groupBy).size < groupBy.length) throw new RangeError('`group` names a dimension twice')
  const filters = DIMENSIONS.flatMap((name): [ReportDimension, string[]][] => {
    const ids = query[name]
    return ids === undefined ? [] : [[name, ids.split(',')]]
  })
  const compared = query.compareFrom === undefined ? null : sameLength(range, query.compareFrom)
  const interval = query.interval ?? 'whole'
  return { range, compared, interval, groupBy, filters: new Map(filters) }
}

/** The time between two dates or instants. Throws RangeError where it is none, too long, or not of quarter-hours. */
export function rangeOf(from: string, to: string): ReportRange {
  return rangeBetween(instantOf(from), instantOf(to))
}

function rangeBetween(from: number, to: number): ReportRange {
  if (!(from < to)) throw new RangeError('`from` must be before `to`')
  if (to - from > REPORT_DAYS_MAX * DAY_MS) throw new RangeError('a report is of a year at most')
  if (from % QUARTER_MS !== 0 || to % QUARTER_MS !== 0)
    throw new RangeError('a report begins and ends at quarter-hours')
  const dates = { from: cityDateOf(from), to: cityDateOf(to) }
  const isOfDays = startOfCityDate(dates.from) === from && startOfCityDate(dates.to) === to
  return { from, to, dates: isOfDays ? dates : null }
}

/** As many days from another day on, or as long from another instant on. */
function sameLength({ from, to, dates }: ReportRange, other: string): ReportRange {
  const start = instantOf(other)
  const date = cityDateOf(start)
  if (dates === null || startOfCityDate(date) !== start) return rangeBetween(start, start + (to - from))
  const days = Temporal.PlainDate.from(dates.from).until(dates.to, { largestUnit: 'days' })
  return rangeBetween(start, startOfCityDate(Temporal.PlainDate.from(date).add(days).toString()))
}

function instantOf(when: string): number {
  const at = when.length === 'YYYY-MM-DD'.length ? startOfCityDate(when) : Date.parse(when)
  if (Number.isNaN(at)) throw new RangeError(`${when} is no date`)
  return at
}
