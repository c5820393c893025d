/** The transitions of a call from its place in line to its end. Rules by number are in SPEC.md. */
import { endBeside, toIdle, toWrapUp } from './agent.ts'
import { removePromised, untaken } from './callback.ts'
import { awaitedOf, isOnlyPromised } from './promised.ts'
import { isServedBy } from './order.ts'
import type { Draft } from './draft.ts'
import type { OfferEnd, RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { tellHoldEnded } from './hold.ts'
import { endJoinsOf } from './join.ts'
import { learnLevel, learnMean } from './lending.ts'
import { learnAbandoned, learnAnswered } from './queueing/learned.ts'
import { firmNeeds, inLine } from './requirements.ts'
import type { Agent, Call, ConnectedCall, EndReason, OfferedCall, Outcome } from './state.ts'
import { factsOf, hasAll, NOTHING_RECENT } from './state.ts'
import { learnOfService } from './wait.ts'

/** Waits that a site's and the city's mean remember. Fewer follow the hour, more forgive one bad call. */
const SITE_MEMORY = 20
const CITY_MEMORY = 200

/** [R3] Language, matter, class or way of talking is known better: another line, the same place. */
export function refine(draft: Draft, event: EventOf<'call.refined'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (call === undefined) return 'unknown-call'
  if (call.status === 'connected') return 'wrong-state'
  const policy = draft.policyOf(call)
  const queue = policy.queues[event.queueId]
  if (queue === undefined) return 'unknown-queue'
  const { queueId, language, isLanguageChosen, matterId, mode } = event
  // A class that was asked for goes along; the one that came with the queue stays with the queue.
  const isOfQueue = call.classId === policy.queues[call.queueId]?.classId
  const classId = event.classId ?? (isOfQueue ? queue.classId : call.classId)
  if (policy.classes[classId] === undefined) return 'unknown-class'
  const { isInterpreterWanted = call.isInterpreterWanted } = event
  const said = { ...call, queueId, classId, language, isLanguageChosen, isInterpreterWanted, matterId, mode }
  const refined = inLine<Call>(draft, said)
  draft.putCall(refined)
  if (refined.status !== 'offered') return undefined
  const agent = draft.agents.get(refined.offer.agentId)
  const { isByHand } = refined.offer
  const needs = isByHand ? firmNeeds(policy, refined) : refined.needs
  const canStay = agent !== undefined && hasAll(agent.attributes, needs)
  // What was lent when it was offered stays so, though the rule may have closed since; who took it themselves passed over the centres.
  const isServed =
    isByHand || queueId === call.queueId || isServedBy(draft, queueId, agent?.centreId ?? '') !== undefined
  if (canStay && isServed) draft.touchedAgents.push(agent.id)
  else withdrawOffer(draft, refined, 'skills-changed')
  return undefined
}

/** [R8] The call goes back to its old place and the agent to idle; used wherever an offer ends unaccepted. */
export function returnToLine(draft: Draft, call: OfferedCall): Agent | undefined {
  const { offer } = call
  draft.putCall(inLine<Call>(draft, { ...factsOf(call), status: 'waiting' }), call)
  draft.effects.push({ type: 'media.remove', callId: call.id, agentId: offer.agentId })
  const agent = draft.agents.get(offer.agentId)
  return agent === undefined ? undefined : toIdle(draft, agent)
}

/** [R9] The offer ends for a reason that is not the agent's answer. */
export function withdrawOffer(draft: Draft, call: OfferedCall, why: OfferEnd): Agent | undefined {
  const { id: offerId, agentId } = call.offer
  draft.facts.push({ type: 'offer.withdrawn', callId: call.id, offerId, agentId, why })
  return returnToLine(draft, call)
}

/** [R12] The outcome, from what the caller got: answered means both sides had picture or sound. */
function outcomeOf(call: Call, reason: EndReason): Outcome {
  if (call.answeredAt !== null) return 'answered'
  if (reason === 'ticket-lapsed') return 'expired'
  // [R40] Who was to be called back and gives the ticket back has not waited.
  if (reason === 'caller-hung-up' && awaitedOf(call) !== null) return 'expired'
  if (reason === 'queue-closed') return 'closed'
  // Before an answer only the caller's own act is impatience; machines and networks are not.
  return reason === 'caller-hung-up' && call.status !== 'connected' ? 'abandoned' : 'failed'
}

/** How a call ended, or that it was never let in and when that would be. */
export function endedRecord(draft: Draft, call: Call, outcome: Outcome, endReason: EndReason, opensAt: number | null) {
  const { id: callId, kioskId, queueId, classId, language, matterId } = call
  const agentId = call.status === 'connected' ? call.agentId : null
  const what = { callId, kioskId, queueId, classId, language, matterId, agentId, outcome, endReason, opensAt }
  return { type: 'ended', ...what, at: draft.at } as const
}

/** [R11] [R12] Ends a call in any state, once: record, media, and the agents to wrap-up or idle. */
export function endCall(draft: Draft, call: Call, endReason: EndReason): void {
  untaken(draft, call, endReason)
  if (isOnlyPromised(call)) return removePromised(draft, call)
  if (call.status === 'offered') {
    const { id: offerId, agentId } = call.offer
    draft.facts.push({ type: 'offer.withdrawn', callId: call.id, offerId, agentId, why: 'caller-left' })
    const agent = draft.agents.get(agentId)
    if (agent !== undefined) toIdle(draft, agent)
  }
  if (call.status === 'connected') {
    endJoinsOf(draft, call.id)
    tellHoldEnded(draft, call, 'call-over')
    for (const { agentId } of call.joined) releaseAgent(draft, call, agentId, false)
    releaseAgent(draft, call, call.agentId, false)
  }
  const outcome = outcomeOf(call, endReason)
  if (call.answeredAt === null && call.presence.kind === 'here') learnWait(draft, call, outcome)
  draft.records.push(endedRecord(draft, call, outcome, endReason, null))
  draft.removeCall(call)
  if (call.besideAgentId !== null) endBeside(draft, call.besideAgentId)
  draft.effects.push({ type: 'media.close', callId: call.id })
}

/** What a wait that ended teaches. Only the citizen's own leaving is impatience; all else says they bore it so long. */
function learnWait(draft: Draft, call: Call, outcome: Outcome): void {
  // Nobody waits before the line that they have a place in has opened ([R35]).
  const waitMs = Math.max(0, draft.at - call.arrivedAt)
  const learn = outcome === 'abandoned' ? learnAbandoned : learnAnswered
  learnOfService(draft, call.queueId, ({ handling, patience }) => ({ handling, patience: learn(patience, waitMs) }))
  const queue = draft.policy.queues[call.queueId]
  if (queue === undefined) return
  if (outcome === 'answered') {
    draft.siteWaits = draft.siteWaits.update(call.siteId, (site = NOTHING_RECENT) =>
      learnMean(site, waitMs, SITE_MEMORY),
    )
    draft.cityWait = learnMean(draft.cityWait, waitMs, CITY_MEMORY)
    learnLevel(draft, call.queueId, waitMs <= queue.answerWithinMs)
  } else if (outcome === 'abandoned' && waitMs > queue.shortAbandonMs) learnLevel(draft, call.queueId, false)
}

/** [R13] The last agent was lost for good in a call: the citizen is in line again, at the old place. */
export function requeue(draft: Draft, call: ConnectedCall): void {
  endJoinsOf(draft, call.id)
  tellHoldEnded(draft, call, 'call-over')
  releaseAgent(draft, call, call.agentId, false)
  const { agentId } = call
  draft.facts.push({ type: 'call.requeued', callId: call.id, agentId })
  draft.putCall(inLine<Call>(draft, { ...factsOf(call), status: 'waiting' }))
  draft.effects.push({ type: 'media.remove', callId: call.id, agentId })
}

/**
 * [R14] [R39] The agent is out of the call: what they did is kept, and wrap-up begins. `isHandedOver`: others go on with the
 * citizen, by this agent's own will.
 */
export function releaseAgent(draft: Draft, call: ConnectedCall, agentId: string, isHandedOver: boolean): void {
  const agent = draft.agents.get(agentId)
  const joined = call.joined.find((other) => other.agentId === agentId)
  const acceptedAt = joined?.since ?? call.acceptedAt
  const askedIn = joined === undefined ? call.askedIn : joined.askedIn
  const isLent = agent !== undefined && isServedBy(draft, call.queueId, agent.centreId) !== 'home'
  draft.records.push({
    type: 'handled',
    callId: call.id,
    agentId,
    acceptedAt,
    lentByCentreId: isLent ? agent.centreId : null,
    askedInAs: askedIn === null ? null : askedIn.isTransfer ? 'transfer' : 'join',
    searchedMs: askedIn?.searchedMs ?? null,
    isHandedOver,
    at: draft.at,
  })
  if (agent !== undefined) toWrapUp(draft, agent, call, acceptedAt)
}

/** [R10] Both sides have picture or sound: only the first time counts as the answer. */
export function answer(draft: Draft, callId: string): RoutingRefusal | undefined {
  const call = draft.calls.get(callId)
  if (call === undefined) return 'unknown-call'
  if (call.status !== 'connected') return 'wrong-state'
  if (call.answeredAt !== null) return undefined
  draft.putCall({ ...call, answeredAt: draft.at }, call)
  draft.records.push({ type: 'answered', callId, at: draft.at })
  learnWait(draft, call, 'answered')
  return undefined
}
