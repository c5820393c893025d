/** Loads the page again, for a newer one, but never in a circle. */

const RELOADED_AT = 'skranke.reloaded-at'

/** Raised, a page that is out of date stays longer; lowered, a server that is wrong about it is asked more often. In ms. */
const RELOAD_EVERY_MS = 60_000

/** Loads the page again now, or when a minute has passed since the last time. Returns the function that calls it off. */
export function reloadSoon(location: Location, storage: Storage): () => void {
  const sinceMs = Date.now() - Number(storage.getItem(RELOADED_AT) ?? 0)
  const waitMs = Math.min(RELOAD_EVERY_MS, Math.max(0, RELOAD_EVERY_MS - sinceMs))
  const timer = setTimeout(() => {
    storage.setItem(RELOADED_AT, String(Date.now()))
    location.reload()
  }, waitMs)
  return () => clearTimeout(timer)
}
