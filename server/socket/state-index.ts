/** What views ask of a state again and again, kept up to date with each change instead of worked out anew. */
import type { Callback } from '#server/routing/promised.ts'
import type { Agent, Call, State } from '#server/routing/state.ts'
import { isAble, isReady } from '#server/routing/state.ts'

export type QueueCounts = {
  readonly waitingCount: number
  readonly offeredCount: number
  readonly inCallCount: number
  readonly oldestQueuedAt: number | null
  readonly agentsReadyCount: number
  readonly agentsSignedInCount: number
  readonly agentsBusyCount: number
  readonly agentsWrapUpCount: number
  readonly agentsAwayCount: number
}

/** What may have changed since the state before, by id. */
export type Touched = { readonly calls: Iterable<string>; readonly agents: Iterable<string> }

type QueueTally = {
  /** Those who are not in conversation, in the order in which they are next. */
  readonly line: Call[]
  offeredCount: number
  inCallCount: number
  agentsSignedInCount: number
  readonly agents: Record<Standing, number>
}

/** What an agent is at, as a queue counts it. */
type Standing = 'ready' | 'busy' | 'wrapUp' | 'away'

const NO_CALLS: ReadonlySet<Call> = new Set()

export class StateIndex {
  #state: State | undefined
  readonly #calls = new Map<string, Call>()
  readonly #agents = new Map<string, Agent>()
  /** Tickets that are called now, by site. */
  readonly #calledAtSite = new Map<string, Set<Call>>()
  readonly #queues = new Map<string, QueueTally>()
  /** [R40] What each agent promised, and the callback of each ticket by its first call. */
  readonly #promisedBy = new Map<string, Set<Call>>()
  readonly #callbackOfFirst = new Map<string, Call>()
  readonly #callbackOfCall = new Map<string, Call>()

