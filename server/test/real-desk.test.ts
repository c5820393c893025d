/** The desk before and in a call, with real pages, a real SFU and real media: what it says of the way is what it has measured. */
import t from 'tap'
import type { Page } from 'puppeteer'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { UdpRelay } from '#loadtest/browser/udp-relay.ts'
import { TestSystem } from './harness.ts'

const says = (page: Page, pattern: RegExp) =>
  page.waitForFunction((source) => new RegExp(source).test(document.body.innerText), {}, pattern.source)

t.test('the way is tried before the call; in it each direction is judged, and a still is gone with it', async (t) => {
  const system = await TestSystem.start(t)
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  const desk = await openPage(browser, { width: 1280, height: 720 })
  const kiosksWay = new UdpRelay()
  t.teardown(() => kiosksWay.close())
  await kiosksWay.intercept(kiosk)
  await desk.goto(`${system.url}/agent/`)
  await signIn(desk, { username: 'amal', password: system.access.accounts[0]?.password ?? '' })
  await says(desk, /Den er (god|svag[^.]*)\.\s\d+ ms frem og tilbage/)
  t.equal((await system.db.selectFrom('calls').selectAll().execute()).length, 0, 'which was no call')
  await press(desk, 'Alt er i orden – jeg er klar')
  await says(desk, /Din dag[^]*Opkald taget\s+0/)
  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
  await press(kiosk, 'Ring efter hjælp')
  await press(desk, 'Svar')
  const word = '(godt|det kan halte|dårligt)\\s+anslået [1-4],\\d af 5'
  await says(desk, new RegExp(`Borgeren hører dig: ${word}`))
  await says(desk, new RegExp(`Du hører borgeren: ${word}`))

  await press(desk, 'Mikrofon til')
  await says(desk, /Borgeren hører dig: intet sendes lige nu/)
  await press(desk, 'Mikrofon fra')

  await press(desk, 'Tag et billede')
  await desk.waitForSelector('.still canvas')
  await says(kiosk, /Amal ser på et billede af det, du viste\. Billedet gemmes ikke\./)
  /** Waits until the still lies across or stands, with a picture in it. */
  const untilShown = (isAcross: boolean) =>
    desk.waitForFunction(
      (shallBeAcross) => {
        const canvas = document.querySelector<HTMLCanvasElement>('.still canvas')
        if (canvas === null || canvas.width > canvas.height !== shallBeAcross) return false
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        return pixels.some((value, index) => index % 4 !== 3 && value > 40)
      },
      {},
      isAcross,
    )
  await untilShown(true)
  await press(desk, 'Drej')
  await untilShown(false)
  await press(desk, 'Større')
  await says(desk, /150\s?%/)
  await press(desk, 'Læg væk')
  await kiosk.waitForFunction(() => !document.body.innerText.includes('ser på et billede'))

  kiosksWay.lose(0.3)
  await says(desk, /Du hører borgeren: (det kan halte|dårligt)/)
  await says(desk, /Det er forbindelsen hos borgeren, der halter/)
  kiosksWay.lose(0)
  await press(desk, 'Tag et billede')
  await desk.waitForSelector('.still canvas')
  await press(desk, 'Læg på')
  await untilButton(desk, 'Færdig – klar til næste')
  t.equal(await desk.$('canvas'), null, 'nothing is left of the still')
  await press(desk, 'Færdig – klar til næste')
  await says(desk, /Din dag[^]*Opkald taget\s+1/)
})
