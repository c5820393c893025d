/** How sure a share of few can be. */

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const Z_95 = 1.959963984540054

/**
 * Wilson's 95 % score interval for `hits` of `total`, as shares from 0 to 1; null where nothing was counted.
 * Chosen over the textbook interval because it stays inside 0 to 1 and is honest for small counts.
 */
export function wilsonInterval(hits: number, total: number): Interval | null {
  if (total <= 0) return null
  const share = hits / total
  const z2 = Z_95 * Z_95
  const centre = share + z2 / (2 * total)
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total))
  const scale = 1 + z2 / total
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}
