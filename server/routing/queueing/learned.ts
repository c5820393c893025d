/**
 * What is learned from the events themselves: how long calls take and how long people bear to wait.
 * Small immutable values of plain data, made to live in the engine's state and in its snapshots. They forget
 * exponentially, so that what was true in the spring does not rule the autumn.
 */
import { requireFromZero, requirePositive } from './require-number.ts'

/** What is believed before anything was seen, and how many calls (or abandons) of experience that belief is worth. */
export type HandlingPrior = { readonly meanMs: number; readonly weightCalls: number }
export type PatiencePrior = { readonly meanMs: number; readonly weightAbandons: number }

/** Of one service. Handling is from the answer to the end of wrap-up. */
export type HandlingEstimate = {
  /** Sum of handling times, older ones counted less, in milliseconds. */
  readonly sumMs: number
  /** The number of calls in that sum, older ones counted less in the same way. */
  readonly weightCalls: number
}

/**
 * Of one line. The maximum likelihood for exponential patience when most people are answered before theirs ends:
 * all the time that anybody waited, divided by how often somebody gave up. The mean of the abandoned waits alone
 * would be far too short, because the patient are answered and never show theirs.
 */
export type PatienceEstimate = {
  /** Sum of the waits of all, answered and abandoned, older ones counted less, in milliseconds. */
  readonly waitedMs: number
  /** The number of abandons in the same time, older ones counted less in the same way. Always above 0. */
  readonly abandonsWeight: number
}

/** Calls until a handling time counts 1/e. Higher is steadier and slower to follow a change, lower the opposite. */
const HANDLING_MEMORY_CALLS = 200

/**
 * Abandons until what came before them counts 1/e. Higher is steadier (the spread is 1/√(2 × this), here 7 %), lower
 * follows a change sooner. Counted in abandons and not in calls, because only they end a piece of evidence: a
 * quiet night of calls that are answered at once would otherwise wipe out what was known and teach nothing instead.
 */
const PATIENCE_MEMORY_ABANDONS = 100

const HANDLING_KEPT = 1 - 1 / HANDLING_MEMORY_CALLS
const PATIENCE_KEPT = 1 - 1 / PATIENCE_MEMORY_ABANDONS

/** The estimate before the first call. Throws RangeError where a part of the prior is not above 0. */
export function startHandling(prior: HandlingPrior): HandlingEstimate {
  requirePositive('meanMs', prior.meanMs)
  requirePositive('weightCalls', prior.weightCalls)
  return { sumMs: prior.meanMs * prior.weightCalls, weightCalls: prior.weightCalls }
}

/** The estimate after one more call that took `handlingMs`. Throws RangeError where that is negative or no number. */
export function learnHandling(estimate: HandlingEstimate, handlingMs: number): HandlingEstimate {
  requireFromZero('handlingMs', handlingMs)
  return {
    sumMs: estimate.sumMs * HANDLING_KEPT + handlingMs,
    weightCalls: estimate.weightCalls * HANDLING_KEPT + 1,
  }
}

/** The mean time an agent is taken by a call, in milliseconds. */
export function handlingMeanMs(estimate: HandlingEstimate): number {
  return estimate.sumMs / estimate.weightCalls
}

/** The estimate before the first wait. Throws RangeError where a part of the prior is not above 0. */
export function startPatience(prior: PatiencePrior): PatienceEstimate {
  requirePositive('meanMs', prior.meanMs)
  requirePositive('weightAbandons', prior.weightAbandons)
  return { waitedMs: prior.meanMs * prior.weightAbandons, abandonsWeight: prior.weightAbandons }
}

/**
 * The estimate after a wait that ended otherwise than by the caller's own act: answered, and also lost or closed by us.
 * It says only that their patience was longer than `waitedMs`. Throws RangeError where that is negative or no number.
 */
export function learnAnswered(estimate: PatienceEstimate, waitedMs: number): PatienceEstimate {
  requireFromZero('waitedMs', waitedMs)
  return { ...estimate, waitedMs: estimate.waitedMs + waitedMs }
}

/**
 * The estimate after a wait that the caller gave up after `waitedMs`. Here the past fades: the time waited and the
 * abandons alike, so that their quotient stays what it was. Throws RangeError where `waitedMs` is negative or no number.
 */
export function learnAbandoned(estimate: PatienceEstimate, waitedMs: number): PatienceEstimate {
  requireFromZero('waitedMs', waitedMs)
  return {
    waitedMs: (estimate.waitedMs + waitedMs) * PATIENCE_KEPT,
    abandonsWeight: (estimate.abandonsWeight + 1) * PATIENCE_KEPT,
  }
}

/** The mean time until somebody gives up, in milliseconds: what waitEstimate and erlangA call `patienceMs`. */
export function patienceMeanMs(estimate: PatienceEstimate): number {
  return estimate.waitedMs / estimate.abandonsWeight
}
