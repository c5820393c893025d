/** [R44] A supervisor takes a call that waits oneself: it rings at their own desk, and nobody else has it from that moment on. */
import { endWrapUp, isBeside } from './agent.ts'
import { makeOffer } from './assign.ts'
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { reasonsOfTaking } from './explain.ts'
import { callEntry } from './index-of.ts'
import { isMovable } from './move.ts'
import { takeOfferBack } from './offer.ts'
import { firmNeeds } from './requirements.ts'
import type { Agent, Call, WaitingCall } from './state.ts'
import { hasAll, isInCall } from './state.ts'

/**
 * Refused: `unknown-agent` where they are not at work as an agent, `agent-away` where their desk has no connection, `agent-busy` in a call,
 * `wrong-state` where the citizen does not stand there or the call rings at somebody, `not-able` without its language or way of talking.
 */
export function takeByHand(
  draft: Draft,
  event: EventOf<'call.taken'>,
  isExplained: boolean,
): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (call === undefined) return 'unknown-call'
  const agent = draft.agents.get(event.byId)
  if (agent === undefined) return 'unknown-agent'
  if (isTheirs(call, agent.id)) return undefined
  if (agent.lostAt !== null) return 'agent-away'
  if (agent.work.kind === 'in-call' || isBeside(agent)) return 'agent-busy'
  if (!isTakeable(call)) return 'wrong-state'
  if (!hasAll(agent.attributes, firmNeeds(draft.policyOf(call), call))) return 'not-able'
  const line = draft.lines.get(call.lineKey)
  if (line === undefined) throw new Error(`${call.id} stands in no line`)
  const head = callEntry(call)
  const reasons = isExplained ? reasonsOfTaking(draft, line, head, agent) : null
  makeOffer(draft, line, head, freed(draft, agent), reasons, true)
  return undefined
}

/** [R44] Whether the citizen of a call stands there and waits, and nobody is asked to take it. */
export function isTakeable(call: Call): call is WaitingCall {
  return isMovable(call) && call.presence.kind === 'here' && call.lostAt === null
}

/** Asked again after a lost answer: it rings at them already, or they have it. */
function isTheirs(call: Call, agentId: string): boolean {
  return isInCall(call, agentId) || (call.status === 'offered' && call.offer.agentId === agentId)
}

/** What else is on their desk makes room: another call goes back to its place, and a wrap-up is over. */
function freed(draft: Draft, agent: Agent): Agent {
  const { work } = agent
  if (work.kind === 'wrap-up') endWrapUp(draft, agent)
  else if (work.kind === 'offered') takeOfferBack(draft, agent, 'took-another')
  return draft.agents.get(agent.id) ?? agent
}
