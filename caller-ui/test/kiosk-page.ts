/** What the tests of the kiosk page share: a kiosk with its server, what is seen on it, and how it is judged. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import type { Test } from 'tap'
import type { Plugin } from 'vite'
import { bringAxe, STRICTEST_CONTRAST, violationsOf } from '#loadtest/browser/axe.ts'
import { openPage, press, untilHeading, type PageOptions } from './browser.ts'
import { launchChromium, type ChromiumOptions } from '#loadtest/browser/chromium.ts'
import { buildPage } from './built-page.ts'
import { KioskServer } from './kiosk-server.ts'

const IDENTITY = '#kiosk=sundby-1&key=key-of-the-kiosk'

export type Kiosk = { readonly server: KioskServer; readonly page: Page }

type Options = PageOptions & {
  /** What follows the page's path in its address. */
  readonly identity?: string
  /** How the server is before the page is opened. */
  readonly server?: (server: KioskServer) => void
  /** With the service worker, which fetches every file that the page may ever want: more work than all else of a page. */
  readonly isShellKept?: boolean
}

/**
 * One browser and one page, built with `plugins`, for the tests of a file; each kiosk it gives has a server and a
 * profile of its own.
 */
export async function openKiosks(
  file: Test,
  plugins: readonly Plugin[] = [],
  chromium: ChromiumOptions = {},
): Promise<(test: Test, options?: Options) => Promise<Kiosk>> {
  const pageDir = await buildPage(file, plugins)
  // Nobody looks at this camera: ten pictures a second show that it lives.
  const browser = await launchChromium({ cameraFps: 10, isStill: true, ...chromium })
  file.teardown(() => browser.close())
  return async (test, options = {}) => {
    const server = await KioskServer.start(pageDir)
    options.server?.(server)
    const address = server.pageUrl + (options.identity ?? IDENTITY)
    const before = [options.isShellKept === true ? [] : withoutWorkers, options.before ?? []].flat()
    const { page, context, faults } = await openPage(browser, address, { ...options, before })
    test.teardown(async () => {
      await context.close()
      await server.close()
      // Errors, and whatever its policy forbade it.
      if (faults.length > 0) throw new Error(`the page said: ${faults.join('; ')}`)
    })
    return { server, page }
  }
}

/** Before the page: a browser that has no service workers, as some have none. */
function withoutWorkers(): void {
  Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
}

/** Where pictures of each screen go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function shoot(page: Page, what: string): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  const { width, height } = page.viewport() ?? { width: 0, height: 0 }
  const name = `${what.replaceAll(/[^a-z0-9æøå]+/gi, '-')}-${width}x${height}`
  await page.screenshot({ path: join(shotsDir, `${name}.png`) as `${string}.png` })
}

/** Runs axe on what is shown now, with the strictest contrast it knows. */
export async function isAccessible(test: Test, page: Page, what: string): Promise<void> {
  // Fading in is over when nothing moves but what moves for ever.
  await page.waitForFunction(() =>
    document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity),
  )
  await shoot(page, what)
  await bringAxe(page)
  const { rules, checks } = STRICTEST_CONTRAST
  const violations = await violationsOf(page, { rules: { ...rules, 'target-size': { enabled: true } }, checks })
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  test.same(found, [], `${what}: axe has nothing to say`)
}

/** Waits until the server has been asked `name` so often: the page shows what was pressed before the server hears of it. */
export async function hears(server: KioskServer, name: keyof KioskServer['asked'], times: number): Promise<void> {
  const deadline = performance.now() + 10_000
  while (server.asked[name].length < times) {
    if (performance.now() > deadline) throw new Error(`${name} was asked ${server.asked[name].length} times`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const until = (page: Page, selector: string) => page.waitForSelector(selector)
export const words = (page: Page) => page.evaluate(() => document.body.innerText)
/** Camera and microphone tracks that are open right now, seen through the browser’s own hands. */
export const openTracks = (page: Page) =>
  page.evaluate(() => {
    const { tracks = [] } = globalThis as unknown as { tracks?: MediaStreamTrack[] }
    return tracks.filter(({ readyState }) => readyState === 'live').length
  })

/** Before the page: keeps every track it is ever given. */
export function watchTracks(): void {
  const tracks: MediaStreamTrack[] = []
  Object.assign(globalThis, { tracks })
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints)
    tracks.push(...stream.getTracks())
    return stream
  }
}

/** Before the page: there is no camera here, or none may be used. */
export function refuseCamera(): void {
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    if (constraints?.video) throw new DOMException('no camera', 'NotFoundError')
    return open(constraints)
  }
}

export function refuseAll(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException('not allowed', 'NotAllowedError')
  }
}

/** From the press until in line. */
export async function getInLine(page: Page): Promise<void> {
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
}
