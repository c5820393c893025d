/** [R25] Centres that help each other: opened by a long line, closed by a short one, and never at the lender's cost. */
import type { Draft } from './draft.ts'
import { servedQueueOf } from './order.ts'
import type { LendingRule } from './policy.ts'
import type { RecentMean } from './state.ts'
import { NOTHING_RECENT } from './state.ts'

/** Answers that a recent mean remembers. More is steadier, fewer follows a bad hour sooner. */
const LEVEL_MEMORY = 50

/** Answers before a centre's level is believed: two calls say nothing. */
const LEVEL_WEIGHT_MIN = 5

/** A mean that counts what came last the most. `memory` is about how many it remembers. */
export function learnMean({ mean, weight }: RecentMean, value: number, memory: number): RecentMean {
  const kept = weight * (1 - 1 / memory)
  return { mean: (mean * kept + value) / (kept + 1), weight: kept + 1 }
}

/** A call of a queue came out in time or not: it counts for the centres whose work it is. */
export function learnLevel(draft: Draft, queueId: string, isInTime: boolean): void {
  for (const centreId of draft.policy.queues[queueId]?.homeCentreIds ?? []) {
    draft.centreLevels = draft.centreLevels.update(centreId, (before = NOTHING_RECENT) => {
      return learnMean(before, isInTime ? 1 : 0, LEVEL_MEMORY)
    })
  }
}

function isLenderWell(draft: Draft, rule: LendingRule): boolean {
  const level = draft.centreLevels.get(rule.lenderCentreId) ?? NOTHING_RECENT
  return level.weight < LEVEL_WEIGHT_MIN || level.mean >= rule.lenderServiceLevelMin
}

/** Opens and closes the lending rules by what waits now; before anything is offered. */
export function reviewLending(draft: Draft): void {
  for (const rule of draft.policy.lending) {
    let waitingCount = 0
    for (const queueId of rule.queueIds) waitingCount += draft.queueState(queueId).offerableCount
    const isOpen = draft.openLending.includes(rule.id)
    const isWell = isLenderWell(draft, rule)
    if (!isOpen && isWell && waitingCount >= rule.opensAtCount) {
      draft.openLending = [...draft.openLending, rule.id]
      draft.facts.push({ type: 'lending.opened', ruleId: rule.id, waitingCount })
      draft.lines.forEach((line) => {
        if (rule.queueIds.includes(servedQueueOf(line) ?? '')) draft.freshLines.push(line.key)
      })
    } else if (isOpen && (!isWell || waitingCount <= rule.closesAtCount)) {
      draft.openLending = draft.openLending.filter((id) => id !== rule.id)
      draft.facts.push({ type: 'lending.closed', ruleId: rule.id, waitingCount })
    }
  }
}
