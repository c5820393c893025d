/** The page in a browser, against a server that speaks the contract: the citizen's way, and what can go wrong on it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'puppeteer'
import t, { type Test } from 'tap'
import { launchBrowser, openPage, press, untilHeading, type PageOptions } from './browser.ts'
import { buildPage } from './build-page.ts'
import { startKioskServer, type KioskServer } from './kiosk-server.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const IDENTITY = '#kiosk=sundby-1&key=key-of-the-kiosk'
/** Said by the other side and typed nowhere: after the reset it must be found nowhere. */
const SECRET = 'Hemmelighed'

let browser: Browser

t.before(async () => {
  await buildPage()
  browser = await launchBrowser()
})
t.after(() => browser.close())

type Kiosk = { readonly server: KioskServer; readonly page: Page; readonly faults: string[] }

async function kiosk(test: Test, options: PageOptions & { readonly identity?: string } = {}): Promise<Kiosk> {
  const server = await startKioskServer()
  const { page, context, faults } = await openPage(browser, server.pageUrl + (options.identity ?? IDENTITY), options)
  test.teardown(async () => {
    await context.close()
    await server.close()
    // Errors, and whatever its policy forbade it.
    if (faults.length > 0) throw new Error(`the page said: ${faults.join('; ')}`)
  })
  return { server, page, faults }
}

/** Runs axe on what is shown now, in this language and the other one. */
async function isAccessible(test: Test, page: Page, what: string): Promise<void> {
  // Past the page's own policy, into a world of the tool.
  const client = await page.createCDPSession()
  await client.send('Page.setBypassCSP', { enabled: true })
  // Fading in is over when nothing moves but what moves for ever.
  await page.waitForFunction(() =>
    document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity),
  )
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(on: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const rules = { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } }
    const { violations } = await axe.run(document, { rules })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
  test.same(found, [], `${what}: axe has nothing to say`)
  await client.detach()
}

/** Waits until the server has been asked `name` so often: the page shows what was pressed before the server hears of it. */
async function hears(server: KioskServer, name: keyof KioskServer['asked'], times: number): Promise<void> {
  const deadline = performance.now() + 10_000
  while (server.asked[name].length < times) {
    if (performance.now() > deadline) throw new Error(`${name} was asked ${server.asked[name].length} times`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const until = (page: Page, selector: string) => page.waitForSelector(selector)
const words = (page: Page) => page.evaluate(() => document.body.innerText)
/** Camera and microphone tracks that are open right now, seen through the browser’s own hands. */
const openTracks = (page: Page) =>
  page.evaluate(() => {
    const { tracks = [] } = globalThis as unknown as { tracks?: MediaStreamTrack[] }
    return tracks.filter(({ readyState }) => readyState === 'live').length
  })

/** Before the page: keeps every track it is ever given. */
function watchTracks(): void {
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
function refuseCamera(): void {
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    if (constraints?.video) throw new DOMException('no camera', 'NotFoundError')
    return open(constraints)
  }
}

function refuseAll(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException('not allowed', 'NotAllowedError')
  }
}

/** From the press until in line. */
async function getInLine(page: Page): Promise<void> {
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
}

t.test('the citizen’s way, from the press to the next citizen', async (t) => {
  const { server, page } = await kiosk(t, { before: watchTracks })
  await untilHeading(page, 'Brug for hjælp?')
  t.equal(new URL(page.url()).hash, '', 'the key is gone from the address')
  t.match(await words(page), 'Samtalen optages ikke')
  await isAccessible(t, page, 'idle')
  t.equal(await openTracks(page), 0, 'no camera before the press')

  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
  t.equal(server.asked['call.start'].length, 1)
  const callId = server.asked['call.start'][0]?.callId
  await until(page, '.own-picture video')
  t.equal(await openTracks(page), 2, 'camera and microphone')
  await isAccessible(t, page, 'waiting, asked for the language')

  await press(page, 'English')
  await untilHeading(page, 'You are number 2 in line')
  t.equal(await page.evaluate(() => document.documentElement.lang), 'en')
  await hears(server, 'call.refine', 1)
  t.same(server.asked['call.refine'], [{ callId, language: 'en' }])
  await isAccessible(t, page, 'waiting, asked for the matter')

  await press(page, 'Passport and driving licence')
  await page.locator('::-p-aria([name="Change subject"])').wait()
  t.match(await words(page), 'Passport and driving licence', 'shown at once')
  server.moveTo(1)
  await untilHeading(page, 'You are next')
  await hears(server, 'call.refine', 2)
  t.same(server.asked['call.refine'][1], { callId, matterId: 'passport' })
  await isAccessible(t, page, 'waiting, nothing to ask')
  server.moveTo(null)
  await untilHeading(page, 'We are finding somebody for you')

  server.connectTo(SECRET)
  await untilHeading(page, `You are talking to ${SECRET}`)
  await hears(server, 'media.ticket', 1)
  await isAccessible(t, page, 'in the conversation')
  await press(page, 'Mute microphone')
  await page.locator('::-p-aria([name="Unmute microphone"])').wait()
  t.match(await words(page), 'cannot hear you')
  await press(page, 'Turn camera off')
  await page.locator('::-p-aria([name="Turn camera on"])').wait()
  await isAccessible(t, page, 'in the conversation, unseen and unheard')

  await press(page, 'Hang up')
  await untilHeading(page, 'Thank you for today')
  await hears(server, 'call.hang-up', 1)
  t.same(server.asked['call.hang-up'], [{ callId }])
  t.equal(await openTracks(page), 0, 'the camera is closed')
  await isAccessible(t, page, 'goodbye')
  await press(page, 'Start over')
  await untilHeading(page, 'Brug for hjælp?')
  t.equal(await page.evaluate(() => document.documentElement.lang), 'da')
  const left = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.title,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
    ].join(),
  )
  t.notMatch(left, SECRET, 'nothing is left of the last person')
  t.notMatch(left, callId ?? '-', 'nor of their call')
  t.equal(await page.evaluate(async () => (await indexedDB.databases()).length + document.cookie.length), 0)
})

