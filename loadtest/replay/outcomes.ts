/** What became of each call of a day, from the engine's records. */
import type { CallRecord } from '#server/routing/effect.ts'
import type { Instant, Outcome } from '#server/routing/state.ts'

export type CallOutcome = {
  readonly callId: string
  readonly siteId: string
  /** Queue and language it came to in the end. */
  readonly queueId: string
  readonly language: string
  readonly arrivedAt: Instant
  readonly answeredAt: Instant | null
  readonly endedAt: Instant | null
  /** `open` for a call that was neither answered nor ended when the day was over. */
  readonly outcome: Outcome | 'open'
}

export class Outcomes {
  readonly #calls = new Map<string, CallOutcome>()

  take(records: readonly CallRecord[]): void {
    for (const record of records) {
      if (record.type === 'arrived') {
        const { callId, siteId, queueId, language, at: arrivedAt } = record
        const none = { answeredAt: null, endedAt: null, outcome: 'open' } as const
        this.#calls.set(callId, { callId, siteId, queueId, language, arrivedAt, ...none })
        continue
      }
      // A call that came before the day counts on its own day.
      const call = this.#calls.get(record.callId)
      if (call === undefined) continue
      if (record.type === 'answered') {
        this.#calls.set(call.callId, { ...call, answeredAt: record.at, outcome: 'answered' })
      } else if (record.type === 'ended') {
        const { queueId, language, outcome, at: endedAt } = record
        this.#calls.set(call.callId, { ...call, queueId, language, outcome, endedAt })
      }
    }
  }

  all(): CallOutcome[] {
    return [...this.#calls.values()]
  }
}
