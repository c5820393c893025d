/** What a new policy or new hours do to those who wait already. */
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { servedUntilOf } from './entry.ts'
import { policyFaults, type Policy } from './policy.ts'
import { inLine } from './requirements.ts'
import type { Call } from './state.ts'

/**
 * [R32] Loads a policy: whole or not at all. Those who wait follow it, or keep the one they came under until they are
 * out of line; a queue that is gone keeps its calls under the old policy either way.
 */
export function loadPolicy(draft: Draft, event: EventOf<'policy.loaded'>): RoutingRefusal | undefined {
  const { policy, isForWaiting } = event
  if (policyFaults(policy).length > 0) return 'invalid-policy'
  const before = draft.policy
  const former: Record<string, Policy> = {}
  const versions = new Map<string, string>()
  for (const call of draft.calls.values()) {
    const canFollow = policy.queues[call.queueId] !== undefined && policy.classes[call.classId] !== undefined
    if (isForWaiting && canFollow) versions.set(call.id, policy.version)
    else former[call.policyVersion] = draft.policyOf(call)
  }
  delete former[policy.version]
  draft.policy = policy
  draft.formerPolicies = former
  draft.openLending = draft.openLending.filter((id) => policy.lending.some((rule) => rule.id === id))
  // Before the lists are made: a line asks for what its calls ask for from now on.
  for (const call of draft.calls.values()) {
    const policyVersion = versions.get(call.id) ?? call.policyVersion
    draft.calls = draft.calls.with(call.id, inLine<Call>(draft, { ...call, policyVersion }))
  }
  draft.reindex()
  for (const call of draft.calls.values()) if (call.status === 'waiting') followHours(draft, call)
  for (const agent of draft.agents.values()) draft.touchedAgents.push(agent.id)
  for (const queueId of Object.keys({ ...before.queues, ...policy.queues })) draft.touchedQueues.push(queueId)
  draft.isEverythingFresh = true
  return undefined
}

/** [R27] New opening times. Nobody who was let in is put out by them. */
export function loadHours(draft: Draft, event: EventOf<'hours.loaded'>): void {
  draft.hours = event.hours
  for (const call of draft.calls.values()) if (call.status === 'waiting') followHours(draft, call)
  draft.lines.forEach((line) => {
    if (line.away.size > 0) draft.changedAwayLines.push(line.key)
  })
}

function followHours(draft: Draft, call: Call): void {
  const servedUntil = servedUntilOf(draft, call)
  if (servedUntil !== call.servedUntil) draft.putCall({ ...call, servedUntil })
}

/** [R2] A queue lets nobody new in, or does again; those inside are served. */
export function pauseQueue(draft: Draft, queueId: string, isPaused: boolean): RoutingRefusal | undefined {
  if (draft.policy.queues[queueId] === undefined) return 'unknown-queue'
  draft.queues = draft.queues.with(queueId, { ...draft.queueState(queueId), isPaused })
  draft.touchedQueues.push(queueId)
  return undefined
}
