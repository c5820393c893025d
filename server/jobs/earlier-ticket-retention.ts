/** Drops which ticket a citizen had before when the day is over, also where nobody comes after them. */
import type { Job } from './background.ts'

/** Often enough for what is kept by days. */
const EVERY_MS = 60 * 60 * 1_000

/** The job; `dropOld` deletes what is old at an instant, in ms since 1970, and resolves with how many there were. */
export function earlierTicketRetention(now: () => number, dropOld: (now: number) => Promise<number>): Job {
  return { name: 'earlier-ticket-retention', everyMs: EVERY_MS, run: () => dropOld(now()) }
}
