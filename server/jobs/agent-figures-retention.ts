/** Deletes the figures of agents' time when they are old: nobody is to be measured by what they did years ago. */
import type { Job } from './background.ts'

/** Often enough for what is kept by days. */
const EVERY_MS = 60 * 60 * 1_000

/** The job; `dropOld` deletes what is old now and resolves with how many quarter-hours of agents there were. */
export function agentFiguresRetention(dropOld: () => Promise<number>): Job {
  return { name: 'agent-figures-retention', everyMs: EVERY_MS, run: dropOld }
}
