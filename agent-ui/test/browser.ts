/** A browser with a made-up camera, and pages that are asked by role and name as a person would. */
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer'
import { bringAxe, violationsOf } from '#loadtest/browser/axe.ts'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { pressNamed, selectorOf, untilNamed } from '#loadtest/browser/named.ts'

/** Generous, because the machine may be busy with other tests; a failure waits so long once. */
const WAIT_MS = 20_000

/** One browser for a whole test file. Few pictures a second: the tests look at screens, not at movement. */
export const openBrowser = (): Promise<Browser> => launchChromium({ cameraFps: 12, isWindowMadeUp: true })

export interface ScreenOptions {
  readonly path?: string
  readonly isDark?: boolean
  readonly width?: number
  readonly height?: number
  /** Of somebody who has signed in before. */
  readonly cookie?: { readonly name: string; readonly value: string }
  /** Runs in the page before anything of ours. */
  readonly before?: () => void
}

/**
 * Runs in the page before anything of ours: a lost connection is tried again after anything from nothing on, by chance.
 * What is said meanwhile shall be there long enough to be seen by a test on a busy machine.
 */
function comeBackSlowly(): void {
  const real = Math.random
  Math.random = () => 0.5 + real() / 2
}

/** A page of its own person: nothing of another test's cookies or storage. */
export class Screen {
  readonly page: Page
  /** What the console and the policy complained about. */
  readonly complaints: string[] = []
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
    page.setDefaultTimeout(WAIT_MS)
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      const isExpected = /status of 4\d\d|status of 503|ERR_CONNECTION|ERR_INTERNET|WebSocket/.test(message.text())
      if (message.type() === 'error' && !isExpected) this.complaints.push(message.text())
    })
  }

  static async open(browser: Browser, url: string, options: ScreenOptions = {}): Promise<Screen> {
    const context = await browser.createBrowserContext()
    await context.overridePermissions(url, ['camera', 'microphone', 'notifications'])
    if (options.cookie !== undefined) await context.setCookie({ ...options.cookie, domain: '127.0.0.1', path: '/' })
    const page = await context.newPage()
    const screen = new Screen(context, page)
    await page.setViewport({ width: options.width ?? 1280, height: options.height ?? 720 })
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: options.isDark === true ? 'dark' : 'light' },
    ])
    await page.evaluateOnNewDocument(comeBackSlowly)
    if (options.before !== undefined) await page.evaluateOnNewDocument(options.before)
    await page.goto(url + (options.path ?? '/agent/'))
    return screen
  }

  /** Another window of the same person, that this page has opened. What it complains of is this page's. */
  beside(page: Page): Screen {
    const other = new Screen(this.#context, page)
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    return other
  }

  async close(): Promise<void> {
    await this.#context.close()
  }

  /** The element with that role and accessible name, once it is there. */
  async find(role: string, name: string): Promise<ElementHandle> {
    return untilNamed(this.page, { role, name })
  }

  async press(name: string, role = 'button'): Promise<void> {
    await pressNamed(this.page, { role, name })
  }

  async fill(name: string, value: string): Promise<void> {
    await this.find('textbox', name)
    await this.page.locator(selectorOf({ role: 'textbox', name })).fill(value)
  }

  async heading(name: string): Promise<void> {
    await this.find('heading', name)
  }

  /** A chord such as Alt+Shift+S or Alt+Shift+1. */
  async chord(key: string): Promise<void> {
    await this.page.keyboard.down('Alt')
    await this.page.keyboard.down('Shift')
    await this.page.keyboard.press(`${/\d/.test(key) ? 'Digit' : 'Key'}${key}` as 'KeyA')
    await this.page.keyboard.up('Shift')
    await this.page.keyboard.up('Alt')
  }

  /** Waits until the page's text has `words`. */
  async says(words: string): Promise<void> {
    await this.page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, words)
  }

  /** Waits until the page's text has something like `pattern`: for clocks, which go on. */
  async saysLike(pattern: RegExp): Promise<void> {
    await this.page.waitForFunction((source) => new RegExp(source).test(document.body.innerText), {}, pattern.source)
  }

  /** Waits until the page's text has `words` no more. */
  async saysNoMore(words: string): Promise<void> {
    await this.page.waitForFunction((unwanted) => !document.body.innerText.includes(unwanted), {}, words)
  }

  async text(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText)
  }

  /** What axe finds wrong, one line each; an empty list is a clean page. */
  async violations(): Promise<string[]> {
    await bringAxe(this.page)
    const violations = await violationsOf(this.page)
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  }
}

/** Signs in as that person with the password that works. */
export async function signIn(screen: Screen, username: string): Promise<void> {
  await screen.fill('Brugernavn', username)
  await screen.fill('Adgangskode', 'rugbrød')
  await screen.press('Log ind')
}
