/**
 * How many agents a load needs: the formulas of Erlang (B: who finds all busy is lost; C: everybody waits for ever) and
 * of Palm (A: people give up). Formulas: research/routing.md §3.4. Arrivals are Poisson, handling and patience exponential.
 * Shares are from 0 to 1.
 */
import { requireFromZero, requirePositive, requireWhole } from './require-number.ts'

const HOUR_MS = 3_600_000

/** More agents than any city has; every formula here takes this many steps at least. */
const AGENTS_MAX = 1_000_000

/** Lines longer than this are not reckoned through: it would take seconds, and such an overload needs no formula. */
const LINE_MAX = 5_000_000

/** What may be left out of the endless sum over lengths of the line, as a share of the whole. */
const TAIL_SHARE = 1e-16

/** Weights are scaled down when one passes this, so that none overflows. */
const WEIGHT_MAX = 1e150

export type Load = {
  readonly arrivalsPerHour: number
  /** Mean time an agent is taken by a call, wrap-up included. */
  readonly handlingMs: number
  readonly agentsCount: number
  /** The T of "answered within T". */
  readonly withinMs: number
}

export type LoadWithPatience = Load & {
  /** Mean time until somebody gives up; Infinity where nobody does. */
  readonly patienceMs: number
}

export type ErlangC = {
  /** Who finds all agents busy. */
  readonly waitingShare: number
  /** Who is answered within T. */
  readonly serviceLevelShare: number
  /** Over all callers, those answered at once included. */
  readonly meanWaitMs: number
  /** The share of their time that agents are in calls. */
  readonly occupancyShare: number
}

/** The service levels in use, by what becomes of those who give up (research/routing.md §3.2). */
export type ServiceLevels = {
  /** SLneg: answered within T, of all. */
  readonly neg: number
  /** SLpos: answered or given up within T, of all. */
  readonly pos: number
  /** SLign: answered within T, of all but those who gave up within T. */
  readonly ign: number
  /** SLans: answered within T, of those answered. */
  readonly ans: number
}

export type ErlangA = {
  readonly waitingShare: number
  readonly abandonedShare: number
  /** Over all callers, until the answer or until they give up. */
  readonly meanWaitMs: number
  readonly occupancyShare: number
  readonly serviceLevels: ServiceLevels
}

/**
 * Erlang B: the share of calls that finds all of `agentsCount` agents busy and is lost, under `offeredErlangs` = arrivals
 * × handling. Throws RangeError for a negative load or for agents that are not a whole number from 0.
 */
export function erlangB(offeredErlangs: number, agentsCount: number): number {
  requireFromZero('offeredErlangs', offeredErlangs)
  requireWhole('agentsCount', agentsCount, 0, AGENTS_MAX)
  return 1 / inverseErlangB(offeredErlangs, agentsCount)
}

/**
 * 1/B by 1/B(n) = 1 + (n/a)/B(n − 1), which is all sums of positive numbers and so loses no digits. It is also the
 * probability of "all busy or fewer" over that of "exactly all busy". Infinity for a load too light to be told from 0.
 */
function inverseErlangB(offeredErlangs: number, agentsCount: number): number {
  let inverse = 1
  for (let n = 1; n <= agentsCount && inverse < Infinity; n += 1) inverse = 1 + (n / offeredErlangs) * inverse
  return inverse
}

/**
 * Erlang C (M/M/N): nobody gives up, so it asks for more agents than are needed. Throws RangeError for a load that the
 * agents cannot carry (arrivals × handling ≥ agents: the line would grow for ever), for times not above 0 (T may
 * be 0) and for agents that are not a whole number from 1.
 */
export function erlangC(load: Load): ErlangC {
  const { handlingMs, agentsCount, withinMs } = load
  const offered = offeredErlangs(load)
  const spare = agentsCount - offered
  if (spare <= 0)
    throw new RangeError(`${agentsCount} agents cannot carry ${offered} erlangs without anybody giving up`)
  const blocked = erlangB(offered, agentsCount)
  const waitingShare = (agentsCount * blocked) / (spare + offered * blocked)
  return {
    waitingShare,
    serviceLevelShare: 1 - waitingShare * Math.exp((-spare * withinMs) / handlingMs),
    meanWaitMs: (waitingShare * handlingMs) / spare,
    occupancyShare: offered / agentsCount,
  }
}

/**
 * Erlang A (M/M/N+M): people give up, so every load can be carried. Without patience's end it is Erlang C, and refuses
 * what that refuses. Throws RangeError for times not above 0 (T may be 0), for agents that are not a whole number
 * from 1, and for an overload whose line would be millions long.
 */
export function erlangA(load: LoadWithPatience): ErlangA {
  const { handlingMs, agentsCount, patienceMs } = load
  requirePositive('patienceMs', patienceMs, 'or infinite')
  const offered = offeredErlangs(load)
  if ((agentsCount * patienceMs) / handlingMs === Infinity) return withoutAbandons(load)
  const line = sumOverLine(load, offered)
  const waitingShare = line.weight / line.total
  const abandonedShare = line.abandoned / line.total
  const answeredInTime = 1 - waitingShare + line.answeredInTime / line.total
  const abandonedInTime = line.abandonedInTime / line.total
  return {
    waitingShare,
    abandonedShare,
    // Everybody in line gives up at the rate 1/patience, so that abandons = line length/patience; and by Little's law
    // line length = arrivals × mean wait.
    meanWaitMs: abandonedShare * patienceMs,
    occupancyShare: Math.min(1, (offered * (1 - abandonedShare)) / agentsCount),
    serviceLevels: {
      neg: answeredInTime,
      pos: answeredInTime + abandonedInTime,
      ign: shareOf(answeredInTime, 1 - abandonedInTime),
      ans: shareOf(answeredInTime, 1 - abandonedShare),
    },
  }
}

