/** A wait as a person would say it: in wide steps, so that it neither ticks nor pretends to know better than it does. */
import type { WaitRange } from '#server/contract/views.ts'

/** In minutes. `within` and `long` have one end, because the other would say nothing. */
export type SaidWait =
  | { readonly kind: 'unknown' }
  /** This site tells the place and no time. */
  | { readonly kind: 'untold' }
  | { readonly kind: 'soon' }
  | { readonly kind: 'within'; readonly minutes: number }
  | { readonly kind: 'about'; readonly minutes: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'long' }

const MINUTE_MS = 60_000

/** Minutes that are said. Closer together, the words would change all the time; wider apart, they would say too little. */
export const WAIT_STEPS_MINUTES = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60] as const
const LONGEST = 60

/** The words for `wait`: its lower end rounded down, its upper end up, so that four of five find it kept. */
export function saidWait(wait: WaitRange | null): SaidWait {
  if (wait === null) return { kind: 'unknown' }
  const { p50Ms, p80Ms } = wait
  if (p80Ms < MINUTE_MS) return { kind: 'soon' }
  const to = WAIT_STEPS_MINUTES.find((step) => step * MINUTE_MS >= p80Ms)
  if (to === undefined) return { kind: 'long' }
  const from = WAIT_STEPS_MINUTES.findLast((step) => step * MINUTE_MS <= p50Ms)
  if (from === undefined) return to === 1 ? { kind: 'about', minutes: 1 } : { kind: 'within', minutes: to }
  return from >= to ? { kind: 'about', minutes: to } : { kind: 'range', from, to }
}

/** The longest wait that `said` promises, in ms; null where it promises nothing. */
export function promisedMs(said: SaidWait): number | null {
  switch (said.kind) {
    case 'unknown':
    case 'untold':
      return null
    case 'soon':
      return MINUTE_MS
    case 'within':
    case 'about':
      return said.minutes * MINUTE_MS
    case 'range':
      return said.to * MINUTE_MS
    case 'long':
      return 2 * LONGEST * MINUTE_MS
  }
}
