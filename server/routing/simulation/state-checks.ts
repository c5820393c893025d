/** What must be true of everybody in a state, and of what became of them in a step. */
import type { RoutingEvent } from '../event.ts'
import type { Agent, Call, ConnectedCall, Instant, State } from '../state.ts'
import type { Step } from '../step.ts'
import type { Fact } from '../effect.ts'
import {
  certainNeeds,
  interpretable,
  isAble,
  isAtWork,
  isHere,
  isOfferable,
  isOpenFor,
  must,
  neededFor,
} from './rules.ts'

/** Asked once every deadline up to `at` was ticked: nothing that should have happened has not, and all ask for the right. */
export function checkStanding(state: State, at: Instant): void {
  for (const call of state.calls.values()) {
    const overdue = overdueOf(state, call, at)
    must(overdue === undefined, () => `${call.id}: ${overdue} at ${at}`)
    if (call.status === 'waiting') checkNeeds(state, call, at)
  }
  for (const { id, offer, endsAt, target } of state.joins.values()) {
    const named = target.kind === 'agent' ? state.agents.get(target.agentId) : undefined
    must(target.kind !== 'agent' || named?.awayReason === null, () => `${id} waits for somebody who takes no calls`)
    must(offer === null || offer.expiresAt > at, () => `the offer of ${id} is overdue`)
    must(offer !== null || endsAt === null || endsAt > at, () => `${id} is looked for for too long`)
  }
  for (const agent of state.agents.values()) {
    const { work, restsUntil, lostAt, awayReason } = agent
    must(work.kind !== 'wrap-up' || work.endsAt > at, () => `${agent.id} is in wrap-up for too long`)
    const longestMs = Math.max(state.policy.wrapUpMs, state.policy.wrapUpMsMax)
    const isInBound = work.kind !== 'wrap-up' || work.endsAt - work.since <= longestMs
    must(isInBound, () => `${agent.id} has made its wrap-up longer than ${longestMs} ms`)
    must(restsUntil === null || restsUntil > at, () => `${agent.id} rests for too long`)
    const isGrace = lostAt === null || lostAt + state.policy.graceMs > at
    must(isGrace || (awayReason !== null && work.kind !== 'in-call'), () => `${agent.id} is lost for too long`)
  }
}

/** [J2] [R6] [R16] [R23] [R28] [R29] [R33] What should have happened to a call by now. */
function overdueOf(state: State, call: Call, at: Instant): string | undefined {
  if (call.lostAt !== null && call.lostAt + state.policy.graceMs <= at) return 'lost for too long'
  if (call.status === 'offered' && call.offer.expiresAt <= at) return 'offered for too long'
  if (call.status === 'connected' && call.hold !== null && call.hold.endsAt <= at) return 'on hold for too long'
  if (call.status !== 'waiting') return undefined
  const { presence, preferred, servedUntil } = call
  if (preferred !== null && preferred.until <= at) return 'kept for one agent for too long'
  if (presence.kind === 'called' && presence.until <= at) return 'called for too long'
  if (presence.kind === 'lapsed' && presence.until <= at) return 'lapsed for too long'
  if (presence.kind === 'away' && presence.notBefore !== null && presence.notBefore <= at) return 'not called back'
  if (presence.kind !== 'here') return undefined
  if (servedUntil !== null && servedUntil <= at) return 'kept waiting after closing'
  const isEnding = servedUntil !== null && servedUntil <= at + state.policy.serveAfterClosingMs
  return isEnding || isOpenFor(state, call, at) ? undefined : 'waits in a closed line without an end'
}

/** [R19] [R20] What is asked for follows from the arrival alone; only an expired language with an interpreter may be missing. */
function checkNeeds(state: State, call: Call, at: Instant): void {
  const open = interpretable(state, call, at).map((need) => JSON.stringify(need))
  const asked = call.needs.map((need) => JSON.stringify(need))
  const certain = asked.filter((need) => !open.includes(need))
  const expected = certainNeeds(state, call, at).map((need) => JSON.stringify(need))
  must(certain.join() === expected.join(), () => `${call.id} asks for ${asked.join()}`)
  const isAllAsked = open.every((need) => asked.includes(need))
  const isLookedAtAgain = call.branch === 'interpreter' && call.stepEndsAt !== null
  must(isAllAsked || isLookedAtAgain, () => `${call.id} does without a language and without an interpreter`)
}

