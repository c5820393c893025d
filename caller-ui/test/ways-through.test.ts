/** From the idle screen to the goodbye and the next person: with fingers alone, with the keyboard alone. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { openKiosks, type Kiosk } from './kiosk-page.ts'
import { wordsOf, type Say } from './states/words.ts'

/** Goes to what has this name, and presses it. */
type Hand = (page: Page, name: string) => Promise<void>

/** A finger: down and up in the middle of what is pressed. Neither mouse nor keys. */
const finger: Hand = async (page, name) => {
  const target = await page.locator(`::-p-aria([name="${name}"][role="button"])`).waitHandle()
  await untilTapsCount(page)
  const box = await target.boundingBox()
  if (box === null) throw new Error(`${name} is not to be seen`)
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
}

/** Tab until it has the focus, then Enter or Space. As somebody with one or two switches does. */
const keys =
  (key: 'Enter' | 'Space'): Hand =>
  async (page, name) => {
    await page.locator(`::-p-aria([name="${name}"][role="button"])`).wait()
    for (let i = 0; i < TABS_MAX; i += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const control = document.activeElement
        return control?.getAttribute('aria-label') ?? control?.textContent.trim() ?? ''
      })
      if (focused !== name) continue
      await untilTapsCount(page)
      return await page.keyboard.press(key)
    }
    throw new Error(`${name} was not reached in ${TABS_MAX} steps`)
  }
const TABS_MAX = 60

/** The page takes no second tap so soon after one: a hand needs longer. Counted from when the page had the last one. */
async function untilTapsCount(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const seen = globalThis as { lastTapAt?: number }
    if (seen.lastTapAt === undefined) {
      seen.lastTapAt = performance.now()
      document.addEventListener('click', () => (seen.lastTapAt = performance.now()), { capture: true })
    }
    return performance.now() - seen.lastTapAt > 450
  })
}

const untilTitle = (page: Page, words: string) =>
  page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, {}, words)

/** The whole way, each step by `hand`. */
async function wayThrough({ page, server }: Kiosk, hand: Hand, say: Say): Promise<void> {
  await untilTitle(page, say('idle.title'))
  await hand(page, say('idle.call'))
  await untilTitle(page, say('waiting.position', { position: 2 }))
  await hand(page, say('waiting.skip'))
  await hand(page, say('waiting.dont-know'))
  await hand(page, say('waiting.more-time'))
  await hand(page, say('waiting.keep-mode'))
  await page.waitForFunction((words) => document.body.innerText.includes(words), {}, say('waiting.noted'))
  server.connectTo('Amal')
  await untilTitle(page, say('conversation.with', { name: 'Amal' }))
  await hand(page, say('conversation.microphone-off'))
  await hand(page, say('conversation.microphone-on'))
  await hand(page, say('conversation.hang-up'))
  await untilTitle(page, say('goodbye.thanks'))
  await hand(page, say('goodbye.again'))
  await untilTitle(page, say('idle.title'))
}

t.test('the kiosk page', async (t) => {
  const open = await openKiosks(t)
  const say = await wordsOf('da')
  const hands = [
    ['touch alone', finger],
    ['the keyboard alone, with Enter', keys('Enter')],
    ['the keyboard alone, with the space bar', keys('Space')],
  ] as const
  for (const [name, hand] of hands) {
    t.test(`${name}, from the press to the next person`, async (t) => {
      const kiosk = await open(t, { hasTouch: hand === finger })
      await wayThrough(kiosk, hand, say)
      t.same(kiosk.server.asked['call.start'].length, 1)
      t.match(kiosk.server.asked['call.refine'], [{ classId: 'more-time' }])
      t.same(kiosk.server.asked['call.hang-up'].length, 1)
    })
  }
})
