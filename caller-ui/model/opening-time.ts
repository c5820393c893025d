/** When the line opens again, in the words for a day and a time of day of Copenhagen. */
import type { Instant, Language } from '#server/contract/ids.ts'
import { localesOf } from './locales.ts'
import { somaliDate, somaliWeekday } from './somali-calendar.ts'

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
  if (days < 7) return { kind: 'weekday', day: weekdayOf(opensAt, language), clock }
  return { kind: 'date', day: dateOf(opensAt, language), clock }
}

/**
 * «8» and «8.30» in Danish, «8 am» and «8:30 am» in English, «8:00» and «8:30» in the others. Where Danish says the hour
 * alone, «kl.» is the catalogue's to say.
 */
function clockOf(at: Instant, language: Language): string {
  const { hour, minute } = partsOf(at)
  const isWhole = minute === '00'
  if (language === 'en') {
    const minutes = isWhole ? {} : ({ minute: '2-digit' } as const)
    return inWords(at, language, { hour: 'numeric', ...minutes, hour12: true })
  }
  if (language === 'da') return isWhole ? String(Number(hour)) : `${Number(hour)}.${minute}`
  return `${Number(hour)}:${minute}`
}

function weekdayOf(at: Instant, language: Language): string {
  if (language !== 'so') return inWords(at, language, { weekday: 'long' })
  const { year, month, day } = partsOf(at)
  return somaliWeekday(Number(year), Number(month), Number(day))
}

function dateOf(at: Instant, language: Language): string {
  if (language !== 'so') return inWords(at, language, { weekday: 'long', day: 'numeric', month: 'long' })
  const { month, day } = partsOf(at)
  return `${weekdayOf(at, language)}, ${somaliDate(Number(month), Number(day))}`
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
