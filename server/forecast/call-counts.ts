/**
 * How many calls are to be expected, from the counts of some days that were alike, and between which two counts it will be on four days of five.
 *
 * Two things are not known: the mean (some weeks tell it only so well), and what the day itself brings. Calls come by chance, as Poisson has it,
 * and whole days are busier or quieter than others by a share that the days' totals show. So the count is taken as negative
 * binomial, with mean m and variance m + m/n + φ m² (1 + 1/n), of n days, φ the spread between days. Without that spread it is
 * exactly what Bayes says of a Poisson count with Jeffreys' prior; with few days it is wider by itself.
 */

/** `mean` of the days as counted; on four days of five the count is from `low` to `high`, both included. */
export type Expected = { readonly mean: number; readonly low: number; readonly high: number }

const LOW_SHARE = 0.1
const HIGH_SHARE = 0.9
/** Jeffreys' prior: half a call beyond those seen, so that eight days without any are no promise that none comes. */
const PRIOR_CALLS = 0.5
/** Longer sums are of no city's quarter-hour or day. */
const COUNT_MAX = 1_000_000

/**
 * How much whole days differ beyond chance: the variance of their totals less their mean, as a share of its square. 0 where they do not, and for
 * fewer than two days.
 */
export function spreadOf(totals: readonly number[]): number {
  const count = totals.length
  const mean = totals.reduce((sum, total) => sum + total, 0) / count
  if (count < 2 || mean === 0) return 0
  const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / (count - 1)
  return Math.max(0, (variance - mean) / mean ** 2)
}

/** What is to be expected after those counts, one for each day. Throws RangeError for none, and for counts that are no counts. */
export function expectedOf(counts: readonly number[], spread: number): Expected {
  if (counts.length === 0) throw new RangeError('of no day nothing is to be expected')
  if (counts.some((each) => !Number.isInteger(each) || each < 0)) throw new RangeError('counts are whole, from 0 on')
  const days = counts.length
  const sum = counts.reduce((all, each) => all + each, 0)
  const mean = (sum + PRIOR_CALLS) / days
  const excess = mean / days + spread * mean ** 2 * (1 + 1 / days)
  const low = quantileOf(mean, mean ** 2 / excess, LOW_SHARE)
  return { mean: sum / days, low, high: quantileOf(mean, mean ** 2 / excess, HIGH_SHARE) }
}

/** The least count that is not exceeded with probability `share`: negative binomial of that mean and size (variance mean + mean²/size). */
export function quantileOf(mean: number, size: number, share: number): number {
  // As a logarithm: the first term is 0 as a number where later ones are not.
  let logTerm = -size * Math.log1p(mean / size)
  const logRatio = Math.log(mean / (size + mean))
  let sum = 0
  for (let count = 0; count < COUNT_MAX; count += 1) {
    sum += Math.exp(logTerm)
    if (sum >= share) return count
    logTerm += Math.log((count + size) / (count + 1)) + logRatio
  }
  throw new RangeError(`a mean of ${mean} is no count of calls`)
}
