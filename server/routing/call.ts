/** The transitions of a call. Rules by number are in SPEC.md. */
import type { OfferEnd, RoutingRefusal } from './effect.ts'
import type { Draft } from './draft.ts'
import type { Agent, Call, EndReason, Outcome } from './state.ts'
import { isAble } from './state.ts'
import { setAway, toIdle, toWrapUp } from './agent.ts'

type Connected = Extract<Call, { status: 'connected' }>
type Offered = Extract<Call, { status: 'offered' }>

/** [R1] [R2] The press: in line at once, or refused where the line is full or the kiosk has a call. */
export function arrive(
  draft: Draft,
  event: { callId: string; kioskId: string; queueId: string; language: string },
): RoutingRefusal | undefined {
  const known = draft.calls.get(event.callId)
  // Asked again after a lost answer: the same call.
  if (known !== undefined) return known.kioskId === event.kioskId ? undefined : 'unknown-call'
  const queue = draft.policy.queues[event.queueId]
  if (queue === undefined) return 'unknown-queue'
  for (const call of draft.calls.values()) if (call.kioskId === event.kioskId) return 'already-in-call'
  const { callId, kioskId, queueId, language } = event
  draft.records.push({ type: 'arrived', callId, kioskId, queueId, language, at: draft.at })
  let callersCount = 0
  for (const call of draft.calls.values())
    if (call.queueId === queueId && call.status !== 'connected') callersCount += 1
  if (callersCount >= queue.callersMax) {
    draft.records.push({
      type: 'ended',
      callId,
      kioskId,
      queueId,
      language,
      matterId: null,
      agentId: null,
      outcome: 'refused',
      endReason: 'queue-full',
      at: draft.at,
    })
    draft.touchedCalls.add(callId)
    return undefined
  }
  draft.putCall({
    id: callId,
    kioskId,
    queueId,
    language,
    isLanguageChosen: false,
    matterId: null,
    arrivedAt: draft.at,
    offerCount: 0,
    answeredAt: null,
    lostAt: null,
    status: 'waiting',
  })
  draft.effects.push({ type: 'media.open', callId })
  return undefined
}

/** [R3] Language or matter is known better: another queue, the same place. */
export function refine(
  draft: Draft,
  event: { callId: string; queueId: string; language: string; isLanguageChosen: boolean; matterId: string | null },
): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (call === undefined) return 'unknown-call'
  if (call.status === 'connected') return 'wrong-state'
  const queue = draft.policy.queues[event.queueId]
  if (queue === undefined) return 'unknown-queue'
  const { queueId, language, isLanguageChosen, matterId } = event
  const refined: Call = { ...call, queueId, language, isLanguageChosen, matterId }
  draft.putCall(refined)
  if (refined.status !== 'offered') return undefined
  const agent = draft.agents.get(refined.offer.agentId)
  if (agent !== undefined && isAble(agent, queue)) draft.touchedAgents.add(agent.id)
  else withdrawOffer(draft, refined, 'skills-changed')
  return undefined
}

/** [R8] The call goes back to its old place and the agent to idle; used wherever an offer ends unaccepted. */
export function returnToLine(draft: Draft, call: Offered): Agent | undefined {
  const { offer, ...facts } = call
  draft.putCall({ ...facts, status: 'waiting' })
  draft.effects.push({ type: 'media.remove', callId: call.id, agentId: offer.agentId })
  const agent = draft.agents.get(offer.agentId)
  return agent === undefined ? undefined : toIdle(draft, agent)
}

/** [R9] The offer ends for a reason that is not the agent's answer. */
export function withdrawOffer(draft: Draft, call: Offered, why: OfferEnd): Agent | undefined {
  const { id: offerId, agentId } = call.offer
  draft.facts.push({ type: 'offer.withdrawn', callId: call.id, offerId, agentId, why })
  return returnToLine(draft, call)
}

/** [R6] The offer's time is up: back to the old place, and the agent is away until they act. */
export function expireOffer(draft: Draft, call: Offered): void {
  const { id: offerId, agentId } = call.offer
  draft.facts.push({ type: 'offer.expired', callId: call.id, offerId, agentId })
  const agent = returnToLine(draft, call)
  if (agent !== undefined) setAway(draft, agent, 'not-responding')
}

