/** How long to wait before the next attempt to connect. */

/** Raised, a server that comes back is found later; lowered, ten thousand pages knock more often while it is away. */
const DELAY_MS_MAX = 8_000

/** The span of the first wait. Doubled with each failure. */
const DELAY_MS_FIRST = 500

/**
 * Full jitter: anywhere between nothing and a span that doubles, so that all the pages a server lost at once do not
 * come back at once. `failedAttempts` counts from 0, `random` lies in [0, 1). Returns ms.
 */
export function retryDelayMs(failedAttempts: number, random: number): number {
  return random * Math.min(DELAY_MS_MAX, DELAY_MS_FIRST * 2 ** Math.min(failedAttempts, 30))
}
