/** Deletes warnings that are long over, and with them who has seen them. */
import type { Job } from './background.ts'

const EVERY_MS = 60 * 60 * 1_000
/** Long enough to look back on a season; after that nobody needs to know who was on watch. */
export const WARNINGS_KEPT_MS = 90 * 24 * 60 * 60 * 1_000

/**
 * The job; `dropOld` deletes what was over before an instant, in ms since 1970, and resolves with how many there were. `keptMs`: what
 * the city says, at each turn.
 */
export function warningRetention(
  now: () => number,
  dropOld: (before: number) => Promise<number>,
  keptMs: () => Promise<number> = async () => WARNINGS_KEPT_MS,
): Job {
  return { name: 'warning-retention', everyMs: EVERY_MS, run: async () => await dropOld(now() - (await keptMs())) }
}
