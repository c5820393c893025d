/** How often something secret was tried in vain, and when that is too often. */

export type TryLimit = { readonly triesMax: number; readonly windowMs: number }

/** Names remembered at once. Beyond it the oldest are forgotten: a guesser cannot fill the memory. */
const NAMES_MAX = 10_000

type Tries = { count: number; readonly until: number }

/** Counts failures by name. A name is whatever the limit is meant for: never a person alone, who would be kept out by others. */
export class TryCounts {
  readonly #limit: TryLimit
  readonly #now: () => number
  readonly #tries = new Map<string, Tries>()

  /** `now`: milliseconds since some fixed instant. */
  constructor(limit: TryLimit, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Whether `name` has failed as often as it may, within the window that its first failure began. */
  isLocked(name: string): boolean {
    return (this.#current(name)?.count ?? 0) >= this.#limit.triesMax
  }

  /** One more that failed, or may. */
  count(name: string): void {
    const current = this.#current(name)
    if (current !== undefined) current.count += 1
    else this.#tries.set(name, { count: 1, until: this.#now() + this.#limit.windowMs })
    const oldest = this.#tries.keys().next().value
    if (this.#tries.size > NAMES_MAX && oldest !== undefined) this.#tries.delete(oldest)
  }

  /** The secret was right: what failed before is forgiven. */
  forgive(name: string): void {
    this.#tries.delete(name)
  }

  #current(name: string): Tries | undefined {
    const tries = this.#tries.get(name)
    if (tries === undefined || tries.until > this.#now()) return tries
    this.#tries.delete(name)
    return undefined
  }
}
