/**
 * `npm run bench -- kiosk`: how light and how quick the kiosk's page is, on a real server with a Postgres of its own.
 *
 *   shell    what goes over the wire before anybody presses, and what comes later, in gzipped bytes
 *   paint    first contentful paint and the call button, with the processor slowed down six times
 *   line     from the press to *in line* on the screen, `--presses` one after another
 *   selfTest from the open camera and microphone to the page's verdict on both, while the place is already shown
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'puppeteer'
import { launchChromium } from '../browser/chromium.ts'
import { gzipBytesOf, shellOf, weightOf } from '../browser/page-weight.ts'
import type { Report } from '../run.ts'
import { summaryOf } from '../summary.ts'
import { startBenchSystem } from './bench-system.ts'

/** The page that the server serves; `npm run bench` builds it first. */
const PAGE_DIR = resolve(import.meta.dirname, '../../dist/kiosk')
const SHELL_BYTES_MAX = 60 * 1024
const SLOWED_TIMES = 6
const FIRST_PAINT_MS_MAX = 1_000
const IN_LINE_P95_MS_MAX = 300
const LOADS = 5
const SELF_TEST_P95_MS_MAX = 1_000
const SELF_TESTS_MAX = 20
const WAIT_MS_MAX = 30_000
/** The page takes no second tap within 400 ms of the first. */
const BETWEEN_TAPS_MS = 450

export async function kiosk(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({ args: [...args], options: { presses: { type: 'string', default: '50' } } })
  const presses = Number(values.presses)
  if (!(Number.isInteger(presses) && presses >= 1 && presses <= 500)) throw new Error('Say --presses from 1 to 500.')
  const ends: (() => unknown)[] = []
  try {
    const shell = shellOf(PAGE_DIR)
    say(`shell ${weightOf(shell)} bytes`)
    const crowd = { kioskCount: 1, agentCount: 1 }
    const system = await startBenchSystem({ crowd, callersMax: 10, profileDir: undefined })
    ends.push(() => system.stop())
    const browser = await launchChromium({ cameraFps: 10 })
    ends.push(() => browser.close())
    const { url, kiosks } = system.access
    const address = `${url}${kiosks[0]?.urlPath ?? ''}`
    const paint = await measurePaint(browser, address)
    say(`first paint ${JSON.stringify(paint.firstPaintMs)}, call button ${JSON.stringify(paint.callButtonMs)}`)
    const inLineMs = summaryOf(await measurePresses(browser, address, presses))
    say(`press → in line ${JSON.stringify(inLineMs)}`)
    const selfTestMs = summaryOf(await measureSelfTests(browser, address, Math.min(presses, SELF_TESTS_MAX)))
    say(`camera and microphone ${JSON.stringify(selfTestMs)}`)
    const marks = {
      shell: weightOf(shell) <= SHELL_BYTES_MAX,
      firstPaint: paint.firstPaintMs.p50 <= FIRST_PAINT_MS_MAX,
      inLineP95: inLineMs.p95 <= IN_LINE_P95_MS_MAX,
      selfTestP95: selfTestMs.p95 <= SELF_TEST_P95_MS_MAX,
    }
    const figures = { marks, shell: { bytes: weightOf(shell), files: shell }, later: laterOf(PAGE_DIR, shell) }
    return {
      isPassed: Object.values(marks).every(Boolean),
      figures: { ...figures, ...paint, presses, inLineMs, selfTestMs },
    }
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

/** Scripts and styles that come after the first screen. */
function laterOf(pageDir: string, shell: readonly { readonly file: string }[]) {
  const first = new Set(shell.map(({ file }) => file))
  return readdirSync(join(pageDir, 'assets'))
    .filter((name) => /\.(?:js|css)$/.test(name) && !first.has(`assets/${name}`))
    .map((name) => ({ file: name, gzipBytes: gzipBytesOf(readFileSync(join(pageDir, 'assets', name))) }))
    .toSorted((one, other) => other.gzipBytes - one.gzipBytes)
}

/** Fresh profiles, so that nothing is cached: the first day of a kiosk, on a slow machine. */
async function measurePaint(browser: Browser, address: string) {
  const [firstPaintMs, callButtonMs]: [number[], number[]] = [[], []]
  for (let load = 0; load < LOADS; load += 1) {
    const context = await browser.createBrowserContext()
    const page = await openPortrait(await context.newPage())
    const client = await page.createCDPSession()
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWED_TIMES })
    await page.evaluateOnNewDocument(noteFirstSight)
    await page.goto(address, { waitUntil: 'domcontentloaded' })
    const seen = await page.waitForFunction(() => {
      const { buttonAt } = globalThis as unknown as { buttonAt?: number }
      const paint = performance.getEntriesByName('first-contentful-paint')[0]
      return buttonAt === undefined || paint === undefined ? undefined : [paint.startTime, buttonAt]
    })
    const [paintAt = Number.NaN, buttonAt = Number.NaN] = (await seen.jsonValue()) ?? []
    firstPaintMs.push(paintAt)
    callButtonMs.push(buttonAt)
    await context.close()
  }
  return { slowedTimes: SLOWED_TIMES, firstPaintMs: summaryOf(firstPaintMs), callButtonMs: summaryOf(callButtonMs) }
}

