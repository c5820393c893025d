/** Says lines one after another, in the best voice there is for each, until it is stopped. */
import { signal, type ReadonlySignal } from '@preact/signals'
import type { Line } from './reading.ts'
import type { Voice } from './voice.ts'

/** In a call nothing else may sound for longer, in ms (EN 301 549, 5.1.3: no competing sound for more than 3 s). */
export const COMPETING_MS = 3_000

export class Player {
  readonly isSpeaking: ReadonlySignal<boolean>
  readonly #isSpeaking = signal(false)
  readonly #voices: readonly Voice[]
  readonly #keyOf: (words: string, lang: string) => string | null
  /** Counts what was begun: whatever was begun before says nothing more. */
  #turn = 0

  /** `voices`: the best first. `keyOf`: the recording of these words, or null. */
  constructor(voices: readonly Voice[], keyOf: (words: string, lang: string) => string | null) {
    this.isSpeaking = this.#isSpeaking
    this.#voices = voices
    this.#keyOf = keyOf
  }

  /** Says `lines`, and stops what was being said. `limitMs`: for no longer than this. */
  async say(lines: readonly Line[], limitMs = Infinity): Promise<void> {
    this.stop()
    const turn = this.#turn
    this.#isSpeaking.value = true
    const limit = limitMs === Infinity ? undefined : setTimeout(() => this.#turn === turn && this.stop(), limitMs)
    for (const { words, lang } of lines) {
      if (this.#turn !== turn) break
      const key = this.#keyOf(words, lang)
      await this.#voices.find((voice) => voice.canSay(key, lang))?.say(words, key, lang)
    }
    clearTimeout(limit)
    if (this.#turn === turn) this.#isSpeaking.value = false
  }

  /** Silence, at once. */
  stop(): void {
    this.#turn += 1
    this.#isSpeaking.value = false
    for (const voice of this.#voices) voice.stop()
  }
}
