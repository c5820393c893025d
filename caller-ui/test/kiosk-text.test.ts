/** The text line of a conversation at the kiosk: keys on the screen, keys on a desk, and nothing left of it. */
import t from 'tap'
import type { Page } from 'puppeteer'
import { press, speak, untilHeading } from './browser.ts'
import { getInLine, isAccessible, openKiosks, words } from './kiosk-page.ts'

const line = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLTextAreaElement>('.own-line textarea')?.value ?? 'there is none')

async function tap(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.locator(`::-p-aria([name="${key}"][role="button"])`).click()
}

/** Millimetres of the narrowest side of a key, and how much of the agent's picture is left, in square millimetres. */
function sizes(page: Page): Promise<{ keyMm: number; stageMm2: number; isInside: boolean }> {
  return page.evaluate(() => {
    const probe = document.createElement('i')
    probe.style.inlineSize = 'calc(var(--mm) * 100)'
    probe.style.display = 'block'
    document.body.append(probe)
    const mm = probe.getBoundingClientRect().width / 100
    probe.remove()
    const boxes = [...document.querySelectorAll('.key')].map((key) => key.getBoundingClientRect())
    const stage = document.querySelector('.stage')?.getBoundingClientRect() ?? new DOMRect()
    return {
      keyMm: Math.min(...boxes.map(({ width, height }) => Math.min(width, height))) / mm,
      stageMm2: (stage.width * stage.height) / mm ** 2,
      isInside: document.documentElement.scrollWidth <= innerWidth,
    }
  })
}

/** All of the button that ends the call is above the bar at the lower edge. */
function isEndInReach(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const end = document.querySelector('.controls .end')?.getBoundingClientRect()
    const bar = document.querySelector('.comfort')?.getBoundingClientRect()
    return end !== undefined && bar !== undefined && scrollY === 0 && end.bottom <= bar.top
  })
}

/** What a button says, in whatever language. */
const nameOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (button) => button.textContent?.trim() ?? '')

const openKiosk = await openKiosks(t)

for (const [width, height] of [
  [1080, 1920],
  [1920, 1080],
] as const) {
  t.test(`somebody writes at ${width} × ${height}`, async (t) => {
    const { page, server } = await openKiosk(t, { width, height })
    await getInLine(page)
    server.connectTo('Sara')
    await untilHeading(page, 'Du taler med Sara')
    await press(page, 'Skriv')
    await page.waitForSelector('.key')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    // The keys are deaf to the second half of the tap that opened them, which this waits for.
    await press(page, 'h')
    await tap(page, 'e', 'e', 'Slet bogstav', 'j', 'Mellemrum', 'å')
    t.equal(await line(page), 'hej å', 'the same key twice in a row is meant twice')
    await page.keyboard.type('ø')
    await page.keyboard.press('Home')
    await tap(page, 'Store bogstaver', 'Q')
    t.equal(await line(page), 'Qhej åø', 'where the caret is, with either keyboard')
    const { keyMm, stageMm2, isInside } = await sizes(page)
    t.ok(keyMm >= 16, `keys of ${keyMm.toFixed(1)} mm`)
    t.ok(stageMm2 > 5_000, `the picture keeps ${stageMm2.toFixed(0)} mm²`)
    t.ok(isInside, 'nothing sticks out')
    t.ok(await isEndInReach(page), 'hanging up needs no scrolling')
    await isAccessible(t, page, `text ${width}`)
    await tap(page, 'Ny linje')
    t.equal(await line(page), '')
    t.match(await words(page), /Du skrev\s+Qhej åø/)
    await page.keyboard.type('hemmelig')
    await press(page, 'Læg på')
    await page.waitForSelector('.goodbye')
    t.notMatch(await page.evaluate(() => document.documentElement.outerHTML), /hemmelig|Qhej/)
    t.notMatch(
      await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href])),
      /hemmelig|Qhej/,
    )
  })
}

t.test('in a hand, with the keyboard of the phone', async (t) => {
  const { page, server } = await openKiosk(t, { width: 320, height: 640 })
  await getInLine(page)
  server.connectTo('Sara')
  await untilHeading(page, 'Du taler med Sara')
  await press(page, 'Skriv')
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  t.equal(await page.$('.key'), null)
  await page.keyboard.type('hej')
  await page.keyboard.press('Enter')
  t.match(await words(page), /Du skrev\s+hej/)
  const { isInside, stageMm2 } = await sizes(page)
  t.ok(isInside, 'nothing sticks out')
  t.ok(stageMm2 > 5_000, `the picture keeps ${stageMm2.toFixed(0)} mm²`)
  await isAccessible(t, page, 'text in a hand')
})

t.test('in Arabic, from right to left', async (t) => {
  const { page, server } = await openKiosk(t)
  await untilHeading(page, 'Brug for hjælp?')
  await speak(page, 'Dansk', 'العربية')
  await page.waitForFunction(() => document.documentElement.dir === 'rtl')
  // What the buttons say is the translators': they are pressed by what they say now.
  await press(page, await nameOf(page, '.button.call'))
  await page.waitForSelector('.waiting')
  server.connectTo('Sara')
  await page.waitForSelector('.conversation')
  await press(page, await nameOf(page, '.controls > .button:nth-last-child(2)'))
  await page.waitForSelector('.key')
  await press(page, 'ش')
  await tap(page, 'ك', 'ر', 'ا')
  t.equal(await line(page), 'شكرا')
  const [first = 0, last = 0] = await page.$$eval('.key-row:nth-child(2) .key', (keys) =>
    [keys[0], keys.at(-1)].map((key) => key?.getBoundingClientRect().left ?? 0),
  )
  t.ok(last < first, 'the first key of a row is at the right')
  const { keyMm, isInside } = await sizes(page)
  t.ok(keyMm >= 16, `keys of ${keyMm.toFixed(1)} mm`)
  t.ok(isInside, 'nothing sticks out')
  await isAccessible(t, page, 'text in Arabic')
})
