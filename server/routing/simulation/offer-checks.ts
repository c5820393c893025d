/** What must be true of every offer, by who could have had what at its moment. Numbers in [I…] are of reliability.md §1.9. */
import type { Fact } from '../effect.ts'
import type { CallClass } from '../policy.ts'
import { ORDINARY } from '../policy.ts'
import type { Agent, Call, Join, State } from '../state.ts'
import type { RoutingEvent } from '../event.ts'
import type { Step } from '../step.ts'
import { checkTaken } from './take-checks.ts'
import { classOf, isAble, isAskedOf, isIdle, isOfferable, levelSumOf, must, scoreOf, serviceOf } from './rules.ts'

type Offered = {
  readonly before: State
  readonly after: State
  readonly facts: readonly Fact[]
  readonly call: Call
  readonly join: Join | undefined
  readonly agent: Agent
  readonly callClass: CallClass
}

/** [I1] [I2] [I3] Each offer goes to one who may have it, and is of the call that was to go first. */
export function checkOffers(before: State, event: RoutingEvent, { state: after, facts }: Step): number {
  let count = 0
  for (const fact of facts) {
    if (fact.type !== 'offer.made') continue
    count += 1
    const agent = after.agents.get(fact.agentId)
    const call = after.calls.get(fact.callId)
    const join = fact.joinId === null ? undefined : after.joins.get(fact.joinId)
    must(agent?.work.kind === 'offered' && agent.work.offerId === fact.offerId, () => `${fact.offerId} is of nobody`)
    if (agent === undefined || call === undefined) throw new Error(`offer ${fact.offerId} is of no call`)
    const callClass = join === undefined ? classOf(after, call) : (after.policy.classes[join.classId] ?? ORDINARY)
    const offered = { before, after, facts, call, join, agent, callClass }
    checkDeadline(offered, fact.expiresAt)
    if (call.status === 'offered' && call.offer.id === fact.offerId && call.offer.isByHand) {
      checkTaken(before, event, after, agent)
      continue
    }
    checkAgent(offered)
    checkOrder(offered)
    checkChoice(offered)
  }
  return count
}

/** [R4] [R9] [R16] [R17] [R24] [R25] Somebody ready and able, for somebody who is there. */
function checkAgent({ before, after, facts, call, join, agent, callClass }: Offered): void {
  const what = () => `${agent.id} was offered ${join?.id ?? call.id}`
  must(isAble(agent, join?.needs ?? call.needs), () => `${what()} without what it needs`)
  must(agent.awayReason === null && agent.lostAt === null, () => `${what()} and was not there`)
  if (join === undefined) {
    must(
      call.status === 'offered' && call.lostAt === null && call.presence.kind === 'here',
      () => `${what()}: not there`,
    )
    const isTheirs = call.preferred?.agentId === agent.id
    must(isTheirs || serviceOf(after, call.queueId, agent.centreId) !== 'none', () => `${what()} of another centre`)
  }
  must(join === undefined || isAskedOf(after, join, agent), () => `${what()} and was not asked for`)
  const was = before.agents.get(agent.id)
  const restsUntil = facts.reduce(
    (until, fact) => (fact.type === 'agent.rests' && fact.agentId === agent.id ? fact.until : until),
    was?.restsUntil ?? 0,
  )
  must(callClass.isFirst || restsUntil <= after.at, () => `${what()} while resting`)
}

/** [R6] [J2] */
function checkDeadline({ after, call, join }: Offered, expiresAt: number): void {
  const offer = join === undefined ? (call.status === 'offered' ? call.offer : undefined) : join.offer
  must(
    expiresAt === after.at + after.policy.offerMs && offer?.expiresAt === expiresAt,
    () => 'an offer of another length',
  )
}

/** [R21] [R26] Of those this agent could have been given and who still wait, nobody was to go first. */
function checkOrder({ after, call, join, agent, callClass }: Offered): void {
  const { at } = after
  const isWronged = (other: CallClass, placeAt: number, ordinal: number) => {
    if (callClass.isFirst !== other.isFirst) return other.isFirst
    // A join goes right before the first of its class, which may be older than itself.
    if (join !== undefined) return false
    const score = scoreOf(callClass, call.placeAt, at)
    const otherScore = scoreOf(other, placeAt, at)
    if (score !== otherScore) return otherScore > score
    return placeAt < call.placeAt || (placeAt === call.placeAt && ordinal < call.ordinal)
  }
  for (const other of after.calls.values()) {
    if (!isOfferable(other) || !isAble(agent, other.needs)) continue
    if (other.preferred !== null && other.preferred.agentId !== agent.id) continue
    if (other.preferred === null && serviceOf(after, other.queueId, agent.centreId) === 'none') continue
    // Somebody who rests takes only those who go first.
    const isPassedOver = isWronged(classOf(after, other), other.placeAt, other.ordinal)
    must(!isPassedOver, () => `${join?.id ?? call.id} was offered to ${agent.id} before ${other.id}`)
  }
  for (const other of after.joins.values()) {
    if (other.offer !== null || !isAble(agent, other.needs) || !isAskedOf(after, other, agent)) continue
    const otherClass = after.policy.classes[other.classId] ?? ORDINARY
    const isOwnClass = join === undefined && other.classId === call.classId && callClass.isFirst === otherClass.isFirst
    const isPassedOver = isOwnClass || isWronged(otherClass, other.askedAt, other.ordinal)
    must(!isPassedOver, () => `${join?.id ?? call.id} was offered to ${agent.id} before the join ${other.id}`)
  }
}

/** [R23] [R24] Nobody who is still free was to be asked before this agent. */
function checkChoice({ before, after, facts, call, join, agent, callClass }: Offered): void {
  if (join === undefined && call.preferred !== null) {
    must(call.preferred.agentId === agent.id, () => `${call.id} is kept for ${call.preferred?.agentId}`)
    return
  }
  const was = before.agents.get(agent.id)
  const isRested = (one: Agent | undefined) =>
    one === undefined || one.restsUntil === null || one.restsUntil <= after.at
  const servedQueueId =
    join === undefined ? call.queueId : join.target.kind === 'queue' ? join.target.queueId : undefined
  const rank = (one: Agent, isReady: boolean, since: number) => [
    isReady ? 0 : 1,
    servedQueueId !== undefined && serviceOf(after, servedQueueId, one.centreId) === 'lent' ? 1 : 0,
    levelSumOf(one),
    since,
    one.ordinal,
  ]
  const since = was?.work.kind === 'idle' ? was.work.since : after.at
  const isRestBegun = facts.some((fact) => fact.type === 'agent.rests' && fact.agentId === agent.id)
  const own = rank(agent, isRested(was) && !isRestBegun, since)
  for (const other of after.agents.values()) {
    if (!isIdle(other) || !isAble(other, join?.needs ?? call.needs)) continue
    if (servedQueueId !== undefined && serviceOf(after, servedQueueId, other.centreId) === 'none') continue
    if (join !== undefined && !isAskedOf(after, join, other)) continue
    const isReady = other.restsUntil === null
    if (other.work.kind !== 'idle' || (!isReady && !callClass.isFirst)) continue
    const theirs = rank(other, isReady, other.work.since)
    const differing = own.findIndex((value, i) => value !== theirs[i])
    const isBetter = (theirs[differing] ?? 0) < (own[differing] ?? 0)
    must(!isBetter, () => `${agent.id} [${own}] was asked before ${other.id} [${theirs}]`)
  }
}