/** [R5] [R7] The agent answered the offer. A late or stale answer is refused and changes nothing. */
export function answerOffer(
  draft: Draft,
  event: { type: 'offer.accepted' | 'offer.declined'; agentId: string; offerId: string },
): RoutingRefusal | undefined {
  const agent = draft.agents.get(event.agentId)
  if (agent === undefined) return 'unknown-agent'
  if (event.type === 'offer.accepted' && agent.work.kind === 'in-call') {
    const current = draft.calls.get(agent.work.callId)
    // The acceptance was kept and its answer lost: say yes again.
    return current?.status === 'connected' && current.offerId === event.offerId ? undefined : 'offer-gone'
  }
  if (agent.work.kind !== 'offered' || agent.work.offerId !== event.offerId) return 'offer-gone'
  const call = draft.calls.get(agent.work.callId)
  if (call?.status !== 'offered') return 'offer-gone'
  if (event.type === 'offer.declined') {
    const idle = returnToLine(draft, call)
    if (idle !== undefined) setAway(draft, idle, 'declined')
    return undefined
  }
  const { offer, ...facts } = call
  draft.putCall({ ...facts, status: 'connected', agentId: agent.id, offerId: offer.id, acceptedAt: draft.at })
  draft.putAgent({ ...agent, work: { kind: 'in-call', callId: call.id, since: draft.at } })
  draft.effects.push({ type: 'media.connect', callId: call.id, agentId: agent.id })
  return undefined
}

/** [R12] The outcome, from what the caller got: answered means both sides had picture or sound. */
function outcomeOf(call: Call, reason: EndReason): Outcome {
  if (call.answeredAt !== null) return 'answered'
  // Before an answer only the caller's own act is impatience; machines and networks are not.
  return reason === 'caller-hung-up' && call.status !== 'connected' ? 'abandoned' : 'failed'
}

/** [R11] [R12] Ends a call in any state, once: record, media, and the agent to wrap-up or idle. */
export function endCall(draft: Draft, call: Call, endReason: EndReason): void {
  if (call.status === 'offered') {
    const { id: offerId, agentId } = call.offer
    draft.facts.push({ type: 'offer.withdrawn', callId: call.id, offerId, agentId, why: 'caller-left' })
    const agent = draft.agents.get(agentId)
    if (agent !== undefined) toIdle(draft, agent)
  }
  if (call.status === 'connected') releaseAgent(draft, call)
  const { id: callId, kioskId, queueId, language, matterId } = call
  draft.records.push({
    type: 'ended',
    callId,
    kioskId,
    queueId,
    language,
    matterId,
    agentId: call.status === 'connected' ? call.agentId : null,
    outcome: outcomeOf(call, endReason),
    endReason,
    at: draft.at,
  })
  draft.removeCall(call)
  draft.effects.push({ type: 'media.close', callId })
}

/** [R13] The agent was lost for good in a call: the citizen is in line again, at the old place. */
export function requeue(draft: Draft, call: Connected): void {
  releaseAgent(draft, call)
  const { agentId, offerId: _offer, acceptedAt: _accepted, ...facts } = call
  draft.facts.push({ type: 'call.requeued', callId: call.id, agentId })
  draft.putCall({ ...facts, status: 'waiting' })
  draft.effects.push({ type: 'media.remove', callId: call.id, agentId })
}

function releaseAgent(draft: Draft, call: Connected): void {
  draft.records.push({
    type: 'handled',
    callId: call.id,
    agentId: call.agentId,
    acceptedAt: call.acceptedAt,
    at: draft.at,
  })
  const agent = draft.agents.get(call.agentId)
  if (agent !== undefined) toWrapUp(draft, agent, call.id)
}

/** [R10] Both sides have picture or sound: only the first time counts as the answer. */
export function answer(draft: Draft, callId: string): RoutingRefusal | undefined {
  const call = draft.calls.get(callId)
  if (call === undefined) return 'unknown-call'
  if (call.status !== 'connected') return 'wrong-state'
  if (call.answeredAt !== null) return undefined
  draft.putCall({ ...call, answeredAt: draft.at })
  draft.records.push({ type: 'answered', callId, at: draft.at })
  return undefined
}
