/** What the page can do about itself when its thread hangs or its screen is empty. A browser that is gone needs somebody outside. */
// eslint-disable-next-line import/default -- the build makes it
import HangWorker from '../machine-workers/hang-worker.ts?worker'
import type { Ping } from '../machine-workers/hang-worker.ts'
import { hasGivenUp, reloadSoon } from './reload.ts'

/** Raised, a screen that hangs stands longer; lowered, a slow machine that is only busy is begun anew. In ms. */
const PING_EVERY_MS = 2_000
const HANGS_AFTER_PINGS = 10

/** How often it is looked whether there is anything on the screen, and how often there may be nothing. */
const LOOK_EVERY_MS = 5_000
const BLANK_LOOKS_MAX = 3

/** Watches for the life of the page. */
export function startWatchdog(): void {
  void watchThread()
  watchGlass()
}

/** Tells the second thread that this one goes on; it has the service worker begin the page anew when it hears nothing. */
async function watchThread(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  // Without one in place nothing would hear it. A page that is loaded past it begins with none.
  await navigator.serviceWorker.ready
  const worker = new HangWorker()
  const ping = (): void => {
    const every = { everyMs: PING_EVERY_MS, looksMax: HANGS_AFTER_PINGS }
    worker.postMessage({ root: import.meta.env.BASE_URL, mayRestart: !hasGivenUp.value, ...every } satisfies Ping)
  }
  ping()
  setInterval(ping, PING_EVERY_MS)
}

/** Every screen has a heading, but while one is still being fetched. */
function watchGlass(): void {
  let blankCount = 0
  const timer = setInterval(() => {
    blankCount = document.querySelector('#page h1') === null ? blankCount + 1 : 0
    if (blankCount < BLANK_LOOKS_MAX) return
    clearInterval(timer)
    reloadSoon(location, sessionStorage)
  }, LOOK_EVERY_MS)
}
