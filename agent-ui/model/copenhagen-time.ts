/**
 * Copenhagen's clock. The city's days begin at its own midnight, wherever the computer thinks it is, and
 * two days a year are 23 and 25 hours long.
 */
const ZONE = 'Europe/Copenhagen'

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

function read(at: number): Record<string, number> {
  const values: Record<string, number> = {}
  for (const { type, value } of parts.formatToParts(at)) values[type] = Number(value)
  return values
}

/** How far Copenhagen is ahead of UTC at `at`, in ms. */
function offsetMs(at: number): number {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read(at)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** The day in Copenhagen at `at`, as `2026-11-24`. */
export function dayOf(at: number): string {
  const { year = 0, month = 1, day = 1 } = read(at)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The instant at which `day` (`2026-11-24`) begins in Copenhagen; null where `day` is no day. */
export function startOfDay(day: string): number | null {
  const matched = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (matched === null) return null
  const utc = Date.UTC(Number(matched[1]), Number(matched[2]) - 1, Number(matched[3]))
  if (new Date(utc).toISOString().slice(0, 10) !== day) return null
  // Twice, because the offset at UTC midnight need not be the offset at local midnight.
  const guess = utc - offsetMs(utc)
  return utc - offsetMs(guess)
}

/** `day` moved by whole days on the calendar. */
export function addDays(day: string, dayCount: number): string {
  const at = Date.parse(`${day}T12:00:00Z`)
  return new Date(at + dayCount * 86_400_000).toISOString().slice(0, 10)
}

/** `14:30`, Copenhagen's clock. */
export function clockTimeText(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(at)
}

/** `14:30:05`, for what lasts seconds. */
export function clockSecondText(at: number, locale: string): string {
  const format = { timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  return new Intl.DateTimeFormat(locale, format).format(at)
}

/** `24. nov. 14:30`, Copenhagen's clock. */
export function dayTimeText(at: number, locale: string): string {
  const format = { timeZone: ZONE, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat(locale, format).format(at)
}
