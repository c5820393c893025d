/** The one clock of the server. */
import type { Clock } from './ports.ts'

/** setTimeout fires at once for longer times; waking early does no harm. */
const SLEEP_MS_MAX = 2_000_000_000

/** `setTimer` and `now` are the platform's, handed in because this folder knows no platform. */
export function systemClock(platform: { now(): number; setTimer(wake: () => void, ms: number): () => void }): Clock {
  return {
    now: () => platform.now(),
    wakeAt: (at, wake) => platform.setTimer(wake, Math.min(Math.max(at - platform.now(), 0), SLEEP_MS_MAX)),
  }
}