/** Runs in the page before anything of ours: when the button can be pressed, in ms since the address was asked for. */
function noteFirstSight(): void {
  const look = () => {
    if (document.querySelector('.button.call:enabled') === null) return requestAnimationFrame(look)
    return Object.assign(globalThis, { buttonAt: performance.now() })
  }
  requestAnimationFrame(look)
}

/** One person after another, at the speed of the machine: from the press to the frame in which the place is shown. */
async function measurePresses(browser: Browser, address: string, presses: number): Promise<number[]> {
  const context = await browser.createBrowserContext()
  const page = await openPortrait(await context.newPage())
  await page.goto(address)
  const times: number[] = []
  for (let press = 0; press < presses; press += 1) {
    times.push(await page.evaluate(pressUntilInLine, BETWEEN_TAPS_MS))
  }
  await context.close()
  return times
}

/** One call after another, each ended as soon as the page knows whether camera and microphone work. */
async function measureSelfTests(browser: Browser, address: string, count: number): Promise<number[]> {
  const context = await browser.createBrowserContext()
  const page = await openPortrait(await context.newPage())
  await page.evaluateOnNewDocument(noteSelfTests)
  await page.goto(address, { waitUntil: 'networkidle0' })
  for (let done = 1; done <= count; done += 1) {
    await page.evaluate(pressUntilInLine, BETWEEN_TAPS_MS, done)
  }
  const times = await page.evaluate(() => (globalThis as unknown as { selfTestMs: number[] }).selfTestMs)
  await context.close()
  return times
}

/** Runs in the page before anything of ours: how long each look at camera and microphone took, in ms. */
function noteSelfTests(): void {
  const selfTestMs: number[] = []
  Object.assign(globalThis, { selfTestMs })
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'skranke.self-test') selfTestMs.push(duration)
  }).observe({ entryTypes: ['measure'] })
}

async function openPortrait(page: Page): Promise<Page> {
  await page.setViewport({ width: 1080, height: 1920 })
  page.setDefaultTimeout(WAIT_MS_MAX)
  return page
}

/**
 * Runs in the page. Resolves with the time from the press until the frame that shows the place, in ms. The call ends once
 * so many looks at camera and microphone are through as `selfTestsMin` says.
 */
async function pressUntilInLine(betweenTapsMs: number, selfTestsMin = 0): Promise<number> {
  const seen = (selector: string) =>
    new Promise<HTMLElement>((resolve) => {
      const look = () => {
        const found = document.querySelector<HTMLElement>(selector)
        if (found === null) requestAnimationFrame(look)
        else resolve(found)
      }
      look()
    })
  const wait = () => new Promise((resolve) => setTimeout(resolve, betweenTapsMs))
  const button = await seen('main.welcome .button.call:enabled')
  await wait()
  const pressedAt = performance.now()
  button.click()
  await seen('main.waiting h1')
  const took = performance.now() - pressedAt
  await wait()
  const { selfTestMs = [] } = globalThis as unknown as { selfTestMs?: number[] }
  while (selfTestMs.length < selfTestsMin) await new Promise(requestAnimationFrame)
  ;(await seen('main.waiting .button.end')).click()
  await seen('main.goodbye')
  await wait()
  const clean = [...document.querySelectorAll<HTMLElement>('main.goodbye .button')].at(-1)
  clean?.click()
  return took
}

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}
