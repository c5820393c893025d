/**
 * The engine: a pure function from a state and an event to the next state and what follows. No timers here:
 * deadlines are state, and the host asks {@link nextDeadline}. Rules by number are in SPEC.md.
 */
import { endWrapUp, setAway, signIn, signOut, toIdle } from './agent.ts'
import { answer, answerOffer, arrive, endCall, expireOffer, refine, requeue, withdrawOffer } from './call.ts'
import { offerWaitingCalls } from './assign.ts'
import { Draft } from './draft.ts'
import type { CallRecord, Effect, Fact, RoutingRefusal } from './effect.ts'
import type { RoutingEvent } from './event.ts'
import type { Agent, Call, Instant, State } from './state.ts'

export type Step = {
  /** The very same object as before where the event was refused. */
  readonly state: State
  readonly refusal: RoutingRefusal | undefined
  readonly effects: readonly Effect[]
  readonly facts: readonly Fact[]
  readonly records: readonly CallRecord[]
  readonly touched: {
    readonly calls: ReadonlySet<string>
    readonly agents: ReadonlySet<string>
    readonly queues: ReadonlySet<string>
  }
}

/**
 * Takes one event. Refused events change nothing. Throws on an event from the past or one that comes when a
 * deadline was due and not ticked: both are bugs of the host.
 */
export function step(state: State, event: RoutingEvent): Step {
  if (event.at < state.at) throw new Error(`event ${event.type} at ${event.at} is older than the state at ${state.at}`)
  const deadline = nextDeadline(state)
  if (
    deadline !== undefined &&
    deadline <= event.at &&
    event.type !== 'clock.ticked' &&
    event.type !== 'server.restarted'
  ) {
    throw new Error(`event ${event.type} at ${event.at} came before the tick of the deadline at ${deadline}`)
  }
  const draft = new Draft(state, event.at)
  const refusal = apply(draft, event)
  if (refusal === undefined) offerWaitingCalls(draft)
  const { effects, facts, records, touchedCalls, touchedAgents, touchedQueues } = draft
  const touched = { calls: touchedCalls, agents: touchedAgents, queues: touchedQueues }
  return { state: refusal === undefined ? draft.finish() : state, refusal, effects, facts, records, touched }
}

/** The next moment at which something happens by itself, or undefined. */
export function nextDeadline(state: State): Instant | undefined {
  let next: Instant | undefined
  const { graceMs } = state.policy
  const consider = (at: Instant) => {
    if (next === undefined || at < next) next = at
  }
  for (const call of state.calls.values()) {
    if (call.status === 'offered') consider(call.offer.expiresAt)
    if (call.lostAt !== null) consider(call.lostAt + graceMs)
  }
  for (const agent of state.agents.values()) {
    if (agent.work.kind === 'wrap-up') consider(agent.work.endsAt)
    if (agent.lostAt !== null && isHeldByGrace(agent)) consider(agent.lostAt + graceMs)
  }
  return next
}

/** A lost agent who is away already, and in no call, has nothing left to lose. */
function isHeldByGrace(agent: Agent): boolean {
  return agent.work.kind === 'in-call' || agent.awayReason === null
}

function apply(draft: Draft, event: RoutingEvent): RoutingRefusal | undefined {
  switch (event.type) {
    case 'policy.loaded':
      draft.policy = event.policy
      for (const agentId of draft.agents.keys()) draft.touchedAgents.add(agentId)
      return undefined
    case 'call.arrived':
      return arrive(draft, event)
    case 'call.refined':
      return refine(draft, event)
    case 'caller.hung-up':
      return withCall(draft, event.callId, (call) => endCall(draft, call, 'caller-hung-up'))
    case 'caller.lost':
      return withCall(draft, event.callId, (call) => loseCaller(draft, call))
    case 'caller.returned':
      return withCall(draft, event.callId, (call) => returnCaller(draft, call))
    case 'media.lost':
      return withCall(draft, event.callId, (call) => endCall(draft, call, 'media-lost'))
    case 'media.flowed':
      return answer(draft, event.callId)
    case 'offer.accepted':
    case 'offer.declined':
      return answerOffer(draft, event)
    case 'agent.signed-in':
      signIn(draft, event.agentId, event.skills)
      return undefined
    case 'server.restarted':
      loseEverybody(draft)
      return undefined
    case 'clock.ticked':
      passDeadlines(draft)
      return undefined
    default:
      return applyToAgent(draft, event)
  }
}

type AgentEvent = Extract<
  RoutingEvent,
  {
    type:
      | 'agent.signed-out'
      | 'agent.became-available'
      | 'agent.became-away'
      | 'agent.lost'
      | 'agent.returned'
      | 'agent.hung-up'
      | 'agent.finished-wrap-up'
  }
>

