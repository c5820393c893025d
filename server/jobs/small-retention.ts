/** Deletes sign-ins, notices and orders for screens when their time is over. */
import type { Job } from './background.ts'

/** Often enough for what is kept by days. */
const EVERY_MS = 60 * 60 * 1_000
const DAY_MS = 24 * EVERY_MS

type DropOld = (before: number) => Promise<number>

/** The jobs, on the clock `now` (ms since 1970). Each `drop…` deletes what is older than an instant and resolves with how much. */
export function smallRetention(parts: {
  readonly now: () => number
  readonly signInMsMax: number
  readonly dropSignIns: DropOld
  readonly dropNotices: DropOld
  readonly dropOrders: DropOld
}): Job[] {
  const { now, signInMsMax, dropSignIns, dropNotices, dropOrders } = parts
  const job = (name: string, ageMs: number, drop: DropOld): Job => {
    return { name, everyMs: EVERY_MS, run: () => drop(now() - ageMs) }
  }
  return [
    job('sign-in-retention', signInMsMax, dropSignIns),
    job('notice-retention', 90 * DAY_MS, dropNotices),
    job('order-retention', 400 * DAY_MS, dropOrders),
  ]
}
