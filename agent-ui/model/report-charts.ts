/** What the charts of a report show, out of what the server answers. Pure. */
import type { ReportInterval, ReportPeriod, ReportReply, ReportRow } from '#server/contract/reports.ts'
import type { FlowLink, FlowNode } from './chart-geometry.ts'
import { addDays, dayOf, startOfDay } from './copenhagen-time.ts'
import { dayCountOf, periodAround } from './report-period.ts'
import type { HeatMeasure } from './report-question.ts'

export interface HeatCell {
  /** Monday is 1. */
  readonly weekday: number
  readonly hour: number
  /** Null where nothing was counted. */
  readonly value: number | null
  readonly row: ReportRow | null
}
export interface HeatMap {
  readonly hours: readonly number[]
  readonly days: readonly { readonly weekday: number; readonly cells: readonly HeatCell[] }[]
  readonly max: number
}

function measured(row: ReportRow, measure: HeatMeasure, headline: string): number | null {
  switch (measure) {
    case 'offered':
      return row.sums['offered'] ?? null
    case 'serviceLevel':
      return row.figures[headline]?.value ?? null
    case 'median':
      return row.waits.medianMs
    case 'p90':
      return row.waits.p90Ms
  }
}

/** Weekdays by hours, from the first to the last hour in which anybody came on any day. */
export function heatMapOf({ rows, headline }: ReportReply, measure: HeatMeasure): HeatMap {
  const byPlace = new Map(rows.map((row) => [String(row.at), row]))
  const hoursSeen = rows.map(({ at }) => Number(String(at).slice(2)))
  const first = Math.min(...hoursSeen)
  const hours = rows.length === 0 ? [] : Array.from({ length: Math.max(...hoursSeen) - first + 1 }, (_, i) => first + i)
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const cells = hours.map((hour): HeatCell => {
      const row = byPlace.get(`${weekday} ${String(hour).padStart(2, '0')}`) ?? null
      return { weekday, hour, value: row === null ? null : measured(row, measure, headline), row }
    })
    return { weekday, cells }
  })
  return { hours, days, max: Math.max(0, ...days.flatMap(({ cells }) => cells.map(({ value }) => value ?? 0))) }
}

export const OUTCOME_NODES = ['answered', 'abandoned', 'flowedOut', 'stillWaiting'] as const
export const SOLVED_NODES = ['solved', 'notSolved', 'notSaid'] as const
export type FlowNodeName = (typeof OUTCOME_NODES)[number] | (typeof SOLVED_NODES)[number]

/** Matters that stand by themselves; those with fewer calls are put together as `from/` and {@link OTHERS}. */
const MATTERS_MAX = 7
export const OTHERS = '+'

/**
 * From what was asked for, over how the wait ended, to what was said of it after the call: `rows` by matter. The first nodes are `from/ID`, so that
 * no id is the name of an outcome.
 */
export function flowOf(rows: readonly ReportRow[]): { readonly nodes: FlowNode[]; readonly links: FlowLink[] } {
  const sorted = rows.toSorted((a, b) => (b.sums['offered'] ?? 0) - (a.sums['offered'] ?? 0))
  const isAlone = (i: number): boolean => i < MATTERS_MAX || sorted.length === MATTERS_MAX + 1
  const matters = new Map<string, ReportRow[]>()
  for (const [i, row] of sorted.entries()) {
    const id = `from/${isAlone(i) ? (row.group['matter'] ?? '') : OTHERS}`
    matters.set(id, [...(matters.get(id) ?? []), row])
  }
  const sum = (those: readonly ReportRow[], name: string) =>
    those.reduce((total, { sums }) => total + (sums[name] ?? 0), 0)
  const links: FlowLink[] = [...matters].flatMap(([from, those]) =>
    OUTCOME_NODES.map((to) => ({ from, to, count: sum(those, to) })),
  )
  const solved = sum(sorted, 'solvedFirst')
  const notSolved = sum(sorted, 'notSolvedFirst')
  const said = { solved, notSolved, notSaid: sum(sorted, 'answered') - solved - notSolved }
  return {
    nodes: [
      ...[...matters.keys()].map((id) => ({ id, column: 0 })),
      ...OUTCOME_NODES.map((id) => ({ id, column: 1 })),
      ...SOLVED_NODES.map((id) => ({ id, column: 2 })),
    ],
    links: [...links, ...SOLVED_NODES.map((to) => ({ from: 'answered', to, count: said[to] }))],
  }
}

