/** Replays what a journal holds through the real engine and compares every decision with the one that was kept. */
import type { JournalEntry } from '#server/host/ports.ts'
import type { CallRecord, Fact } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'
import { fromSnapshot, type Snapshot } from '#server/routing/snapshot.ts'
import { emptyState, type State } from '#server/routing/state.ts'
import { step, type Step } from '#server/routing/step.ts'
import { firstDifference, type Difference } from './difference.ts'

/** As the journal has it. The database keeps no records beside the facts: they are the rows of calls, compared apart. */
export type KeptEntry = {
  readonly seq: number
  readonly event: RoutingEvent
  readonly facts: readonly Fact[]
  readonly records?: readonly CallRecord[]
}

/** `path` is `facts[0].agentId` and the like; `refusal` and `error` where the engine would not take the event at all. */
export type ReplayDifference = Difference & { readonly seq: number; readonly type: string; readonly at: number }

export type ExactReplay = {
  readonly eventsCount: number
  /** What the engine decided and told: offers, expiries, steps, endings and all other facts, and records where kept. */
  readonly decisionsCount: number
  readonly firstDifference: ReplayDifference | null
}

/** Hears of each event in order, once it was found to be as it was kept. */
export type Listener = (entry: JournalEntry, before: State, after: Step) => void

/**
 * Folds entries one after the other from a snapshot, or from nothing. Whether an event's offers had their reasons is
 * seen from what was kept: the choice is the same either way.
 */
export class Replay {
  readonly #listener: Listener | undefined
  #state: State
  #eventsCount = 0
  #decisionsCount = 0
  #firstDifference: ReplayDifference | null = null

  constructor(snapshot: Snapshot | undefined, listener?: Listener) {
    this.#state = snapshot === undefined ? emptyState() : fromSnapshot(snapshot)
    this.#listener = listener
  }

  get result(): ExactReplay {
    return {
      eventsCount: this.#eventsCount,
      decisionsCount: this.#decisionsCount,
      firstDifference: this.#firstDifference,
    }
  }

  /** Takes the next entry; returns whether all was as it was kept, up to here. After a difference it takes nothing. */
  take(kept: KeptEntry): boolean {
    if (this.#firstDifference !== null) return false
    const { seq, event, facts, records } = kept
    let after: Step
    try {
      after = step(this.#state, event, { isExplained: facts.some(isExplanation) })
    } catch (error) {
      const replayed = error instanceof Error ? error.message : String(error)
      return this.#differs(kept, { path: 'error', kept: undefined, replayed })
    }
    this.#eventsCount += 1
    const found =
      firstDifference(undefined, after.refusal, 'refusal') ??
      firstDifference(facts, after.facts, 'facts') ??
      (records === undefined ? null : firstDifference(records, after.records, 'records'))
    if (found !== null) return this.#differs(kept, found)
    this.#decisionsCount += facts.length + (records?.length ?? 0)
    this.#listener?.({ seq, event, facts: after.facts, records: after.records }, this.#state, after)
    this.#state = after.state
    return true
  }

  #differs({ seq, event: { type, at } }: KeptEntry, difference: Difference): false {
    this.#firstDifference = { seq, type, at, ...difference }
    return false
  }
}

/** Folds the entries and stops at the first difference. */
export function replayExactly(
  snapshot: Snapshot | undefined,
  entries: Iterable<KeptEntry>,
  listener?: Listener,
): ExactReplay {
  const replay = new Replay(snapshot, listener)
  for (const kept of entries) if (!replay.take(kept)) break
  return replay.result
}

function isExplanation(fact: Fact): boolean {
  return fact.type === 'call.queued' || (fact.type === 'offer.made' && Boolean(fact.reasons))
}
