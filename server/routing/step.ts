/**
 * The engine: a pure function from a state and an event to the next state and what follows. No timers here:
 * deadlines are state, and the host asks {@link nextDeadline}. Rules by number are in SPEC.md.
 */
import { endPreferencesFor, endWrapUp, isBeside, lengthenWrapUp, signIn, signOut } from './agent.ts'
import { arrive } from './arrive.ts'
import { offerWaitingCalls } from './assign.ts'
import { answer, endCall, refine } from './call.ts'
import { promiseCallback, withdrawCallback } from './callback.ts'
import { passDeadlines } from './deadlines.ts'
import { restoreSkill, setDaySkill } from './day-skills.ts'
import { Draft } from './draft.ts'
import type { CallRecord, Effect, Fact, RoutingRefusal } from './effect.ts'
import type { RoutingEvent } from './event.ts'
import { hold, resume } from './hold.ts'
import { askIn, endJoinsOfAbsent } from './join.ts'
import { reviewLending } from './lending.ts'
import { acceptOffer, cancelJoin, declineOffer, leaveCall, takeOfferBack } from './offer.ts'
import { loadHours, loadPolicy, pauseQueue } from './policy-change.ts'
import { move } from './move.ts'
import { inLine } from './requirements.ts'
import { closeSite, openSite } from './sites.ts'
import type { Call, Instant, State } from './state.ts'
import { endSupervision, supervise } from './supervision.ts'
import { takeByHand } from './take.ts'
import { callNearTickets, stepAway, takeUp } from './ticket.ts'

export type Step = {
  /** The very same object as before where the event was refused. */
  readonly state: State
  readonly refusal: RoutingRefusal | undefined
  readonly effects: readonly Effect[]
  readonly facts: readonly Fact[]
  readonly records: readonly CallRecord[]
  readonly touched: {
    /** Some more than once. */
    readonly calls: readonly string[]
    readonly agents: readonly string[]
    readonly queues: readonly string[]
  }
}

export type StepOptions = {
  /** Offers come with their reasons in full. The choice is the same; only the cost differs. */
  readonly isExplained: boolean
}

const PLAIN: StepOptions = { isExplained: false }
const NOTHING: readonly never[] = []

/**
 * Takes one event. Refused events change nothing. Throws on an event from the past or one that comes when a
 * deadline was due and not ticked: both are bugs of the host.
 */
export function step(state: State, event: RoutingEvent, { isExplained }: StepOptions = PLAIN): Step {
  if (event.at < state.at) throw new Error(`event ${event.type} at ${event.at} is older than the state at ${state.at}`)
  const deadline = nextDeadline(state)
  const isLate = deadline !== undefined && deadline <= event.at
  if (isLate && event.type !== 'clock.ticked' && event.type !== 'server.restarted') {
    throw new Error(`event ${event.type} at ${event.at} came before the tick of the deadline at ${deadline}`)
  }
  const draft = new Draft(state, event.at)
  const refusal = apply(draft, event, isExplained)
  if (refusal !== undefined) return refused(state, refusal)
  if (draft.joins.size > 0) endJoinsOfAbsent(draft)
  if (draft.policy.lending.length > 0) reviewLending(draft)
  offerWaitingCalls(draft, isExplained)
  // Last, since every offer brings those behind it nearer.
  if (draft.changedAwayLines.length > 0) callNearTickets(draft)
  const { effects, facts, records, touchedCalls, touchedAgents, touchedQueues } = draft
  const touched = { calls: touchedCalls, agents: touchedAgents, queues: touchedQueues }
  return { state: draft.finish(), refusal, effects, facts, records, touched }
}

function refused(state: State, refusal: RoutingRefusal): Step {
  const touched = { calls: NOTHING, agents: NOTHING, queues: NOTHING }
  return { state, refusal, effects: NOTHING, facts: NOTHING, records: NOTHING, touched }
}

/** The next moment at which something happens by itself, or undefined. */
export function nextDeadline(state: State): Instant | undefined {
  const call = state.callDeadlines.first?.rank
  const agent = state.agentDeadlines.first?.rank
  return call === undefined || (agent !== undefined && agent < call) ? agent : call
}

function apply(draft: Draft, event: RoutingEvent, isExplained: boolean): RoutingRefusal | undefined {
  switch (event.type) {
    case 'policy.loaded':
      return loadPolicy(draft, event)
    case 'hours.loaded':
      return void loadHours(draft, event)
    case 'queue.paused':
    case 'queue.resumed':
      return pauseQueue(draft, event.queueId, event.type === 'queue.paused')
    case 'site.closed':
      return closeSite(draft, event)
    case 'site.opened':
      return void openSite(draft, event.siteId)
    case 'call.arrived':
      return arrive(draft, event, isExplained)
    case 'call.refined':
      return refine(draft, event)
    case 'call.moved':
      return move(draft, event)
    case 'call.taken':
      return takeByHand(draft, event, isExplained)
    case 'caller.stepped-away':
      return stepAway(draft, event)
    case 'ticket.taken-up':
      return takeUp(draft, event)
    case 'callback.promised':
      return promiseCallback(draft, event)
    case 'callback.withdrawn':
      return withdrawCallback(draft, event)
    case 'offer.accepted':
      return acceptOffer(draft, event)
    case 'offer.declined':
      return declineOffer(draft, event)
    case 'join.asked':
      return askIn(draft, event)
    case 'call.supervised':
      return supervise(draft, event)
    case 'call.supervision-ended':
      return void endSupervision(draft, event)
    case 'call.held':
      return hold(draft, event)
    case 'call.resumed':
      return resume(draft, event)
    case 'join.cancelled':
      return cancelJoin(draft, event)
    case 'agent.signed-in':
      return void signIn(draft, event)
    case 'server.restarted':
      return void loseEverybody(draft)
    case 'clock.ticked':
      return void passDeadlines(draft)
    default:
      return 'agentId' in event ? applyToAgent(draft, event) : applyToCall(draft, event)
  }
}

