/** [R26] A third person is asked into a running call: an expert, or an interpreter. The citizen is never put on hold. */
import { toIdle } from './agent.ts'
import type { Draft } from './draft.ts'
import type { OfferEnd, RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { interpretedNeeds } from './requirements.ts'
import type { Requirement } from './policy.ts'
import type { Agent, ConnectedCall, Join } from './state.ts'
import { hasAll, isInCall } from './state.ts'

/** An agent in the call asks somebody in. Asked again after a lost answer: the same join. */
export function askIn(draft: Draft, event: EventOf<'join.asked'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (!isInCall(call, event.agentId)) return 'unknown-call'
  const known = draft.joins.get(event.joinId)
  if (known !== undefined) return known.callId === call.id ? undefined : 'unknown-call'
  openJoin(draft, call, event.joinId, event.needs, event.isTransfer === true ? event.agentId : null)
  return undefined
}

/** [R20] Whoever took the call by its interpreter branch and does not have the language gets somebody who does. */
export function askInterpreterIn(draft: Draft, call: ConnectedCall, agent: Agent): void {
  if (call.branch !== 'interpreter') return
  const needs = interpretedNeeds(draft, call)
  if (!hasAll(agent.attributes, needs)) openJoin(draft, call, `${call.id}:interpreter`, needs, null)
}

function openJoin(
  draft: Draft,
  call: ConnectedCall,
  joinId: string,
  needs: readonly Requirement[],
  handedOverBy: string | null,
): void {
  const { id: callId, queueId, classId } = call
  const { at: askedAt } = draft
  const endsAt = handedOverBy === null ? null : askedAt + draft.policy.transferMsMax
  const lineKey = `join|${classId}|${needs.map(({ attribute, levelMin }) => `${attribute}=${levelMin}`).join(',')}`
  const ordinal = draft.takeOrdinal()
  const of = { callId, queueId, classId, needs, handedOverBy }
  draft.putJoin({ id: joinId, ordinal, ...of, askedAt, endsAt, lineKey, offer: null })
  draft.facts.push({ type: 'join.asked', callId, joinId })
}

/** The agent who was asked is in. */
export function enterCall(draft: Draft, join: Join, agent: Agent): RoutingRefusal | undefined {
  const call = draft.calls.get(join.callId)
  if (call?.status !== 'connected' || join.offer === null) return 'offer-gone'
  const joined = [...call.joined, { agentId: agent.id, offerId: join.offer.id, since: draft.at, needs: join.needs }]
  draft.removeJoin(join)
  draft.putCall({ ...call, joined })
  draft.putAgent({ ...agent, work: { kind: 'in-call', callId: call.id, since: draft.at } })
  draft.facts.push({ type: 'join.ended', callId: call.id, joinId: join.id, isMet: true })
  const agentIds = [call.agentId, ...joined.map(({ agentId }) => agentId)]
  draft.effects.push({ type: 'media.connect', callId: call.id, agentIds })
  draft.touchedAgents.push(call.agentId)
  return undefined
}

/** The offer of a join ends unaccepted: it is offered again, from its old place. */
export function returnJoin(draft: Draft, join: Join): Agent | undefined {
  const { offer } = join
  if (offer === null) return undefined
  // [R34] The search was over, and only waited for this answer.
  if (join.endsAt !== null && join.endsAt <= draft.at) {
    draft.removeJoin(join)
    draft.facts.push({ type: 'join.ended', callId: join.callId, joinId: join.id, isMet: false })
  } else draft.putJoin({ ...join, offer: null })
  draft.effects.push({ type: 'media.remove', callId: join.callId, agentId: offer.agentId })
  const agent = draft.agents.get(offer.agentId)
  return agent === undefined ? undefined : toIdle(draft, agent)
}

/** Nobody is wanted any more. */
export function endJoin(draft: Draft, join: Join, why: OfferEnd): void {
  const { offer, callId } = join
  if (offer !== null) {
    draft.facts.push({ type: 'offer.withdrawn', callId, offerId: offer.id, agentId: offer.agentId, why })
    draft.effects.push({ type: 'media.remove', callId, agentId: offer.agentId })
    const agent = draft.agents.get(offer.agentId)
    if (agent !== undefined) toIdle(draft, agent)
  }
  draft.removeJoin(join)
  draft.facts.push({ type: 'join.ended', callId, joinId: join.id, isMet: false })
}

/** [R34] Who left hands nothing over any more: somebody is still wanted, and goes on with those who stay. */
export function keepJoinsOf(draft: Draft, callId: string, agentId: string): void {
  if (draft.joins.size === 0) return
  const own = [...draft.joins.values()].filter((join) => join.callId === callId && join.handedOverBy === agentId)
  for (const join of own.sort((a, b) => a.ordinal - b.ordinal)) {
    draft.putJoin({ ...join, handedOverBy: null, endsAt: null })
  }
}

/** The call is over, and with it every wish for more people in it. */
export function endJoinsOf(draft: Draft, callId: string): void {
  if (draft.joins.size === 0) return
  const own = [...draft.joins.values()].filter((join) => join.callId === callId)
  for (const join of own.sort((a, b) => a.ordinal - b.ordinal)) endJoin(draft, join, 'join-over')
}
