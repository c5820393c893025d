/** The transitions of an agent. Availability is chosen by the agent, work is imposed. Rules are in SPEC.md. */
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { Agent, AwayReason } from './state.ts'

/** Nothing to do from now on: the moment counts for who has been idle longest. */
export function toIdle(draft: Draft, agent: Agent): Agent {
  const idle: Agent = { ...agent, work: { kind: 'idle', since: draft.at } }
  draft.putAgent(idle)
  return idle
}

/** [R14] Time to write down what was said, with a deadline. */
export function toWrapUp(draft: Draft, agent: Agent, callId: string): void {
  const endsAt = draft.at + draft.policy.wrapUpMs
  draft.putAgent({ ...agent, work: { kind: 'wrap-up', callId, since: draft.at, endsAt } })
}

/** The engine puts the agent away; only the agent ends it. */
export function setAway(draft: Draft, agent: Agent, reason: AwayReason): void {
  draft.putAgent({ ...agent, awayReason: reason })
  draft.facts.push({ type: 'agent.set-away', agentId: agent.id, reason })
}

/** [R15] Signing in: away until the agent says otherwise. Signing in again refreshes the skills and nothing else. */
export function signIn(draft: Draft, agentId: string, skills: readonly string[]): void {
  const known = draft.agents.get(agentId)
  if (known !== undefined) {
    draft.putAgent({ ...known, skills, lostAt: null })
    if (known.work.kind === 'in-call') draft.touchedCalls.add(known.work.callId)
    return
  }
  const work = { kind: 'idle', since: draft.at } as const
  draft.putAgent({ id: agentId, skills, awayReason: 'just-signed-in', lostAt: null, work })
}

/** [R15] Signing out is refused with an offer on the screen or in a call. */
export function signOut(draft: Draft, agent: Agent): RoutingRefusal | undefined {
  if (agent.work.kind === 'offered' || agent.work.kind === 'in-call') return 'agent-busy'
  if (agent.work.kind === 'wrap-up') endWrapUp(draft, agent)
  draft.removeAgent(agent.id)
  return undefined
}

/** [R14] Wrap-up is over, by the agent or by its deadline. */
export function endWrapUp(draft: Draft, agent: Agent): RoutingRefusal | undefined {
  if (agent.work.kind !== 'wrap-up') return 'wrong-state'
  const { callId } = agent.work
  draft.records.push({ type: 'wrapped-up', callId, agentId: agent.id, at: draft.at })
  draft.facts.push({ type: 'wrap-up.ended', agentId: agent.id, callId })
  toIdle(draft, agent)
  return undefined
}
