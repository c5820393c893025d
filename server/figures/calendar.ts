/** The city's time, kept as instants: quarter-hours, and days that have 23, 24 or 25 hours. */

/** A day is the city's day, also on the two days when the clock changes. */
export const CITY_TIME_ZONE = 'Europe/Copenhagen'
export const QUARTER_MS = 15 * 60 * 1_000

/** When the quarter-hour began that `at` is in. Zones of whole quarter-hours: the same everywhere. */
export function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS) * QUARTER_MS
}

/** The city's date at an instant, as `2026-11-23`. */
export function cityDateOf(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDate().toString()
}

/** When a date begins in the city. Throws RangeError for what is no date. */
export function startOfCityDate(date: string): number {
  return Temporal.PlainDate.from(date, { overflow: 'reject' }).toZonedDateTime(CITY_TIME_ZONE).epochMilliseconds
}
