/** Deletes who let in which kiosk, and who sent it away, when it is long past. */
import type { Job } from './background.ts'

const EVERY_MS = 24 * 60 * 60 * 1_000
/** Two years, as long as an inspection may look back; after that the names serve nobody. */
export const KEY_ACTS_KEPT_MS = 730 * 24 * 60 * 60 * 1_000

/** The job; `dropOld` deletes what was done before an instant, in ms since 1970, and resolves with how much that was. */
export function kioskKeyRetention(now: () => number, dropOld: (before: number) => Promise<number>): Job {
  return { name: 'kiosk-key-retention', everyMs: EVERY_MS, run: () => dropOld(now() - KEY_ACTS_KEPT_MS) }
}
