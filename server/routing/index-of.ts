/** Where an entity is found: each answer follows from the entity alone, so the lists can always be made anew. */
import { isOnlyPromised } from './promised.ts'
import { SortedList } from './collections/sorted-list.ts'
import type { Policy } from './policy.ts'
import type { Agent, Call, Entry, Instant, Join, Line, PlaceInLine, Pool } from './state.ts'
import { isFree, isReady, NO_LINE } from './state.ts'

/** No deadline. */
const NEVER = Number.POSITIVE_INFINITY

/** The kiosk a call occupies: none once the citizen left with the ticket. */
export function kioskOf(call: Call | undefined): string | undefined {
  return call === undefined || (call.status === 'waiting' && call.presence.kind !== 'here') ? undefined : call.kioskId
}

/** Whether a call stands in its line to be offered, to be called, to be waited for, or not at all. */
export function placeInLine(call: Call | undefined): PlaceInLine | undefined {
  if (call?.status !== 'waiting' || isOnlyPromised(call)) return undefined
  if (call.presence.kind === 'away') return 'away'
  if (call.presence.kind !== 'here') return undefined
  return call.lostAt === null ? 'here' : 'lost'
}

/** Whether a call takes room in its line: not in conversation, and not only promised for later ([R40]). */
export function takesRoom(call: Call | undefined): boolean {
  return call !== undefined && call.status !== 'connected' && !isOnlyPromised(call)
}

export function callEntry(call: Call): Entry {
  return { rank: call.placeAt, ordinal: call.ordinal, id: call.id }
}

export function joinEntry(join: Join): Entry {
  return { rank: join.askedAt, ordinal: join.ordinal, id: join.id }
}

/** When something happens to a call by itself; Infinity where nothing does. */
export function callDeadline(call: Call | undefined, policy: Policy): Instant {
  if (call === undefined) return NEVER
  let at = call.lostAt === null ? NEVER : call.lostAt + policy.graceMs
  if (call.status === 'offered') at = Math.min(at, call.offer.expiresAt)
  if (call.status === 'waiting') at = Math.min(at, waitingDeadline(call))
  if (call.status === 'connected' && call.hold !== null) at = Math.min(at, call.hold.endsAt)
  return at
}

function waitingDeadline(call: Call): Instant {
  const { presence, stepEndsAt, preferred, servedUntil } = call
  let at = NEVER
  if (stepEndsAt !== null) at = stepEndsAt
  if (preferred !== null) at = Math.min(at, preferred.until)
  if (presence.kind === 'called' || presence.kind === 'lapsed') at = Math.min(at, presence.until)
  if (presence.kind === 'away' && presence.notBefore !== null) at = Math.min(at, presence.notBefore)
  if (presence.kind === 'here' && servedUntil !== null) at = Math.min(at, servedUntil)
  return at
}

/** Whoever is being asked may answer first, though the search would be over. */
export function joinDeadline(join: Join | undefined): Instant {
  return join?.offer?.expiresAt ?? join?.endsAt ?? NEVER
}

/** When something happens to an agent by itself. A lost one who is away already, and in no call, has nothing to lose. */
export function agentDeadline(agent: Agent | undefined, graceMs: number): Instant {
  if (agent === undefined) return NEVER
  const { work, lostAt, restsUntil, awayReason } = agent
  let at = work.kind === 'wrap-up' ? work.endsAt : NEVER
  if (restsUntil !== null) at = Math.min(at, restsUntil)
  for (const { until } of agent.daySkills) at = Math.min(at, until)
  if (lostAt !== null && (work.kind === 'in-call' || awayReason === null)) at = Math.min(at, lostAt + graceMs)
  return at
}

/** One of 32 marks for each name; two names may share one. */
export function marksOf(names: readonly string[]): number {
  let marks = 0
  for (const name of names) {
    let hash = 0
    for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash, 31) + name.charCodeAt(i)
    marks |= 1 << (hash & 31)
  }
  return marks
}

