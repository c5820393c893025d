/** Deletes what was said of articles when its time is over, also where nobody looks at it any more. */
import type { Job } from './background.ts'

/** Often enough for what is kept by days. */
const EVERY_MS = 60 * 60 * 1_000

/** The job; `dropOld` deletes what is old at an instant, in ms since 1970, and resolves with how many there were. */
export function remarkRetention(now: () => number, dropOld: (now: number) => Promise<number>): Job {
  return { name: 'remark-retention', everyMs: EVERY_MS, run: () => dropOld(now()) }
}
