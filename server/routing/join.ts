/** [R26] A third person is asked into a running call: an expert, or an interpreter. The citizen is never put on hold. */
import { toIdle } from './agent.ts'
import { ANYONE, type JoinTarget, type UnmetWhy } from './asked-in.ts'
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
  const { agentId: askedById, target = ANYONE } = event
  const refusal = targetRefusal(draft, call, target)
  if (refusal !== undefined) return refusal
  const handedOverBy = event.isTransfer === true ? event.agentId : null
  const needs = neededOf(draft, call, target, event.needs, handedOverBy !== null)
  openJoin(draft, call, { id: event.joinId, askedById, target, needs, handedOverBy })
  return undefined
}

/** [R37] Whoever is named must be at work, and not in the call already. */
function targetRefusal(draft: Draft, call: ConnectedCall, target: JoinTarget): RoutingRefusal | undefined {
  if (target.kind === 'queue' && draft.policy.queues[target.queueId] === undefined) return 'unknown-queue'
  if (target.kind !== 'agent') return undefined
  const agent = draft.agents.get(target.agentId)
  if (agent === undefined || agent.awayReason !== null) return 'agent-away'
  return isInCall(call, agent.id) ? 'wrong-state' : undefined
}

const isOfRight = (draft: Draft, { attribute }: Requirement) => draft.policy.attributes[attribute] !== 'skill'

/**
 * [R37] What somebody has to bring: what was asked for, and what the queue asks for that is served, but for what gives way there.
 * Whoever is to go on with the citizen alone has the languages and signing of the call, where none was asked for.
 */
function neededOf(
  draft: Draft,
  call: ConnectedCall,
  target: JoinTarget,
  asked: readonly Requirement[],
  isTransfer: boolean,
): readonly Requirement[] {
  if (target.kind === 'agent') return []
  const firm = (needs: readonly Requirement[]) => needs.map((need) => ({ ...need, expiry: null }))
  if (target.kind === 'queue') {
    const { requirements = [] } = draft.policy.queues[target.queueId] ?? {}
    return [...asked, ...firm(requirements.filter(({ expiry }) => expiry?.onExpiry !== 'relax'))]
  }
  const isAlone = isTransfer || target.kind === 'centre'
  if (!isAlone || asked.some((need) => isOfRight(draft, need))) return asked
  return [...asked, ...firm(call.needs.filter((need) => isOfRight(draft, need)))]
}

/** [R20] Whoever took the call by its interpreter branch and does not have the language gets somebody who does. */
export function askInterpreterIn(draft: Draft, call: ConnectedCall, agent: Agent): void {
  if (call.branch !== 'interpreter') return
  const needs = interpretedNeeds(draft, call)
  const askedById = agent.id
  const join = { id: `${call.id}:interpreter`, askedById, target: ANYONE, needs, handedOverBy: null }
  if (!hasAll(agent.attributes, needs)) openJoin(draft, call, join)
}

type Asked = Pick<Join, 'id' | 'askedById' | 'target' | 'needs' | 'handedOverBy'>

function openJoin(draft: Draft, call: ConnectedCall, asked: Asked): void {
  const { id: callId, queueId, classId } = call
  const { at: askedAt } = draft
  const { needs, target } = asked
  const endsAt = asked.handedOverBy === null ? null : askedAt + draft.policy.transferMsMax
  const need = needs.map(({ attribute, levelMin }) => `${attribute}=${levelMin}`).join(',')
  const lineKey = `join|${classId}|${need}|${whomOf(target)}`
  const ordinal = draft.takeOrdinal()
  if (call.unmet !== null) draft.putCall({ ...call, unmet: null })
  draft.putJoin({ ...asked, ordinal, callId, queueId, classId, askedAt, endsAt, lineKey, offer: null })
  draft.facts.push({ type: 'join.asked', callId, joinId: asked.id })
}

function whomOf(target: JoinTarget): string {
  switch (target.kind) {
    case 'anyone':
      return ''
    case 'queue':
      return `queue:${target.queueId}`
    case 'centre':
      return `centre:${target.centreId}`
    case 'agent':
      return `agent:${target.agentId}`
  }
}

