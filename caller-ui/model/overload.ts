/** When a wait is so long that somebody should be told what else there is. */
import { promisedMs, type SaidWait } from './said-wait.ts'

/** A wait that is said to be longer than this is long. In ms. */
export const LONG_ESTIMATE_MS = 300_000
/** So is one that has lasted longer than this, whatever was said. In ms. */
export const LONG_WAITED_MS = 180_000

/** `nobody`: none of those at work can take the call. `busy`: it takes long. */
export type Overload = 'nobody' | 'busy'

/** Worked out anew from every view; null where one simply waits. */
export function overloadOf(wait: SaidWait, isWaitLong: boolean): Overload | null {
  if (wait.kind === 'unknown') return 'nobody'
  if (isWaitLong || (promisedMs(wait) ?? 0) > LONG_ESTIMATE_MS) return 'busy'
  return null
}
