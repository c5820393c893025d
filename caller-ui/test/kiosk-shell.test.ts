/** What the kiosk does without a network, and when its own thread hangs. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t, { type Test } from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, speak, untilHeading, type PageOptions } from './browser.ts'
import { buildPage } from './built-page.ts'
import { getInLine, hears, isAccessible, refuseAll, words } from './kiosk-page.ts'
import { KioskServer } from './kiosk-server.ts'
import { helpAround } from './scripted-place.ts'

const IDENTITY = '#kiosk=sundby-1&key=key-of-the-kiosk'
const pageDir = await buildPage(t)
const browser = await launchChromium()
t.teardown(() => browser.close())

async function openKiosk(test: Test, options: PageOptions & { readonly folder?: string } = {}) {
  const folder = options.folder ?? pageDir
  let server = await KioskServer.start(folder)
  const port = Number(new URL(server.origin).port)
  const setUp = (): void => void (server.help = helpAround({ until: Date.now() + 3_600_000, from: Date.now() }))
  setUp()
  const { page, context, faults } = await openPage(browser, server.pageUrl + IDENTITY, options)
  test.teardown(async () => {
    await context.close()
    await server.close().catch(() => undefined)
    // Without a server the browser says so of each attempt to reach it.
    const real = faults.filter((fault) => !/Failed to load resource|ERR_/.test(fault))
    if (real.length > 0) throw new Error(`the page said: ${real.join('; ')}`)
  })
  return {
    page,
    pageUrl: server.pageUrl,
    get server() {
      return server
    },
    async stopServer() {
      await server.close()
    },
    async startServer() {
      server = await KioskServer.start(folder, port)
      setUp()
    },
  }
}

/** Waits until the service worker of the page's own build has everything and stands in between. */
const untilKept = (page: Page, cachesCount = 1) =>
  page.waitForFunction(
    async (count) => {
      const { controller } = navigator.serviceWorker
      const names = await caches.keys()
      return controller?.state === 'activated' && names.length === count ? names.join() : false
    },
    {},
    cachesCount,
  )

t.test(
  'switched on without a network it says so, whom to ring, in each language; and finds back by itself',
  async (t) => {
    const kiosk = await openKiosk(t)
    const { page } = kiosk
    await untilHeading(page, 'Brug for hjælp?')
    await untilKept(page)
    await kiosk.stopServer()
    await page.reload()
    await page.waitForFunction(() => document.body.innerText.includes('Vi har ikke forbindelse lige nu'))
    t.match(await words(page), 'Ring fra din egen telefon: 33 66 33 66')
    t.ok(await page.$('button.call:disabled, .button[disabled]'), 'nothing that cannot be pressed looks as if it could')
    await isAccessible(t, page, 'without a network')
    await speak(page, 'Dansk', 'العربية')
    await page.waitForFunction(() => document.documentElement.dir === 'rtl')
    t.match(await words(page), '33 66 33 66')
    t.ok(
      await page.evaluate(async () => {
        await document.fonts.ready
        return [...document.fonts].some(({ family, status }) => /Arabic/.test(family) && status === 'loaded')
      }),
      'with its font',
    )
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }) && undefined)
    await kiosk.startServer()
    await hears(kiosk.server, 'hello', 1)
    await page.waitForFunction(() => document.querySelector('.notice .number') === null)
    t.equal(await page.evaluate(() => 'isSamePage' in globalThis), true, 'without being loaded again')
    t.same(kiosk.server.doors[0]?.['kioskId'], 'sundby-1', 'as the kiosk that it is')
  },
)

t.test('nothing is kept but the page and its files', async (t) => {
  const { page, server } = await openKiosk(t, { before: refuseAll })
  await untilHeading(page, 'Brug for hjælp?')
  await untilKept(page)
  await getInLine(page)
  const { origin } = server
  await page.evaluate(async () => {
    for (const path of ['/api/v1/session', '/health/live', '/kiosk/?ticket=K7MQ4X.key', '/kiosk/shell.json'])
      await fetch(path)
  })
  const kept = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => url)
  })
  const strange = kept.filter(
    (url) => url !== `${origin}/kiosk/` && !/\/kiosk\/assets\/[^?#]+-[\w-]{8}\.\w+$/.test(url),
  )
  t.same(strange, [])
  t.ok(kept.length > 30, 'but all of them')
  t.notMatch(kept.join(), 'key-of-the-kiosk')
})

/** Whether the page has asked its server for that path. */
const hasAskedFor = (path: string): boolean => performance.getEntriesByName(location.origin + path).length > 0

t.test('a phone with its ticket, and a screen that is nobody, are kept nothing of', async (t) => {
  const server = await KioskServer.start(pageDir)
  t.teardown(() => server.close())
  for (const [address, title] of [
    ['?ticket=K7MQ4X.key', 'Nummeret gælder ikke længere'],
    ['', 'Skærmen er ikke sat op endnu'],
  ] as const) {
    server.doorCode = 'unknown-ticket'
    const { page, context } = await openPage(browser, server.pageUrl + address)
    await untilHeading(page, title)
    // The last that a screen which is nobody does for itself; the worker would be asked for in the same breath.
    if (address === '') await page.waitForFunction(hasAskedFor, {}, '/agent/enrol.html')
    await page.waitForNetworkIdle()
    t.same(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0, title)
    t.same(await page.evaluate(async () => caches.keys()), [], address)
    await context.close()
  }
})

t.test('a newer version is had at once, and the older one is kept no longer', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-newer-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(pageDir, folder, { recursive: true })
  const { page } = await openKiosk(t, { folder })
  await untilHeading(page, 'Brug for hjælp?')
  const older = String(await (await untilKept(page)).jsonValue())
  // The same page by other names, as a build gives them.
  const rename = (file: string) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const [name = ''] = /assets\/index-[\w-]{8}\.js/.exec(text) ?? []
    cpSync(join(folder, name), join(folder, 'assets/index-newer123.js'))
    writeFileSync(join(folder, file), text.replaceAll(name, 'assets/index-newer123.js'))
  }
  rename('index.html')
  rename('shell.json')
  await page.reload()
  t.ok(await page.$('script[src$="index-newer123.js"]'), 'from the server, though an older one is kept')
  await page.waitForFunction(
    async (before) => {
      const names = await caches.keys()
      return names.length === 1 && names[0] !== before
    },
    {},
    older,
  )
  t.match(await page.evaluate(async () => caches.keys()), [/^skranke-shell-.*index-newer123\.js/])
})

/** Before the page: its second thread looks ten times a second, and is told so often that all is well. */
function lookOften(): void {
  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (this: Worker, message: unknown) {
    const ping = { ...(message as object), everyMs: 100 }
    post.call(this, ping)
  } as typeof post
  const real = setInterval
  Object.assign(globalThis, {
    setInterval: (work: () => void, ms = 0) => real(work, ms === 2_000 ? 100 : ms),
  })
}

t.test('a page whose thread hangs is begun anew, and says so', { timeout: 60_000 }, async (t) => {
  const { page, server } = await openKiosk(t, { before: lookOften })
  await untilHeading(page, 'Brug for hjælp?')
  await untilKept(page)
  await hears(server, 'machine.report', 1)
  t.match(server.asked['machine.report'][0], { page: 'works', reloadsCount: 0 })
  page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined)
  await hears(server, 'hello', 2)
  await hears(server, 'machine.report', 2)
  t.match(server.asked['machine.report'].at(-1), { page: 'works', reloadsCount: 1 })
})
