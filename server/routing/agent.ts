/** The transitions of an agent. Availability is chosen by the agent, work is imposed. Rules are in SPEC.md. */
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import { poolKeyOf } from './index-of.ts'
import { learnHandling } from './queueing/learned.ts'
import { endPreference } from './requirements.ts'
import { keepDaySkills, keptDaySkillsOf, withDaySkills } from './day-skills-kept.ts'
import type { Agent, AwayReason, Call, ConnectedCall, Entry, Instant } from './state.ts'
import { learnOfService } from './wait.ts'

/** Nothing to do from now on: the moment counts for who has been idle longest. */
export function toIdle(draft: Draft, agent: Agent): Agent {
  const idle: Agent = { ...agent, work: { kind: 'idle', since: draft.at } }
  draft.putAgent(idle, agent)
  return idle
}

/** [R14] Time to write down what was said, with a deadline. */
export function toWrapUp(draft: Draft, agent: Agent, call: ConnectedCall, acceptedAt: Instant): void {
  const endsAt = draft.at + draft.policy.wrapUpMs
  const { id: callId, queueId } = call
  draft.putAgent({ ...agent, work: { kind: 'wrap-up', callId, queueId, acceptedAt, since: draft.at, endsAt } }, agent)
}

/** The engine puts the agent away; only the agent ends it. */
export function setAway(draft: Draft, agent: Agent, reason: AwayReason): void {
  draft.putAgent({ ...agent, awayReason: reason })
  draft.facts.push({ type: 'agent.set-away', agentId: agent.id, reason })
  endPreferencesFor(draft, agent.id)
}

/** [R41] Whether an agent is in a call that they opened beside a citizen. */
export function isBeside(agent: Agent): boolean {
  return agent.besideCallId !== null
}

/** [R41] The agent has opened a call beside a citizen, and takes no others. */
export function beginBeside(draft: Draft, agent: Agent, callId: string): void {
  setAway(draft, { ...agent, besideCallId: callId }, 'with-citizen')
}

/** [R41] The call beside a citizen is over. The citizen is there still: only the agent ends being away. */
export function endBeside(draft: Draft, agentId: string): void {
  const agent = draft.agents.get(agentId)
  if (agent !== undefined) draft.putAgent({ ...agent, besideCallId: null })
}

/**
 * [R23] Nobody is kept waiting for an agent who takes no calls; where `isFor` is given, those calls alone that it is true of. Whoever is
 * lost, or was called and has not come, is in no line to be offered from: for whom they wait is looked at when they are back.
 */
export function endPreferencesFor(draft: Draft, agentId: string, isFor: (call: Call) => boolean = () => true): void {
  const held: Entry[] = []
  for (const line of draft.lines.values()) {
    if (line.preferredAgentId === agentId) held.push(...line.here, ...line.away)
  }
  // In the order of arrival: that of the lines follows from hashes.
  held.sort((a, b) => a.ordinal - b.ordinal)
  for (const { id } of held) {
    const call = draft.calls.get(id)
    if (call !== undefined && isFor(call)) endPreference(draft, call)
  }
}

/** [R15] Signing in: away until the agent says otherwise. Signing in again refreshes the attributes and nothing else. */
export function signIn(
  draft: Draft,
  event: { agentId: string; centreId: string; attributes: Readonly<Record<string, number>> },
): void {
  const { agentId, centreId, attributes: ownAttributes } = event
  const known = draft.agents.get(agentId)
  const daySkills = known?.daySkills ?? keptDaySkillsOf(draft, agentId)
  const attributes = withDaySkills(ownAttributes, daySkills)
  const poolKey = poolKeyOf(centreId, attributes)
  if (known !== undefined) {
    draft.putAgent({ ...known, centreId, attributes, ownAttributes, poolKey, lostAt: null })
    if (known.work.kind === 'in-call') draft.touchedCalls.push(known.work.callId)
    return
  }
  draft.putAgent({
    id: agentId,
    ordinal: draft.takeOrdinal(),
    centreId,
    attributes,
    ownAttributes,
    daySkills,
    poolKey,
    awayReason: 'just-signed-in',
    lostAt: null,
    besideCallId: null,
    work: { kind: 'idle', since: draft.at },
    restsUntil: null,
    occupancy: { share: 0, at: draft.at },
  })
}