/** What holds after each event that was not refused. */
export function checkState(before: State, event: RoutingEvent, { state, facts }: Step): void {
  for (const call of state.calls.values()) {
    if (call.status === 'waiting') checkWaiting(state, call)
    if (call.status === 'connected') checkHold(before, call, state)
  }
  for (const agent of state.agents.values()) checkAgent(before, state, agent)
  checkLending(state)
  if (event.type === 'server.restarted') checkRestart(state)
  for (const fact of facts) {
    if (fact.type === 'offer.expired') {
      const reason = state.agents.get(fact.agentId)?.awayReason
      must(
        reason === 'not-responding' || reason === 'connection-lost',
        () => `${fact.agentId} did not answer: ${reason}`,
      )
    }
    if (fact.type === 'offer.declined') {
      must(state.agents.get(fact.agentId)?.awayReason === 'declined', () => `${fact.agentId} declined and is not away`)
    }
    if (fact.type === 'join.ended') checkUnmet(before, event, state, facts, fact)
    if (fact.type === 'branch.opened' && fact.branch === 'interpreter') checkBranch(before, state, fact.callId)
  }
  if (event.type === 'offer.accepted') {
    checkInterpreter(before, state, event.agentId)
    checkTransfer(before, state, event.agentId)
  }
  if (event.type === 'join.asked') {
    const join = before.joins.has(event.joinId) ? undefined : state.joins.get(event.joinId)
    const expected = event.isTransfer === true ? event.agentId : null
    must(join === undefined || join.handedOverBy === expected, () => `${event.joinId} is handed over, or is not`)
    const call = before.calls.get(event.callId)
    const asked = join?.needs.map(({ attribute, levelMin }) => `${attribute}=${levelMin}`).sort()
    const isRight = asked === undefined || call === undefined || asked.join() === neededFor(before, call, event).join()
    must(isRight, () => `${event.joinId} asks for ${asked?.join()}`)
  }
  if (event.type === 'call.refined') checkKept(before, state, event.callId)
}

/** [R23] [R30] */
function checkWaiting(state: State, call: Call): void {
  if (isOfferable(call) && call.preferred !== null) {
    const agent = state.agents.get(call.preferred.agentId)
    must(agent?.awayReason === null, () => `${call.id} waits for ${call.preferred?.agentId}, who takes no calls`)
  }
  const { presence, lineKey, placeAt, ordinal } = call
  if (presence.kind !== 'away' || presence.notBefore !== null || !isOpenFor(state, call, state.at)) return
  let beforeCount = 0
  for (const other of state.calls.values()) {
    const isBefore = other.placeAt < placeAt || (other.placeAt === placeAt && other.ordinal < ordinal)
    // Whoever lost the connection may come back to the old place.
    const isInLine = other.status === 'waiting' && other.presence.kind === 'here' && other.lineKey === lineKey
    if (isBefore && isInLine) beforeCount += 1
  }
  must(beforeCount > state.policy.ticketNearCount, () => `${call.id} is near and was not called`)
}

/** [R33] Nobody is on hold for somebody who is gone, nor longer than at first. */
function checkHold(before: State, { id, hold, agentId, joined }: ConnectedCall, { at, policy }: State): void {
  if (hold === null) return
  const isThere = agentId === hold.agentId || joined.some((other) => other.agentId === hold.agentId)
  must(isThere, () => `${id} is on hold for ${hold.agentId}, who has left`)
  const was = before.calls.get(id)
  const had = was?.status === 'connected' ? was.hold : null
  const expected = had ?? { agentId: hold.agentId, since: at, endsAt: at + policy.holdMsMax }
  must(JSON.stringify(hold) === JSON.stringify(expected), () => `the hold of ${id} was changed`)
}

/** [R34] Who hands a call over is out of it once somebody is in, and never before; who asks somebody beside them stays. */
function checkTransfer(before: State, state: State, agentId: string): void {
  const was = before.agents.get(agentId)?.work
  const join = was?.kind === 'offered' && was.joinId !== null ? before.joins.get(was.joinId) : undefined
  const call = join === undefined ? undefined : state.calls.get(join.callId)
  if (join === undefined || call?.status !== 'connected') return
  const inCall = (one: Call | undefined) =>
    one?.status === 'connected' ? [one.agentId, ...one.joined.map((joined) => joined.agentId)].sort() : []
  const expected = [...inCall(before.calls.get(call.id)), agentId].filter((id) => id !== join.handedOverBy).sort()
  must(inCall(call).join() === expected.join(), () => `${call.id} is with ${inCall(call).join()}`)
}

/** [R37] [R38] A search ends for the reason that is told, and whoever is still waited for may come. */
function checkUnmet(
  before: State,
  event: RoutingEvent,
  state: State,
  facts: readonly Fact[],
  { callId, joinId, why }: Extract<Fact, { type: 'join.ended' }>,
): void {
  const call = state.calls.get(callId)
  const join = before.joins.get(joinId)
  if (call?.status !== 'connected' || join === undefined) return
  const told = facts.filter((fact) => fact.type === 'join.ended' && fact.callId === callId && fact.why !== undefined)
  const last = told.at(-1)
  must(
    why === undefined || (last?.type === 'join.ended' && call.unmet?.joinId === last.joinId),
    () => `nobody is told that ${joinId} has come to nothing`,
  )
  const named = join.target.kind === 'agent' ? state.agents.get(join.target.agentId) : undefined
  const isTheirOffer = (type: Fact['type']) =>
    facts.some((fact) => fact.type === type && 'offerId' in fact && fact.offerId === join.offer?.id)
  const isTrue = {
    declined: () => named !== undefined && isTheirOffer('offer.declined'),
    'not-responding': () => named !== undefined && isTheirOffer('offer.expired'),
    away: () => join.target.kind === 'agent' && named?.awayReason !== null,
    'not-found': () => join.endsAt !== null && join.endsAt <= state.at,
    'caller-declined': () => event.type === 'join.cancelled' && event.isByCaller === true,
  }
  must(why === undefined || isTrue[why](), () => `${joinId} did not end for being ${why}`)
  // Somebody who answered has not just gone away.
  must(why !== 'away' || !(isTrue.declined() || isTrue['not-responding']()), () => `${joinId} was answered with no`)
}

