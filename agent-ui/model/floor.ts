/** What the supervisor's page adds up and how it orders. */
import type { AgentForSupervisor, QueueForSupervisor, SupervisorView } from '#server/contract/views.ts'

export interface FloorTotals {
  readonly waitingCount: number
  readonly offeredCount: number
  readonly inCallCount: number
  /** Since when the one who has waited longest is in line; null where nobody waits. */
  readonly oldestQueuedAt: number | null
  readonly agentsReadyCount: number
  readonly agentsSignedInCount: number
  readonly answeredInTime: number
  /** What the service level is a share of. */
  readonly countedCount: number
  readonly serviceLevel: number | null
  /** Of the calls that came within the last half hour. */
  readonly lastHalfHour: QueueForSupervisor['lastHalfHour']
  readonly offeredToday: number
  readonly abandonedToday: number
}

/** Whether this agent would be offered an ordinary call now. */
export function isReady(agent: AgentForSupervisor): boolean {
  const { isConnected, availability, work, restsUntil } = agent
  return isConnected && availability === 'available' && work === 'idle' && restsUntil === null
}

/** One line over all queues and agents. */
export function floorTotals(view: SupervisorView): FloorTotals {
  const sum = (of: (queue: QueueForSupervisor) => number) => view.queues.reduce((total, queue) => total + of(queue), 0)
  const oldest = view.queues.map((queue) => queue.oldestQueuedAt).filter((at) => at !== null)
  const answeredInTime = sum((queue) => queue.today.answeredInTime)
  const countedCount = sum((queue) => queue.today.counted)
  const lately = {
    answeredInTime: sum((queue) => queue.lastHalfHour.answeredInTime),
    counted: sum((queue) => queue.lastHalfHour.counted),
  }
  return {
    waitingCount: sum((queue) => queue.waitingCount),
    offeredCount: sum((queue) => queue.offeredCount),
    inCallCount: sum((queue) => queue.inCallCount),
    oldestQueuedAt: oldest.length > 0 ? Math.min(...oldest) : null,
    agentsReadyCount: view.agents.filter(isReady).length,
    agentsSignedInCount: view.agents.length,
    answeredInTime,
    countedCount,
    serviceLevel: countedCount > 0 ? answeredInTime / countedCount : null,
    lastHalfHour: { ...lately, serviceLevel: lately.counted > 0 ? lately.answeredInTime / lately.counted : null },
    offeredToday: sum((queue) => queue.today.offered),
    abandonedToday: sum((queue) => queue.today.abandoned),
  }
}

export type Direction = 'ascending' | 'descending'

/** What a row is sorted by: empty values come last whichever way the sorting goes. */
export type SortValue = string | number | null

/** Sorts a copy. Rows that are equal keep the order of `tieBreak`, so that a live table does not flicker. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: { readonly value: (row: Row) => SortValue; readonly direction: Direction; readonly locale: string },
  tieBreak: (row: Row) => string,
): Row[] {
  const collator = new Intl.Collator(sort.locale, { numeric: true })
  const sign = sort.direction === 'ascending' ? 1 : -1
  const compare = (a: SortValue, b: SortValue): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * collator.compare(String(a), String(b))
  }
  return [...rows].sort((a, b) => compare(sort.value(a), sort.value(b)) || collator.compare(tieBreak(a), tieBreak(b)))
}
