/** The kiosk page in the narrowest window. How it fits a kiosk is judged screen by screen in `states/`. */
import type { Page } from 'puppeteer'
import t, { type Test } from 'tap'
import { press, untilHeading } from './browser.ts'
import { getInLine, isAccessible, openKiosks, until } from './kiosk-page.ts'

const size = { width: 320, height: 640, targetMin: 52 }

/** Looks at a screen in both directions of writing: everything within reach, and large enough to be hit. */
function looker(t: Test, page: Page, { width, height, targetMin }: typeof size) {
  return async (what: string) => {
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
  }
}

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('fits a phone in both directions of writing', async (t) => {
    const { width } = size
    const { server, page } = await kiosk(t, size)
    const look = looker(t, page, size)
    await untilHeading(page, 'Brug for hjælp?')
    await look('idle')
    await isAccessible(t, page, `idle at ${width}`)
    server.goAway()
    await until(page, 'button.call:disabled')
    await look('idle, without connection')
    await isAccessible(t, page, `idle without connection at ${width}`)
    server.comeBack()
    await until(page, 'button.call:enabled')
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await until(page, '.own-picture video')
    await press(page, 'Dansk')
    await page.locator('::-p-aria([name="Lektiehjælp"])').wait()
    await look('waiting')
    server.line({ wait: null })
    await page.waitForFunction(() => document.body.innerText.includes('Vi ved ikke lige nu'))
    await look('waiting, for nobody knows how long')
    server.line({ positionMin: 3, positionMax: 12, wait: { p50Ms: 900_000, p80Ms: 1_500_000 } })
    await untilHeading(page, 'Du er nummer 3–12 i køen')
    await look('waiting, in a spread place, with a notice')
    await isAccessible(t, page, `waiting at ${width}`)
    await press(page, 'Tag din plads med')
    await page.locator('::-p-aria([name="Jeg kommer selv igen"])').wait()
    await look('taking the place along')
    await isAccessible(t, page, `taking the place along at ${width}`)
    await press(page, 'Nej, jeg bliver her')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await look('conversation')
    await isAccessible(t, page, `conversation at ${width}`)
    server.end('failed', 'media-lost')
    await untilHeading(page, 'Samtalen blev afbrudt')
    await look('cut off')
    await isAccessible(t, page, `cut off at ${width}`)
    await press(page, 'Ring op igen')
    await untilHeading(page, 'Du er nummer 2 i køen')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await press(page, 'Læg på')
    await untilHeading(page, 'Tak for i dag')
    await look('goodbye')
    await isAccessible(t, page, `goodbye at ${width}`)
  })

  t.test('typing a ticket, and the number that is kept, fit as well', async (t) => {
    const { width } = size
    const { server, page } = await kiosk(t, size)
    const look = looker(t, page, size)
    await untilHeading(page, 'Brug for hjælp?')
    server.callTickets({ ticket: 'K7MQ4X', isRungHere: false }, { ticket: 'ABCDEF', isRungHere: false })
    await until(page, '.called')
    await look('a ticket is called')
    await isAccessible(t, page, `a ticket is called at ${width}`)
    await press(page, 'Jeg har et nummer')
    await untilHeading(page, 'Tast dit nummer')
    await look('keypad')
    await page.keyboard.type('234567')
    await press(page, 'Hent min plads')
    await page.waitForFunction(() => document.body.innerText.includes('Vi kan ikke finde det nummer'))
    await look('keypad, unknown')
    await isAccessible(t, page, `keypad at ${width}`)
    await press(page, 'Tilbage')
    server.callTickets()
    await getInLine(page)
    await press(page, 'Tag din plads med')
    await press(page, 'Ring til mig på denne skærm')
    await untilHeading(page, 'Du kan gå, dit nummer står fast')
    await look('kept')
    await isAccessible(t, page, `kept at ${width}`)
  })
})