t.test('hanging up in line, and the two halves of a double tap', async (t) => {
  const { server, page } = await kiosk(t)
  await untilHeading(page, 'Brug for hjælp?')
  await page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>('button.call')
    button?.click()
    button?.click()
  })
  await untilHeading(page, 'Du er nummer 2 i køen')
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('button.end')?.click())
  t.match(await words(page), 'Du er nummer 2', 'the second half of a double tap does not hang up')
  t.equal(server.asked['call.start'].length, 1)
  await press(page, 'Spring over')
  await press(page, 'Ved ikke / noget andet')
  await press(page, 'Skift emne')
  await press(page, 'Lektiehjælp')
  await hears(server, 'call.refine', 1)
  t.same(server.asked['call.refine'].length, 1, 'what is passed over is not sent')
  await press(page, 'Læg på')
  await untilHeading(page, 'Du er ikke længere i kø')
  await hears(server, 'call.hang-up', 1)
  await isAccessible(t, page, 'out of the line')
  await press(page, 'Start forfra')
  await untilHeading(page, 'Brug for hjælp?')
})

t.test('the language chosen before the press counts', async (t) => {
  const { server, page } = await kiosk(t)
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'English')
  await untilHeading(page, 'Need help?')
  await isAccessible(t, page, 'idle, in English')
  await press(page, 'Call for help')
  await untilHeading(page, 'You are number 2 in line')
  await page.locator('::-p-aria([name="Homework help"])').wait()
  await hears(server, 'call.refine', 1)
  t.match(server.asked['call.refine'], [{ language: 'en' }])
})

t.test('a slow answer is shown on the button', async (t) => {
  const { server, page } = await kiosk(t)
  let answer = () => {}
  server.holdStart = new Promise((resolve) => (answer = resolve))
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await page.locator('::-p-aria([name="Ringer op …"])').wait()
  await isAccessible(t, page, 'the press is under way')
  answer()
  await untilHeading(page, 'Du er nummer 2 i køen')
})

t.test('not taken in', async (t) => {
  const { server, page } = await kiosk(t, { before: watchTracks })
  server.startCode = 'queue-full'
  await untilHeading(page, 'Brug for hjælp?')
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Der er for mange i køen lige nu')
  await page.waitForFunction(() => !document.querySelector('video'))
  t.equal(await openTracks(page), 0, 'a camera that opens late is closed at once')
  await isAccessible(t, page, 'the queue is full')
  await press(page, 'Start forfra')
  await untilHeading(page, 'Brug for hjælp?')
  server.startCode = 'not-ready'
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Det lykkedes ikke at ringe op')
  await isAccessible(t, page, 'not put through')
})

t.test('the connection goes and comes back: on the idle screen, in line, in the conversation', async (t) => {
  const { server, page } = await kiosk(t)
  await untilHeading(page, 'Brug for hjælp?')
  server.goAway()
  await until(page, 'button.call:disabled')
  t.match(await words(page), 'Vi har ikke forbindelse lige nu')
  await isAccessible(t, page, 'idle, without connection')
  server.comeBack()
  await until(page, 'button.call:enabled')

  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
  server.goAway()
  await until(page, '.notice')
  t.match(await words(page), 'Din plads er gemt')
  t.match(await words(page), 'Du er nummer 2 i køen', 'the place is still there')
  await isAccessible(t, page, 'in line, without connection')
  server.comeBack()
  await page.waitForFunction(() => document.querySelector('.notice') === null)

  server.connectTo('Amal')
  await untilHeading(page, 'Du taler med Amal')
  server.goAway()
  server.comeBack()
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Du taler med Amal')
  server.connectTo('Amal', { isAgentLost: true })
  await page.waitForFunction(() => document.body.innerText.includes('Amal har mistet forbindelsen'))
  await isAccessible(t, page, 'the agent is lost')
  server.end('failed', 'media-lost')
  await untilHeading(page, 'Samtalen blev afbrudt')
  await isAccessible(t, page, 'cut off')
})

