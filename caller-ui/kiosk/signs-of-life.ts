/**
 * Whether a camera that is open shows anything, and a microphone hears anything: a part can be there and dead. Pure; what
 * is looked at is given in.
 *
 * A dark room and a silent one are no fault. A sensor has noise, and the more the darker it is, because it raises its gain;
 * a converter's last bit never stands still. Neither gives the same numbers twice. So only what is exactly the same, in
 * every place that is looked at and for the whole time, is called dead.
 */

/** `waiting`: not known yet. */
export type Life = 'waiting' | 'alive' | 'dead'

/**
 * What lives is known with the first thing that changes, within a second. Raised, what is dead is named after somebody has
 * begun to talk; lowered, a camera that gives five pictures a second in the dark, or a browser that was busy, is taken for
 * dead. In ms, from the first thing that was had of it.
 */
export const STILL_MS = 2_000

/** Raised, a camera that gives no picture at all is named late; some take two seconds to give their first. In ms. */
export const NOTHING_MS = 3_000

/** Looks it takes at least: a page that was held up for a second has seen nothing in it. */
const LOOKS_MIN = 5

/** One part, looked at again and again. */
export class SignsOfLife {
  #first: ArrayLike<number> | undefined
  #firstAt = 0
  #looks = 0
  #begunAt: number | undefined

  /**
   * What it gave at the instant `at` (ms, by any clock that only goes forward): pixels or samples, in the same places each
   * time, or null where it gave nothing yet. The array is kept and must not be written again.
   */
  look(given: ArrayLike<number> | null, at: number): Life {
    this.#begunAt ??= at
    if (given === null) return this.#first === undefined && at - this.#begunAt >= NOTHING_MS ? 'dead' : 'waiting'
    if (this.#first === undefined) {
      this.#first = given
      this.#firstAt = at
    }
    this.#looks += 1
    if (!isSame(given, this.#first)) return 'alive'
    return this.#looks >= LOOKS_MIN && at - this.#firstAt >= STILL_MS ? 'dead' : 'waiting'
  }

  /** Begins anew: it was switched off meanwhile, and what was switched off gives nothing by right. */
  forget(): void {
    this.#first = undefined
    this.#begunAt = undefined
    this.#looks = 0
  }
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false
  return true
}

/** What of a stretch of sound says whether it lives: nothing where every sample is the same, as behind a dead wire. */
export function soundSigns(samples: Float32Array): ArrayLike<number> {
  const [first = 0] = samples
  // Exact zeros, or one exact other number: it is the change that a live converter cannot help.
  return samples.every((sample) => sample === first) ? [first] : samples.slice()
}
