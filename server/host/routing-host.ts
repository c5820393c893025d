/**
 * Runs the engine: the only caller of `step`. Events wait in a mailbox, are stepped in batches, kept in one
 * transaction, and only then answered and carried out. A commit that fails stops the process: what is in
 * memory must never be ahead of what is kept.
 */
import type { Effect, RoutingRefusal } from '#server/routing/effect.ts'
import type { RoutingEvent, RoutingEventBody } from '#server/routing/event.ts'
import { assertLists, assertSound } from '#server/routing/invariants.ts'
import { fromSnapshot, SNAPSHOT_VERSION, toSnapshot } from '#server/routing/snapshot.ts'
import type { State } from '#server/routing/state.ts'
import { emptyState } from '#server/routing/state.ts'
import { nextDeadline, step } from '#server/routing/step.ts'
import type { Audience, Clock, EndedRecord, HostLog, Journal, JournalEntry, Media, OfferFact } from './ports.ts'

/** Events in one transaction, which costs little more for many than for one. More is faster under load; fewer answers the first of them sooner. */
const BATCH_MAX = 150

/** Entries between snapshots. More makes a start slower (these are read and folded in a moment), fewer stalls it more often. */
const SNAPSHOT_EVERY = 5_000

/** Events that may wait for the database. Beyond it the host says it is not ready, and memory stays bounded. */
const MAILBOX_MAX = 5_000

/** Every offer is kept with its reasons: a public authority can say why. */
const EXPLAINED = { isExplained: true }

type Waiting = {
  readonly body: RoutingEventBody
  readonly resolve: (refusal: RoutingRefusal | 'not-ready' | undefined) => void
}

type Batch = {
  state: State
  readonly entries: JournalEntry[]
  readonly effects: Effect[]
  readonly ended: EndedRecord[]
  readonly offers: OfferFact[]
  readonly touched: { calls: Set<string>; agents: Set<string>; queues: Set<string> }
}

export type HostParts = {
  readonly journal: Journal
  readonly media: Media
  readonly audience: Audience
  readonly clock: Clock
  readonly log: HostLog
  /** Called once, on a failed commit or a broken rule. The process must stop. */
  readonly onFatal: (error: unknown) => void
}

export class RoutingHost {
  readonly #parts: HostParts
  #state: State = emptyState()
  #seq = 0
  #snapshotSeq = 0
  #mailbox: Waiting[] = []
  #running: Promise<void> | undefined
  #snapshotting: Promise<void> = Promise.resolve()
  #cancelWake: (() => void) | undefined
  #phase: 'new' | 'running' | 'stopped' = 'new'

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  /** What is kept, never ahead of the journal. */
  get state(): State {
    return this.#state
  }

  /** The journal's sequence number of {@link state}: grows across restarts, so pages can tell newer from older. */
  get version(): number {
    return this.#seq
  }

  get isRunning(): boolean {
    return this.#phase === 'running'
  }

