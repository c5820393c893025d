/** Token buckets: how fast one socket, or one address, may ask. */

export type BucketLimits = {
  /** How many at once. Raised, a page that falls back into step is served quicker; lowered, a hostile one costs less. */
  readonly burst: number
  readonly perSecond: number
}

export type Bucket = { tokens: number; filledAt: number }

/** A full bucket at the instant `at` (ms). */
export const fullBucket = (limits: BucketLimits, at: number): Bucket => ({ tokens: limits.burst, filledAt: at })

/** Takes `count` tokens at the instant `at` (ms, never going back). Returns false, and takes none, when there are fewer. */
export function takeToken(bucket: Bucket, limits: BucketLimits, at: number, count = 1): boolean {
  const elapsedMs = Math.max(0, at - bucket.filledAt)
  bucket.tokens = Math.min(limits.burst, bucket.tokens + (elapsedMs / 1000) * limits.perSecond)
  bucket.filledAt = at
  if (bucket.tokens < count) return false
  bucket.tokens -= count
  return true
}

/** Buckets by name (an address), of which no more than `namesMax` are remembered; full ones are forgotten first. */
export class BucketsByName {
  readonly #buckets = new Map<string, Bucket>()
  readonly #limits: BucketLimits
  readonly #namesMax: number

  constructor(limits: BucketLimits, namesMax: number) {
    this.#limits = limits
    this.#namesMax = namesMax
  }

  /** Takes one token of `name` at the instant `at` (ms). Returns false when there is none. */
  take(name: string, at: number): boolean {
    let bucket = this.#buckets.get(name)
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#namesMax) this.#forget(at)
      bucket = fullBucket(this.#limits, at)
      this.#buckets.set(name, bucket)
    }
    return takeToken(bucket, this.#limits, at)
  }

  /** Whether `name` has a token at the instant `at` (ms); takes none. */
  has(name: string, at: number): boolean {
    const bucket = this.#buckets.get(name)
    return bucket === undefined || (takeToken(bucket, this.#limits, at, 0) && bucket.tokens >= 1)
  }

  /** Forgets every bucket that would be full again by now, or the oldest tenth if none is. */
  #forget(at: number): void {
    const { burst, perSecond } = this.#limits
    for (const [name, bucket] of this.#buckets) {
      const isFull = bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond >= burst
      if (isFull) this.#buckets.delete(name)
    }
    if (this.#buckets.size < this.#namesMax) return
    let excess = Math.ceil(this.#namesMax / 10)
    for (const name of this.#buckets.keys()) {
      if (excess-- <= 0) return
      this.#buckets.delete(name)
    }
  }
}

/** Counts what happened within a sliding window, for limits such as «three in ten seconds». */
export class RecentCount {
  #instants: number[] = []
  readonly #windowMs: number

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Adds one at the instant `at` (ms) and returns how many fall within the window that ends there. */
  add(at: number): number {
    this.#instants = this.#instants.filter((instant) => at - instant < this.#windowMs)
    this.#instants.push(at)
    return this.#instants.length
  }
}
