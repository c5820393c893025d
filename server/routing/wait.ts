/**
 * [R30] Where somebody stands and how long it will take: worked out from what is known now, never stored in a list.
 * Agents who serve several lines are counted once for each, and so are the people in those lines, by how many of
 * their agents would come here otherwise.
 */
import { classOfLine, mayTake, scoreOf } from './order.ts'
import { Draft } from './draft.ts'
import { handlingMeanMs, patienceMeanMs, startHandling, startPatience } from './queueing/learned.ts'
import { waitEstimate, type WaitEstimate } from './queueing/wait-estimate.ts'
import type { Call, Instant, Line, ServiceState, State } from './state.ts'
import { NO_LINE } from './state.ts'

/** How many calls a belief is worth before it gives way to what was seen. */
const PRIOR_CALLS = 10
const PRIOR_ABANDONS = 3

/** The policy's belief of a service of which nothing was seen yet. */
function unknownService({ policy: { priorHandlingMs, priorPatienceMs } }: Draft): ServiceState {
  return {
    handling: startHandling({ meanMs: priorHandlingMs, weightCalls: PRIOR_CALLS }),
    patience: startPatience({ meanMs: priorPatienceMs, weightAbandons: PRIOR_ABANDONS }),
  }
}

const serviceIdOf = (draft: Draft, queueId: string) => draft.policy.queues[queueId]?.serviceId ?? queueId

/** What is known of the service of a queue. */
function serviceState(draft: Draft, queueId: string): ServiceState {
  return draft.services.get(serviceIdOf(draft, queueId)) ?? unknownService(draft)
}

/** Something was seen of the service of a queue. */
export function learnOfService(draft: Draft, queueId: string, learn: (known: ServiceState) => ServiceState): void {
  const learned = (known: ServiceState | undefined) => learn(known ?? unknownService(draft))
  draft.services = draft.services.update(serviceIdOf(draft, queueId), learned)
}

/** What the wait in a line depends on beside the place in it: the same for everybody there. */
export type Outlook = {
  readonly line: Line
  /** At work now, and able to take these calls. */
  readonly agentsCount: number
  readonly readyCount: number
  /** Other lines that need the same agents, and the share of their agents who could come here. */
  readonly rivals: readonly { readonly line: Line; readonly overlap: number }[]
  readonly handlingMs: number
  readonly patienceMs: number
}

export function outlookOf(draft: Draft, line: Line): Outlook {
  let agentsCount = 0
  let readyCount = 0
  const able: { key: string; workingCount: number }[] = []
  draft.pools.forEach((pool) => {
    if (!mayTake(draft, pool, line)) return
    able.push(pool)
    agentsCount += pool.workingCount
    readyCount += pool.ready.size
  })
  const rivals: { line: Line; overlap: number }[] = []
  draft.lines.forEach((other) => {
    if (other.key === line.key || other.here.size === 0) return
    let theirs = 0
    draft.pools.forEach((pool) => {
      if (mayTake(draft, pool, other)) theirs += pool.workingCount
    })
    let shared = 0
    for (const { key, workingCount } of able) {
      const pool = draft.pools.get(key)
      if (pool !== undefined && mayTake(draft, pool, other)) shared += workingCount
    }
    if (shared > 0) rivals.push({ line: other, overlap: shared / theirs })
  })
  const { handling, patience } = serviceState(draft, line.queueId)
  return {
    line,
    agentsCount,
    readyCount,
    rivals,
    handlingMs: Math.max(1, handlingMeanMs(handling)),
    patienceMs: Math.max(1, patienceMeanMs(patience)),
  }
}

/** All that a prospect needs of a call: where it stands. */
type Placed = Pick<Call, 'placeAt' | 'ordinal'>

/** How many go before a call at the moment `at`, as far as those who wait now are concerned. */
function aheadAt(draft: Draft, outlook: Outlook, call: Placed, at: Instant): number {
  const own = classOfLine(draft, outlook.line)
  const score = scoreOf(own, call.placeAt, at)
  let ahead = outlook.line.here.countBefore({ rank: call.placeAt, ordinal: call.ordinal })
  for (const { line, overlap } of outlook.rivals) {
    const theirs = classOfLine(draft, line)
    // The latest place at which one of that class would still go before this call.
    const latestPlace = at - (score - theirs.headStartMs) / theirs.slope
    const isAllAhead = line.isJoin
      ? line.classId === outlook.line.classId || theirs.isFirst
      : theirs.isFirst && !own.isFirst
    const isNoneAhead = own.isFirst && !theirs.isFirst
    const key = { rank: latestPlace, ordinal: call.ordinal }
    ahead += overlap * (isAllAhead ? line.here.size : isNoneAhead ? 0 : line.here.countBefore(key))
  }
  return ahead
}

export type Prospect = {
  /** 1 is next. A range where somebody of another class may come to stand before or behind. */
  readonly positionMin: number
  readonly positionMax: number
  /** From now on, for one who stays; null where nobody at work can take the call. */
  readonly wait: WaitEstimate | null
}

const AT_ONCE: WaitEstimate = { meanMs: 0, p50Ms: 0, p80Ms: 0 }

/** The place of a waiting call and what may be promised, by QLr (research/routing.md §3.5). */
export function prospectOf(draft: Draft, outlook: Outlook, call: Placed): Prospect {
  const ahead = aheadAt(draft, outlook, call, draft.at)
  const { agentsCount, handlingMs, patienceMs } = outlook
  const isAtOnce = outlook.readyCount > ahead
  const wait = isAtOnce ? AT_ONCE : waitEstimate({ aheadCount: ahead, agentsCount, handlingMs, patienceMs })
  const later = wait === null ? ahead : aheadAt(draft, outlook, call, draft.at + wait.p80Ms)
  return {
    positionMin: 1 + Math.floor(Math.min(ahead, later)),
    positionMax: 1 + Math.ceil(Math.max(ahead, later)),
    wait,
  }
}

/**
 * The prospects of the calls of one state at one moment. What a line depends on is worked out once for all in it.
 * Undefined for a call that is not waiting at a screen.
 */
export function prospectsOf(state: State, at: Instant): (call: Call) => Prospect | undefined {
  const draft = new Draft(state, at)
  const outlooks = new Map<string, Outlook>()
  return (call) => {
    const line = state.lines.get(call.lineKey)
    if (call.status !== 'waiting' || call.presence.kind !== 'here' || line === undefined) return undefined
    const outlook = outlooks.get(line.key) ?? outlookOf(draft, line)
    outlooks.set(line.key, outlook)
    return prospectOf(draft, outlook, call)
  }
}

/** What somebody who came to a queue now would be told, asking for what the queue asks for at first. */
export function waitOfQueue(state: State, queueId: string, at: Instant): WaitEstimate | null {
  const queue = state.policy.queues[queueId]
  if (queue === undefined) return null
  const draft = new Draft(state, at)
  const { classId, requirements: needs } = queue
  const last: Line = { ...NO_LINE, queueId, classId, policyVersion: state.policy.version, needs }
  return prospectOf(draft, outlookOf(draft, last), { placeAt: at, ordinal: state.nextOrdinal }).wait
}
