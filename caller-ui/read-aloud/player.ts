/** Says words one after another, in the best voice there is for each, until it is stopped. */
import type { Voice } from './voice.ts'

/** In a call nothing else may sound for longer, in ms (EN 301 549, 5.1.3: no competing sound for more than 3 s). */
export const COMPETING_MS = 3_000

export type Said = { readonly words: string; readonly lang: string }

export class Player {
  readonly #voices: readonly Voice[]
  #queue: Said[] = []
  #isSpeaking = false
  #limit: ReturnType<typeof setTimeout> | undefined
  /** Counts what was begun: whatever was begun before says nothing more. */
  #turn = 0

  /** `voices`: the best first. */
  constructor(voices: readonly Voice[]) {
    this.#voices = voices
  }

  /** Says this now, and nothing more of what was being said. `limitMs`: for no longer than this. */
  say(what: readonly Said[], limitMs = Infinity): void {
    this.stop()
    if (limitMs !== Infinity) this.#limit = setTimeout(() => this.stop(), limitMs)
    this.add(what)
  }

  /** Says this after whatever is being said. */
  add(what: readonly Said[]): void {
    this.#queue.push(...what)
    if (!this.#isSpeaking) void this.#speak()
  }

  /** Silence, at once. */
  stop(): void {
    this.#turn += 1
    this.#queue = []
    this.#isSpeaking = false
    clearTimeout(this.#limit)
    for (const voice of this.#voices) voice.stop()
  }

  /** Begins at once: a browser lets a page speak only while something is being pressed. */
  async #speak(): Promise<void> {
    const turn = this.#turn
    this.#isSpeaking = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const { words, lang } = next
      await this.#voices.find((voice) => voice.canSay(words, lang))?.say(words, lang)
      if (this.#turn !== turn) return
    }
    this.#isSpeaking = false
    clearTimeout(this.#limit)
  }
}
