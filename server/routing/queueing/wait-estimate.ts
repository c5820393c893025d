/**
 * How long somebody in a line will wait, while all agents are in calls ("QLr": queue length with reneging).
 *
 * With n agents, mean handling h and mean patience p, both exponential, the next step forward comes at the rate
 * n/h + i/p while i others are in front: an agent becomes free, or one of the i gives up. The wait is the sum of
 * `aheadCount` + 1 such steps (research/routing.md §3.5; Whitt 1999, "Predicting queueing delays").
 *
 * The steps are those of a crowd of exponential lives that thins out, so the sum has a distribution in closed form:
 * with c = n p/h, e^(−wait/p) is Beta(c, aheadCount + 1)-distributed. (For a whole c it is an order statistic: c +
 * aheadCount lives of mean p, and the wait is the moment when the (aheadCount + 1)th has ended.) Hence the mean is
 * p × (ψ(c + aheadCount + 1) − ψ(c)), and nothing is approximated by a gamma or a normal distribution.
 */
import { digammaRise, minusLogBeta } from './beta-function.ts'
import { requireFromZero, requirePositive } from './require-number.ts'

export type WaitEstimate = {
  readonly meanMs: number
  /** Half of such waits are shorter. */
  readonly p50Ms: number
  /** Four of five such waits are shorter: what may be promised. */
  readonly p80Ms: number
}

export type WaitQuestion = {
  /** How many are in front. May be a fraction: an expected number. */
  readonly aheadCount: number
  /** Agents who take these calls. May be a fraction: an agent shared with other lines. */
  readonly agentsCount: number
  /** Mean time an agent is taken by a call, wrap-up included. */
  readonly handlingMs: number
  /** Mean time until somebody gives up; Infinity where nobody does. */
  readonly patienceMs: number
}

/** Beyond this a line is a mistake of the asker. Cost grows with its root: some 1,000 steps at this length. */
const AHEAD_MAX = 1_000_000

/**
 * Above this c the *shape* of the distribution is taken at this c: it differs there by less than its own width by far,
 * and a greater c, Infinity with it, would lose the digits. The mean keeps the true c. Lower shows in long lines.
 */
const SHAPE_MAX = 100_000

/** Newton's method below doubles its digits each time; this is never reached. */
const NEWTON_STEPS_MAX = 60

/** Relative change at which a quantile is good enough: a thousandth of a millisecond in a quarter of an hour. */
const QUANTILE_SETTLED = 1e-9

/**
 * The wait of somebody with `aheadCount` in front, all agents busy; null where `agentsCount` is 0, since then nothing
 * can be said. The wait is counted from now and for one who does not give up. Throws RangeError for a count that is
 * negative or beyond a million in front, and for times that are not above 0.
 */
export function waitEstimate(question: WaitQuestion): WaitEstimate | null {
  const { aheadCount, agentsCount, handlingMs, patienceMs } = question
  requireFromZero('aheadCount', aheadCount, AHEAD_MAX)
  requireFromZero('agentsCount', agentsCount)
  requirePositive('handlingMs', handlingMs)
  requirePositive('patienceMs', patienceMs, 'or infinite')
  if (agentsCount === 0) return null
  const steps = aheadCount + 1
  const c = (agentsCount / handlingMs) * patienceMs
  const meanMs = c === Infinity ? (handlingMs / agentsCount) * steps : patienceMs * digammaRise(c, steps)
  const shape = Math.min(c, SHAPE_MAX)
  const shapeMean = digammaRise(shape, steps)
  const quantileMs = (share: number) => (meanMs / shapeMean) * quantile(shape, steps, shapeMean, share)
  return { meanMs, p50Ms: quantileMs(0.5), p80Ms: quantileMs(0.8) }
}

/**
 * The y with P(−ln X ≤ y) = `share`, X being Beta(c, steps)-distributed with −ln X of mean `mean`.
 * Newton's method on ln P(−ln X > y): a sum of exponentials has a log-concave survival function, so that from any start
 * the second point is right of the root and the way from there goes straight down to it. At the mean, where it
 * starts, the survival function is at least 1/e, so nothing underflows.
 */
function quantile(c: number, steps: number, mean: number, share: number): number {
  // One step is an exponential wait, whose quantile is known.
  if (steps === 1) return -Math.log1p(-share) / c
  const at = minusLogBeta(c, steps)
  let y = mean
  for (let i = 0; i < NEWTON_STEPS_MAX; i += 1) {
    const { survival, density } = at(y)
    const change = ((Math.log(survival) - Math.log1p(-share)) * survival) / density
    y += change
    if (Math.abs(change) <= QUANTILE_SETTLED * y) break
  }
  return y
}
