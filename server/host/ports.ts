/** What the host needs of the world, and nothing more: each has one real form and is handed in by `app.ts`. */
import type { CallRecord, Fact } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'
import type { Snapshot } from '#server/routing/snapshot.ts'

/** One event with all that followed from it, kept together or not at all. `seq` grows by one, without gaps. */
export type JournalEntry = {
  readonly seq: number
  readonly event: RoutingEvent
  readonly facts: readonly Fact[]
  readonly records: readonly CallRecord[]
}

export type Journal = {
  /** The newest snapshot of that version, where there is one, and every event after it in order. */
  load(snapshotVersion: number): Promise<{
    snapshot: Snapshot | undefined
    snapshotSeq: number
    events: { seq: number; event: RoutingEvent }[]
  }>
  /** Keeps the entries in one durable transaction. Rejects when anything, even another writer, stands in the way. */
  append(entries: readonly JournalEntry[]): Promise<void>
  /** Keeps the state as it was after entry `seq`, so that a start need not fold what came before. Nothing waits for it. */
  keepSnapshot(seq: number, snapshot: Snapshot): Promise<void>
}

export type Clock = {
  /** Milliseconds since 1970, whole. */
  now(): number
  /** Calls `wake` once at or after `at`, unless the returned function was called before. */
  wakeAt(at: number, wake: () => void): () => void
}

/** The SFUs. Nothing here waits: a failure comes back later as an event. */
export type Media = {
  open(callId: string): void
  /** Exactly these agents and the citizen see and hear each other from now on. */
  connect(callId: string, agentIds: readonly string[]): void
  remove(callId: string, agentId: string): void
  close(callId: string): void
}

export type OfferFact = Extract<Fact, { type: 'offer.made' }>
export type EndedRecord = Extract<CallRecord, { type: 'ended' }>

/** Those who watch. Told after the commit, at most once: a view is sent whole, so a lost one does no harm. */
export type Audience = {
  changed(change: {
    readonly calls: ReadonlySet<string>
    readonly agents: ReadonlySet<string>
    readonly queues: ReadonlySet<string>
    readonly ended: readonly EndedRecord[]
    /** Offers that were made, with their reasons. */
    readonly offers: readonly OfferFact[]
  }): void
}

export type HostLog = {
  /** One line for each event taken in, so that the log is the history. Ids only. */
  event(event: RoutingEvent, refusal: string | undefined): void
}