t.test('a hang-up that the server could not hear is said again', async (t) => {
  const { server, page } = await kiosk(t)
  await getInLine(page)
  server.goAway()
  await until(page, '.notice')
  await press(page, 'Læg på')
  await untilHeading(page, 'Du er ikke længere i kø')
  t.equal(server.asked['call.hang-up'].length, 0)
  server.comeBack()
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Du er ikke længere i kø')
  await hears(server, 'call.hang-up', 1)
  t.pass('it arrived')
})

t.test('the agent hangs up', async (t) => {
  const { server, page } = await kiosk(t, { before: watchTracks })
  await getInLine(page)
  server.connectTo('Amal')
  await untilHeading(page, 'Du taler med Amal')
  server.end('answered', 'agent-hung-up')
  await untilHeading(page, 'Tak for i dag')
  t.equal(await openTracks(page), 0)
})

t.test('loaded again in the middle: the camera stays closed until somebody says that they are there', async (t) => {
  const { server, page } = await kiosk(t, { before: watchTracks })
  await getInLine(page)
  await page.reload()
  await untilHeading(page, 'Er du der stadig?')
  t.equal(await openTracks(page), 0)
  await isAccessible(t, page, 'still there?')
  await press(page, 'Ja, fortsæt')
  await untilHeading(page, 'Du er nummer 2 i køen')
  await until(page, '.own-picture video')
  await page.reload()
  await untilHeading(page, 'Er du der stadig?')
  await press(page, 'Nej, læg på')
  await untilHeading(page, 'Brug for hjælp?')
  await hears(server, 'call.hang-up', 1)
})

t.test('without a camera, and without anything', async (t) => {
  const blind = await kiosk(t, { before: refuseCamera })
  await getInLine(blind.page)
  await blind.page.waitForFunction(() => document.body.innerText.includes('Kameraet virker ikke'))
  await isAccessible(t, blind.page, 'no camera')
  const neither = await kiosk(t, { before: refuseAll })
  await getInLine(neither.page)
  await neither.page.waitForFunction(() => document.body.innerText.includes('Kamera og mikrofon virker ikke'))
  neither.server.connectTo('Amal')
  await untilHeading(neither.page, 'Du taler med Amal')
  t.match(await words(neither.page), 'Kamera og mikrofon virker ikke')
  await isAccessible(t, neither.page, 'in the conversation without devices')
})

t.test('screens on which nobody can call', async (t) => {
  const bare = await kiosk(t, { identity: '' })
  await untilHeading(bare.page, 'Skærmen er ikke sat op endnu')
  await isAccessible(t, bare.page, 'not set up')

  const { server, page } = await kiosk(t)
  await untilHeading(page, 'Brug for hjælp?')
  server.tellReplaced()
  await untilHeading(page, 'Skærmen er åben i et andet vindue')
  await isAccessible(t, page, 'replaced')
  await press(page, 'Brug dette vindue')
  await untilHeading(page, 'Brug for hjælp?')

  server.doorCode = 'not-signed-in'
  await page.reload()
  await untilHeading(page, 'Skærmen er ude af drift')
  await isAccessible(t, page, 'turned away')

  server.doorCode = 'version-mismatch'
  const loaded = page.waitForNavigation()
  await page.reload()
  await loaded
  await untilHeading(page, 'Skærmen henter en ny udgave')
  await isAccessible(t, page, 'out of date')
})

t.test('fits the kiosk both ways, a phone, both directions of writing and the dark', async (t) => {
  const sizes = [
    { width: 1080, height: 1920, targetMin: 72 },
    { width: 1920, height: 1080, targetMin: 72 },
    { width: 320, height: 640, targetMin: 52 },
  ]
  for (const { width, height, targetMin } of sizes) {
    const { server, page } = await kiosk(t, { width, height, isDark: width === 1080 })
    const look = async (what: string) => {
      for (const direction of ['ltr', 'rtl']) {
        await page.evaluate((dir) => (document.documentElement.dir = dir), direction)
        const found = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement
          const sizes = [...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())
          const outside = sizes.filter((box) => box.left < 0 || box.right > clientWidth + 1).length
          return {
            overflow: scrollWidth - clientWidth,
            outside,
            smallest: Math.min(...sizes.map((b) => Math.min(b.width, b.height))),
          }
        })
        const where = `${what} at ${width} × ${height}, ${direction}`
        t.equal(found.overflow, 0, `${where}: nothing sticks out`)
        t.equal(found.outside, 0, `${where}: every button is within reach`)
        t.ok(found.smallest >= targetMin, `${where}: the smallest button is ${found.smallest} pixels`)
      }
      await page.evaluate(() => (document.documentElement.dir = 'ltr'))
      if (height >= 1080) {
        const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
        t.ok(below <= 0, `${what} at ${width} × ${height}: nothing lies below the edge (${below})`)
      }
    }
    await untilHeading(page, 'Brug for hjælp?')
    await look('idle')
    await isAccessible(t, page, `idle at ${width}`)
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await until(page, '.own-picture video')
    await press(page, 'Dansk')
    await page.locator('::-p-aria([name="Lektiehjælp"])').wait()
    await look('waiting')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await look('conversation')
    await isAccessible(t, page, `conversation at ${width}`)
  }
})

t.end()
