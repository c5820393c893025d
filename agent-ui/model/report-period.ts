/** Which days a report is of: whole days, weeks, months and years of the city, and the way from one to the next. */
import { addDays, dayOf, startOfDay } from './copenhagen-time.ts'
import type { DayRange } from './range.ts'

export const PERIODS = ['day', 'week', 'month', 'year'] as const
export type Period = (typeof PERIODS)[number]

/** As many days as the server takes: a leap year. */
export const REPORT_DAYS_MAX = 366

const DAY_MS = 86_400_000
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`)

/** How many days there are from the first to the last, both included. */
export function dayCountOf({ fromDay, toDay }: DayRange): number {
  return Math.round((noonOf(toDay) - noonOf(fromDay)) / DAY_MS) + 1
}

/** The whole day, week (from Monday), month or year that `day` is in. */
export function periodAround(period: Period, day: string): DayRange {
  const year = day.slice(0, 4)
  switch (period) {
    case 'day':
      return { fromDay: day, toDay: day }
    case 'week': {
      const fromDay = addDays(day, 1 - weekdayOf(day))
      return { fromDay, toDay: addDays(fromDay, 6) }
    }
    case 'month': {
      const fromDay = `${day.slice(0, 7)}-01`
      const nextMonth = addDays(fromDay, 31).slice(0, 7)
      return { fromDay, toDay: addDays(`${nextMonth}-01`, -1) }
    }
    case 'year':
      return { fromDay: `${year}-01-01`, toDay: `${year}-12-31` }
  }
}

/** Monday is 1. */
export function weekdayOf(day: string): number {
  return new Date(noonOf(day)).getUTCDay() || 7
}

/** Which whole period a range is; null where it is none. */
export function periodOf(range: DayRange): Period | null {
  const isIt = (period: Period): boolean => {
    const { fromDay, toDay } = periodAround(period, range.fromDay)
    return fromDay === range.fromDay && toDay === range.toDay
  }
  return PERIODS.find(isIt) ?? null
}

/** The range before (`-1`) or after (`1`): a whole period again where it is one, else as many days. */
export function movedBy(step: -1 | 1, range: DayRange): DayRange {
  const period = periodOf(range)
  if (period !== null) return periodAround(period, addDays(step < 0 ? range.fromDay : range.toDay, step))
  const days = dayCountOf(range) * step
  return { fromDay: addDays(range.fromDay, days), toDay: addDays(range.toDay, days) }
}

/** The ISO week of a day, with the year that the week belongs to: 1 January may be in week 53 of the year before. */
export function weekOf(day: string): { readonly week: number; readonly year: number } {
  const thursday = addDays(day, 4 - weekdayOf(day))
  const year = Number(thursday.slice(0, 4))
  const days = Math.round((noonOf(thursday) - noonOf(`${year}-01-01`)) / DAY_MS)
  return { week: Math.floor(days / 7) + 1, year }
}

export type PeriodFault = 'not-a-day' | 'backwards' | 'too-long'

/** What is wrong with a range; null where a report can be asked for. */
export function periodFault({ fromDay, toDay }: DayRange): PeriodFault | null {
  if (startOfDay(fromDay) === null || startOfDay(toDay) === null) return 'not-a-day'
  if (toDay < fromDay) return 'backwards'
  return dayCountOf({ fromDay, toDay }) > REPORT_DAYS_MAX ? 'too-long' : null
}

/** The city's day at `nowAt`. */
export const today = dayOf
