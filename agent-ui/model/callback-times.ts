/** [R40] The times that a callback can be promised for: quarters of an hour while the queue is open, by Copenhagen's clock. */
import { dayOf } from './copenhagen-time.ts'

/** Finer, and the list is long; coarser, and it is no time that people would say. In ms. */
const STEP_MS = 15 * 60_000

export type Opening = { readonly from: number; readonly until: number }

/** The moments to choose from, each day with its own, in order. Openings and moments in ms since 1970. */
export function callbackTimes(openings: readonly Opening[]): ReadonlyMap<string, readonly number[]> {
  const days = new Map<string, number[]>()
  for (const { from, until } of openings) {
    for (let at = Math.ceil(from / STEP_MS) * STEP_MS; at < until; at += STEP_MS) {
      const day = dayOf(at)
      const times = days.get(day)
      if (times === undefined) days.set(day, [at])
      else times.push(at)
    }
  }
  return days
}
