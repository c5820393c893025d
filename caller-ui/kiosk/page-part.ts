/** A part of the page that comes later, and what is to be done when it does not. */
import { reloadSoon } from './reload.ts'

/** How often the server is looked for again, in ms. */
const LOOK_EVERY_MS = 1_000

/**
 * What `load` imports. A part whose way broke, or that a newer version of the page has replaced, is lost to this page,
 * for the browser remembers the failure. So the page is loaded again, once the server answers; a place in line is kept
 * meanwhile, and its owner asked for. The promise then stays open.
 */
export async function pagePart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    await untilServed()
    reloadSoon(location, sessionStorage)
    return new Promise<T>(() => undefined)
  }
}

async function untilServed(): Promise<void> {
  while (!(await isServed())) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

/** Whether this page can be had from the server right now. */
export async function isServed(): Promise<boolean> {
  try {
    const { ok } = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })
    return ok
  } catch {
    return false
  }
}
