/** Chromium with a fake camera, for tests of the whole system. Pages are asked by role and name, as people see them. */
import { existsSync } from 'node:fs'
import { launch, type Browser, type Page } from 'puppeteer'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
]

/** Opens a browser that closes with the test. Throws one sentence where there is none. */
export async function openBrowser(t: { teardown(work: () => unknown): void }): Promise<Browser> {
  const executablePath = process.env['PUPPETEER_EXECUTABLE_PATH'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error('Chromium is missing: npm test installs it or says how.')
  const browser = await launch({ executablePath, headless: true, args: FLAGS })
  t.teardown(() => browser.close())
  return browser
}

/** A page whose peer connections can be asked for their figures. */
export async function openPage(browser: Browser, width: number, height: number): Promise<Page> {
  // Its own context: an agent and a kiosk are never one browser.
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport({ width, height })
  await page.evaluateOnNewDocument(() => {
    const all: RTCPeerConnection[] = []
    Object.assign(globalThis, { peerConnectionsOfTest: all })
    const Real = globalThis.RTCPeerConnection
    globalThis.RTCPeerConnection = class extends Real {
      constructor(...args: ConstructorParameters<typeof Real>) {
        super(...args)
        all.push(this)
      }
    }
  })
  return page
}

/** Presses what has this role and name, once it is there. */
export async function press(page: Page, name: string, role = 'button'): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="${role}"])`).setTimeout(20_000).click()
}

export type Received = { readonly framesDecoded: number; readonly audioEnergy: number }

/** What the page has decoded and heard until now, over all its connections. */
export function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const { peerConnectionsOfTest } = globalThis as unknown as { peerConnectionsOfTest: RTCPeerConnection[] }
    const sum = { framesDecoded: 0, audioEnergy: 0 }
    for (const connection of peerConnectionsOfTest) {
      for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (report['type'] !== 'inbound-rtp') continue
        sum.framesDecoded += Number(report['framesDecoded'] ?? 0)
        sum.audioEnergy += Number(report['totalAudioEnergy'] ?? 0)
      }
    }
    return sum
  })
}
