/**
 * When the connection was last known to be alive, by this computer's clock, which goes on in a sleep. A loss is noticed only after
 * waking: reckoned from there, a night would be told as a second.
 */

/** How often it is noted, in ms. */
const NOTE_EVERY_MS = 1_000
/** A note that comes so much later than the one before: the computer slept, or the page was hidden and called rarely. */
const GAP_MS_MIN = 10_000

export class LastAlive {
  #aliveAt: number
  /** Since when it is not certain that the connection is still there; null: it is. */
  #doubtedAt: number | null = null

  constructor(now: number) {
    this.#aliveAt = now
  }

  /** Starts noting. `isOnline`: whether the page holds the connection to stand. Once for the page. */
  static start(isOnline: () => boolean): LastAlive {
    const alive = new LastAlive(Date.now())
    setInterval(() => alive.note(Date.now(), isOnline()), NOTE_EVERY_MS)
    return alive
  }

  /** The page is awake at `now`. */
  note(now: number, isOnline: boolean): void {
    if (!isOnline) return
    if (this.#doubtedAt === null && now - this.#aliveAt >= GAP_MS_MIN) this.#doubtedAt = now
    // It has stood so long after the gap that it would have been found dead by now.
    if (this.#doubtedAt !== null && now - this.#doubtedAt < GAP_MS_MIN) return
    this.confirm(now)
  }

  /** The connection stands, for certain. */
  confirm(now: number): void {
    this.#aliveAt = now
    this.#doubtedAt = null
  }

  /** How long it has been gone at `now`, in ms; never below a second, which is the shortest that is told. */
  goneMs(now: number): number {
    return Math.max(1_000, now - this.#aliveAt)
  }
}
