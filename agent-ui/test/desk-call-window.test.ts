/** A call on two screens: its pictures in a window of their own, the panels in the desk, and back whatever becomes of either. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { openBrowser, Screen } from './browser.ts'
import { deskTests } from './desk-page.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)

/** As in a browser that cannot keep a window in front. */
const withoutPictureInPicture = (): void => {
  delete (globalThis as { documentPictureInPicture?: unknown }).documentPictureInPicture
}

/** The window that opens while `open` is done. */
async function opened(screen: Screen, open: () => Promise<void>): Promise<Screen> {
  const popup = new Promise<Page | null>((resolve) => screen.page.once('popup', resolve))
  await open()
  const page = await popup
  if (page === null) throw new Error('no window was opened')
  return screen.beside(page)
}

const isInDesk = (screen: Screen) => screen.page.waitForSelector('.call:not(.is-apart) .remote-picture')

deskTest(
  'out and back by the button, and again with the next call',
  { before: withoutPictureInPicture },
  async (t, desk) => {
    const { server, screen, asked } = desk
    server.converse()
    const apart = await opened(screen, () => screen.press('Eget vindue'))
    await screen.says('Billederne er i deres eget vindue')
    t.equal(await screen.page.$('.remote-picture'), null, 'they are in one place')
    await apart.find('button', 'Mikrofon til')
    t.match(await apart.page.title(), /Nørrebro Bibliotek/)
    const background = await apart.page.$eval('.stage', (stage) => getComputedStyle(stage).backgroundColor)
    t.equal(background, 'rgb(10, 14, 18)', 'the styles came along under the policy')
    t.same(await apart.violations(), [], 'axe finds nothing in the window')
    t.same(await screen.violations(), [], 'nor in the desk')

    // Both windows have what a call is worked by, and tell the same.
    await apart.press('Mikrofon til')
    await screen.find('button', 'Mikrofon fra')
    await apart.chord('M')
    await screen.find('button', 'Mikrofon til')
    await apart.press('Sæt på vent')
    await apart.says('Borgeren venter')
    await screen.press('Tilbage til borgeren')
    await apart.find('button', 'Sæt på vent')

    await screen.press('Hent billederne')
    await isInDesk(screen)
    const again = await opened(screen, () => screen.press('Eget vindue'))
    await again.press('Læg på')
    await screen.heading('Efterbehandling')
    t.equal(again.page.isClosed(), true, 'it is gone with the call')
    await screen.chord('F')
    await screen.heading('Du er klar')
    server.offer()
    await screen.heading('Nørrebro Bibliotek')
    const next = await opened(screen, () => screen.chord('S'))
    await next.find('button', 'Læg på')
    t.same(asked().filter((name) => name === 'offer.accept').length, 1)
  },
)

deskTest(
  'whatever becomes of a window, the pictures are somewhere',
  { before: withoutPictureInPicture },
  async (t, desk) => {
    const { server, screen } = desk
    server.converse()
    const apart = await opened(screen, () => screen.press('Eget vindue'))
    await apart.find('button', 'Læg på')
    await apart.page.close()
    await isInDesk(screen)
    await screen.find('button', 'Eget vindue')
    const again = await opened(screen, () => screen.press('Eget vindue'))
    await again.find('button', 'Læg på')
    screen.page.on('dialog', (dialog) => void dialog.accept())
    await screen.page.reload()
    await isInDesk(screen)
    t.equal(again.page.isClosed(), true, 'no window stands there without a desk')
    await screen.page.evaluate(() => (window.open = () => null))
    await screen.press('Eget vindue')
    await screen.says('Browseren lod os ikke åbne et vindue.')
    await isInDesk(screen)
  },
)

deskTest('in front of other windows, where the browser can do that', {}, async (t, { server, screen }) => {
  server.converse()
  await screen.find('button', 'Eget vindue')
  const isAble = await screen.page.evaluate(() => 'documentPictureInPicture' in globalThis)
  if (!isAble) return void t.pass('this browser cannot')
  await screen.press('Eget vindue')
  await screen.page.waitForFunction(() => {
    const { documentPictureInPicture: own } = globalThis as unknown as {
      documentPictureInPicture: { readonly window: Window | null }
    }
    return own.window?.document.querySelector('.stage .controls .hang-up')
  })
  await screen.says('Billederne er i deres eget vindue')
  await screen.chord('U')
  await isInDesk(screen)
})
