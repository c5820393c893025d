/** Chromium pages in a call, with its fake camera and microphone, on the real session, bundled on the fly. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'puppeteer'
import type { Test } from 'tap'
import { build } from 'vite'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import type { UdpRelay } from '#loadtest/browser/udp-relay.ts'
import { ticketFor, until, type Who } from '../harness.ts'
import type { CallPage, StartOptions } from './call-page.ts'

/** Serves the page and, instead of a server of ours, tickets for whoever asks. Returns its origin. */
export async function servePages(t: Pick<Test, 'teardown'>, sfuUrl: () => string): Promise<string> {
  const scripts = await bundle()
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const script = scripts.get(url.pathname)
    if (script !== undefined) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    if (url.pathname !== '/ticket') {
      const page = '<!doctype html><title>call</title><body><script type="module" src="/call.js"></script>'
      return response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    }
    const participantId = url.searchParams.get('who') ?? ''
    const who: Who = {
      roomId: url.searchParams.get('room') ?? '',
      participantId,
      role: participantId === 'caller' ? 'caller' : 'agent',
    }
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ticket: ticketFor(who), sfuUrl: sfuUrl() }))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    http.closeAllConnections()
    http.close()
  })
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

/** The page's scripts by path; what is loaded lazily is a script of its own. */
async function bundle(): Promise<Map<string, string>> {
  const entry = fileURLToPath(new URL('call-page.ts', import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('.', import.meta.url)),
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: () => 'call.js' } },
  })
  const scripts = new Map<string, string>()
  for (const result of Array.isArray(built) ? built : [built]) {
    if (!('output' in result)) throw new Error('the page could not be bundled')
    for (const part of result.output) if (part.type === 'chunk') scripts.set(`/${part.fileName}`, part.code)
  }
  return scripts
}

export async function launchBrowser(t: Test, options: { readonly cameraFps?: number } = {}): Promise<Browser> {
  const browser = await launchChromium({ areSideBySide: true, ...options })
  t.teardown(async () => await browser.close())
  return browser
}

/** How a page comes in; `relay`: the way its media goes. */
export type EnterOptions = StartOptions & {
  readonly relay?: UdpRelay
}

/** One participant's page. Each runs in its own window, so that both are drawn. */
export class BrowserParty {
  readonly page: Page
  readonly #errors: string[] = []

  private constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.#errors.push(String(error)))
  }

  static async enter(
    browser: Browser,
    origin: string,
    who: Who,
    { relay, ...options }: EnterOptions = {},
  ): Promise<BrowserParty> {
    const context = await browser.createBrowserContext()
    const party = new BrowserParty(await context.newPage())
    await relay?.intercept(party.page)
    await party.page.goto(`${origin}/?room=${who.roomId}&who=${who.participantId}`)
    await party.page.waitForFunction(() => window.call !== undefined)
    await party.page.evaluate(async (how) => await window.call.start(how), options)
    return party
  }

  get errors(): readonly string[] {
    return this.#errors
  }

  async view(): Promise<ReturnType<CallPage['view']>> {
    return await this.page.evaluate(() => window.call.view())
  }

  async frames(): Promise<number[]> {
    return await this.page.evaluate(() => window.call.frames())
  }

  async quality(): Promise<Awaited<ReturnType<CallPage['quality']>>> {
    return await this.page.evaluate(async () => await window.call.quality())
  }

  async isIn(state: string, withinMs = 15_000): Promise<void> {
    try {
      await until(state, async () => (await this.view()).state === state, withinMs)
    } catch (error) {
      const [states, faults] = await this.page.evaluate(() => [window.call.states(), window.call.faults()] as const)
      throw new Error(
        `not ${state}; was ${states.map(({ state }) => state).join(', ')}; faults: ${faults.join('; ')}`,
        { cause: error },
      )
    }
  }

  /** What stands there of the others, one line of text a line. */
  async text(): Promise<string> {
    const lines = await this.page.evaluate(() => window.call.lines())
    return lines.map(({ text, isDone }) => (isDone ? `${text}⏎` : text)).join('')
  }

  /** Types a line as it then stands, and ends it if so asked. */
  async writes(line: string, isDone = false): Promise<void> {
    await this.page.evaluate(
      (text, isEnd) => {
        window.call.writeLine(text)
        if (isEnd) window.call.finishLine()
      },
      line,
      isDone,
    )
  }

  async hasTextOpen(): Promise<void> {
    try {
      await until('text is open', async () => (await this.view()).isTextOpen, 15_000)
    } catch (error) {
      const faults = await this.page.evaluate(() => window.call.faults())
      throw new Error(`text is not open; ${JSON.stringify(await this.view())}; faults: ${faults.join('; ')}`, {
        cause: error,
      })
    }
  }

  /** Types, and waits until all of it is under way. */
  async sends(line: string, isDone = false): Promise<void> {
    const before = await this.page.evaluate(() => window.call.sentCount())
    await this.writes(line, isDone)
    await until('it is under way', async () => (await this.page.evaluate(() => window.call.sentCount())) > before)
  }

  /** Waits until exactly this text of the others is there. */
  async reads(wanted: string, withinMs = 10_000): Promise<void> {
    try {
      await until('the text', async () => (await this.text()) === wanted, withinMs)
    } catch (error) {
      const faults = await this.page.evaluate(() => window.call.faults())
      throw new Error(`reads ${JSON.stringify(await this.text())}; faults: ${faults.join('; ')}`, { cause: error })
    }
  }

  /** Waits for the first remote frame shown after `at` (ms since epoch) and returns its instant. */
  async frameAfter(at: number, withinMs = 10_000): Promise<number> {
    let found: number | undefined
    await until(
      'a frame',
      async () => (found = (await this.frames()).find((frame) => frame > at)) !== undefined,
      withinMs,
    )
    return found ?? Number.NaN
  }
}

/** Joins both pages of a room and waits until each has the other's picture and sound negotiated. */
export async function standBy(
  browser: Browser,
  origin: string,
  roomId: string,
  options: EnterOptions = {},
): Promise<[BrowserParty, BrowserParty]> {
  const [citizen, specialist] = await Promise.all([
    BrowserParty.enter(browser, origin, { roomId, participantId: 'caller', role: 'caller' }, options),
    BrowserParty.enter(browser, origin, { roomId, participantId: 'agent-1', role: 'agent' }, options),
  ])
  await Promise.all([citizen.isIn('standby'), specialist.isIn('standby')])
  for (const party of [citizen, specialist]) {
    await until('the other is negotiated', async () => {
      const [remote] = (await party.view()).remotes
      return remote?.isCameraOn === true && remote.isMicrophoneOn
    })
  }
  return [citizen, specialist]
}

/** The value below which `share` (0 to 1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
