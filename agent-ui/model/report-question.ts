/** What a report asks for, as the address of the page says it and as the server is asked. Pure: a link opens the same report. */
import {
  REPORT_ROWS_MAX,
  type AgentReportInterval,
  type ReportDimension,
  type ReportInterval,
} from '#server/contract/reports.ts'
import { addDays } from './copenhagen-time.ts'
import type { DayRange } from './range.ts'
import { dayCountOf, movedBy, periodAround, periodFault, periodOf, today, type PeriodFault } from './report-period.ts'

export const REPORT_DIMENSIONS = ['queue', 'service', 'matter', 'site', 'district', 'language', 'centre'] as const

/** What the rows of the table may be; a heat map is a chart of its own. */
export const TABLE_INTERVALS = ['whole', 'quarter-hour', 'hour', 'day', 'week', 'month', 'year'] as const
export type TableInterval = (typeof TABLE_INTERVALS)[number]

/** `before`: the period before this one. `year-before`: 52 weeks earlier, so that weekdays meet; a year: the year before. */
export const COMPARISONS = ['none', 'before', 'year-before'] as const
export type Comparison = (typeof COMPARISONS)[number]

export const FIGURE_SETS = ['overview', 'levels', 'waits', 'handling', 'people', 'outcome'] as const
export type FigureSet = (typeof FIGURE_SETS)[number]

export const HEAT_MEASURES = ['offered', 'serviceLevel', 'median', 'p90'] as const
export type HeatMeasure = (typeof HEAT_MEASURES)[number]

export interface ReportQuestion extends DayRange {
  readonly interval: TableInterval
  /** One or two; none: everything together. */
  readonly groups: readonly ReportDimension[]
  readonly filters: Readonly<Partial<Record<ReportDimension, readonly string[]>>>
  readonly comparison: Comparison
  readonly set: FigureSet
  readonly heat: HeatMeasure
}

const oneOf = <Name extends string>(names: readonly Name[], word: string | null): Name | undefined =>
  names.find((name) => name === word)

/** The question in an address (`?from=…&to=…`): whatever is missing or is no such word is as it is at first, this week by queue. */
export function questionIn(search: string, nowAt: number): ReportQuestion {
  const words = new URLSearchParams(search)
  const asked = { fromDay: words.get('from') ?? '', toDay: words.get('to') ?? '' }
  const range = periodFault(asked) === null ? asked : periodAround('week', today(nowAt))
  const groups = (words.get('group') ?? 'queue').split(',').flatMap((word) => oneOf(REPORT_DIMENSIONS, word) ?? [])
  const filters: Partial<Record<ReportDimension, readonly string[]>> = {}
  for (const dimension of REPORT_DIMENSIONS) {
    const ids = (words.get(dimension) ?? '').split(',').filter((id) => /^[a-z0-9.-]+$/.test(id))
    if (ids.length > 0) filters[dimension] = ids.slice(0, 50)
  }
  return {
    ...range,
    interval: oneOf(TABLE_INTERVALS, words.get('interval')) ?? 'whole',
    groups: [...new Set(groups)].slice(0, 2),
    filters,
    comparison: oneOf(COMPARISONS, words.get('compare')) ?? 'none',
    set: oneOf(FIGURE_SETS, words.get('set')) ?? 'overview',
    heat: oneOf(HEAT_MEASURES, words.get('heat')) ?? 'offered',
  }
}

/** The address of a question, with `?`: `questionIn` gives the same question back. */
export function searchOf(question: ReportQuestion): string {
  const { fromDay, toDay, interval, groups, filters, comparison, set, heat } = question
  const words = new URLSearchParams({ from: fromDay, to: toDay, group: groups.join(',') || 'none' })
  if (interval !== 'whole') words.set('interval', interval)
  for (const dimension of REPORT_DIMENSIONS) {
    const ids = filters[dimension]
    if (ids !== undefined) words.set(dimension, ids.join(','))
  }
  if (comparison !== 'none') words.set('compare', comparison)
  if (set !== 'overview') words.set('set', set)
  if (heat !== 'offered') words.set('heat', heat)
  return `?${words.toString().replaceAll('%2C', ',')}`
}

