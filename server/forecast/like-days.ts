/** Which earlier days a day is expected to be like: the same weekday, and holidays apart from all of them. */

/** A quarter of a year: older weeks are of another season. */
const WEEKS_BACK = 13
/** More weeks make the interval narrower and follow a change later. */
export const WEEKS_MAX = 8
/** Of fewer days nothing is said: with three, the spread between days is chance alone. */
export const DAYS_MIN = 4
/** Holidays are few, and each is one of its kind: of two years there are about twenty. */
const HOLIDAY_DAYS_BACK = 731

export type IsHoliday = (date: string) => boolean

/**
 * The earlier dates that may be looked at for `date` (`2026-11-30`), the newest first: those of the same weekday that are no holidays; for a
 * holiday the holidays of two years, whatever their weekday. All are before `date` and before `knownUntil`, the first date of
 * which not everything is counted yet. More than are used: on some of them nothing may have been counted.
 */
export function likeDays(date: string, knownUntil: string, isHoliday: IsHoliday): string[] {
  const day = Temporal.PlainDate.from(date)
  const step = isHoliday(date) ? 1 : 7
  const stepsBack = isHoliday(date) ? HOLIDAY_DAYS_BACK : WEEKS_BACK + weeksBetween(knownUntil, date)
  return Array.from({ length: stepsBack }, (_, i) => day.subtract({ days: step * (i + 1) }).toString()).filter(
    (each) => each < knownUntil && isHoliday(each) === isHoliday(date),
  )
}

/** Whole weeks that a day lies in the future: they have no history, and are no reason to look at less of it. */
function weeksBetween(knownUntil: string, date: string): number {
  return date <= knownUntil ? 0 : Math.floor(Temporal.PlainDate.from(knownUntil).until(date).days / 7)
}
