/** The transitions of an offer: accepted, declined, expired. Rules by number are in SPEC.md. */
import { setAway, toIdle } from './agent.ts'
import { endCall, releaseAgent, requeue, returnToLine, withdrawOffer } from './call.ts'
import { taken } from './callback.ts'
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { tellHoldEnded } from './hold.ts'
import { askInterpreterIn, endJoin, endUnmet, enterCall, keepJoinsOf, returnJoin } from './join.ts'
import type { Agent, ConnectedCall, Join, OfferedCall } from './state.ts'
import { factsOf, isInCall } from './state.ts'

/** [R6] The offer's time is up: back to the old place, and the agent is away until they act. */
export function expireOffer(draft: Draft, call: OfferedCall): void {
  const { id: offerId, agentId } = call.offer
  draft.facts.push({ type: 'offer.expired', callId: call.id, offerId, agentId })
  const agent = returnToLine(draft, call)
  if (agent !== undefined) setAway(draft, agent, 'not-responding')
}

/** [R6] The same for somebody who was asked into a call. */
export function expireJoinOffer(draft: Draft, join: Join): void {
  if (join.offer === null) return
  const { id: offerId, agentId } = join.offer
  draft.facts.push({ type: 'offer.expired', callId: join.callId, offerId, agentId })
  const agent = returnJoin(draft, join, 'not-responding')
  if (agent !== undefined) setAway(draft, agent, 'not-responding')
}

/** The offer this agent holds, or the one they accepted before: whether it is the one that is named. */
function isSaidAlready(draft: Draft, agent: Agent, offerId: string): boolean {
  const call = agent.work.kind === 'in-call' ? draft.calls.get(agent.work.callId) : undefined
  if (call?.status !== 'connected') return false
  if (call.agentId === agent.id) return call.offerId === offerId
  return call.joined.some((joined) => joined.agentId === agent.id && joined.offerId === offerId)
}

/** [R5] The agent takes the call. A late or stale acceptance is refused and changes nothing; a repeated one is yes again. */
export function acceptOffer(draft: Draft, event: EventOf<'offer.accepted'>): RoutingRefusal | undefined {
  const agent = draft.agents.get(event.agentId)
  if (agent === undefined) return 'unknown-agent'
  const { work } = agent
  if (work.kind === 'in-call') return isSaidAlready(draft, agent, event.offerId) ? undefined : 'offer-gone'
  if (work.kind !== 'offered' || work.offerId !== event.offerId) return 'offer-gone'
  const join = work.joinId === null ? undefined : draft.joins.get(work.joinId)
  if (join !== undefined) {
    const refusal = enterCall(draft, join, agent)
    if (refusal === undefined) handOver(draft, join)
    return refusal
  }
  const call = draft.calls.get(work.callId)
  if (call?.status !== 'offered') return 'offer-gone'
  const { offer } = call
  const connected = taken(draft, {
    ...factsOf(call),
    status: 'connected',
    agentId: agent.id,
    offerId: offer.id,
    acceptedAt: draft.at,
    askedIn: null,
    joined: [],
    hold: null,
    unmet: null,
    supervisor: null,
  })
  draft.putCall(connected, call)
  draft.putAgent({ ...agent, work: { kind: 'in-call', callId: call.id, since: draft.at } }, agent)
  draft.effects.push({ type: 'media.connect', callId: call.id, agentIds: [agent.id] })
  askInterpreterIn(draft, connected, agent)
  return undefined
}

/** [R7] The agent gives the offer back, with a reason: the call to its old place, the agent away. */
export function declineOffer(draft: Draft, event: EventOf<'offer.declined'>): RoutingRefusal | undefined {
  const agent = draft.agents.get(event.agentId)
  if (agent === undefined) return 'unknown-agent'
  const { work } = agent
  if (work.kind !== 'offered' || work.offerId !== event.offerId) return 'offer-gone'
  const { callId, offerId, joinId } = work
  const join = joinId === null ? undefined : draft.joins.get(joinId)
  const call = draft.calls.get(callId)
  draft.facts.push({ type: 'offer.declined', callId, offerId, agentId: agent.id, reason: event.reason })
  const idle =
    join !== undefined
      ? returnJoin(draft, join, 'declined')
      : call?.status === 'offered'
        ? returnToLine(draft, call)
        : undefined
  if (idle !== undefined) setAway(draft, idle, 'declined')
  return undefined
}

