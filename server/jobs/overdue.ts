/** Whether background jobs are done at all: whoever is to do them may not be there, and then nothing fails and nobody is told. Pure. */
import type { Job } from './background.ts'

/** Longer than a restart takes, or a run of a day's roll-ups: below it nobody is told. */
const GRACE_MS = 5 * 60_000

/** A job is overdue when two turns and some minutes have gone by without one that went well. */
export const overdueAfterMs = (everyMs: number): number => 2 * everyMs + GRACE_MS

/**
 * The names of the jobs that are overdue. `agesMs`: how long ago each was last done, where it ever was. `upMs`: how long somebody has been
 * looking; a system that was off over a weekend is not behind before the jobs had time to be done.
 */
export function overdueJobs(
  jobs: readonly Pick<Job, 'name' | 'everyMs'>[],
  agesMs: ReadonlyMap<string, number>,
  upMs: number,
): string[] {
  return jobs
    .filter(({ name, everyMs }) => Math.min(upMs, agesMs.get(name) ?? Infinity) > overdueAfterMs(everyMs))
    .map(({ name }) => name)
}