/** [R15] [R41] Signing out is refused with an offer on the screen, in a call or beside a citizen in one. */
export function signOut(draft: Draft, agent: Agent): RoutingRefusal | undefined {
  if (agent.work.kind === 'offered' || agent.work.kind === 'in-call' || isBeside(agent)) return 'agent-busy'
  if (agent.work.kind === 'wrap-up') endWrapUp(draft, agent)
  endPreferencesFor(draft, agent.id)
  keepDaySkills(draft, agent)
  draft.removeAgent(agent.id)
  return undefined
}

/**
 * [R36] As much time again as a wrap-up has, within the longest there may be. `endsAt` is the end that is to be put off: the same
 * wish told twice moves it once. Refused where there is no more to give.
 */
export function lengthenWrapUp(draft: Draft, agent: Agent, endsAt: Instant): RoutingRefusal | undefined {
  const { work } = agent
  if (work.kind !== 'wrap-up') return 'wrong-state'
  if (work.endsAt > endsAt) return undefined
  const { wrapUpMs, wrapUpMsMax } = draft.policy
  const longer = Math.min(work.endsAt + wrapUpMs, work.since + wrapUpMsMax)
  if (longer <= work.endsAt) return 'wrong-state'
  draft.putAgent({ ...agent, work: { ...work, endsAt: longer } })
  return undefined
}

/** [R14] [R24] Wrap-up is over, by the agent or by its deadline; what is left of the pause comes first. */
export function endWrapUp(draft: Draft, agent: Agent): RoutingRefusal | undefined {
  const { work } = agent
  if (work.kind !== 'wrap-up') return 'wrong-state'
  const { callId, queueId, acceptedAt } = work
  draft.records.push({ type: 'wrapped-up', callId, agentId: agent.id, at: draft.at })
  draft.facts.push({ type: 'wrap-up.ended', agentId: agent.id, callId })
  learnOfService(draft, queueId, ({ handling, patience }) => {
    return { handling: learnHandling(handling, draft.at - acceptedAt), patience }
  })
  const share = shareAfterWork(draft, agent, acceptedAt)
  const restsUntil = restAfter(draft, share)
  if (restsUntil !== null) draft.facts.push({ type: 'agent.rests', agentId: agent.id, until: restsUntil })
  const occupancy = { share, at: draft.at }
  draft.putAgent({ ...agent, work: { kind: 'idle', since: draft.at }, occupancy, restsUntil }, agent)
  return undefined
}

/** The share of time in calls, the past fading over `occupancyWindowMs`: idle until `since`, at work from then on. */
function shareAfterWork(draft: Draft, { occupancy }: Agent, since: Instant): number {
  const { occupancyWindowMs } = draft.policy
  const atStart = occupancy.share * Math.exp(-Math.max(0, since - occupancy.at) / occupancyWindowMs)
  const kept = Math.exp(-(draft.at - since) / occupancyWindowMs)
  return atStart * kept + (1 - kept)
}

/** [R24] Until when the agent rests: the shortest pause, or longer until the share is down at the ceiling. */
function restAfter(draft: Draft, share: number): Instant | null {
  const { pauseMs, occupancyMax, occupancyWindowMs } = draft.policy
  const untilBelowMs = share > occupancyMax ? Math.ceil(occupancyWindowMs * Math.log(share / occupancyMax)) : 0
  const restMs = Math.max(pauseMs, untilBelowMs)
  return restMs > 0 ? draft.at + restMs : null
}
