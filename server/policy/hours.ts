/** From calendars as people write them to the moments the engine compares: time zone, holidays and single days. */
import type { Hours, Opening } from '#server/routing/hours.ts'
import { holidaysOfYear } from './holidays.ts'
import { TIMEZONE, type PolicyDocument } from './schema.ts'
import type { Calendar, HoursText } from './schema-hours.ts'

/** In the order of `PlainDate.dayOfWeek`, from 1. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const WHOLE_DAY = '00:00-24:00'

/**
 * The openings of all calendars that touch the days from `fromMs` (milliseconds since 1970) until the same local time
 * `daysCount` days later. An opening is given whole, also the part before and after; only one that goes on beyond the
 * next day after these is cut at its end. So the caller asks again well before they are over. A calendar that never
 * closes is left out, which the engine reads as always open. For a checked document only; throws RangeError for a
 * count below 1.
 */
export function hoursOf(document: PolicyDocument, fromMs: number, daysCount: number): Hours {
  if (!(daysCount >= 1)) throw new RangeError(`daysCount must be at least 1, not ${daysCount}`)
  const timezone = document.timezone ?? TIMEZONE
  const from = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timezone)
  const until = from.add({ days: daysCount })
  const isHoliday = holidayTest(document.hours?.holidays)
  const calendars = Object.entries(document.hours?.calendars ?? {})
    .filter(([, calendar]) => !isNeverClosed(calendar))
    .map(([id, calendar]): [string, readonly Opening[]] => {
      const openings: Opening[] = []
      // A day on either side, for what crosses midnight.
      const lastDate = until.toPlainDate().add({ days: 1 })
      for (let date = from.toPlainDate().subtract({ days: 1 }); isUpTo(date, lastDate); date = date.add({ days: 1 })) {
        for (const span of spansOn(calendar, date, isHoliday)) openings.push(openingOf(span, date, timezone))
      }
      return [id, merged(openings).filter((each) => each.until > fromMs && each.from < until.epochMilliseconds)]
    })
  const sites = Object.entries(document.sites ?? {})
  const staffed = sites.flatMap(([id, site]) => (site.staffed === undefined ? [] : [[id, site.staffed] as const]))
  return {
    calendars: Object.fromEntries(calendars),
    calendarIdsOfSite: Object.fromEntries(sites.map(([id, { hours }]) => [id, hours])),
    ...(staffed.length === 0 ? {} : { staffedCalendarIdsOfSite: Object.fromEntries(staffed) }),
  }
}

const isUpTo = (date: Temporal.PlainDate, last: Temporal.PlainDate) => Temporal.PlainDate.compare(date, last) <= 0

/** Whether a date is a holiday; each year's are worked out once. */
function holidayTest(holidays: HoursText['holidays']): (date: Temporal.PlainDate) => boolean {
  const years = new Map<number, Map<string, string>>()
  return (date) => {
    if (holidays === undefined) return false
    const known = years.get(date.year) ?? holidaysOfYear(holidays, date.year)
    years.set(date.year, known)
    return known.has(date.toString())
  }
}

/** The weekdays a key as `mon-fri` or `sat-mon` stands for, 1 to 7. */
export function weekdaysOf(key: string): number[] {
  const [first = '', last = first] = key.split('-')
  const start = WEEKDAYS.findIndex((day) => day === first)
  const count = ((WEEKDAYS.findIndex((day) => day === last) - start + WEEKDAYS.length) % WEEKDAYS.length) + 1
  return Array.from({ length: count }, (_, index) => ((start + index) % WEEKDAYS.length) + 1)
}

/** All dates of a closure, as `2026-12-24`. */
export function datesOfClosure({ date, lastDate = date }: { date: string; lastDate?: string }): string[] {
  const dates: string[] = []
  const last = Temporal.PlainDate.from(lastDate)
  for (let day = Temporal.PlainDate.from(date); isUpTo(day, last); day = day.add({ days: 1 })) dates.push(`${day}`)
  return dates
}

function isNeverClosed({ week, holidays, closures = [], openings = [] }: Calendar): boolean {
  const open = Object.entries(week).flatMap(([key, spans]) => (spans.includes(WHOLE_DAY) ? weekdaysOf(key) : []))
  const isOpenAllWeek = new Set(open).size === WEEKDAYS.length
  return isOpenAllWeek && holidays === 'open' && closures.length === 0 && openings.length === 0
}

/** The spans that begin on a day: a single opening before a closure before a holiday before the weekday. */
function spansOn(
  { week, holidays, closures = [], openings = [] }: Calendar,
  date: Temporal.PlainDate,
  isHoliday: (date: Temporal.PlainDate) => boolean,
): readonly string[] {
  const day = date.toString()
  const once = openings.find((opening) => opening.date === day)
  if (once !== undefined) return once.open
  // Dates of this form are in order as text.
  if (closures.some((closure) => closure.date <= day && day <= (closure.lastDate ?? closure.date))) return []
  if (holidays === 'closed' && isHoliday(date)) return []
  return Object.entries(week).find(([key]) => weekdaysOf(key).includes(date.dayOfWeek))?.[1] ?? []
}

/**
 * The moments of a span. An hour that there is twice is open both times; in one that is skipped, the clock shows an
 * hour more, and that counts.
 */
function openingOf(span: string, date: Temporal.PlainDate, timezone: string): Opening {
  const [from = '', until = ''] = span.split('-')
  const isNextDay = until <= from || until === '24:00'
  const untilDate = isNextDay ? date.add({ days: 1 }) : date
  const untilTime = until === '24:00' ? '00:00' : until
  const moment = (day: Temporal.PlainDate, time: string, disambiguation: 'compatible' | 'later') =>
    day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(timezone, { disambiguation }).epochMilliseconds
  return { from: moment(date, from, 'compatible'), until: moment(untilDate, untilTime, 'later') }
}

/** In order, with those that overlap or touch made one. */
function merged(openings: readonly Opening[]): Opening[] {
  const result: Opening[] = []
  for (const opening of openings.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last === undefined || last.until < opening.from) result.push(opening)
    else result[result.length - 1] = { from: last.from, until: Math.max(last.until, opening.until) }
  }
  return result
}
