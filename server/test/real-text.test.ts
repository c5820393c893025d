/** Real-time text through everything there is: the kiosk's page, a real SFU, and the desk's page. */
import t from 'tap'
import type { Page } from 'puppeteer'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { TestSystem } from './harness.ts'

/** Waits until the lines in the log, each with who wrote it, are these. */
async function reads(page: Page, ...lines: (readonly [who: string, text: string])[]): Promise<void> {
  const wanted = lines.map(([who, text]) => `${who}: ${text}`).join(' | ')
  await page.waitForFunction(
    (all) => {
      const said = [...document.querySelectorAll('.text-log p:not(.nothing)')]
      const shown = said.map(({ children: [who, text] }) => `${who?.textContent}: ${text?.textContent}`)
      return shown.join(' | ') === all
    },
    {},
    wanted,
  )
}

t.test('what is typed at the kiosk is read at the desk, letter by letter, and the other way round', async (t) => {
  const system = await TestSystem.start(t, { grace: '3 min' })
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  const desk = await openPage(browser, { width: 1280, height: 720 })
  await desk.goto(`${system.url}/agent/`)
  await signIn(desk, { username: 'amal', password: system.access.accounts[0]?.password ?? '' })
  await press(desk, 'Alt er i orden – jeg er klar')
  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
  await press(kiosk, 'Ring efter hjælp')
  await press(desk, 'Svar')
  await press(kiosk, 'Skriv')
  await kiosk.waitForSelector('.key')
  await kiosk.waitForFunction(() => document.body.innerText.includes('ser hvert bogstav, mens du skriver'))

  await press(kiosk, 'h')
  await kiosk.keyboard.type('ej')
  await reads(desk, ['Borgeren', 'hej'])
  t.equal(await desk.$eval('.text-pane', (pane) => pane.hasAttribute('open')), true, 'it opens when something comes')
  await kiosk.keyboard.press('Backspace')
  await kiosk.keyboard.type('jsa')
  await reads(desk, ['Borgeren', 'hejsa'])
  await kiosk.keyboard.press('Enter')

  await desk.locator('.text-pane textarea').click()
  await desk.keyboard.type('Goddag æøå')
  await reads(kiosk, ['Du skrev', 'hejsa'], ['Amal skriver', 'Goddag æøå'])
  await desk.keyboard.press('Enter')
  await reads(kiosk, ['Du skrev', 'hejsa'], ['Amal skrev', 'Goddag æøå'])
  await reads(desk, ['Borgeren', 'hejsa'], ['Du', 'Goddag æøå'])

  await system.killServer()
  await kiosk.locator('.own-line textarea').click()
  await kiosk.keyboard.type('uden server')
  await reads(desk, ['Borgeren', 'hejsa'], ['Du', 'Goddag æøå'], ['Borgeren', 'uden server'])
  await system.startServer()

  await press(kiosk, 'Læg på')
  await untilButton(desk, 'Færdig – klar til næste')
  for (const page of [kiosk, desk]) {
    await page.waitForFunction(() => !/hejsa|Goddag|uden server/.test(document.documentElement.outerHTML))
  }
})
