/**
 * How long people bear to wait, from waits of which most ended otherwise. Whoever is answered never shows when they would have left, so the mean of
 * the abandoned waits alone is far too short. The maximum likelihood of exponential patience, which Erlang A is about, is all time
 * that anybody waited over how often somebody gave up.
 */

/** Fewer who gave up say too little: with ten the interval is from half to twice the mean. */
export const ABANDONED_MIN = 10
/** Of a normal distribution, for 95 %. */
const Z = 1.959964

export type Patience = { readonly meanMs: number; readonly lowMs: number; readonly highMs: number }

/**
 * The mean with its 95 % interval: the logarithm of the estimate is about normal, with a variance of 1/abandons. Null where fewer than
 * {@link ABANDONED_MIN} gave up. `waitedMs` is the sum of all waits: answered, abandoned, ended by us.
 */
export function patienceOf(waitedMs: number, abandonedCount: number): Patience | null {
  if (abandonedCount < ABANDONED_MIN || !(waitedMs > 0)) return null
  const meanMs = waitedMs / abandonedCount
  const factor = Math.exp(Z / Math.sqrt(abandonedCount))
  return { meanMs, lowMs: meanMs / factor, highMs: meanMs * factor }
}
