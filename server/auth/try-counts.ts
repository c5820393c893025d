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

export type SlowLimit = {
  /** So many tries are as quick as they like. */
  readonly freeCount: number
  /** After the next one it takes so long until another is taken, then twice that, and so on. In ms. */
  readonly waitMs: number
  readonly waitMsMax: number
  /** After so long without a try it begins anew. In ms. */
  readonly forgottenMs: number
}

type Slowed = { count: number; nextAt: number; forgottenAt: number }

/** Slows tries down by name, and never locks anybody out: who waits for their turn is heard. */
export class SlowedTries {
  readonly #limit: SlowLimit
  readonly #now: () => number
  readonly #tries = new Map<string, Slowed>()

  /** `now`: milliseconds since some fixed instant. */
  constructor(limit: SlowLimit, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** How long until a try of `name` is taken, in ms; 0: now. */
  waitMs(name: string): number {
    return Math.max(0, (this.#current(name)?.nextAt ?? 0) - this.#now())
  }

  /** A try begins: it counts as failed until it is known to be right, so that many at once are no way round. */
  begin(name: string): void {
    const { freeCount, waitMs, waitMsMax, forgottenMs } = this.#limit
    const now = this.#now()
    const count = (this.#current(name)?.count ?? 0) + 1
    const over = count - freeCount
    const wait = over < 0 ? 0 : Math.min(waitMsMax, waitMs * 2 ** over)
    this.#tries.delete(name)
    this.#tries.set(name, { count, nextAt: now + wait, forgottenAt: now + Math.max(forgottenMs, wait) })
    const oldest = this.#tries.keys().next().value
    if (this.#tries.size > NAMES_MAX && oldest !== undefined) this.#tries.delete(oldest)
  }

  /** The secret was right: what failed before is forgiven. */
  forgive(name: string): void {
    this.#tries.delete(name)
  }

  /** The secret was right, which says nothing of the others that failed under this name. */
  giveBack(name: string): void {
    const tries = this.#current(name)
    if (tries === undefined) return
    tries.count -= 1
    tries.nextAt = 0
  }

  #current(name: string): Slowed | undefined {
    const tries = this.#tries.get(name)
    if (tries === undefined || tries.forgottenAt > this.#now()) return tries
    this.#tries.delete(name)
    return undefined
  }
}
