/** What the engine says again of calls and handlings, against the rows that figures are made of. */
import type { CallRecord } from '#server/routing/effect.ts'
import type { Snapshot } from '#server/routing/snapshot.ts'
import type { CallRow, HandlingRow } from '#server/store/journal-days.ts'
import { firstDifference } from './difference.ts'

export type RowsComparison = {
  readonly callsCount: number
  readonly handlingsCount: number
  /** `path` begins with the call, and for a handling with its agent too. */
  readonly firstDifference: { readonly path: string; readonly kept: unknown; readonly replayed: unknown } | null
}

type Changing<T> = { -readonly [Name in keyof T]: T[Name] }

/** Gathers what the records come to, in the form of the rows. */
export class RowsWatch {
  readonly #answeredAt = new Map<string, number>()
  readonly #calls = new Map<string, CallRow>()
  readonly #handlings = new Map<string, Changing<HandlingRow>>()
  /** The handling of a call and agent that is still to be written down. */
  readonly #open = new Map<string, Changing<HandlingRow>>()

  /** From the snapshot the replay begins with: what was answered before it is not told again. */
  constructor(snapshot: Snapshot | undefined) {
    for (const { id, answeredAt } of snapshot?.calls ?? []) {
      if (answeredAt !== null) this.#answeredAt.set(id, answeredAt)
    }
  }

  take(records: readonly CallRecord[]): void {
    for (const record of records) {
      const { callId } = record
      switch (record.type) {
        case 'answered':
          this.#answeredAt.set(callId, record.at)
          break
        case 'ended': {
          const { queueId, language, agentId, outcome, endReason, at: endedAt } = record
          const answeredAt = this.#answeredAt.get(callId) ?? null
          this.#calls.set(callId, { callId, queueId, language, agentId, outcome, endReason, answeredAt, endedAt })
          break
        }
        case 'handled': {
          const { agentId, acceptedAt, at: hungUpAt } = record
          const handling = { callId, agentId, acceptedAt, hungUpAt, wrappedUpAt: null }
          this.#handlings.set(`${callId} ${agentId} ${acceptedAt}`, handling)
          this.#open.set(`${callId} ${agentId}`, handling)
          break
        }
        case 'wrapped-up': {
          const handling = this.#open.get(`${callId} ${record.agentId}`)
          if (handling !== undefined) handling.wrappedUpAt = record.at
          this.#open.delete(`${callId} ${record.agentId}`)
        }
      }
    }
  }

  /** Against the rows of a day; what ended on other days is left out. */
  compare(calls: readonly CallRow[], handlings: readonly HandlingRow[], day: { startsAt: number; endsAt: number }) {
    const isOfDay = (at: number | null) => at !== null && at >= day.startsAt && at < day.endsAt
    const ended = [...this.#calls].filter(([, { endedAt }]) => isOfDay(endedAt))
    const hungUp = [...this.#handlings].filter(([, { hungUpAt }]) => isOfDay(hungUpAt))
    const keptCalls = new Map(calls.map((row) => [row.callId, row]))
    const keptHandlings = new Map(
      handlings.map((row) => {
        const key = `${row.callId} ${row.agentId} ${row.acceptedAt}`
        // Written down after the day was over: that part of the row is the next day's.
        const isLater = row.wrappedUpAt !== null && !isOfDay(row.wrappedUpAt)
        return [key, isLater ? { ...row, wrappedUpAt: null } : row]
      }),
    )
    const comparison: RowsComparison = {
      callsCount: ended.length,
      handlingsCount: hungUp.length,
      firstDifference: firstOf(keptCalls, new Map(ended)) ?? firstOf(keptHandlings, new Map(hungUp)),
    }
    return comparison
  }
}

function firstOf(kept: ReadonlyMap<string, unknown>, replayed: ReadonlyMap<string, unknown>) {
  for (const key of new Set([...kept.keys(), ...replayed.keys()])) {
    const found = firstDifference(kept.get(key), replayed.get(key), key)
    if (found !== null) return found
  }
  return null
}
