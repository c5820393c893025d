/** What the person has chosen of size, contrast, reach and sound, and how many people there have been. */
import { signal } from '@preact/signals'
import { isUsual, usualComfort, type Comfort, type TextSize } from '../model/comfort.ts'

export class ComfortChoices {
  readonly chosen = signal<Comfort>(usualComfort)
  /** Counts the people who have been forgotten: what one of them left open is not drawn for the next. */
  readonly forgotten = signal(0)
  /** Counts touches of the glass and of keys: whoever moves about is still there. */
  readonly touches = signal(0)

  /** Whether there is a voice for the language of the screen: without one, nothing is said of reading aloud. */
  readonly canReadAloud = signal(false)

  // The screens are handed these one by one, hence arrows.

  readonly chooseTextSize = (textSize: TextSize): void => this.#choose({ textSize })
  readonly chooseContrast = (isContrastHigh: boolean): void => this.#choose({ isContrastHigh })
  readonly chooseLow = (isLow: boolean): void => this.#choose({ isLow })
  readonly chooseReadAloud = (isReadAloud: boolean): void => this.#choose({ isReadAloud })
  readonly touch = (): void => {
    this.touches.value += 1
  }

  isUsual(): boolean {
    return isUsual(this.chosen.value)
  }

  /** The next person finds the screen as everybody does. */
  forget(): void {
    this.chosen.value = usualComfort
    this.forgotten.value += 1
  }

  #choose(what: Partial<Comfort>): void {
    this.chosen.value = { ...this.chosen.value, ...what }
  }
}
