/**
 * The real engine on a clock that jumps: what was planned happens in order, deadlines are ticked as the host does it
 * (server/host/routing-host.ts), and each event is handed on with all that followed from it.
 */
import type { JournalEntry } from '#server/host/ports.ts'
import type { RoutingEvent, RoutingEventBody } from '#server/routing/event.ts'
import { fromSnapshot, toSnapshot, type Snapshot } from '#server/routing/snapshot.ts'
import type { Instant, State } from '#server/routing/state.ts'
import { nextDeadline, step, type Step } from '#server/routing/step.ts'

/** How late a wake-up may come, in milliseconds: then an event finds its deadline due, and the tick comes with it. */
const LATENESS_MS_MAX = 3

type Planned = { readonly at: Instant; readonly order: number; readonly act: () => void }

export type ClockworkParts = {
  readonly state: State
  readonly isExplained: boolean
  /** Hears of each event that was not refused. It may plan, and must not `take`. */
  readonly onStep: (entry: JournalEntry, before: State, after: Step) => void
}

export class Clockwork {
  state: State
  now: Instant
  refusedCount = 0
  readonly #parts: ClockworkParts
  readonly #heap: Planned[] = []
  #plannedCount = 0
  #seq = 0

  constructor(parts: ClockworkParts) {
    this.#parts = parts
    this.state = parts.state
    this.now = parts.state.at
  }

  /** What is planned for the past happens next, and what is planned for never does not. */
  plan(at: Instant, act: () => void): void {
    if (at === Number.POSITIVE_INFINITY) return
    this.#push({ at: Math.max(Math.round(at), this.now), order: this.#plannedCount, act })
    this.#plannedCount += 1
  }

  /** Gives the engine an event of now, after the tick of what was due. */
  take(body: RoutingEventBody): Step {
    const due = nextDeadline(this.state)
    if (due !== undefined && due <= this.now && body.type !== 'clock.ticked') this.take({ type: 'clock.ticked' })
    const before = this.state
    const event = { ...body, at: this.now } as RoutingEvent
    const after = step(before, event, { isExplained: this.#parts.isExplained })
    if (after.refusal !== undefined) {
      this.refusedCount += 1
      return after
    }
    this.state = after.state
    this.#seq += 1
    this.#parts.onStep({ seq: this.#seq, event, facts: after.facts, records: after.records }, before, after)
    return after
  }

  /** The process dies and comes back from what was kept. */
  restart(): void {
    this.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(this.state))) as Snapshot)
    this.take({ type: 'server.restarted' })
  }

  /** Lets everything up to and at `until` happen. */
  runUntil(until: Instant): void {
    for (;;) {
      const next = this.#heap[0]
      const due = nextDeadline(this.state)
      const wakeAt = due === undefined ? Number.POSITIVE_INFINITY : Math.max(due, this.now) + (due % LATENESS_MS_MAX)
      if (wakeAt < (next?.at ?? Number.POSITIVE_INFINITY)) {
        if (wakeAt > until) break
        this.now = wakeAt
        this.take({ type: 'clock.ticked' })
      } else {
        if (next === undefined || next.at > until) break
        this.#pop()
        this.now = next.at
        next.act()
      }
    }
    this.now = Math.max(this.now, until)
  }

  #push(planned: Planned): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(planned)
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isSooner(planned, heap[above] as Planned)) break
      heap[at] = heap[above] as Planned
      at = above
    }
    heap[at] = planned
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop() as Planned
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isSooner(heap[below + 1] as Planned, heap[below] as Planned)) below += 1
      if (!isSooner(heap[below] as Planned, last)) break
      heap[at] = heap[below] as Planned
      at = below
    }
    heap[at] = last
  }
}

function isSooner(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
