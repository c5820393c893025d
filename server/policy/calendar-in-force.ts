/** Opening hours and holidays of a policy for any date, past or to come. */
import { ALWAYS_OPEN, type Hours } from '#server/routing/hours.ts'
import { holidaysOfYear } from './holidays.ts'
import { hoursOf } from './hours.ts'
import { TIMEZONE, type PolicyDocument } from './schema.ts'

export type CalendarInForce = {
  /** What a date of the city (`2026-12-25`) is called where it is a holiday of the policy; null where it is none. */
  readonly holidayName: (date: string) => string | null
  /** All calendars on that date. */
  readonly hoursOn: (date: string) => Hours
}

/** Without a policy there are no holidays, and nothing ever closes. */
export const NO_CALENDAR: CalendarInForce = { holidayName: () => null, hoursOn: () => ALWAYS_OPEN }

/** The calendar of a checked document; each year's holidays are worked out once. */
export function calendarOf(document: PolicyDocument): CalendarInForce {
  const years = new Map<number, ReadonlyMap<string, string>>()
  const holidays = document.hours?.holidays
  const namesOf = (year: number): ReadonlyMap<string, string> => {
    const names =
      years.get(year) ?? (holidays === undefined ? new Map<string, string>() : holidaysOfYear(holidays, year))
    years.set(year, names)
    return names
  }
  return {
    holidayName: (date) => namesOf(Number(date.slice(0, 'yyyy'.length))).get(date) ?? null,
    hoursOn: (date) => {
      const start = Temporal.PlainDate.from(date).toZonedDateTime(document.timezone ?? TIMEZONE)
      return hoursOf(document, start.epochMilliseconds, 1)
    },
  }
}
