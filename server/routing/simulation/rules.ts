/**
 * The rules a second time, in the plainest way and without the lists the engine finds things by, so that a mistake
 * there does not hide here. Slow on purpose: everybody is looked at.
 */
import type { EventOf } from '../event.ts'
import type { Hours } from '../hours.ts'
import type { CallClass, Policy, Requirement } from '../policy.ts'
import { ORDINARY } from '../policy.ts'
import type { Agent, Call, Instant, Join, State, WaitingCall } from '../state.ts'

export function must(condition: boolean, what: () => string): void {
  if (!condition) throw new Error(what())
}

export function policyOf(state: State, call: { readonly policyVersion: string }): Policy {
  return state.formerPolicies[call.policyVersion] ?? state.policy
}

export function classOf(state: State, call: Call): CallClass {
  return policyOf(state, call).classes[call.classId] ?? ORDINARY
}

/** [R21] The score of a class for a place. */
export function scoreOf({ headStartMs, slope }: CallClass, placeAt: Instant, at: Instant): number {
  return headStartMs + slope * (at - placeAt)
}

export function isHere(call: Call): boolean {
  return call.status !== 'waiting' || call.presence.kind === 'here'
}

/** In line, at a screen that is connected: could be offered. */
export function isOfferable(call: Call): call is WaitingCall {
  return call.status === 'waiting' && call.presence.kind === 'here' && call.lostAt === null
}

export function isAble(agent: Agent, needs: readonly Requirement[]): boolean {
  return needs.every(({ attribute, levelMin }) => (agent.attributes[attribute] ?? 0) >= levelMin)
}

export function isAtWork(agent: Agent): boolean {
  return agent.awayReason === null && agent.lostAt === null
}

export function isIdle(agent: Agent): boolean {
  return isAtWork(agent) && agent.work.kind === 'idle'
}

export function levelSumOf(agent: Agent): number {
  return Object.values(agent.attributes).reduce((sum, level) => sum + level, 0)
}

/** [R25] By right, on loan, or not at all. */
export function serviceOf(state: State, queueId: string, centreId: string): 'home' | 'lent' | 'none' {
  const homes = state.policy.queues[queueId]?.homeCentreIds ?? []
  if (homes.length === 0 || homes.includes(centreId)) return 'home'
  const isLent = state.policy.lending.some(
    (rule) =>
      state.openLending.includes(rule.id) && rule.lenderCentreId === centreId && rule.queueIds.includes(queueId),
  )
  return isLent ? 'lent' : 'none'
}

/** [R37] Whether somebody is among those a join asks for now, beside what they must be able to do. */
export function isAskedOf(state: State, { target }: Join, { id, centreId }: Agent): boolean {
  if (target.kind === 'agent') return target.agentId === id
  if (target.kind === 'centre') return target.centreId === centreId
  return target.kind === 'anyone' || serviceOf(state, target.queueId, centreId) !== 'none'
}

/** [R37] What a join of this kind must ask for, of attributes; in the order of their names. */
export function neededFor(state: State, call: Call, event: EventOf<'join.asked'>): string[] {
  const { policy } = state
  const { target = { kind: 'anyone' } } = event
  const words = (needs: readonly Requirement[]) => needs.map(({ attribute, levelMin }) => `${attribute}=${levelMin}`)
  const isRight = ({ attribute }: Requirement) => policy.attributes[attribute] !== 'skill'
  if (target.kind === 'agent') return []
  const lasting = (needs: readonly Requirement[]) => needs.filter(({ expiry }) => expiry?.onExpiry !== 'relax')
  const ofQueue = target.kind === 'queue' ? lasting(policy.queues[target.queueId]?.requirements ?? []) : []
  const isLeftAlone = target.kind === 'centre' || (target.kind === 'anyone' && event.isTransfer === true)
  const ofCall = isLeftAlone && !event.needs.some(isRight) ? call.needs.filter(isRight) : []
  return words([...event.needs, ...ofQueue, ...ofCall]).sort()
}

/** [R27] Whether a queue at a site is open. */
export function isOpen(hours: Hours, calendarIds: readonly string[], siteId: string, at: Instant): boolean {
  return [...calendarIds, ...(hours.calendarIdsOfSite[siteId] ?? [])].every((id) => {
    const openings = hours.calendars[id]
    return openings === undefined || openings.some(({ from, until }) => from <= at && at < until)
  })
}

/** [R46] Whether a supervisor has closed a site. */
export function isSiteClosed({ closedSites }: State, siteId: string, at: Instant): boolean {
  const closed = closedSites.get(siteId)
  return closed !== undefined && (closed.until === null || at < closed.until)
}

export function isOpenFor(state: State, call: Call, at: Instant): boolean {
  const calendarIds = policyOf(state, call).queues[call.queueId]?.calendarIds ?? []
  return isOpen(state.hours, calendarIds, call.siteId, at)
}

function requirementsOf(state: State, call: Call): readonly Requirement[] {
  const policy = policyOf(state, call)
  const queue = policy.queues[call.queueId]
  return queue === undefined ? [] : [...queue.requirements, ...(policy.modes[call.mode] ?? [])]
}

/** [R20] What an interpreter may stand in for at `at`. */
export function interpretable(state: State, call: Call, at: Instant): readonly Requirement[] {
  return requirementsOf(state, call).filter(
    ({ expiry }) =>
      expiry?.onExpiry === 'branch' &&
      expiry.branch === 'interpreter' &&
      (call.isInterpreterWanted || call.arrivedAt + expiry.afterMs <= at),
  )
}

/** [R19] What a call must ask for at `at`: all but what may be left to an interpreter. */
export function certainNeeds(state: State, call: Call, at: Instant): readonly Requirement[] {
  const open = interpretable(state, call, at)
  return requirementsOf(state, call).filter((requirement) => {
    const { expiry } = requirement
    if (open.includes(requirement)) return false
    return expiry?.onExpiry !== 'relax' || call.arrivedAt + expiry.afterMs > at
  })
}
