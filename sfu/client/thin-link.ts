/**
 * Holds the own picture back while the way out is too narrow for picture and sound together, so that the sound is left
 * alone, and tries again by itself.
 *
 *   sending ──narrow for a while──► held ──the pause is over──► trying ──wide enough──► sending
 *                                     ▲                            └──narrow──┐ (a longer pause)
 *                                     └───────────────────────────────────────┘
 */

/** Below this a picture costs the sound its room: Opus wants 50 kbit/s with its repairs, a small face 100. In bit/s. */
export const PICTURE_BITRATE_MIN = 150_000
/** Narrow for so long is not a hiccup. In ms. */
const NARROW_FOR_MS = 3_000
/** What is held teaches the browser nothing of the way: so long is it left to find out, once tried again. In ms. */
const TRIAL_MS = 6_000
/** How long the picture is held at first; each failed trial doubles it, up to the most. In ms. */
const PAUSE_MS = 8_000
const PAUSE_MS_MAX = 32_000

export class ThinLink {
  #narrowSince: number | undefined
  #heldUntil: number | undefined
  #trialUntil: number | undefined
  #pauseMs = PAUSE_MS

  get isHeld(): boolean {
    return this.#heldUntil !== undefined
  }

  /**
   * `availableBitrate`: what the browser believes it can send, in bit/s, at `at` in ms; undefined where it does not say.
   * Returns whether the picture is to be held back from now on.
   */
  take(at: number, availableBitrate: number | undefined): boolean {
    if (this.#heldUntil !== undefined) {
      if (at < this.#heldUntil) return true
      this.#heldUntil = undefined
      this.#narrowSince = undefined
      this.#trialUntil = at + TRIAL_MS
      return false
    }
    const isNarrow = availableBitrate !== undefined && availableBitrate < PICTURE_BITRATE_MIN
    const isTrial = this.#trialUntil !== undefined && at < this.#trialUntil
    if (!isNarrow) {
      this.#narrowSince = undefined
      if (!isTrial) this.#settled()
      return false
    }
    this.#narrowSince ??= at
    if (isTrial || at - this.#narrowSince < NARROW_FOR_MS) return false
    if (this.#trialUntil !== undefined) this.#pauseMs = Math.min(PAUSE_MS_MAX, this.#pauseMs * 2)
    this.#heldUntil = at + this.#pauseMs
    return true
  }

  /** Nothing is known of the way any more: it was made anew, or nothing is to be held back. */
  forget(): void {
    this.#heldUntil = undefined
    this.#narrowSince = undefined
    this.#settled()
  }

  #settled(): void {
    this.#trialUntil = undefined
    this.#pauseMs = PAUSE_MS
  }
}
