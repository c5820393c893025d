/** Time that has passed, counted on the screen. */
import { useEffect, useState } from 'preact/hooks'
import type { Instant } from '#server/contract/ids.ts'

/** Whole seconds since `since`, by the server's clock `now`; counts on while it is shown. Never below 0. */
export function useElapsed(since: Instant, now: () => Instant): number {
  const secondsNow = () => Math.max(0, Math.floor((now() - since) / 1000))
  const [seconds, setSeconds] = useState(secondsNow)
  useEffect(() => {
    setSeconds(secondsNow())
    const timer = setInterval(() => setSeconds(secondsNow()), 1000)
    return () => clearInterval(timer)
  }, [since])
  return seconds
}

/** Minutes and seconds as on a clock: «1:05». */
export function clockWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
