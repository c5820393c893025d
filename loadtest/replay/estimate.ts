/** What many reruns say together. */

/** Mean over the reruns that have a value, and the middle 95 % of them. `count` says how many have one. */
export type Estimate = { readonly mean: number; readonly low: number; readonly high: number; readonly count: number }

const LOW_SHARE = 0.025
const HIGH_SHARE = 0.975

/** Null where no rerun has a value. */
export function estimateOf(values: readonly (number | null)[]): Estimate | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  return { mean, low: quantileOf(sorted, LOW_SHARE), high: quantileOf(sorted, HIGH_SHARE), count: sorted.length }
}

/** Between two values evenly, as R's type 7 has it. */
function quantileOf(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? 0
  const above = sorted[Math.ceil(at)] ?? below
  return below + (above - below) * (at - Math.floor(at))
}
