/** Counts of a day by queue, site and language (research/routing.md §3.1). A call counts where it ended, on the day it came. */
import type { Policy } from '#server/routing/policy.ts'
import type { CallOutcome } from './outcomes.ts'

/** What a queue promises, as the policies of the observed day had it: one yardstick for everything that is compared. */
export type Yardstick = ReadonlyMap<string, { readonly answerWithinMs: number; readonly shortAbandonMs: number }>

export type Kind = 'city' | 'queue' | 'site' | 'language'

export type Counts = {
  /** Let in, in whatever way they came out. */
  readonly offered: number
  readonly answered: number
  readonly answeredInTime: number
  readonly abandoned: number
  /** Of the abandoned, those who left at once. */
  readonly abandonedShort: number
  /** Not let in, or sent away at closing. */
  readonly full: number
  readonly closed: number
  readonly paused: number
  /** Let in, and lost by machines, expired with the ticket or still there when the day was over. */
  readonly otherwise: number
  /** Answered in time of answered and abandoned, short abandons left out: the formula of the supervisors' page. */
  readonly serviceLevel: number | null
  /** From the press to picture or sound, of the answered. */
  readonly waitP50Ms: number | null
  readonly waitP90Ms: number | null
}

/** The promises of the policies, the first that has a queue first. */
export function yardstickOf(policies: readonly Policy[]): Yardstick {
  const queues = policies.toReversed().flatMap((policy) => Object.values(policy.queues))
  return new Map(queues.map(({ id, answerWithinMs, shortAbandonMs }) => [id, { answerWithinMs, shortAbandonMs }]))
}

/** Counts under `kind:id`, and under `city:` for all. */
export function countsByGroup(outcomes: readonly CallOutcome[], yardstick: Yardstick): Map<string, Counts> {
  const groups = new Map<string, CallOutcome[]>()
  const add = (key: string, call: CallOutcome) => {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [call])
    else group.push(call)
  }
  for (const call of outcomes) {
    add('city:', call)
    add(`queue:${call.queueId}`, call)
    add(`site:${call.siteId}`, call)
    add(`language:${call.language}`, call)
  }
  return new Map([...groups].map(([key, calls]) => [key, countsOf(calls, yardstick)]))
}

function countsOf(calls: readonly CallOutcome[], yardstick: Yardstick): Counts {
  const counts = { answered: 0, abandoned: 0, full: 0, closed: 0, paused: 0, expired: 0, failed: 0, open: 0 }
  let answeredInTime = 0
  let abandonedShort = 0
  const waits: number[] = []
  for (const { queueId, arrivedAt, answeredAt, endedAt, outcome } of calls) {
    counts[outcome] += 1
    const { answerWithinMs = 0, shortAbandonMs = 0 } = yardstick.get(queueId) ?? {}
    if (outcome === 'answered' && answeredAt !== null) {
      waits.push(answeredAt - arrivedAt)
      if (answeredAt - arrivedAt <= answerWithinMs) answeredInTime += 1
    }
    if (outcome === 'abandoned' && endedAt !== null && endedAt - arrivedAt <= shortAbandonMs) abandonedShort += 1
  }
  const { answered, abandoned, full, closed, paused } = counts
  const judged = answered + abandoned - abandonedShort
  waits.sort((a, b) => a - b)
  return {
    offered: calls.length - full - closed - paused,
    answered,
    answeredInTime,
    abandoned,
    abandonedShort,
    full,
    closed,
    paused,
    otherwise: counts.expired + counts.failed + counts.open,
    serviceLevel: judged === 0 ? null : answeredInTime / judged,
    waitP50Ms: nearestRank(waits, 0.5),
    waitP90Ms: nearestRank(waits, 0.9),
  }
}

/** A wait that really occurred. */
function nearestRank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}
