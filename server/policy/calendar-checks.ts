/** Whether the calendars of a document are about real days, each of which has one meaning. */
import { isKnownCountry } from './holidays.ts'
import { datesOfClosure, WEEKDAYS, weekdaysOf } from './hours.ts'
import { TIMEZONE, type PolicyDocument } from './schema.ts'
import type { Calendar } from './schema-hours.ts'
import type { Add, Path } from './faults.ts'

/** A leap year, so that 29 February is a day. */
const LEAP_YEAR = 2024
/** The longest closure in days. Longer is a mistyped year. */
const CLOSURE_DAYS_MAX = 400

/** Tells `add` of all that is wrong with the zone, the holidays and each calendar. */
export function calendarFaults(document: PolicyDocument, add: Add): void {
  const { timezone = TIMEZONE, hours } = document
  if (!isTimezone(timezone)) add(['timezone'], `${timezone} is not a time zone: as Europe/Copenhagen`, 'time-zone')
  const { holidays, calendars = {} } = hours ?? {}
  if (holidays !== undefined && !isKnownCountry(holidays.country)) {
    const sentence = `the holidays of ${holidays.country} are not known`
    add(['hours', 'holidays', 'country'], sentence, 'holidays-unknown', holidays.country)
  }
  for (const monthDay of Object.keys(holidays?.alsoClosed ?? {})) {
    if (!isDate(`${LEAP_YEAR}-${monthDay}`))
      add(['hours', 'holidays', 'alsoClosed', monthDay], 'there is no such day', 'no-such-day')
  }
  for (const [id, calendar] of Object.entries(calendars)) {
    const path = ['hours', 'calendars', id]
    if (calendar.holidays === 'closed' && holidays === undefined) {
      add([...path, 'holidays'], 'hours.holidays must say which days these are', 'holidays-needed')
    }
    checkWeek(calendar, path, add)
    checkDays(calendar, path, add)
  }
}

function checkWeek({ week }: Calendar, path: Path, add: Add): void {
  const seen = new Set<number>()
  for (const [key, spans] of Object.entries(week)) {
    const twice = weekdaysOf(key).find((day) => seen.has(day))
    if (twice !== undefined)
      add([...path, 'week', key], `${WEEKDAYS[twice - 1]} has hours already`, 'hours-already', WEEKDAYS[twice - 1])
    weekdaysOf(key).forEach((day) => seen.add(day))
    checkSpans(spans, [...path, 'week', key], add)
  }
}

function checkSpans(spans: readonly string[], path: Path, add: Add): void {
  spans.forEach((span, index) => {
    const [from, until] = span.split('-')
    if (from === until) add([...path, index], `${span} is no time at all: a whole day is 00:00-24:00`, 'no-time')
  })
}

/** Single days exist, and each is either closed or has hours, once. */
function checkDays({ closures = [], openings = [] }: Calendar, path: Path, add: Add): void {
  const seen = new Set<string>()
  closures.forEach(({ date, lastDate = date }, index) => {
    const at = [...path, 'closures', index]
    const wrong = [date, lastDate].find((each) => !isDate(each))
    if (wrong !== undefined) return add(at, `${wrong} is no date`, 'no-such-day')
    if (lastDate < date) return add([...at, 'lastDate'], `is before ${date}`, 'before', date)
    const days = Temporal.PlainDate.from(date).until(lastDate).days
    if (days > CLOSURE_DAYS_MAX) {
      const sentence = `is more than ${CLOSURE_DAYS_MAX} days after ${date}`
      return add([...at, 'lastDate'], sentence, 'too-far', String(CLOSURE_DAYS_MAX))
    }
    datesOfClosure({ date, lastDate }).forEach((day) => seen.add(day))
  })
  openings.forEach(({ date, open }, index) => {
    const at = [...path, 'openings', index]
    checkSpans(open, [...at, 'open'], add)
    if (!isDate(date)) return add([...at, 'date'], `${date} is no date`, 'no-such-day')
    if (seen.has(date)) return add([...at, 'date'], `${date} is closed or has other hours already`, 'date-taken', date)
    seen.add(date)
  })
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

function isTimezone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}
