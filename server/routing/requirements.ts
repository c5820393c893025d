/** What a call asks for at a moment: skills give way as it waits, languages and signing open another way beside. */
import type { Draft } from './draft.ts'
import { servedUntilOf } from './entry.ts'
import type { Policy, Queue, Requirement } from './policy.ts'
import type { Call, CallFacts, Instant } from './state.ts'
import { hasAll } from './state.ts'

type Expiry = NonNullable<Requirement['expiry']>
type Asking = Pick<CallFacts, 'queueId' | 'mode' | 'arrivedAt' | 'isInterpreterWanted'>
type Asked = Pick<CallFacts, 'needs' | 'stepsOpenedCount' | 'stepEndsAt' | 'branch'> & {
  /** Which of the requirements are dropped, one bit each: calls of one line have dropped the same. */
  readonly dropped: number
}

/** All that a call of this queue and way of talking asks for before anything expired. */
function requirementsOf(policy: Policy, queue: Queue, mode: string): readonly Requirement[] {
  const ofMode = policy.modes[mode]
  return ofMode === undefined || ofMode.length === 0 ? queue.requirements : [...queue.requirements, ...ofMode]
}

/** [R44] What nobody may pass over of what a call asks for now: languages, signing, and whatever its way of talking asks for. */
export function firmNeeds(
  { attributes, modes }: Policy,
  call: Pick<CallFacts, 'mode' | 'needs'>,
): readonly Requirement[] {
  const isOfMode = (need: Requirement) => modes[call.mode]?.includes(need) === true
  return call.needs.filter((need) => attributes[need.attribute] !== 'skill' || isOfMode(need))
}

/** Whether somebody who could interpret is at work: without one the branch would lead nowhere. */
function hasInterpreter(draft: Draft, { attribute, levelMin }: Requirement): boolean {
  for (const pool of draft.pools.values()) {
    if (pool.workingCount > 0 && (pool.attributes[attribute] ?? 0) >= levelMin) return true
  }
  return false
}

/**
 * [R19] [R20] What is asked for at `draft.at`. Every expiry counts from the arrival, so that time lost on the way is not
 * lost for the steps. A branch to an interpreter is open only while one is at work, else a callback is offered; which
 * of the two is looked at again after the same time.
 */
function askedAt(draft: Draft, policy: Policy, call: Asking): Asked {
  const queue = policy.queues[call.queueId]
  const all = queue === undefined ? [] : requirementsOf(policy, queue, call.mode)
  let dropped = 0
  let stepsOpenedCount = 0
  let stepEndsAt: Instant | null = null
  let branch: CallFacts['branch'] = null
  const endStep = (at: Instant) => {
    if (stepEndsAt === null || at < stepEndsAt) stepEndsAt = at
  }
  for (let i = 0; i < all.length; i += 1) {
    const requirement = all[i] as Requirement
    const { expiry } = requirement
    if (expiry === null) continue
    const opensAt = call.arrivedAt + (isWishedFor(expiry, call) ? 0 : expiry.afterMs)
    if (opensAt > draft.at) {
      endStep(opensAt)
      continue
    }
    stepsOpenedCount += 1
    if (expiry.onExpiry === 'relax') {
      dropped |= 1 << i
      continue
    }
    const isInterpreted = expiry.branch === 'interpreter' && hasInterpreter(draft, requirement)
    if (isInterpreted) dropped |= 1 << i
    if (expiry.branch === 'interpreter') endStep(draft.at + expiry.afterMs)
    branch = isInterpreted ? 'interpreter' : (branch ?? 'callback')
  }
  const needs = dropped === 0 ? all : all.filter((_need, i) => (dropped & (1 << i)) === 0)
  return { needs, stepsOpenedCount, stepEndsAt, branch, dropped }
}

/** [R20] Somebody who wants an interpreter need not first wait for a person who speaks the language. */
function isWishedFor(expiry: Expiry, { isInterpreterWanted }: Asking): boolean {
  return isInterpreterWanted && expiry.onExpiry === 'branch' && expiry.branch === 'interpreter'
}

/** The call as it stands in line at `draft.at`: what it asks for, and with whom it is alike. */
export function inLine<C extends Call>(draft: Draft, call: C): C {
  const policy = draft.policyOf(call)
  const { needs, stepsOpenedCount, stepEndsAt, branch, dropped } = askedAt(draft, policy, call)
  const preferred = isHeld(draft, call.preferred, needs) ? call.preferred : null
  const servedUntil = servedUntilOf(draft, call)
  const own = call.policyVersion === draft.policy.version ? '' : `|@${call.policyVersion}`
  const held = preferred === null ? '' : `|>${preferred.agentId}`
  const { queueId, classId, mode } = call
  const key = `${queueId}|${classId}|${mode}|${dropped}|${branch ?? ''}${held}${own}`
  // One string for all who stand there, however many they are.
  const lineKey = draft.lines.get(key)?.key ?? key
  return { ...call, needs, stepsOpenedCount, stepEndsAt, branch, preferred, servedUntil, lineKey }
}

/** [R23] Whether a call waits for one agent alone: they are at work, and can take it. */
function isHeld(draft: Draft, preferred: CallFacts['preferred'], needs: readonly Requirement[]): boolean {
  if (preferred === null || preferred.until <= draft.at) return false
  const agent = draft.agents.get(preferred.agentId)
  return agent !== undefined && agent.awayReason === null && hasAll(agent.attributes, needs)
}

/** [R23] The call is not kept for one agent any longer. */
export function endPreference(draft: Draft, call: Call): void {
  if (call.preferred === null) return
  draft.putCall(inLine<Call>(draft, { ...call, preferred: null }))
  draft.facts.push({ type: 'preference.ended', callId: call.id })
}

/** The language or signing an interpreter has to bring: what the call asked for at first and was taken without. */
export function interpretedNeeds(draft: Draft, call: Call): readonly Requirement[] {
  const policy = draft.policyOf(call)
  const queue = policy.queues[call.queueId]
  const all = queue === undefined ? [] : requirementsOf(policy, queue, call.mode)
  return all.filter(({ attribute, expiry }) => {
    const isAskedStill = call.needs.some((need) => need.attribute === attribute)
    return expiry?.onExpiry === 'branch' && expiry.branch === 'interpreter' && !isAskedStill
  })
}
