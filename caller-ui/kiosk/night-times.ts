/** When in the night a machine is tested. Pure; by the hours of the machine's own time zone. */

/**
 * From this hour until the next but one, and before the page begins anew at four. Each machine has a moment of its own in
 * it: a city's kiosks would otherwise all ask at once.
 */
const FROM_HOUR = 2
const UNTIL_HOUR = 4
const SPREAD_MINUTES = 90

export class NightTimes {
  readonly #afterMinutes: number
  #doneOn = ''

  /** `chance`: from 0 to 1, of this machine. */
  constructor(chance: number) {
    this.#afterMinutes = FROM_HOUR * 60 + Math.floor(chance * SPREAD_MINUTES)
  }

  /** Whether the test of this night is still to be made. */
  isDue(now: Date): boolean {
    const minutes = now.getHours() * 60 + now.getMinutes()
    return minutes >= this.#afterMinutes && minutes < UNTIL_HOUR * 60 && this.#doneOn !== now.toDateString()
  }

  /** It was made, to the end. */
  done(now: Date): void {
    this.#doneOn = now.toDateString()
  }
}
