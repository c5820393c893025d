/** Notices that the computer slept, or that somebody comes back to the page after a while. */

/** How often it is looked at, in ms. */
const LOOK_EVERY_MS = 5_000
/** A look that comes so much late, in ms: hidden pages are called once a minute, and are only asked more often than needed. */
const SLEPT_MS_MIN = 15_000

/** Calls `listener` each time. Returns what ends it. */
export function onWake(listener: () => void): () => void {
  let lookedAt = Date.now()
  const look = (): void => {
    const now = Date.now()
    // Also a clock that was put back: nothing that was reckoned with it holds.
    if (Math.abs(now - lookedAt - LOOK_EVERY_MS) > SLEPT_MS_MIN) listener()
    lookedAt = now
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  const onVisible = (): void => {
    if (!document.hidden) listener()
  }
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
