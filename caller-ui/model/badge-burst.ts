/**
 * A badge reader is a keyboard that types faster than any hand, and ends with Enter. Pure: the moments are handed in.
 */
import { BADGE_CHARACTERS_MAX, BADGE_CHARACTERS_MIN } from '#server/contract/staff-words.ts'

/** Between two characters of a reader, in ms. Raised, quick typing becomes a badge; lowered, a slow reader is not heard. */
export const BURST_GAP_MS_MAX = 60

export type Burst = { readonly typed: string; readonly lastAt: number }

export const noBurst: Burst = { typed: '', lastAt: -BURST_GAP_MS_MAX }

/** After `key` was pressed at `at` (ms): what may become a badge, beginning anew after a pause or any other key. */
export function burstAfter({ typed, lastAt }: Burst, key: string, at: number): Burst {
  if (!/^[A-Za-z0-9]$/.test(key)) return noBurst
  const isGoingOn = at - lastAt <= BURST_GAP_MS_MAX && typed.length < BADGE_CHARACTERS_MAX
  return { typed: isGoingOn ? typed + key : key, lastAt: at }
}

/** The badge that Enter at `at` ends, or null where it was a hand. */
export function badgeOf({ typed, lastAt }: Burst, at: number): string | null {
  return typed.length >= BADGE_CHARACTERS_MIN && at - lastAt <= BURST_GAP_MS_MAX ? typed : null
}