/** [R9] Whoever cannot take the offer any more does not keep the citizen waiting for its deadline. */
export function takeOfferBack(draft: Draft, agent: Agent, why: 'agent-away' | 'agent-lost' | 'took-another'): Agent {
  const { work } = agent
  if (work.kind === 'in-call') draft.touchedCalls.push(work.callId)
  if (work.kind !== 'offered') return agent
  const join = work.joinId === null ? undefined : draft.joins.get(work.joinId)
  if (join !== undefined) {
    draft.facts.push({ type: 'offer.withdrawn', callId: join.callId, offerId: work.offerId, agentId: agent.id, why })
    return returnJoin(draft, join, why) ?? agent
  }
  const call = draft.calls.get(work.callId)
  return (call?.status === 'offered' ? withdrawOffer(draft, call, why) : undefined) ?? toIdle(draft, agent)
}

/** [R11] [R26] An agent leaves the call; the last to leave ends it. */
export function leaveCall(draft: Draft, agent: Agent, callId: string): RoutingRefusal | undefined {
  const call = draft.calls.get(callId)
  if (!isInCall(call, agent.id)) return 'unknown-call'
  if (call.joined.length === 0) endCall(draft, call, 'agent-hung-up')
  // Whoever has the call leaves it to the next; whoever was asked in has helped, and it stays where it was.
  else stepOut(draft, call, agent.id, call.agentId === agent.id)
  return undefined
}

/** [R13] [R26] An agent is gone for good: the others go on, and where there is none the citizen is in line again. */
export function dropFromCall(draft: Draft, agent: Agent, callId: string): void {
  const call = draft.calls.get(callId)
  if (call?.status !== 'connected') return
  if (call.joined.length === 0) requeue(draft, call)
  else stepOut(draft, call, agent.id, false)
}

/** [R34] Somebody is in: whoever asked them to take the call over leaves, if they are there still. */
function handOver(draft: Draft, { callId, handedOverBy }: Join): void {
  const call = draft.calls.get(callId)
  if (handedOverBy !== null && isInCall(call, handedOverBy)) stepOut(draft, call, handedOverBy, true)
}

/** One of several leaves. Where it is the one who took the call, the next of those who joined has it. */
function stepOut(draft: Draft, before: ConnectedCall, agentId: string, isHandedOver: boolean): void {
  const call = withoutHoldOf(draft, before, agentId)
  const own = call.joined.find((joined) => joined.agentId === agentId)
  releaseAgent(draft, call, agentId, isHandedOver)
  const [next, ...others] = call.joined
  if (own !== undefined) draft.putCall({ ...call, joined: call.joined.filter((joined) => joined !== own) })
  else if (next !== undefined) {
    const { agentId: nextId, offerId, since: acceptedAt, askedIn } = next
    draft.putCall({ ...call, agentId: nextId, offerId, acceptedAt, askedIn, joined: others })
  }
  keepJoinsOf(draft, call.id, agentId)
  draft.effects.push({ type: 'media.remove', callId: call.id, agentId })
  for (const other of [call.agentId, ...call.joined.map((joined) => joined.agentId)]) draft.touchedAgents.push(other)
}

/** [R33] Nobody stays on hold for somebody who has gone. */
function withoutHoldOf(draft: Draft, call: ConnectedCall, agentId: string): ConnectedCall {
  if (call.hold?.agentId !== agentId) return call
  tellHoldEnded(draft, call, 'agent-left')
  return { ...call, hold: null }
}

/** A join that is not wanted any more. Said twice: the same. */
export function cancelJoin(draft: Draft, event: EventOf<'join.cancelled'>): RoutingRefusal | undefined {
  const join = draft.joins.get(event.joinId)
  if (join === undefined) return undefined
  if (event.isByCaller === true) endUnmet(draft, join, 'caller-declined')
  else endJoin(draft, join, 'join-over')
  return undefined
}