/** The agent who was asked is in. */
export function enterCall(draft: Draft, join: Join, agent: Agent): RoutingRefusal | undefined {
  const call = draft.calls.get(join.callId)
  if (call?.status !== 'connected' || join.offer === null) return 'offer-gone'
  const { id: joinId, askedById, target, needs, handedOverBy, askedAt } = join
  const askedIn = {
    joinId,
    askedById,
    target,
    needs,
    isTransfer: handedOverBy !== null,
    searchedMs: draft.at - askedAt,
  }
  const joined = [...call.joined, { agentId: agent.id, offerId: join.offer.id, since: draft.at, askedIn }]
  draft.removeJoin(join)
  draft.putCall({ ...call, joined, unmet: null })
  draft.putAgent({ ...agent, work: { kind: 'in-call', callId: call.id, since: draft.at } })
  draft.facts.push({ type: 'join.ended', callId: call.id, joinId: join.id, isMet: true })
  const agentIds = [call.agentId, ...joined.map(({ agentId }) => agentId)]
  draft.effects.push({ type: 'media.connect', callId: call.id, agentIds })
  draft.touchedAgents.push(call.agentId)
  return undefined
}

/**
 * The offer of a join ends unaccepted: it is offered again, from its old place. Where nobody else could have it, the search is
 * over ([R37]); whoever only lost the connection may be back, and whoever took another call first is waited for ([R44]).
 */
export function returnJoin(
  draft: Draft,
  join: Join,
  why: 'declined' | 'not-responding' | 'agent-away' | 'agent-lost' | 'took-another',
): Agent | undefined {
  const { offer } = join
  if (offer === null) return undefined
  const unanswered: Join = { ...join, offer: null }
  draft.putJoin(unanswered)
  const isNamed = join.target.kind === 'agent'
  // [R34] The search was over, and only waited for this answer.
  const isOver = join.endsAt !== null && join.endsAt <= draft.at
  if (isNamed && why !== 'agent-lost' && why !== 'took-another')
    endUnmet(draft, unanswered, why === 'agent-away' ? 'away' : why)
  else if (isOver) endUnmet(draft, unanswered, 'not-found')
  draft.effects.push({ type: 'media.remove', callId: join.callId, agentId: offer.agentId })
  const agent = draft.agents.get(offer.agentId)
  return agent === undefined ? undefined : toIdle(draft, agent)
}

/** Nobody is wanted any more. */
export function endJoin(draft: Draft, join: Join, offerEnd: OfferEnd, why?: UnmetWhy): void {
  const { offer, callId } = join
  if (offer !== null) {
    draft.facts.push({ type: 'offer.withdrawn', callId, offerId: offer.id, agentId: offer.agentId, why: offerEnd })
    draft.effects.push({ type: 'media.remove', callId, agentId: offer.agentId })
    const agent = draft.agents.get(offer.agentId)
    if (agent !== undefined) toIdle(draft, agent)
  }
  draft.removeJoin(join)
  draft.facts.push({ type: 'join.ended', callId, joinId: join.id, isMet: false, ...(why === undefined ? {} : { why }) })
}

/** [R38] A search has come to nothing while the call goes on: whoever asked is told why. */
export function endUnmet(draft: Draft, join: Join, why: UnmetWhy): void {
  const { id: joinId, askedById, target, needs, handedOverBy } = join
  const call = draft.calls.get(join.callId)
  if (call?.status === 'connected') {
    const isTransfer = handedOverBy !== null
    draft.putCall({ ...call, unmet: { joinId, askedById, target, needs, isTransfer, why } })
  }
  endJoin(draft, join, 'join-over', why)
}

/** [R37] Nobody waits for somebody who takes no calls any more, nor asks for whoever is in the call by now. */
export function endJoinsOfAbsent(draft: Draft): void {
  const named = [...draft.joins.values()].filter(({ target, offer }) => target.kind === 'agent' && offer === null)
  for (const join of named.sort((a, b) => a.ordinal - b.ordinal)) {
    const { target } = join
    const agent = target.kind === 'agent' ? draft.agents.get(target.agentId) : undefined
    if (agent === undefined || agent.awayReason !== null) endUnmet(draft, join, 'away')
    else if (isInCall(draft.calls.get(join.callId), agent.id)) endJoin(draft, join, 'join-over')
  }
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
