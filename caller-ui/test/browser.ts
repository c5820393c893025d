/** What a test does with a page of the kiosk. */
import type { Browser, BrowserContext, Page } from 'puppeteer'
import { selectorOf, untilNamed, type Named } from '#loadtest/browser/named.ts'

export type PageOptions = {
  readonly width?: number
  readonly height?: number
  readonly isDark?: boolean
  /** A screen that is touched. */
  readonly hasTouch?: boolean
  /** Where the kiosk stands, as the browser is told: the machine's own where this is absent. */
  readonly timezone?: string
  /** Files that the server is to refuse: the console's word about it is no fault. */
  readonly lost?: RegExp
  /** Runs in the page before anything of ours. */
  readonly before?: (() => void) | readonly (() => void)[]
}

export type OpenedPage = {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors and refusals of the policy, as the page's console told them. */
  readonly faults: string[]
}

/** A page of its own, with nothing stored. */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<OpenedPage> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (options.lost?.test(message.location().url ?? '') === true) return
    // A server that is away is part of the play.
    if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION/.test(message.text())) faults.push(message.text())
  })
  const { width = 1080, height = 1920, isDark = false, hasTouch = false } = options
  await page.setViewport({ width, height, hasTouch })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }])
  for (const before of [options.before ?? []].flat()) await page.evaluateOnNewDocument(before)
  if (options.timezone !== undefined) await page.emulateTimezone(options.timezone)
  await page.goto(url)
  return { page, context, faults }
}

/** Presses the button of that name, as a finger would, once it can be pressed. `within`: a selector it lies in. */
export async function press(page: Page, name: string, within = ''): Promise<void> {
  // A finger needs a moment between two taps; the page takes none sooner. Kept where the page does not sweep.
  await page.waitForFunction(() => performance.now() - ((globalThis as { tapAt?: number }).tapAt ?? -1e4) > 450)
  const button: Named = { name, role: 'button', within }
  // Whoever cannot see it behind the foot of a long screen scrolls.
  const found = await untilNamed(page, button)
  await found.evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    if (hit === null || !button.contains(hit)) button.scrollIntoView({ block: 'center' })
  })
  await page.locator(selectorOf(button)).click()
  await page.evaluate(() => Object.assign(globalThis, { tapAt: performance.now() }) && undefined)
}

/** Another language for the screen, by the globe that is on every screen and bears the name of the one it has now. */
export async function speak(page: Page, from: string, to: string): Promise<void> {
  await press(page, `${from === 'Dansk' ? 'Skærmens sprog' : 'Language of the screen'}: ${from}`)
  await press(page, to, 'dialog[open]')
}

/** Waits until the heading of the screen says `words`. */
export async function untilHeading(page: Page, words: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, {}, words)
}
