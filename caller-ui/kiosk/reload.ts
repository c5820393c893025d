/** Loads the page again, for a newer one or for one that works, but never in a circle. */
import { signal } from '@preact/signals'
import { RESTARTED } from '../machine-workers/paths.ts'

const RELOADED_AT = 'skranke.reloaded-at'

/** Raised, a page that is out of date stays longer; lowered, a server that is wrong about it is asked more often. In ms. */
const RELOAD_EVERY_MS = 60_000

/** More within an hour mend nothing, and whoever stands there sees a screen that goes away again and again. */
const RELOADS_MAX = 3
const HOUR_MS = 3_600_000

/** The page has begun anew as often as it may and is not well: until it may again, nobody is asked to press anything. */
export const hasGivenUp = signal(false)

/** How often the page has begun anew by itself within the last hour. */
export const reloadsCount = (storage: Storage): number => lastHour(storage).length

/** Whether it may begin anew once more within this hour. */
export const mayReload = (storage: Storage): boolean => reloadsCount(storage) < RELOADS_MAX

/**
 * Loads the page again now, or when a minute has passed since the last time; where it was loaded three times within the
 * hour, when that hour is over, and until then it has given up. Returns the function that calls it off.
 */
export function reloadSoon(location: Location, storage: Storage): () => void {
  const times = lastHour(storage)
  const now = Date.now()
  const isSpent = times.length >= RELOADS_MAX
  if (isSpent) hasGivenUp.value = true
  const dueAt = isSpent ? (times.at(-RELOADS_MAX) ?? now) + HOUR_MS : (times.at(-1) ?? 0) + RELOAD_EVERY_MS
  const timer = setTimeout(
    () => {
      noteReload(storage)
      location.reload()
    },
    Math.max(0, dueAt - now),
  )
  return () => clearTimeout(timer)
}

/**
 * What a page does first that its service worker has begun anew, because the one before it hung: counts it as if it had done
 * so by itself, and gives up after the fourth within an hour.
 */
export function noteRestart(location: Location, history: History, storage: Storage): void {
  if (location.hash !== RESTARTED) return
  history.replaceState(null, '', location.pathname)
  noteReload(storage)
  if (reloadsCount(storage) > RELOADS_MAX) reloadSoon(location, storage)
}

function noteReload(storage: Storage): void {
  storage.setItem(RELOADED_AT, [...lastHour(storage), Date.now()].join())
}

/** In ms since epoch, the oldest first. What lies in the future is of a clock that was wrong. */
function lastHour(storage: Storage): number[] {
  const now = Date.now()
  const times = (storage.getItem(RELOADED_AT) ?? '').split(',').map(Number)
  return times.filter((at) => at > 0 && at <= now && now - at < HOUR_MS)
}
