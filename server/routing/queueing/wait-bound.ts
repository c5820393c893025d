/**
 * The longest wait of a class of calls in the worst overload: that nobody is forgotten, as a number.
 *
 * A call's score is headStartMs + slope × waitedMs, and a free agent begins the call with the highest score among those
 * waiting that they can take. Ours (head start H, slope b) arrives at 0 and is begun at W.
 *
 * 1. Which later calls go ahead of ours? One of a class (H', b') that arrived at x > 0 is ahead at the time t ≥ x when
 *    H' + b'(t − x) ≥ H + b t, that is when x ≤ t (1 − b/b') + (H' − H)/b'.
 *    - b' ≥ b: the right side grows with t, so x ≤ X = W (1 − b/b') + (H' − H)/b'.
 *    - b' < b: it falls with t, and t ≥ x, so the latest such x is where it meets t: x ≤ X = (H' − H)/b. After that
 *      moment ours outranks whoever arrives. X does not depend on W.
 *    X is 0 where this is negative. Our own class gives X = 0: it is first come, first served.
 * 2. Take the greatest X of all classes. Whoever is begun between X and W ahead of ours arrived by X and was not begun
 *    by X, so they stood in line at X together with ours, and the line holds at most `callersMax`, ours included.
 * 3. While ours waits, no agent who can take it is idle. Each began their present call by X and takes `occupiedMsMax`
 *    at most, so each begins at least k calls within k × occupiedMsMax after X. With k = ceil(callersMax/agentsCount)
 *    they begin callersMax calls, and ours is among them. Hence W ≤ X + D with D = k × occupiedMsMax. (The rest of the
 *    calls in progress is the first of the k periods; it needs no period of its own.)
 * 4. Put in X: for b' ≥ b, W ≤ (H' − H + b' D)/b; for b' < b, W ≤ (H' − H)/b + D; and where X is 0, W ≤ D. Together:
 *    W ≤ max(D, (H' − H)/b + max(1, b'/b) D over all other classes).
 *
 * Each case is reached but for one call: see the tests. For b' < b it would be wrong to write (H' − H + b' D)/b there
 * too: until X the small slope's newcomers may keep every agent, while the line stands full of our elders.
 *
 * What must hold: `agentsCount` agents stay at work, who can take ours; `callersMax` is the sum over all lines they
 * serve; `occupiedMsMax` covers ring, talk, wrap-up and pause; head starts and slopes do not change while a call waits.
 * A first tier that goes ahead of everybody (emergencies) has no score. Add to `callersMax` the number of such calls
 * expected during the wait; the bound then holds as far as that expectation does. The same goes for calls that come back
 * to their old place after they were begun (declined, expired, agent lost): they were not in line at X.
 */
import { requireFinite, requireFromZero, requirePositive, requireWhole } from './require-number.ts'

export type ScoreClass = {
  /** What a call's score is on arrival, in milliseconds of waiting. May be negative. */
  readonly headStartMs: number
  /** How much the score grows per millisecond waited; above 0. */
  readonly slope: number
}

export type WaitBoundQuestion = {
  readonly own: ScoreClass
  /** The other classes that the same agents take. */
  readonly others: readonly ScoreClass[]
  /** More than this never wait together for these agents, ours included. May be a fraction: see first tier above. */
  readonly callersMax: number
  /** Agents at work who can take ours. */
  readonly agentsCount: number
  /** The longest time from one begun call of an agent to the next, with somebody waiting. */
  readonly occupiedMsMax: number
}

/**
 * The time in milliseconds that no call of `own` waits longer than; Infinity where there are no agents.
 * Throws RangeError for a slope or occupiedMsMax not above 0, a head start that is not finite, a callersMax below 1 (ours
 * would not be in line) or agents that are not a whole number.
 */
export function waitBoundMs(question: WaitBoundQuestion): number {
  const { own, others, callersMax, agentsCount, occupiedMsMax } = question
  for (const { headStartMs, slope } of [own, ...others]) {
    requireFinite('headStartMs', headStartMs)
    requirePositive('slope', slope)
  }
  requireFromZero('callersMax - 1', callersMax - 1)
  requireWhole('agentsCount', agentsCount, 0, Number.MAX_SAFE_INTEGER)
  requirePositive('occupiedMsMax', occupiedMsMax)
  if (agentsCount === 0) return Infinity
  const clearedMs = Math.ceil(callersMax / agentsCount) * occupiedMsMax
  const boundsMs = others.map(
    ({ headStartMs, slope }) =>
      (headStartMs - own.headStartMs) / own.slope + Math.max(1, slope / own.slope) * clearedMs,
  )
  return Math.max(clearedMs, ...boundsMs)
}
