/** A page's own clock, which a test can put forward, and its long waits, which a test can end, instead of waiting. */
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

/** Before the page: its waits of eight seconds and more can be ended by `endWaits`. Otherwise they take their time. */
export function endableWaits(): void {
  const { setTimeout: wait, clearTimeout: end } = globalThis
  const waits = new Map<unknown, { readonly ms: number; readonly act: () => void }>()
  const forget = (id: unknown): void => {
    waits.delete(id)
    end(id as Parameters<typeof end>[0])
  }
  const kept = (act: () => void, ms = 0): unknown => {
    if (ms < 8_000) return wait(act, ms)
    const over = (): void => {
      forget(id)
      act()
    }
    const id = wait(over, ms)
    waits.set(id, { ms, act: over })
    return id
  }
  const endWaits = (ms: number): void => {
    for (const each of [...waits.values()]) if (each.ms === ms) each.act()
  }
  Object.assign(globalThis, { setTimeout: kept, clearTimeout: forget, endWaits })
}

/** Whatever a page that was opened with `endableWaits` waits for so long is over now. */
export const endWaits = (page: Page, ms: number): Promise<void> =>
  page.evaluate((ms) => (globalThis as unknown as { endWaits(ms: number): void }).endWaits(ms), ms)
