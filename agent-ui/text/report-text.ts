/** What rows and periods of reports are called. */
import type { ReportDimension, ReportInterval, ReportNames, ReportRow } from '#server/contract/reports.ts'
import { clockTimeText, dayTimeText } from '../model/copenhagen-time.ts'
import type { DayRange } from '../model/range.ts'
import { periodOf, weekOf } from '../model/report-period.ts'
import { formatTag, label, t } from './language.ts'
import { languageWords } from './words.ts'

export const dimensionWords = {
  queue: 'report.queue',
  service: 'report.service',
  matter: 'report.matter',
  site: 'report.site',
  district: 'report.district',
  language: 'report.language',
  centre: 'report.centre',
} as const satisfies Record<ReportDimension, string>

const languageName = (code: string): string =>
  code in languageWords ? t(languageWords[code as keyof typeof languageWords]) : code

/** What an id is called: its own letters where nobody has named it, and words where there is none, as of calls nobody answered. */
export function nameText(names: ReportNames | null, dimension: ReportDimension, id: string): string {
  if (id === '') return t('report.none')
  if (dimension === 'language') return languageName(id)
  const known = names?.[dimension].find((each) => each.id === id)
  if (known === undefined) return id
  return known.language === null ? label(known.labels) : `${label(known.labels)} · ${languageName(known.language)}`
}

const day = (date: string, format: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(formatTag(), { timeZone: 'UTC', ...format }).format(Date.parse(`${date}T12:00:00Z`))

/** `23. nov. 2026`. */
export const dateText = (date: string): string => day(date, { day: 'numeric', month: 'short', year: 'numeric' })

/** `mandag`, of Monday as 1. */
export const weekdayText = (weekday: number): string => day(`2026-11-${22 + weekday}`, { weekday: 'long' })

/** `Uge 48, 2026`. */
const weekText = (date: string): string => t('report.weekOf', weekOf(date))

/** When an interval is, as the first cell of its row. */
export function intervalStartText(interval: ReportInterval, at: ReportRow['at']): string {
  if (at === null) return t('report.all')
  if (typeof at === 'number') {
    const lengthMs = interval === 'hour' ? 3_600_000 : 900_000
    return `${dayTimeText(at, formatTag())}–${clockTimeText(at + lengthMs, formatTag())}`
  }
  switch (interval) {
    case 'week':
      return weekText(at)
    case 'month':
      return day(at, { month: 'long', year: 'numeric' })
    case 'year':
      return at.slice(0, 4)
    default:
      return day(at, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  }
}

/** The days of a report: by the name of the period where they are one, and always by their dates. */
export function rangeText(range: DayRange): string {
  const { fromDay, toDay } = range
  switch (periodOf(range)) {
    case 'day':
      return day(fromDay, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    case 'week':
      return `${weekText(fromDay)} (${dateText(fromDay)} – ${dateText(toDay)})`
    case 'month':
      return day(fromDay, { month: 'long', year: 'numeric' })
    case 'year':
      return fromDay.slice(0, 4)
    case null:
      return `${dateText(fromDay)} – ${dateText(toDay)}`
  }
}
