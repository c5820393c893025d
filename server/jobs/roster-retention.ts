/** Deletes what was planned long ago. */
import type { Job } from './background.ts'

/** Often enough for what is kept by days. */
const EVERY_MS = 60 * 60 * 1_000

/** The job; `dropOld` deletes what is old now and resolves with how many quarter-hours there were. */
export function rosterRetention(dropOld: () => Promise<number>): Job {
  return { name: 'roster-retention', everyMs: EVERY_MS, run: dropOld }
}
