/** A wait as a person would put it: whole minutes, and never more exact than the estimate is. */
import type { WaitRange } from '#server/contract/views.ts'

export type RoundedWait =
  | { readonly kind: 'soon' }
  | { readonly kind: 'up-to'; readonly minutes: number }
  | { readonly kind: 'about'; readonly minutes: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }

const MINUTE_MS = 60_000

/** P80 is rounded up, because a wait that is longer than was said is the worse mistake. */
export function roundWait({ p50Ms, p80Ms }: WaitRange): RoundedWait {
  const low = Math.round(p50Ms / MINUTE_MS)
  const high = Math.max(low, Math.ceil(p80Ms / MINUTE_MS))
  if (high <= 1) return { kind: 'soon' }
  if (low === 0) return { kind: 'up-to', minutes: high }
  return low === high ? { kind: 'about', minutes: high } : { kind: 'between', low, high }
}
