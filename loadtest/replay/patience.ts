/**
 * How long people bear to wait, from waits that mostly ended otherwise: whoever is answered never shows when they would
 * have left, so the mean of the abandoned waits alone is far too short (research/routing.md §6, 13).
 *
 * The estimate is the hazard: how many gave up for each millisecond that anybody waited. Where many gave up it is taken
 * in stretches of the wait, each with as many that ended in it; where few did, over the whole wait. That is the maximum
 * likelihood of a hazard that is constant in each stretch. With one stretch it is the exponential distribution the
 * engine itself learns (queueing/learned.ts); with many it follows Kaplan and Meier's curve, the mispresses of the first
 * seconds included, and beyond the longest wait that was seen it goes on with the last stretch's hazard. Kaplan–Meier
 * alone says nothing there, and with fewer agents people wait longer than was seen.
 */
import type { Draw } from '../city/draws.ts'

/** A wait that ended by the event in question, or by something else before it. */
export type Wait = { readonly waitMs: number; readonly isEnded: boolean }

/** From `fromMs` of waiting on, until the next stretch. */
export type Stretch = { readonly fromMs: number; readonly perMs: number }

/** Waits that ended in a stretch, at least. Fewer follow the curve closer and chance too. */
const ENDED_IN_STRETCH_MIN = 12
/** More follow the first seconds closer; the last stretch, which says what was not seen, is then from fewer. */
const STRETCHES_MAX = 6

/** The stretches of a hazard, from 0 on; none where no wait ended by the event, so that it never comes. */
export function hazardOf(waits: readonly Wait[]): readonly Stretch[] {
  const ended = waits
    .filter(({ isEnded }) => isEnded)
    .map(({ waitMs }) => waitMs)
    .sort((a, b) => a - b)
  if (ended.length === 0) return []
  const count = Math.max(1, Math.min(STRETCHES_MAX, Math.floor(ended.length / ENDED_IN_STRETCH_MIN)))
  const bounds = new Set([0])
  for (let i = 1; i < count; i += 1) bounds.add(ended[Math.floor((i * ended.length) / count)] ?? 0)
  const starts = [...bounds].sort((a, b) => a - b)
  return starts.map((fromMs, i) => {
    const untilMs = starts[i + 1] ?? Number.POSITIVE_INFINITY
    let exposedMs = 0
    let endedCount = 0
    for (const { waitMs, isEnded } of waits) {
      exposedMs += Math.max(0, Math.min(waitMs, untilMs) - fromMs)
      // A wait that ended right at a bound belongs to the stretch it ended.
      const isHere = (waitMs > fromMs || (fromMs === 0 && waitMs === 0)) && waitMs <= untilMs
      if (isEnded && isHere) endedCount += 1
    }
    return { fromMs, perMs: endedCount / Math.max(1, exposedMs) }
  })
}

/** A wait until the event, in milliseconds; Infinity where it never comes. */
export function drawWaitMs(hazard: readonly Stretch[], draw: Draw): number {
  let left = -Math.log(1 - draw())
  for (const [i, { fromMs, perMs }] of hazard.entries()) {
    const untilMs = hazard[i + 1]?.fromMs ?? Number.POSITIVE_INFINITY
    const waitMs = fromMs + left / perMs
    if (waitMs < untilMs) return waitMs
    left -= (untilMs - fromMs) * perMs
  }
  return Number.POSITIVE_INFINITY
}

/** The share that has not come after `waitMs`. */
export function survivalAt(hazard: readonly Stretch[], waitMs: number): number {
  let sum = 0
  for (const [i, { fromMs, perMs }] of hazard.entries()) {
    const untilMs = hazard[i + 1]?.fromMs ?? Number.POSITIVE_INFINITY
    sum += Math.max(0, Math.min(waitMs, untilMs) - fromMs) * perMs
  }
  return Math.exp(-sum)
}