const marksOfNeeds = (needs: Line['needs']) => marksOf(needs.map(({ attribute }) => attribute))

export function lineOfCall(call: Call): Line {
  const { lineKey: key, queueId, classId, policyVersion, needs, preferred } = call
  const what = { key, queueId, classId, policyVersion, needs, needsMarks: marksOfNeeds(needs) }
  return { ...NO_LINE, ...what, preferredAgentId: preferred?.agentId ?? null }
}

export function lineOfJoin(join: Join, policyVersion: string): Line {
  const { lineKey: key, queueId, classId, needs, target } = join
  const what = { key, queueId, classId, policyVersion, needs, needsMarks: marksOfNeeds(needs), target }
  return { ...NO_LINE, ...what, isJoin: true, preferredAgentId: target.kind === 'agent' ? target.agentId : null }
}

/** Agents of one key are alike in everything an assignment looks at. */
export function poolKeyOf(centreId: string, attributes: Readonly<Record<string, number>>): string {
  const names = Object.keys(attributes).sort()
  const all = `${centreId}|${names.map((name) => `${name}=${attributes[name]}`).join(',')}`
  let sum = 0
  for (let i = 0; i < all.length; i += 1) sum = (Math.imul(sum, 31) + all.charCodeAt(i)) >>> 0
  // What tells most keys apart comes first: maps look at the head of a long key.
  return `${sum.toString(36)}|${all}`
}

export function newPool(agent: Agent, ordinal: number): Pool {
  const { poolKey: key, centreId, attributes } = agent
  let levelSum = 0
  for (const level of Object.values(attributes)) levelSum += level
  const none = SortedList.empty<Entry>()
  const marks = marksOf(Object.keys(attributes))
  return {
    key,
    ordinal,
    centreId,
    attributes,
    marks,
    levelSum,
    ready: none,
    resting: none,
    workingCount: 0,
    signedInCount: 0,
  }
}

export function poolEntry(pool: Pool): Entry {
  return { rank: pool.levelSum, ordinal: pool.ordinal, id: pool.key }
}

function agentEntry(agent: Agent): Entry {
  return { rank: agent.work.kind === 'idle' ? agent.work.since : 0, ordinal: agent.ordinal, id: agent.id }
}

function isWorking(agent: Agent | undefined): boolean {
  return agent !== undefined && agent.awayReason === null && agent.lostAt === null
}

/** The pool once `before` has become `after`; either is undefined where the agent was not or is no longer in it. */
export function poolAfter(pool: Pool, before: Agent | undefined, after: Agent | undefined): Pool {
  const isStillTaken = before !== undefined && after !== undefined && !isFree(before) && !isFree(after)
  if (isStillTaken && isWorking(before) === isWorking(after)) return pool
  let { ready, resting } = pool
  const entryBefore = before !== undefined && isFree(before) ? agentEntry(before) : undefined
  const entryAfter = after !== undefined && isFree(after) ? agentEntry(after) : undefined
  const wasReady = before !== undefined && isReady(before)
  const isNowReady = after !== undefined && isReady(after)
  const isMoved = entryBefore?.rank !== entryAfter?.rank || wasReady !== isNowReady
  if (entryBefore !== undefined && isMoved) {
    if (wasReady) ready = ready.without(entryBefore)
    else resting = resting.without(entryBefore)
  }
  if (entryAfter !== undefined && isMoved) {
    if (isNowReady) ready = ready.with(entryAfter)
    else resting = resting.with(entryAfter)
  }
  const workingCount = pool.workingCount + Number(isWorking(after)) - Number(isWorking(before))
  const signedInCount = pool.signedInCount + Number(after !== undefined) - Number(before !== undefined)
  const isSame =
    ready === pool.ready &&
    resting === pool.resting &&
    workingCount === pool.workingCount &&
    signedInCount === pool.signedInCount
  return isSame ? pool : { ...pool, ready, resting, workingCount, signedInCount }
}