  /** Folds what was kept and takes up the work: everybody has the grace time from now ([R18]). */
  async start(): Promise<void> {
    const { snapshot, snapshotSeq, events } = await this.#parts.journal.load(SNAPSHOT_VERSION)
    if (snapshot !== undefined) this.#state = fromSnapshot(snapshot)
    this.#seq = snapshotSeq
    for (const { seq, event } of events) {
      this.#state = step(this.#state, event).state
      this.#seq = seq
    }
    assertSound(this.#state)
    assertLists(this.#state)
    this.#snapshotSeq = snapshotSeq
    this.#phase = 'running'
    await this.submit({ type: 'server.restarted' })
  }

  /**
   * Takes an event in. Resolves when it is kept, with undefined, or with why it changed nothing.
   * `not-ready` while the host is not running or its mailbox is full.
   */
  submit(body: RoutingEventBody): Promise<RoutingRefusal | 'not-ready' | undefined> {
    if (this.#phase !== 'running' || this.#mailbox.length >= MAILBOX_MAX) return Promise.resolve('not-ready')
    return new Promise((resolve) => {
      this.#mailbox.push({ body, resolve })
      this.#running ??= this.#run()
    })
  }

  /** Finishes what was taken in, then takes nothing more. */
  async stop(): Promise<void> {
    this.#phase = 'stopped'
    this.#cancelWake?.()
    await this.#running
    await this.#snapshotting
  }

  async #run(): Promise<void> {
    try {
      // One turn of the loop lets everything that arrived together share a commit.
      await Promise.resolve()
      while (this.#mailbox.length > 0) await this.#takeBatch(this.#mailbox.splice(0, BATCH_MAX))
    } catch (error) {
      this.#phase = 'stopped'
      this.#parts.onFatal(error)
    } finally {
      this.#running = undefined
    }
    this.#sleep()
  }

  async #takeBatch(waiting: readonly Waiting[]): Promise<void> {
    const touched = { calls: new Set<string>(), agents: new Set<string>(), queues: new Set<string>() }
    const batch: Batch = { state: this.#state, entries: [], effects: [], ended: [], offers: [], touched }
    const refusals = waiting.map(({ body }) => {
      const at = Math.max(this.#parts.clock.now(), batch.state.at)
      this.#tickIfDue(batch, at)
      return this.#stepOnce(batch, { ...body, at } as RoutingEvent)
    })
    if (batch.entries.length > 0) {
      await this.#parts.journal.append(batch.entries)
      this.#state = batch.state
      this.#seq += batch.entries.length
    }
    waiting.forEach(({ resolve }, i) => resolve(refusals[i]))
    for (const effect of batch.effects) this.#perform(effect)
    if (batch.entries.length > 0)
      this.#parts.audience.changed({ ...batch.touched, ended: batch.ended, offers: batch.offers })
    if (this.#seq - this.#snapshotSeq >= SNAPSHOT_EVERY) this.#keepSnapshot()
  }

  /** A deadline that is due is an event of its own and comes first: a late acceptance must find its offer expired. */
  #tickIfDue(batch: Batch, at: number): void {
    const due = nextDeadline(batch.state)
    if (due !== undefined && due <= at) this.#stepOnce(batch, { type: 'clock.ticked', at })
  }

  #stepOnce(batch: Batch, event: RoutingEvent): RoutingRefusal | undefined {
    const result = step(batch.state, event, EXPLAINED)
    this.#parts.log.event(event, result.refusal)
    if (result.refusal !== undefined) return result.refusal
    batch.state = result.state
    const seq = this.#seq + batch.entries.length + 1
    batch.entries.push({ seq, event, facts: result.facts, records: result.records })
    batch.effects.push(...result.effects)
    for (const record of result.records) if (record.type === 'ended') batch.ended.push(record)
    for (const fact of result.facts) if (fact.type === 'offer.made') batch.offers.push(fact)
    for (const id of result.touched.calls) batch.touched.calls.add(id)
    for (const id of result.touched.agents) batch.touched.agents.add(id)
    for (const id of result.touched.queues) batch.touched.queues.add(id)
    return undefined
  }

  /** Beside the batches: the entries are kept already, and the state is one that nothing changes any more. */
  #keepSnapshot(): void {
    const { journal, onFatal } = this.#parts
    this.#snapshotSeq = this.#seq
    assertSound(this.#state)
    this.#snapshotting = journal.keepSnapshot(this.#seq, toSnapshot(this.#state)).catch(onFatal)
  }

  #perform(effect: Effect): void {
    const { media } = this.#parts
    switch (effect.type) {
      case 'media.open':
        return media.open(effect.callId)
      case 'media.connect':
        return media.connect(effect.callId, effect.agentIds)
      case 'media.remove':
        return media.remove(effect.callId, effect.agentId)
      case 'media.close':
        return media.close(effect.callId)
    }
  }

  /** Until the next deadline of the state. Woken early or twice does no harm: the tick finds nothing due. */
  #sleep(): void {
    this.#cancelWake?.()
    this.#cancelWake = undefined
    if (this.#phase !== 'running') return
    const due = nextDeadline(this.#state)
    if (due === undefined) return
    this.#cancelWake = this.#parts.clock.wakeAt(due, () => void this.submit({ type: 'clock.ticked' }))
  }
}