function applyToAgent(draft: Draft, event: AgentEvent): RoutingRefusal | undefined {
  const agent = draft.agents.get(event.agentId)
  if (agent === undefined) return 'unknown-agent'
  switch (event.type) {
    case 'agent.signed-out':
      return signOut(draft, agent)
    case 'agent.became-available':
      // Nobody who is not there can be ready: the host tells of the return first.
      if (agent.work.kind === 'offered' || agent.lostAt !== null) return 'wrong-state'
      draft.putAgent({ ...agent, awayReason: null })
      return undefined
    case 'agent.became-away': {
      const free = takeOfferBack(draft, agent, 'agent-away')
      draft.putAgent({ ...free, awayReason: event.reason })
      return undefined
    }
    case 'agent.lost':
      if (agent.lostAt === null) draft.putAgent({ ...takeOfferBack(draft, agent, 'agent-lost'), lostAt: draft.at })
      return undefined
    case 'agent.returned':
      if (agent.lostAt !== null) draft.putAgent({ ...agent, lostAt: null })
      touchCallOf(draft, agent)
      return undefined
    case 'agent.hung-up': {
      const call = draft.calls.get(event.callId)
      if (call?.status !== 'connected' || call.agentId !== agent.id) return 'unknown-call'
      endCall(draft, call, 'agent-hung-up')
      return undefined
    }
    case 'agent.finished-wrap-up':
      return endWrapUp(draft, agent)
  }
}

/** [R9] Whoever cannot take the offer any more does not keep the citizen waiting for its deadline. */
function takeOfferBack(draft: Draft, agent: Agent, why: 'agent-away' | 'agent-lost'): Agent {
  touchCallOf(draft, agent)
  if (agent.work.kind !== 'offered') return agent
  const call = draft.calls.get(agent.work.callId)
  return (call?.status === 'offered' ? withdrawOffer(draft, call, why) : undefined) ?? toIdle(draft, agent)
}

/** The caller's screen shows whether the agent is there. */
function touchCallOf(draft: Draft, agent: Agent): void {
  if (agent.work.kind === 'in-call') draft.touchedCalls.add(agent.work.callId)
}

/** An ended call is known to the host from its record; here it is simply not there any more. */
function withCall(draft: Draft, callId: string, act: (call: Call) => void): RoutingRefusal | undefined {
  const call = draft.calls.get(callId)
  if (call === undefined) return 'unknown-call'
  act(call)
  return undefined
}

/** [R16] The kiosk's connection is gone: the place stands for the grace time. */
function loseCaller(draft: Draft, call: Call): void {
  if (call.lostAt === null) draft.putCall({ ...call, lostAt: draft.at })
  touchAgentOf(draft, call)
}

function returnCaller(draft: Draft, call: Call): void {
  if (call.lostAt !== null) draft.putCall({ ...call, lostAt: null })
  touchAgentOf(draft, call)
}

/** The agent's screen shows whether the caller is there. */
function touchAgentOf(draft: Draft, call: Call): void {
  if (call.status === 'connected') draft.touchedAgents.add(call.agentId)
  if (call.status === 'offered') draft.touchedAgents.add(call.offer.agentId)
}

/**
 * [R18] After a restart every connection is to be made again: everybody has the grace time from now, offers
 * stand with a new full deadline, and wrap-ups that ran out meanwhile end at the next tick.
 */
function loseEverybody(draft: Draft): void {
  for (const call of draft.calls.values()) {
    const lost = { ...call, lostAt: draft.at }
    const expiresAt = draft.at + draft.policy.offerMs
    draft.putCall(lost.status === 'offered' ? { ...lost, offer: { ...lost.offer, expiresAt } } : lost)
  }
  for (const agent of draft.agents.values()) draft.putAgent({ ...agent, lostAt: draft.at })
}

/** Everything whose time has come, calls before agents, each in its own order. */
function passDeadlines(draft: Draft): void {
  const { graceMs } = draft.policy
  for (const agent of [...draft.agents.values()]) {
    if (agent.work.kind === 'wrap-up' && agent.work.endsAt <= draft.at) endWrapUp(draft, agent)
    const current = draft.agents.get(agent.id)
    if (current === undefined || current.lostAt === null || current.lostAt + graceMs > draft.at) continue
    loseAgentForGood(draft, current)
  }
  for (const call of [...draft.calls.values()]) {
    if (call.lostAt !== null && call.lostAt + graceMs <= draft.at) endCall(draft, call, 'caller-lost')
    else if (call.status === 'offered' && call.offer.expiresAt <= draft.at) expireOffer(draft, call)
  }
}

/** [R13] [R17] The grace time is over: a caller goes back in line, and the agent is away. */
function loseAgentForGood(draft: Draft, agent: Agent): void {
  if (agent.work.kind === 'in-call') {
    const call = draft.calls.get(agent.work.callId)
    if (call?.status === 'connected') requeue(draft, call)
  }
  const current = draft.agents.get(agent.id)
  if (current !== undefined && current.awayReason === null) setAway(draft, current, 'connection-lost')
}
