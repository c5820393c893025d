/** The server's clock as seen from here, so that a countdown is true on a machine whose own clock is wrong. */

export class ServerClock {
  /** Server time minus monotonic local time, in ms. The local wall clock is not used: it may jump. */
  #offsetMs: number | undefined

  /** A request was sent at `askedAt`, answered at `answeredAt` (monotonic), and the server's clock then said `at`. */
  set(at: number, askedAt: number, answeredAt: number): void {
    this.#offsetMs = at - (askedAt + answeredAt) / 2
  }

  /** A message that the server made at `at` was heard at `heardAt` (monotonic): the clock there is at least that. */
  hear(at: number, heardAt: number): void {
    if (this.#offsetMs !== undefined) this.#offsetMs = Math.max(this.#offsetMs, at - heardAt)
  }

  /** Now on the server, in whole ms since epoch. The local clock's word until anything was heard. */
  now(): number {
    return this.#offsetMs === undefined ? Date.now() : Math.round(performance.now() + this.#offsetMs)
  }
}
