/** Has the page kept by a service worker, so that the kiosk opens without a network. */
// eslint-disable-next-line import/default -- the build makes it
import workerUrl from '../machine-workers/shell-worker.ts?worker&url'

/**
 * Registers the worker for the page of that `build`; a page of another build registers another. Where the browser has
 * none, or the server gives none, the kiosk works as before, with a network.
 */
export async function keepShell(build: string): Promise<void> {
  if (build === '' || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(`${workerUrl}?build=${encodeURIComponent(build)}`, {
      scope: import.meta.env.BASE_URL,
      updateViaCache: 'none',
    })
  } catch {
    // Asked again by the next page.
  }
}
