/** When a view that the time of day will change is asked for again. */
import type { Instant } from '#server/contract/ids.ts'

/** All screens of a city open at once: their questions are spread over so long, in ms. */
export const SPREAD_MS = 2_000
/** Never sooner, however the clocks stand: a view that comes back unchanged must not be asked for in a circle. In ms. */
const SOONEST_MS = 250
/** A timer of a browser holds no more than 24 days; and nothing is lost by asking twice a day. In ms. */
const LATEST_MS = 12 * 3_600_000

/**
 * In how many ms to ask, at the instant `now`, for a view that holds until `freshUntil`; null where time changes nothing.
 * `share`, from 0 to 1, is the screen's own part of the spread.
 */
export function askAnewIn(freshUntil: Instant | null, now: Instant, share: number): number | null {
  if (freshUntil === null) return null
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, freshUntil - now + share * SPREAD_MS))
}