export type LineInterval = 'quarter-hour' | 'hour' | 'day' | 'week'

export interface LinePoint {
  /** An instant in ms, or the first date. */
  readonly at: number | string
  /** Null where the time is still to come. */
  readonly offered: number | null
  readonly answered: number | null
  /** Offered in the period compared with, at the same place in it; null where there is none. */
  readonly compared: number | null
}

const STEP_MS = { 'quarter-hour': 900_000, hour: 3_600_000 } as const

/** Every interval of a period, quiet ones included. */
function placesOf(period: Pick<ReportPeriod, 'from' | 'to'>, interval: LineInterval): (number | string)[] {
  const places: (number | string)[] = []
  if (interval === 'quarter-hour' || interval === 'hour') {
    for (let at = period.from; at < period.to; at += STEP_MS[interval]) places.push(at)
    return places
  }
  const first = dayOf(period.from)
  const start = interval === 'week' ? periodAround('week', first).fromDay : first
  const last = dayOf(period.to - 1)
  for (let day = start; day <= last; day = addDays(day, interval === 'week' ? 7 : 1)) places.push(day)
  return places
}

/** The calls of each interval, and of the same one in the period compared with. */
export function lineOf(reply: ReportReply, interval: LineInterval): LinePoint[] {
  const rowsBy = (period: ReportPeriod) => new Map(period.rows.map((row) => [row.at, row]))
  const rows = rowsBy(reply)
  const { comparison, asOf } = reply
  const others = comparison === null ? [] : placesOf(comparison, interval)
  const otherRows = comparison === null ? new Map<string | number | null, ReportRow>() : rowsBy(comparison)
  const counted = (row: ReportRow | undefined, name: string): number => row?.sums[name] ?? 0
  return placesOf(reply, interval).map((at, i) => {
    const isToCome = (typeof at === 'number' ? at : (startOfDay(at) ?? 0)) > asOf
    const other = others[i]
    return {
      at,
      offered: isToCome ? null : counted(rows.get(at), 'offered'),
      answered: isToCome ? null : counted(rows.get(at), 'answered'),
      compared: other === undefined ? null : counted(otherRows.get(other), 'offered'),
    }
  })
}

/** How far an interval is from the beginning of its period, in its own units: the third day, the second month. */
export function placeInPeriod(from: number, interval: ReportInterval, at: ReportRow['at']): number {
  if (at === null) return 0
  if (typeof at === 'number') return at - from
  const first = dayOf(from)
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  switch (interval) {
    case 'week':
      return dayCountOf({ fromDay: periodAround('week', first).fromDay, toDay: at })
    case 'month':
      return months(at) - months(first)
    case 'year':
      return Number(at.slice(0, 4)) - Number(first.slice(0, 4))
    default:
      return dayCountOf({ fromDay: first, toDay: at })
  }
}

/** The row of the period compared with that is in the same place and of the same group; undefined where nobody came then. */
export function comparedRowOf({ from, interval, comparison }: ReportReply): (row: ReportRow) => ReportRow | undefined {
  if (comparison === null) return () => undefined
  const keyOf = (start: number, { at, group }: ReportRow) =>
    `${placeInPeriod(start, interval, at)} ${JSON.stringify(group)}`
  const byKey = new Map(comparison.rows.map((row) => [keyOf(comparison.from, row), row]))
  return (row) => byKey.get(keyOf(from, row))
}
