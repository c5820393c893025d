/** A page's own clock, which a test can put forward instead of waiting. */
import type { Page } from 'puppeteer'

/** Before the page: what it measures time by can be put forward. Its timers go on as they are, and find the clock ahead. */
export function clockAhead(): void {
  const ahead = { ms: 0 }
  Object.assign(globalThis, { ahead })
  const now = performance.now.bind(performance)
  performance.now = () => now() + ahead.ms
}

/** Puts the clock of a page that was opened with `clockAhead` forward, by `ms`. */
export const putForward = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => void ((globalThis as unknown as { ahead: { ms: number } }).ahead.ms += by), ms)