  /** Makes this the index of `state`. `touched` holds everything that differs from the state given before. */
  take(state: State, touched: Touched): void {
    if (this.#state?.policy !== state.policy) return this.#makeAnew(state)
    this.#state = state
    for (const callId of touched.calls) this.#putCall(callId, state.calls.get(callId))
    for (const agentId of touched.agents) this.#putAgent(agentId, state.agents.get(agentId))
  }

  /** The index of `state`, made anew where it is not the one that was taken last. */
  of(state: State): this {
    if (this.#state !== state) this.#makeAnew(state)
    return this
  }

  /** The calls whose tickets are called now at a site, in the order of their places. */
  calledAt(siteId: string): readonly Call[] {
    return [...(this.#calledAtSite.get(siteId) ?? [])].sort(byPlace)
  }

  /** [R40] The callbacks that an agent promised, in no order. */
  callbacksBy(agentId: string): ReadonlySet<Call> {
    return this.#promisedBy.get(agentId) ?? NO_CALLS
  }

  /** [R40] The callback on a ticket whose first call this was. */
  callbackOfFirst(callId: string): Call | undefined {
    return this.#callbackOfFirst.get(callId)
  }

  /** [R40] The callback that was promised after this call. */
  callbackOfCall(callId: string): Call | undefined {
    return this.#callbackOfCall.get(callId)
  }

  /** The calls of a queue that are not in conversation and whose citizen is there, by their places. */
  lineOf(queueId: string): readonly Call[] {
    return this.#queues.get(queueId)?.line ?? []
  }

  /** Nothing but zeros for a queue that the policy does not know. */
  countsOf(queueId: string): QueueCounts {
    const tally = this.#queues.get(queueId) ?? newTally()
    const { line, offeredCount, inCallCount, agentsSignedInCount, agents } = tally
    return {
      waitingCount: line.length - offeredCount,
      offeredCount,
      inCallCount,
      oldestQueuedAt: line[0]?.arrivedAt ?? null,
      agentsReadyCount: agents.ready,
      agentsSignedInCount,
      agentsBusyCount: agents.busy,
      agentsWrapUpCount: agents.wrapUp,
      agentsAwayCount: agents.away,
    }
  }

  #makeAnew(state: State): void {
    this.#state = state
    for (const map of [this.#calls, this.#agents, this.#calledAtSite, this.#queues]) map.clear()
    for (const map of [this.#promisedBy, this.#callbackOfFirst, this.#callbackOfCall]) map.clear()
    for (const queueId of Object.keys(state.policy.queues)) this.#queues.set(queueId, newTally())
    for (const call of [...state.calls.values()].sort(byPlace)) this.#putCall(call.id, call)
    for (const agent of state.agents.values()) this.#putAgent(agent.id, agent)
  }

  #putCall(callId: string, after: Call | undefined): void {
    const before = this.#calls.get(callId)
    if (before === after) return
    if (before !== undefined) {
      this.#calls.delete(callId)
      this.#calledAtSite.get(before.siteId)?.delete(before)
      this.#countCall(before, -1)
      if (before.callback !== null) this.#dropCallback(before, before.callback)
    }
    if (after === undefined) return
    this.#calls.set(callId, after)
    if (after.callback !== null) this.#addCallback(after, after.callback)
    if (after.presence.kind === 'called') this.#addCalled(after)
    this.#countCall(after, 1)
  }

  #addCallback(call: Call, { promisedById, firstCallId, ofCallId }: Callback): void {
    const promised = this.#promisedBy.get(promisedById)
    if (promised === undefined) this.#promisedBy.set(promisedById, new Set([call]))
    else promised.add(call)
    this.#callbackOfFirst.set(firstCallId, call)
    this.#callbackOfCall.set(ofCallId, call)
  }

  #dropCallback(call: Call, { promisedById, firstCallId, ofCallId }: Callback): void {
    this.#promisedBy.get(promisedById)?.delete(call)
    if (this.#callbackOfFirst.get(firstCallId) === call) this.#callbackOfFirst.delete(firstCallId)
    if (this.#callbackOfCall.get(ofCallId) === call) this.#callbackOfCall.delete(ofCallId)
  }

  #addCalled(call: Call): void {
    const called = this.#calledAtSite.get(call.siteId)
    if (called === undefined) this.#calledAtSite.set(call.siteId, new Set([call]))
    else called.add(call)
  }

  #countCall(call: Call, sign: 1 | -1): void {
    const tally = this.#queues.get(call.queueId)
    if (tally === undefined) return
    if (call.status === 'connected') {
      tally.inCallCount += sign
      return
    }
    if (call.presence.kind !== 'here') return
    if (call.status === 'offered') tally.offeredCount += sign
    if (sign === 1) tally.line.splice(placeOf(tally.line, call), 0, call)
    else tally.line.splice(placeOf(tally.line, call), 1)
  }

  #putAgent(agentId: string, after: Agent | undefined): void {
    const before = this.#agents.get(agentId)
    if (before === after) return
    if (before !== undefined) {
      this.#agents.delete(agentId)
      this.#countAgent(before, -1)
    }
    if (after === undefined) return
    this.#agents.set(agentId, after)
    this.#countAgent(after, 1)
  }

  #countAgent(agent: Agent, sign: 1 | -1): void {
    const standing = standingOf(agent)
    for (const queue of Object.values(this.#state?.policy.queues ?? {})) {
      const tally = this.#queues.get(queue.id)
      if (tally === undefined || !isAble(agent, queue)) continue
      tally.agentsSignedInCount += sign
      tally.agents[standing] += sign
    }
  }
}

/** The order of a line: by the place, and then by arrival. */
function byPlace(a: Call, b: Call): number {
  return a.placeAt - b.placeAt || a.ordinal - b.ordinal
}

/** How many calls of a line come before `call`. */
function placeOf(line: readonly Call[], call: Call): number {
  let from = 0
  let to = line.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (byPlace(line[middle] as Call, call) < 0) from = middle + 1
    else to = middle
  }
  return from
}

function standingOf(agent: Agent): Standing {
  if (agent.work.kind === 'wrap-up') return 'wrapUp'
  if (agent.work.kind !== 'idle') return 'busy'
  return isReady(agent) ? 'ready' : 'away'
}

function newTally(): QueueTally {
  const agents = { ready: 0, busy: 0, wrapUp: 0, away: 0 }
  return { line: [], offeredCount: 0, inCallCount: 0, agentsSignedInCount: 0, agents }
}

/** How each queue of the policy stands at the instant `at`, for whoever watches the machine. */
export function queueGauges({ policy }: State, index: StateIndex, at: number) {
  return Object.keys(policy.queues).map((queueId) => {
    const { waitingCount, agentsReadyCount, oldestQueuedAt } = index.countsOf(queueId)
    const longestWaitS = oldestQueuedAt === null ? 0 : Math.max(0, (at - oldestQueuedAt) / 1_000)
    return { queueId, waitingCount, agentsReadyCount, longestWaitS }
  })
}
