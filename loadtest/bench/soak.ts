/**
 * `npm run bench -- soak --calls 2000`: one page of the kiosk and one person after another, from the press to the clean
 * screen, against a scripted server. What the page holds is looked at after a forced collection, every few calls, and
 * must not grow. Camera and microphone are opened and closed for each call; the media room is not there to be found.
 *
 * The page's own code runs; only its clock for taps is moved on between two of them, because it takes none within 400 ms.
 */
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from 'puppeteer'
import { buildPage } from '../../caller-ui/test/built-page.ts'
import { openPage } from '../../caller-ui/test/browser.ts'
import { KioskServer } from '../../caller-ui/test/kiosk-server.ts'
import { launchChromium } from '../browser/chromium.ts'
import type { Report } from '../run.ts'

const SAMPLES = 20
/** Of the samples, the first ones, in which caches fill and code is compiled. */
const WARM_UP_SHARE = 0.25
const WAIT_MS_MAX = 30_000
const LOOK_AGAIN_MS = 5
/** What a thousand calls may add: a leaked call would leave a hundred nodes and some ten kilobytes each time. */
const GROWTH_PER_1000_MAX = { heapKb: 1_000, nodes: 100, listeners: 50, documents: 1 }

type Held = { readonly heapKb: number; readonly nodes: number; readonly listeners: number; readonly documents: number }
type Sample = Held & { readonly calls: number }

export async function soak(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({ args: [...args], options: { calls: { type: 'string', default: '2000' } } })
  const calls = Number(values.calls)
  if (!(Number.isInteger(calls) && calls >= 40 && calls <= 20_000)) throw new Error('Say --calls from 40 to 20000.')
  const ends: (() => unknown)[] = []
  try {
    const pageDir = await buildPage({ teardown: (work) => void ends.push(work) })
    const browser = await launchChromium({ cameraFps: 10 })
    ends.push(() => browser.close())
    const server = await KioskServer.start(pageDir)
    ends.push(() => server.close())
    const url = `${server.pageUrl}#kiosk=sundby-1&key=key-of-the-kiosk`
    const { page, faults } = await openPage(browser, url, { before: moveClockOfTaps })
    const samples = await live(page, server, calls)
    const growthPer1000 = growthOf(samples.slice(Math.floor(samples.length * WARM_UP_SHARE)))
    const names = Object.keys(GROWTH_PER_1000_MAX) as (keyof Held)[]
    const marks = Object.fromEntries(names.map((name) => [name, growthPer1000[name] <= GROWTH_PER_1000_MAX[name]]))
    return {
      isPassed: Object.values(marks).every(Boolean) && faults.length === 0,
      figures: {
        calls,
        test: 'least-squares slope of what is held, per 1,000 calls, without the first quarter of the samples',
        growthPer1000,
        growthPer1000Max: GROWTH_PER_1000_MAX,
        marks,
        faults,
        samples,
      },
    }
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

/** Runs in the page before anything of ours. */
function moveClockOfTaps(): void {
  const real = performance.now.bind(performance)
  let aheadMs = 0
  performance.now = () => real() + aheadMs
  Object.assign(globalThis, { moveOn: () => (aheadMs += 500) })
}

async function live(page: Page, server: KioskServer, calls: number): Promise<Sample[]> {
  const client = await page.createCDPSession()
  await client.send('Performance.enable')
  const samples: Sample[] = []
  const every = Math.max(1, Math.floor(calls / SAMPLES))
  const startedAt = performance.now()
  await untilSeen(page, 'main.welcome .button.call:enabled')
  for (let call = 1; call <= calls; call += 1) {
    await oneCall(page, server, call)
    if (call % every !== 0) continue
    const sample = { calls: call, ...(await held(client)) }
    samples.push(sample)
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    process.stderr.write(`${JSON.stringify(sample)} after ${seconds} s\n`)
  }
  return samples
}

/** One person, who hangs up or is hung up on, in turn. */
async function oneCall(page: Page, server: KioskServer, call: number): Promise<void> {
  await tap(page, '.button.call')
  await untilSeen(page, '.own-picture video')
  server.moveTo(1)
  server.moveTo(null)
  server.connectTo('Amal')
  await untilSeen(page, 'main.conversation')
  if (call % 2 === 0) server.end('answered', 'agent-hung-up')
  else await tap(page, '.button.end')
  await untilSeen(page, 'main.goodbye')
  await until(() => server.call?.status === 'ended')
  await tapWords(page, 'Start forfra')
  await untilSeen(page, 'main.welcome .button.call:enabled')
  // What a person asked for is of no use to the script.
  for (const asked of Object.values(server.asked)) asked.length = 0
}

async function untilSeen(page: Page, selector: string): Promise<void> {
  // A handle that is kept would keep its screen.
  await (await page.waitForSelector(selector, { timeout: WAIT_MS_MAX }))?.dispose()
}

async function until(look: () => boolean): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX
  while (!look()) {
    if (performance.now() > deadline) throw new Error('the server waited in vain')
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

async function tap(page: Page, selector: string): Promise<void> {
  await page.evaluate((what) => {
    ;(globalThis as unknown as { moveOn(): void }).moveOn()
    document.querySelector<HTMLButtonElement>(what)?.click()
  }, selector)
}

async function tapWords(page: Page, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    ;(globalThis as unknown as { moveOn(): void }).moveOn()
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('main .button')]
    buttons.find(({ textContent }) => textContent === wanted)?.click()
  }, words)
}

/** What the page holds once everything that can go has gone. */
async function held(client: CDPSession): Promise<Held> {
  // Twice: what the first one finalizes is freed by the second.
  await client.send('HeapProfiler.collectGarbage')
  await client.send('HeapProfiler.collectGarbage')
  const { metrics } = await client.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return {
    heapKb: Math.round(of('JSHeapUsedSize') / 1024),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    documents: of('Documents'),
  }
}

/** The slope of each figure over the calls, by least squares, for a thousand of them. */
function growthOf(samples: readonly Sample[]): Held {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const slope = (of: (sample: Sample) => number) => {
    const [meanCalls, meanValue] = [mean(samples.map(({ calls }) => calls)), mean(samples.map(of))]
    const both = samples.reduce((sum, sample) => sum + (sample.calls - meanCalls) * (of(sample) - meanValue), 0)
    const square = samples.reduce((sum, { calls }) => sum + (calls - meanCalls) ** 2, 0)
    return Math.round((both / square) * 1_000 * 10) / 10
  }
  return {
    heapKb: slope(({ heapKb }) => heapKb),
    nodes: slope(({ nodes }) => nodes),
    listeners: slope(({ listeners }) => listeners),
    documents: slope(({ documents }) => documents),
  }
}
