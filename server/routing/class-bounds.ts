/**
 * [R21] The longest anybody of a class can wait in a queue, stated from the policy and from who is at work: worked out,
 * not measured, for the worst overload that the lines allow.
 */
import { Draft } from './draft.ts'
import { mayTake } from './order.ts'
import type { Requirement } from './policy.ts'
import { waitBoundMs } from './queueing/wait-bound.ts'
import type { Instant, Line, Pool, State } from './state.ts'
import { NO_LINE } from './state.ts'

export type ClassBound = {
  readonly queueId: string
  readonly classId: string
  /** Null for the classes that go first, which nothing delays but those before them, and where nobody is at work. */
  readonly waitMs: number | null
}

export type BoundQuestion = {
  /** Ring, conversation, wrap-up and pause together take an agent at most this long. */
  readonly occupiedMsMax: number
  /** Calls of the classes that go first which may come meanwhile, in each line. */
  readonly firstCallsCount: number
}

/**
 * The bound of each class in each queue, with the agents who are at work now. It holds while they stay, no call takes
 * longer than `occupiedMsMax` and no more calls of the first classes come than are asked for.
 */
export function classBounds(state: State, at: Instant, question: BoundQuestion): ClassBound[] {
  const draft = new Draft(state, at)
  const { queues, classes } = state.policy
  const pools = [...state.pools.values()].filter(({ workingCount }) => workingCount > 0)
  const takers = new Map<string, ReadonlySet<Pool>>(
    Object.keys(queues).map((id) => [id, takersOf(draft, pools, id, (each) => each.expiry?.onExpiry !== 'relax')]),
  )
  // [R22] A site that is helped stands as if it had come earlier: as much of a head start, also within a class.
  const { siteCorrectionMsMax, callbackDaysMax, callbackAheadMs } = state.policy
  // [R22] [R40] By how much somebody may stand before those who came sooner.
  const helpMs = Math.max(siteCorrectionMsMax, callbackDaysMax > 0 ? callbackAheadMs : 0)
  const ordinary = Object.values(classes)
    .filter(({ isFirst }) => !isFirst)
    .map(({ id, headStartMs, slope }) => ({ id, headStartMs: headStartMs + slope * helpMs, slope }))
  return Object.values(queues).flatMap((queue) => {
    // Whoever can take it at first may; those who may only later are not counted on.
    const own = takersOf(draft, pools, queue.id, () => true)
    let agentsCount = 0
    for (const { workingCount } of own) agentsCount += workingCount
    let callersMax = question.firstCallsCount
    for (const [id, others] of takers) {
      if (![...others].some((pool) => own.has(pool))) continue
      callersMax += queues[id]?.callersMax ?? 0
    }
    return Object.values(classes).map((each): ClassBound => {
      const others = ordinary.filter(({ id }) => id !== each.id || helpMs > 0)
      const isStated = !each.isFirst && agentsCount > 0
      const { occupiedMsMax } = question
      const waitMs = isStated ? waitBoundMs({ own: each, others, callersMax, agentsCount, occupiedMsMax }) : null
      return { queueId: queue.id, classId: each.id, waitMs }
    })
  })
}

function takersOf(
  draft: Draft,
  pools: readonly Pool[],
  queueId: string,
  isAskedFor: (requirement: Requirement) => boolean,
): ReadonlySet<Pool> {
  const needs = draft.policy.queues[queueId]?.requirements.filter(isAskedFor) ?? []
  const line: Line = { ...NO_LINE, queueId, policyVersion: draft.policy.version, needs }
  return new Set(pools.filter((pool) => mayTake(draft, pool, line)))
}
