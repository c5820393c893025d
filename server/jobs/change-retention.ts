/** Forgets who changed what of the city when its time is over: what the city's own retention promises, kept. */
import type { Job } from './background.ts'

const EVERY_MS = 60 * 60 * 1_000
const DAY_MS = 24 * 60 * 60 * 1_000

export type ChangeRetentionParts = {
  readonly keptDays: () => Promise<number>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Deletes those made before an instant and resolves with how many there were. */
  readonly dropOld: (before: number) => Promise<number>
}

/** The job that deletes changes older than the city keeps them. */
export function changeRetention({ keptDays, now, dropOld }: ChangeRetentionParts): Job {
  return {
    name: 'change-retention',
    everyMs: EVERY_MS,
    run: async () => await dropOld(now() - (await keptDays()) * DAY_MS),
  }
}
