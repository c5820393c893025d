/** The desk before a call and on an offer, and a still within one: nothing that axe knows to be wrong, nothing cut off. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import { openBrowser, Screen } from './browser.ts'
import { sara } from './people.ts'
import { earlierToday } from './scripted-desk.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const looks = [
  { isDark: false, width: 1280, height: 720 },
  { isDark: true, width: 1920, height: 1080 },
  { isDark: false, width: 320, height: 640 },
] as const

/** Where pictures of each screen go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function check(t: Test, screen: Screen, name: string, selector: string): Promise<void> {
  const { page } = screen
  await page.waitForSelector(selector)
  const width = page.viewport()?.width
  if (shotsDir !== undefined) {
    mkdirSync(shotsDir, { recursive: true })
    await page.screenshot({
      path: resolve(shotsDir, `before-${name.replaceAll(' ', '-')}-${width}.png`) as `${string}.png`,
    })
  }
  t.same(await screen.violations(), [], `${name}, ${width} wide: axe finds nothing`)
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  t.equal(overflowPx, 0, `${name}, ${width} wide: nothing is wider than the window`)
  t.notMatch(await screen.text(), /\b(path|day|earlier|still|blur|quality)\.[a-z]/i, `${name}: no bare ids`)
}

/** A camera whose driver can blur, and one still picture as what the citizen sends. */
const beforePage = (): void => {
  const original = MediaStreamTrack.prototype.getCapabilities
  MediaStreamTrack.prototype.getCapabilities = function () {
    return Object.assign(original.call(this), this.kind === 'video' ? { backgroundBlur: [false, true] } : {})
  }
  const apply = MediaStreamTrack.prototype.applyConstraints
  const blurs: boolean[] = []
  Object.assign(globalThis, { blurs })
  MediaStreamTrack.prototype.applyConstraints = function (constraints) {
    const { backgroundBlur } = (constraints ?? {}) as { backgroundBlur?: boolean }
    if (backgroundBlur !== undefined) blurs.push(backgroundBlur)
    return apply.call(this, constraints)
  }
}

for (const look of looks) {
  t.test(`${look.width} wide`, async (t) => {
    const server = await ScriptedServer.start()
    const screen = await Screen.open(browser, server.url, {
      ...look,
      cookie: server.cookieOf(sara),
      before: beforePage,
    })
    const { page } = screen
    const blurs = () => page.evaluate(() => (globalThis as unknown as { blurs: boolean[] }).blurs)
    try {
      await screen.says('Den kan ikke prøves lige nu.')
      t.equal(server.desk.pathTests, 1, 'tried by itself, and once')
      await check(t, screen, 'the check', '.blur-choice')
      await page.locator('.blur-choice input').click()
      await page.waitForFunction(() => (globalThis as unknown as { blurs: boolean[] }).blurs.at(-1) === true)
      server.show({ availability: 'available', awayReason: null })
      await check(t, screen, 'the own day', '.own-day')
      await screen.saysLike(/Taletid\s+42 min/)
      server.desk.earlier = earlierToday(server.now())
      server.offer(600_000)
      await screen.saysLike(/kl\. \d\d\.\d\d, Borgerservice, Nørrebro Bibliotek, talte med Amal Yusuf/)
      await check(t, screen, 'an offer with earlier calls', '.countdown-left')
      await page.waitForFunction(() => (globalThis as unknown as { blurs: boolean[] }).blurs.at(-1) === true)
      server.offer(600_000, { mode: 'signing' })
      await page.waitForFunction(() => (globalThis as unknown as { blurs: boolean[] }).blurs.at(-1) === false)
      t.equal((await blurs()).at(-1), false, 'hands are never blurred in a call in signing')
      server.converse()
      await check(t, screen, 'a call', '.quality-lines')
      await page.evaluate(() => {
        const canvas = document.createElement('canvas')
        canvas.getContext('2d')?.fillText('Kontrakt', 20, 40)
        const video = document.querySelector<HTMLVideoElement>('.remote-picture')
        if (video !== null) video.srcObject = canvas.captureStream(5)
        return video?.play()
      })
      await page.waitForFunction(() => document.querySelector<HTMLVideoElement>('.remote-picture')?.videoWidth)
      await screen.chord('B')
      await check(t, screen, 'a still', '.still')
      await screen.press('Læg væk')
      await page.waitForFunction(() => document.querySelector('.still') === null)
      t.same(server.desk.stillsSaid.slice(-2), [true, false], 'the citizen is told of it, and when it is gone')
      t.same(server.bugs, [])
      t.same(screen.complaints, [])
    } finally {
      await screen.close()
      await server.stop()
    }
  })
}

t.test('whoever looks at something else is told by the desktop, and comes back by a press', async (t) => {
  const server = await ScriptedServer.start()
  const screen = await Screen.open(browser, server.url, {
    cookie: server.cookieOf(sara),
    before: () => {
      const notices: { title: string; isClosed: boolean }[] = []
      Object.assign(globalThis, { notices, isFocused: 0 })
      class Told {
        static permission = 'granted'
        onclick: (() => void) | undefined
        isClosed = false
        title: string
        constructor(title: string) {
          this.title = title
          notices.push(this)
        }
        close() {
          this.isClosed = true
        }
      }
      Object.assign(globalThis, { Notification: Told })
      window.focus = () => void Object.assign(globalThis, { isFocused: 1 })
      document.hasFocus = () => false
    },
  })
  try {
    server.show({ availability: 'available', awayReason: null })
    await screen.heading('Du er klar')
    server.offer(600_000)
    await screen.heading('Nørrebro Bibliotek')
    type Told = { notices: { title: string; isClosed: boolean; onclick: () => void }[]; isFocused: number }
    const told = () =>
      screen.page.evaluate(() =>
        (globalThis as unknown as Told).notices.map(({ title, isClosed }) => ({ title, isClosed })),
      )
    t.match(await told(), [{ title: /Nørrebro Bibliotek/, isClosed: false }])
    await screen.page.evaluate(() => (globalThis as unknown as Told).notices[0]?.onclick())
    t.equal(await screen.page.evaluate(() => (globalThis as unknown as Told).isFocused), 1, 'a press leads to the desk')
    server.expireOffer()
    await screen.saysNoMore('Nørrebro Bibliotek')
    t.match(await told(), [{ isClosed: true }], 'and it is gone with the offer')
  } finally {
    await screen.close()
    await server.stop()
  }
})