/** The days that are compared with; null where none are. The server takes as many of them as the report has. */
export function comparedRange(question: ReportQuestion): DayRange | null {
  const { comparison } = question
  if (comparison === 'none') return null
  const fromDay = comparison === 'before' ? movedBy(-1, question).fromDay : yearBefore(question)
  return { fromDay, toDay: addDays(fromDay, dayCountOf(question) - 1) }
}

function yearBefore(range: DayRange): string {
  const period = periodOf(range)
  if (period !== 'month' && period !== 'year') return addDays(range.fromDay, -364)
  return `${Number(range.fromDay.slice(0, 4)) - 1}${range.fromDay.slice(4)}`
}

/** How the server is asked for one part of the report. */
export interface Part {
  readonly interval: ReportInterval
  readonly groups: readonly ReportDimension[]
  readonly isCompared: boolean
  readonly format?: 'csv' | 'xlsx'
}

/** The words after `/reports?`. */
export function serverWords(question: ReportQuestion, { interval, groups, isCompared, format }: Part): string {
  const words = new URLSearchParams({ from: question.fromDay, to: addDays(question.toDay, 1), interval })
  if (groups.length > 0) words.set('group', groups.join(','))
  for (const dimension of REPORT_DIMENSIONS) {
    const ids = question.filters[dimension]
    if (ids !== undefined) words.set(dimension, ids.join(','))
  }
  const compared = isCompared ? comparedRange(question) : null
  if (compared !== null) words.set('compareFrom', compared.fromDay)
  if (format !== undefined) words.set('format', format)
  return words.toString()
}

/** The words after `/reports/callbacks?`: by the groups of the table. */
export function callbackWords(question: ReportQuestion): string {
  const { groups } = question
  const words = new URLSearchParams(serverWords(question, { interval: 'whole', groups, isCompared: true }))
  words.delete('interval')
  return words.toString()
}

/** The words after `/reports/agents?`: everybody whom one may see. */
export function agentWords({ fromDay, toDay }: DayRange, interval: AgentReportInterval): string {
  return new URLSearchParams({ from: fromDay, to: addDays(toDay, 1), interval }).toString()
}

/** What a report by e-mail asks for: the same without its days, which the server puts in. */
export function mailWords(question: ReportQuestion): string {
  const { interval, groups } = question
  const words = new URLSearchParams(serverWords(question, { interval, groups, isCompared: false }))
  words.delete('from')
  words.delete('to')
  return words.toString()
}

/** How many rows an interval makes of the days, for each group. */
function intervalsCount(days: number, interval: TableInterval): number {
  const perDay = { whole: 0, 'quarter-hour': 96, hour: 24, day: 1, week: 1 / 7, month: 1 / 30, year: 1 / 366 }[interval]
  return Math.ceil(days * perDay)
}

/** What keeps a question from being asked; `too-many-rows`: of a single group there would be more than the server gives. */
export function questionFault(question: ReportQuestion): PeriodFault | 'too-many-rows' | null {
  const fault = periodFault(question)
  if (fault !== null) return fault
  return intervalsCount(dayCountOf(question), question.interval) > REPORT_ROWS_MAX * QUIET_NIGHTS
    ? 'too-many-rows'
    : null
}

/** Intervals in which nobody came are no rows: nights are quiet, so that twice as many may be asked for. */
const QUIET_NIGHTS = 2

/** What the line of a period is drawn by, so that it has between some and some hundred points. */
export function lineInterval(range: DayRange): 'quarter-hour' | 'hour' | 'day' | 'week' {
  const days = dayCountOf(range)
  if (days <= 2) return 'quarter-hour'
  if (days <= 8) return 'hour'
  return days <= 100 ? 'day' : 'week'
}
