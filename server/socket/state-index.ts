/** What views ask of a state again and again, worked out once for each state. */
import type { Agent, Call, State } from '#server/routing/state.ts'
import { isAble, isReady } from '#server/routing/state.ts'

export type QueueCounts = {
  waitingCount: number
  offeredCount: number
  inCallCount: number
  oldestQueuedAt: number | null
  agentsReadyCount: number
  agentsSignedInCount: number
}

export type StateIndex = {
  readonly callOfKiosk: ReadonlyMap<string, Call>
  /** 1 is next, among the calls of the same queue that are not in conversation. */
  readonly positions: ReadonlyMap<string, number>
  readonly queues: ReadonlyMap<string, QueueCounts>
}

/** A function that gives the index of a state, and remembers the last one it made. */
export function indexer(): (state: State) => StateIndex {
  let last: { state: State; index: StateIndex } | undefined
  return (state) => {
    if (last?.state !== state) last = { state, index: makeIndex(state) }
    return last.index
  }
}

function makeIndex(state: State): StateIndex {
  const callOfKiosk = new Map<string, Call>()
  const positions = new Map<string, number>()
  const queues = new Map<string, QueueCounts>()
  for (const queueId of Object.keys(state.policy.queues)) queues.set(queueId, emptyCounts())
  for (const call of state.calls.values()) {
    callOfKiosk.set(call.kioskId, call)
    const counts = queues.get(call.queueId)
    if (counts === undefined) continue
    if (call.status === 'connected') {
      counts.inCallCount += 1
      continue
    }
    positions.set(call.id, counts.waitingCount + counts.offeredCount + 1)
    counts[call.status === 'waiting' ? 'waitingCount' : 'offeredCount'] += 1
    counts.oldestQueuedAt ??= call.arrivedAt
  }
  for (const agent of state.agents.values()) countAgent(state, agent, queues)
  return { callOfKiosk, positions, queues }
}

function emptyCounts(): QueueCounts {
  return {
    waitingCount: 0,
    offeredCount: 0,
    inCallCount: 0,
    oldestQueuedAt: null,
    agentsReadyCount: 0,
    agentsSignedInCount: 0,
  }
}

function countAgent(state: State, agent: Agent, queues: ReadonlyMap<string, QueueCounts>): void {
  for (const queue of Object.values(state.policy.queues)) {
    const counts = queues.get(queue.id)
    if (counts === undefined || !isAble(agent, queue)) continue
    counts.agentsSignedInCount += 1
    if (isReady(agent)) counts.agentsReadyCount += 1
  }
}