/** [R9] [R14] [R24] */
function checkAgent(before: State, state: State, agent: Agent): void {
  const { id, work, awayReason } = agent
  const call = work.kind === 'offered' ? state.calls.get(work.callId) : undefined
  // [R44] Who takes a call themselves may be away for all others.
  const isByHand = call?.status === 'offered' && call.offer.isByHand
  must(work.kind !== 'offered' || awayReason === null || isByHand, () => `${id} is away with an offer`)
  const was = before.agents.get(id)?.work
  if (was?.kind === 'in-call' && (work.kind !== 'in-call' || work.callId !== was.callId)) {
    must(work.kind === 'wrap-up' && work.callId === was.callId, () => `${id} has no wrap-up after ${was.callId}`)
  }
}

/** [R25] */
function checkLending(state: State): void {
  for (const ruleId of state.openLending) {
    const rule = state.policy.lending.find(({ id }) => id === ruleId)
    must(rule !== undefined, () => `lending ${ruleId} is open and not in the policy`)
    const level = state.centreLevels.get(rule?.lenderCentreId ?? '')
    const isWell = level === undefined || level.weight < 5 || level.mean >= (rule?.lenderServiceLevelMin ?? 0)
    must(isWell, () => `${rule?.lenderCentreId} lends and does not fare well itself`)
  }
}

/** [R18] Everybody has the grace time from now, and every offer a new full deadline. */
function checkRestart(state: State): void {
  const { at, policy } = state
  for (const call of state.calls.values()) {
    must(call.lostAt === (isHere(call) ? at : null), () => `${call.id} has no new grace time`)
    if (call.status !== 'offered') continue
    must(call.offer.expiresAt === at + policy.offerMs, () => `the offer of ${call.id} has no new deadline`)
  }
  for (const { id, offer } of state.joins.values()) {
    must(offer === null || offer.expiresAt === at + policy.offerMs, () => `the offer of ${id} has no new deadline`)
  }
  for (const { id, lostAt } of state.agents.values()) must(lostAt === at, () => `${id} has no new grace time`)
}

/** [R3] Whoever can still take the call keeps the offer, also on loan where the line is the same. */
function checkKept(before: State, state: State, callId: string): void {
  const was = before.calls.get(callId)
  const call = state.calls.get(callId)
  if (was?.status !== 'offered' || call === undefined || call.queueId !== was.queueId) return
  const agent = before.agents.get(was.offer.agentId)
  if (agent === undefined || !isAble(agent, call.needs)) return
  must(call.status === 'offered' && call.offer.id === was.offer.id, () => `${agent.id} could have kept ${callId}`)
}

/** [R20] Only while somebody who could interpret is at work. */
function checkBranch(before: State, state: State, callId: string): void {
  const call = state.calls.get(callId)
  if (call === undefined) return
  const open = interpretable(state, call, state.at)
  const isThere = [before, state].some(({ agents }) =>
    [...agents.values()].some((agent) => isAtWork(agent) && open.some((need) => isAble(agent, [need]))),
  )
  must(isThere, () => `${callId} may do with an interpreter, and none is at work`)
}

/** [R20] Whoever takes a call by its interpreter branch and lacks the language gets somebody asked in. */
function checkInterpreter(before: State, state: State, agentId: string): void {
  const agent = state.agents.get(agentId)
  const was = before.agents.get(agentId)?.work
  if (agent?.work.kind !== 'in-call' || was?.kind !== 'offered' || was.joinId !== null) return
  const call = state.calls.get(agent.work.callId)
  if (call?.status !== 'connected' || call.branch !== 'interpreter') return
  const asked = call.needs.map(({ attribute }) => attribute)
  const missing = interpretable(state, call, state.at).filter(
    (need) => !asked.includes(need.attribute) && !isAble(agent, [need]),
  )
  const isAsked = [...state.joins.values()].some(
    ({ callId, needs }) =>
      callId === call.id && missing.every(({ attribute }) => needs.some((n) => n.attribute === attribute)),
  )
  must(missing.length === 0 || isAsked, () => `nobody is asked in who speaks with ${call.id}`)
}
