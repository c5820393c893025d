/**
 * Opening times as instants. Weekdays, holidays and the change to summer time are worked out outside, where a
 * calendar is to be had, and come in as an event; here only moments are compared.
 */
import type { Instant } from './state.ts'

/** Open from `from` until just before `until`. */
export type Opening = { readonly from: Instant; readonly until: Instant }

export type Hours = {
  /** Openings of each calendar, in order, without overlap. A calendar that is not here is always open. */
  readonly calendars: Readonly<Record<string, readonly Opening[]>>
  /** Which calendars a site has beside those of the queue. */
  readonly calendarIdsOfSite: Readonly<Record<string, readonly string[]>>
  /** When a site has staff across a desk. It decides nothing here; a site that is not in it never has. */
  readonly staffedCalendarIdsOfSite?: Readonly<Record<string, readonly string[]>>
}

export const ALWAYS_OPEN: Hours = { calendars: {}, calendarIdsOfSite: {} }

export type Openness =
  | { readonly isOpen: true; readonly closesAt: Instant | null }
  | { readonly isOpen: false; readonly opensAt: Instant | null }

/** [R27] Whether all of the calendars are open at `at`, and when that changes next as far as is known. */
export function openness(hours: Hours, calendarIds: readonly string[], at: Instant): Openness {
  let closesAt: Instant | null = null
  for (const id of calendarIds) {
    const openings = hours.calendars[id]
    if (openings === undefined) continue
    const now = openings.find(({ from, until }) => from <= at && at < until)
    if (now === undefined) return { isOpen: false, opensAt: nextCommonOpening(hours, calendarIds, at) }
    if (closesAt === null || now.until < closesAt) closesAt = now.until
  }
  return { isOpen: true, closesAt }
}

/** The first moment after `at` at which all calendars are open: moves to the latest of the next openings until all agree. */
function nextCommonOpening(hours: Hours, calendarIds: readonly string[], at: Instant): Instant | null {
  let candidate = at
  for (;;) {
    let isCommon = true
    for (const id of calendarIds) {
      const next = hours.calendars[id]?.find(({ until }) => until > candidate)
      if (hours.calendars[id] === undefined) continue
      if (next === undefined) return null
      if (next.from > candidate) {
        candidate = next.from
        isCommon = false
      }
    }
    if (isCommon) return candidate
  }
}

/** The calendars that decide for a queue at a site. */
export function calendarIdsFor(hours: Hours, queueCalendarIds: readonly string[], siteId: string): readonly string[] {
  const ofSite = hours.calendarIdsOfSite[siteId]
  return ofSite === undefined || ofSite.length === 0 ? queueCalendarIds : [...queueCalendarIds, ...ofSite]
}
