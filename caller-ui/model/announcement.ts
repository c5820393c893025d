/** What is read aloud of the waiting line: a change of state at once, a new position not too often. */

/** Raised, a listener hears of progress later; lowered, the reading never stops. In ms. */
export const POSITION_EVERY_MS = 30_000

/** The same for the voice of the kiosk itself, which everybody around hears and nobody can tell to be quiet for a while. In ms. */
export const SPOKEN_POSITION_EVERY_MS = 60_000

export type Announcement = {
  /** Which state of affairs the words belong to. Another one is always said at once. */
  readonly topic: string
  readonly words: string
}

export type Announcer = { readonly last: Announcement | null; readonly saidAt: number }

export const quiet: Announcer = { last: null, saidAt: 0 }

/**
 * Whether `next` is to be said at the instant `at` (ms): now (0), in so many ms, or not at all (null), because it has been
 * said. On one topic there are `everyMs` between two times.
 */
export function announceIn(
  announcer: Announcer,
  next: Announcement,
  at: number,
  everyMs = POSITION_EVERY_MS,
): number | null {
  const { last, saidAt } = announcer
  if (last === null || last.topic !== next.topic) return 0
  if (last.words === next.words) return null
  return Math.max(0, saidAt + everyMs - at)
}