/** `part` of `whole`, kept from 0 to 1 against rounding; 0 of nothing, since where all gave up nobody was served. */
function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0
}

/** Arrivals × handling, after the checks that all loads have in common. */
function offeredErlangs({ arrivalsPerHour, handlingMs, agentsCount, withinMs }: Load): number {
  requireFromZero('arrivalsPerHour', arrivalsPerHour)
  requirePositive('handlingMs', handlingMs)
  requireWhole('agentsCount', agentsCount, 1, AGENTS_MAX)
  requireFromZero('withinMs', withinMs)
  // Multiplied first: 72 calls of 300 s are 6 erlangs then, and not a hair less than what 6 agents can carry.
  return (arrivalsPerHour * handlingMs) / HOUR_MS
}

function withoutAbandons(load: Load): ErlangA {
  const { waitingShare, serviceLevelShare, meanWaitMs, occupancyShare } = erlangC(load)
  const level = serviceLevelShare
  const serviceLevels = { neg: level, pos: level, ign: level, ans: level }
  return { waitingShare, abandonedShare: 0, meanWaitMs, occupancyShare, serviceLevels }
}

/**
 * The sums over j, the number in line that somebody finds who must wait, each j with its weight (its probability but
 * for a common factor): what they weigh, and how much of it is abandoned, answered within T, abandoned within T.
 * `total` is the weight of all states, a free agent among them.
 */
function sumOverLine(load: LoadWithPatience, offered: number) {
  const { handlingMs, agentsCount, patienceMs } = load
  const fates = fatesInLine(load)
  const sums = {
    weight: 0,
    total: inverseErlangB(offered, agentsCount) - 1,
    abandoned: 0,
    answeredInTime: 0,
    abandonedInTime: 0,
  }
  // Nobody ever waits, as far as numbers can tell.
  if (sums.total === Infinity) return { ...sums, total: 1 }
  let weight = 1
  for (let j = 0; j < LINE_MAX; j += 1) {
    const fate = fates.next()
    sums.weight += weight
    sums.total += weight
    sums.abandoned += weight * fate.abandoned
    sums.answeredInTime += weight * fate.answeredInTime
    sums.abandonedInTime += weight * fate.abandonedInTime
    // One more in line: arrivals over what takes people out, N/handling + (j + 1)/patience.
    const ratio = offered / (agentsCount + ((j + 1) * handlingMs) / patienceMs)
    weight *= ratio
    // The ratios fall, so that what is left is less than a geometric series of this one.
    if (ratio < 1 && weight < TAIL_SHARE * (1 - ratio) * sums.total) return sums
    if (weight > WEIGHT_MAX) {
      weight /= WEIGHT_MAX
      for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] /= WEIGHT_MAX
    }
  }
  throw new RangeError(`under ${offered} erlangs, ${agentsCount} agents have a line of more than ${LINE_MAX}`)
}

/**
 * What becomes of somebody who finds j in line, for j = 0, 1, 2, … at each `next()`.
 *
 * The research text gives it as differential equations: f_j' = (N/h + j/p)(f_(j−1) − f_j) − f_j/p. They have a solution in
 * closed form. The wait V of one who never gives up has e^(−V/p) = X ~ Beta(c, j + 1), c = N p/h (see wait-estimate.ts).
 * Ours gives up within V with probability 1 − X, so with x = e^(−T/p), and I the regularised incomplete beta function:
 *   answered within T = E[X; X ≥ x] = c/(c + j + 1) × (1 − I_x(c + 1, j + 1))
 *   still in line at T = x × P(X < x) = x × I_x(c, j + 1)
 *   abandoned within T = the rest; abandoned at all = (j + 1)/(c + j + 1).
 * I_x(c, j + 1) is a sum of j + 1 positive terms (A&S 26.5.26, negative binomial), one more with each j.
 */
function fatesInLine({ handlingMs, agentsCount, patienceMs, withinMs }: LoadWithPatience) {
  const c = (agentsCount * patienceMs) / handlingMs
  const x = Math.exp(-withinMs / patienceMs)
  const logRest = Math.log(-Math.expm1(-withinMs / patienceMs))
  // Terms are kept as logarithms: the first is e^(−N T/h), which is 0 as a number where later ones are not.
  let logTerm = (-agentsCount * withinMs) / handlingMs
  let logTermAnswered = logTerm - withinMs / patienceMs
  let later = 0
  let laterAnswered = 0
  let j = 0
  const next = () => {
    later = Math.min(1, later + Math.exp(logTerm))
    laterAnswered = Math.min(1, laterAnswered + Math.exp(logTermAnswered))
    const abandoned = (j + 1) / (c + j + 1)
    const answeredInTime = (1 - abandoned) * (1 - laterAnswered)
    const abandonedInTime = Math.max(0, 1 - answeredInTime - x * later)
    logTerm += Math.log((c + j) / (j + 1)) + logRest
    logTermAnswered += Math.log((c + 1 + j) / (j + 1)) + logRest
    j += 1
    return { abandoned, answeredInTime, abandonedInTime }
  }
  return { next }
}