type CallEvent = Extract<
  RoutingEvent,
  { type: 'caller.hung-up' | 'caller.lost' | 'caller.returned' | 'media.lost' | 'media.flowed' | 'promise.told' }
>

/** An ended call is known to the host from its record; here it is simply not there any more. */
function applyToCall(draft: Draft, event: CallEvent): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (call === undefined) return 'unknown-call'
  switch (event.type) {
    case 'caller.hung-up':
      return void endCall(draft, call, 'caller-hung-up')
    case 'media.lost':
      return void endCall(draft, call, 'media-lost')
    case 'media.flowed':
      return answer(draft, call.id)
    case 'caller.lost':
      return void loseCaller(draft, call)
    case 'caller.returned':
      return void returnCaller(draft, call)
    case 'promise.told': {
      if (call.status === 'connected' || call.promise !== null) return 'wrong-state'
      const { p50Ms, p80Ms } = event
      draft.putCall({ ...call, promise: { toldAt: draft.at, p50Ms, p80Ms } })
      draft.records.push({ type: 'promised', callId: call.id, p50Ms, p80Ms })
      return undefined
    }
  }
}

type AgentEvent = Extract<
  RoutingEvent,
  {
    type:
      | 'agent.signed-out'
      | 'agent.became-available'
      | 'agent.became-away'
      | 'agent.skill-set'
      | 'agent.skill-restored'
      | 'agent.lost'
      | 'agent.returned'
      | 'agent.hung-up'
      | 'agent.finished-wrap-up'
      | 'agent.lengthened-wrap-up'
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
      if (isBeside(agent)) return 'agent-busy'
      return void draft.putAgent({ ...agent, awayReason: null })
    case 'agent.became-away': {
      if (isBeside(agent)) return 'agent-busy'
      const free = takeOfferBack(draft, agent, 'agent-away')
      draft.putAgent({ ...free, awayReason: event.reason })
      return void endPreferencesFor(draft, agent.id)
    }
    case 'agent.skill-set':
      return setDaySkill(draft, agent, event)
    case 'agent.skill-restored':
      return void restoreSkill(draft, agent, event.attribute)
    case 'agent.lost':
      if (agent.lostAt === null) draft.putAgent({ ...takeOfferBack(draft, agent, 'agent-lost'), lostAt: draft.at })
      return undefined
    case 'agent.returned':
      if (agent.lostAt !== null) draft.putAgent({ ...agent, lostAt: null })
      // The caller's screen shows whether the agent is there.
      if (agent.work.kind === 'in-call') draft.touchedCalls.push(agent.work.callId)
      return undefined
    case 'agent.hung-up':
      return leaveCall(draft, agent, event.callId)
    case 'agent.finished-wrap-up':
      return endWrapUp(draft, agent)
    case 'agent.lengthened-wrap-up':
      return lengthenWrapUp(draft, agent, event.endsAt)
  }
}

/** [R16] The kiosk's connection is gone: the place stands for the grace time. Who left with a ticket has none to lose. */
function loseCaller(draft: Draft, call: Call): void {
  if (call.lostAt === null && call.presence.kind === 'here') draft.putCall({ ...call, lostAt: draft.at })
  touchAgentOf(draft, call)
}

function returnCaller(draft: Draft, call: Call): void {
  const back = { ...call, lostAt: null }
  // What changed meanwhile was not told to somebody who stood in no line.
  if (call.lostAt !== null) draft.putCall(call.status === 'waiting' ? inLine<Call>(draft, back) : back)
  touchAgentOf(draft, call)
}

/** The agent's screen shows whether the caller is there. */
function touchAgentOf(draft: Draft, call: Call): void {
  if (call.status === 'connected') draft.touchedAgents.push(call.agentId)
  if (call.status === 'offered') draft.touchedAgents.push(call.offer.agentId)
}

/**
 * [R18] After a restart every connection is to be made again: everybody has the grace time from now, offers
 * stand with a new full deadline, and wrap-ups that ran out meanwhile end at the next tick. [R43] No supervisor stays unseen.
 */
function loseEverybody(draft: Draft): void {
  const expiresAt = draft.at + draft.policy.offerMs
  for (const call of draft.calls.values()) {
    if (call.presence.kind !== 'here') continue
    const lost = { ...call, lostAt: draft.at }
    if (lost.status === 'connected') draft.putCall({ ...lost, supervisor: null })
    else draft.putCall(lost.status === 'offered' ? { ...lost, offer: { ...lost.offer, expiresAt } } : lost)
  }
  for (const join of draft.joins.values()) {
    if (join.offer !== null) draft.putJoin({ ...join, offer: { ...join.offer, expiresAt } })
  }
  for (const agent of draft.agents.values()) draft.putAgent({ ...agent, lostAt: draft.at })
}
