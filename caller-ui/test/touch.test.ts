/** What a finger does to a button, and what it does not. */
import type { CDPSession, Page } from 'puppeteer'
import t, { type Test } from 'tap'
import { press, untilHeading } from './browser.ts'
import { hears, openKiosks, until, type Kiosk } from './kiosk-page.ts'
import { wordsOf } from './states/words.ts'

type Point = { readonly x: number; readonly y: number }
type Touch = 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel'

/** A finger on the glass, told to the browser as its own machine would tell it. */
async function handOn(page: Page) {
  const client: CDPSession = await page.createCDPSession()
  return (type: Touch, ...touchPoints: readonly Point[]) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: touchPoints.map(({ x, y }, id) => ({ x, y, id })),
    })
}

/** Before the page: how often a button was acted on. The page sweeps its root, and not this. */
function countClicks(): void {
  const counted = { clicks: 0 }
  Object.assign(globalThis, { counted })
  addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('button') !== null) counted.clicks += 1
  })
}
const clicks = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { counted: { clicks: number } }).counted.clicks)

async function middleOf(page: Page, selector: string): Promise<Point> {
  await until(page, selector)
  const box = await (await page.$(selector))?.boundingBox()
  if (box == null) throw new Error(`${selector} is not to be seen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

t.test('a finger on the kiosk', async (t) => {
  const open = await openKiosks(t)
  const say = await wordsOf('da')
  const idle = async (t: Test): Promise<Kiosk & { at: Point; finger: Awaited<ReturnType<typeof handOn>> }> => {
    const { page, server } = await open(t, { hasTouch: true, before: countClicks })
    await untilHeading(page, say('idle.title'))
    return { page, server, at: await middleOf(page, 'button.call'), finger: await handOn(page) }
  }
  const isIdleStill = async (t: Test, { page, server }: Kiosk, what: string) => {
    t.equal(await clicks(page), 0, what)
    t.same(server.asked['call.start'], [], `${what}: nobody is in line`)
  }

  t.test('pressed, slid off and lifted, it does nothing', async (t) => {
    const kiosk = await idle(t)
    const { finger, at } = kiosk
    await finger('touchStart', at)
    await finger('touchMove', { x: at.x, y: at.y - 300 })
    await finger('touchEnd')
    await isIdleStill(t, kiosk, 'slid off')
  })

  t.test('what the browser takes over does nothing, nor does a second finger', async (t) => {
    const kiosk = await idle(t)
    const { finger, at } = kiosk
    await finger('touchStart', at)
    await finger('touchCancel')
    await finger('touchStart', at)
    await finger('touchStart', at, { x: at.x + 200, y: at.y })
    await finger('touchEnd', at)
    await finger('touchEnd')
    await isIdleStill(t, kiosk, 'called off')
  })

  t.test('lifted inside it acts, however far it wandered there and however long it lay; once', async (t) => {
    const { page, server, finger, at } = await idle(t)
    await finger('touchStart', at)
    await finger('touchMove', { x: at.x + 60, y: at.y + 20 })
    // So a browser asks, of a finger that lies for long, whether it may make a menu of it and take it away.
    const isMenuMade = await page.$eval('button.call', (button) =>
      button.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })),
    )
    t.notOk(isMenuMade)
    t.equal(await clicks(page), 0, 'not before it is lifted')
    await finger('touchEnd')
    await hears(server, 'call.start', 1)
    t.equal(await clicks(page), 1)
  })

  t.test('a second tap within 400 ms is not taken; a later one is', async (t) => {
    const { page } = await idle(t)
    const isHigh = () => page.evaluate(() => document.documentElement.dataset['contrast'] === 'high')
    // In one go, so that no slow machine comes between them.
    await page.evaluate(() => {
      const tap = (selector: string) => document.querySelector<HTMLButtonElement>(selector)?.click()
      tap('.comfort .sizes button:nth-child(1)')
      tap('.comfort > button:nth-of-type(2)')
      Object.assign(globalThis, { tapAt: performance.now() })
    })
    t.notOk(await isHigh(), 'the second was meant for what was there before')
    await press(page, say('comfort.contrast'))
    t.ok(await isHigh())
  })

  t.test('Enter and Space act as a finger does', async (t) => {
    for (const key of ['Enter', 'Space'] as const) {
      const { page, server } = await idle(t)
      await page.focus('button.call')
      await page.keyboard.press(key)
      await hears(server, 'call.start', 1)
    }
  })

  t.test('two fingers do not make the page larger', async (t) => {
    const { page, at } = await idle(t)
    const client = await page.createCDPSession()
    await client.send('Input.synthesizePinchGesture', { ...at, scaleFactor: 2, gestureSourceType: 'touch' })
    t.equal(await page.evaluate(() => visualViewport?.scale), 1)
  })
})
