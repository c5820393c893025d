/** Figures of reports as people read them. */
import type { ReportFigure } from '#server/contract/reports.ts'
import { clockText } from '../model/duration.ts'
import { formatTag } from '../text/language.ts'
import type { FigureKind } from './report-columns.ts'

/** `1.204`. */
export const countText = (value: number): string => new Intl.NumberFormat(formatTag()).format(value)

/** `83,4 %`: a tenth, because reports are compared. */
export function shareText(share: number): string {
  return new Intl.NumberFormat(formatTag(), { style: 'percent', maximumFractionDigits: 1 }).format(share)
}

/** `79,2–86,9 %`; null where there is no interval. */
export function intervalText({ low, high }: Pick<ReportFigure, 'low' | 'high'>): string | null {
  if (low === null || high === null) return null
  const number = new Intl.NumberFormat(formatTag(), { maximumFractionDigits: 1 })
  return `${number.format(low * 100)}–${shareText(high)}`
}

/** A figure as its kind is written; a dash where nothing was counted. */
export function valueText(kind: FigureKind, value: number | null): string {
  if (value === null) return '–'
  if (kind === 'count') return countText(value)
  return kind === 'share' ? shareText(value) : clockText(Math.round(value / 1_000) * 1_000)
}

/** How a figure has changed: `+3,2`, in points for shares; null where one of the two is missing. */
export function changeText(kind: FigureKind, value: number | null, before: number | null): string | null {
  if (value === null || before === null) return null
  const change = value - before
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±'
  const size = Math.abs(change)
  if (kind === 'count') return `${sign}${countText(size)}`
  if (kind !== 'share') return `${sign}${clockText(Math.round(size / 1_000) * 1_000)}`
  return `${sign}${new Intl.NumberFormat(formatTag(), { maximumFractionDigits: 1 }).format(size * 100)}`
}
