/** Which warnings are news, and when they sound. */
import type { WarningForSupervisor } from '#server/contract/views.ts'

/** Whether something is warned of that was not before. What stands when the page opens, or what somebody has seen, is no news. */
export function newlyWarned(
  before: readonly WarningForSupervisor[] | null,
  now: readonly WarningForSupervisor[],
): boolean {
  if (before === null) return false
  const known = new Set(before.map(({ warningId }) => warningId))
  return now.some(({ warningId, acknowledged }) => acknowledged === null && !known.has(warningId))
}

/** So long a warning that nobody has seen is silent before it sounds again. */
export const SOUND_AGAIN_MS = 60_000

export interface BellParts {
  readonly play: () => void
  /** Does it after so many ms; what comes back keeps it from being done. */
  readonly later: (work: () => void, ms: number) => () => void
}

/** Sounds with each warning that is news, and again each minute while one stands that nobody has seen. */
export class WarningBell {
  readonly #parts: BellParts
  #known: readonly WarningForSupervisor[] | null = null
  #cancel: (() => void) | null = null

  constructor(parts: BellParts) {
    this.#parts = parts
  }

  /** What stands now, and whether it may sound. */
  look(warnings: readonly WarningForSupervisor[], isOn: boolean): void {
    const isNews = newlyWarned(this.#known, warnings)
    this.#known = warnings
    const isHeard = isOn && warnings.some(({ acknowledged }) => acknowledged === null)
    if (isHeard && isNews) this.#parts.play()
    if (isHeard && !isNews && this.#cancel !== null) return
    this.#cancel?.()
    this.#cancel = isHeard ? this.#parts.later(() => this.#soundAgain(), SOUND_AGAIN_MS) : null
  }

  #soundAgain(): void {
    this.#parts.play()
    this.#cancel = this.#parts.later(() => this.#soundAgain(), SOUND_AGAIN_MS)
  }
}

/** Those that nobody has seen yet first, each the newest first. */
export function unseenFirst(warnings: readonly WarningForSupervisor[]): WarningForSupervisor[] {
  const isSeen = ({ acknowledged }: WarningForSupervisor) => (acknowledged === null ? 0 : 1)
  return warnings.toSorted((a, b) => isSeen(a) - isSeen(b) || b.raisedAt - a.raisedAt)
}
