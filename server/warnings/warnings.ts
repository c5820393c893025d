/**
 * The warnings that stand. Looked at every second; what begins or ends is kept, with what webhooks are to be told of it,
 * before anybody sees it. Where it cannot be kept, it has not happened yet, and is tried again with the next look.
 */
import { randomUUID } from 'node:crypto'
import type { PastWarnings, WarningKind } from '#server/contract/warnings.ts'
import type { WarningRules } from '#server/policy/schema-warnings.ts'
import type { KeptWarning } from '#server/store/warnings.ts'
import { NOT_RAISED, RAISED, standingAfter, type Standing } from './hysteresis.ts'
import { readings, type Floor, type Reading } from './readings.ts'

export const LOOK_EVERY_MS = 1_000

export type WarningsParts = {
  readonly rules: () => WarningRules
  readonly floor: () => Floor
  readonly store: {
    open(): Promise<readonly KeptWarning[]>
    raise(warning: KeptWarning): Promise<void>
    clear(warning: KeptWarning, at: number): Promise<void>
    acknowledge(warningIds: readonly string[], agentId: string, at: number): Promise<void>
  }
  /** Those that are over, as supervisors are told of them. */
  readonly past: () => Promise<PastWarnings>
  readonly now: () => number
  readonly onChange: () => void
  readonly onFault: (error: unknown) => void
}

const keyOf = (kind: WarningKind, subject: string) => `${kind} ${subject}`

export class Warnings {
  readonly #parts: WarningsParts
  readonly #standing = new Map<string, Standing>()
  readonly #open = new Map<string, KeptWarning>()
  #looking: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(parts: WarningsParts) {
    this.#parts = parts
  }

  /** Takes up what stood before a restart, and looks from now on. */
  async start(): Promise<void> {
    for (const warning of await this.#parts.store.open()) {
      const key = keyOf(warning.kind, warning.subject)
      this.#open.set(key, warning)
      this.#standing.set(key, RAISED)
    }
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Those that stand, the newest first. */
  get open(): readonly KeptWarning[] {
    return [...this.#open.values()].toSorted((a, b) => b.raisedAt - a.raisedAt)
  }

  /** One look, or the one that is under way: a slow Postgres is not asked again meanwhile. Never rejects. */
  async look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#parts.onFault(error))
      .finally(() => (this.#looking = undefined))
    await this.#looking
  }

  /** Notes that a supervisor has seen some warnings; who was first stays. What does not stand any more needs nobody. */
  async acknowledge(warningIds: readonly string[], agentId: string): Promise<void> {
    const { store, now, onChange } = this.#parts
    const wanted = new Set(warningIds)
    const seen = [...this.#open].filter(([, each]) => wanted.has(each.warningId) && each.acknowledged === null)
    if (seen.length === 0) return
    const at = now()
    await store.acknowledge(
      seen.map(([, { warningId }]) => warningId),
      agentId,
      at,
    )
    for (const [key, warning] of seen) {
      // It may have ended meanwhile.
      if (this.#open.get(key) === warning) this.#open.set(key, { ...warning, acknowledged: { agentId, at } })
    }
    onChange()
  }

  /** Those that were over within the last day. */
  past(): Promise<PastWarnings> {
    return this.#parts.past()
  }

  async #look(): Promise<void> {
    const before = this.open
    try {
      await this.#follow(this.#parts.floor())
    } finally {
      // Also where only a part of it could be kept.
      const after = this.open
      if (after.length !== before.length || after.some((each, index) => each !== before[index])) this.#parts.onChange()
    }
  }

  async #follow(floor: Floor): Promise<void> {
    const { at } = floor
    const gone = new Set(this.#open.keys())
    for (const reading of readings(this.#parts.rules(), floor)) {
      const key = keyOf(reading.kind, reading.subject)
      gone.delete(key)
      const before = this.#standing.get(key) ?? NOT_RAISED
      const after = standingAfter(before, reading, at)
      if (after.isRaised && !before.isRaised) await this.#begin(key, reading, at)
      if (!after.isRaised && before.isRaised) await this.#end(key, at)
      this.#standing.set(key, after)
    }
    // Nobody asks after it any more: another policy, or a queue or kiosk that is gone.
    for (const key of gone) {
      await this.#end(key, at)
      this.#standing.delete(key)
    }
  }

  async #begin(key: string, { kind, subject, value }: Reading, raisedAt: number): Promise<void> {
    const warning = { warningId: randomUUID(), kind, subject, value, raisedAt, acknowledged: null }
    await this.#parts.store.raise(warning)
    this.#open.set(key, warning)
  }

  async #end(key: string, at: number): Promise<void> {
    const warning = this.#open.get(key)
    if (warning === undefined) return
    await this.#parts.store.clear(warning, at)
    this.#open.delete(key)
  }
}
