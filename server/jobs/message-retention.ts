/** Drops what supervisors wrote to agents when the day is over. */
import type { Job } from './background.ts'

/** Often enough for what is kept by days. */
const EVERY_MS = 60 * 60 * 1_000

/** The job; `dropOld` deletes what is old at an instant, in ms since 1970, and resolves with how many there were. */
export function messageRetention(now: () => number, dropOld: (now: number) => Promise<number>): Job {
  return { name: 'message-retention', everyMs: EVERY_MS, run: () => dropOld(now()) }
}
