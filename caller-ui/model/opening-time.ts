/** When the line opens again, in the words for a day and a time of day of Copenhagen. */
import type { Instant, Language } from '#server/contract/ids.ts'
import { localesOf } from './locales.ts'

/** How the day is best said: seen from `now`, the weekday alone is clear for six days. */
export type OpeningTime =
  | { readonly kind: 'today' | 'tomorrow'; readonly clock: string }
  | { readonly kind: 'weekday' | 'date'; readonly day: string; readonly clock: string }

const DAY_MS = 86_400_000
const ZONE = 'Europe/Copenhagen'

/** How `opensAt` is said in `language` by somebody for whom it is `now`. */
export function openingTime(opensAt: Instant, now: Instant, language: Language): OpeningTime {
  const clock = clockOf(opensAt, language)
  const days = dayNumber(opensAt) - dayNumber(now)
  if (days <= 0) return { kind: 'today', clock }
  if (days === 1) return { kind: 'tomorrow', clock }
  if (days < 7) return { kind: 'weekday', day: inWords(opensAt, language, { weekday: 'long' }), clock }
  return { kind: 'date', day: inWords(opensAt, language, { weekday: 'long', day: 'numeric', month: 'long' }), clock }
}

/** «8» and «8.30» in Danish, «8 am» and «8:30 am» in English. */
function clockOf(at: Instant, language: Language): string {
  const isWhole = partsOf(at).minute === '00'
  const minute = isWhole ? {} : ({ minute: '2-digit' } as const)
  if (language === 'en') return inWords(at, language, { hour: 'numeric', ...minute, hour12: true })
  // With the hour alone Danish puts «kl.» before it, which is the catalogue's to say.
  const { hour, minute: minutes } = partsOf(at)
  return isWhole ? String(Number(hour)) : `${Number(hour)}.${minutes}`
}

function inWords(at: Instant, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localesOf(language), { timeZone: ZONE, ...options }).format(at)
}

function partsOf(at: Instant): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}

/** Counts days of the calendar in Copenhagen, whatever the clocks were put to. */
function dayNumber(at: Instant): number {
  const { year, month, day } = partsOf(at)
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS
}
