/** What an agent shows: beside their picture, in its own language, pointed at, scrolled together, and closed by the citizen. */
import type { Page } from 'puppeteer'
import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import type { Shown, ShownId } from '#server/contract/shown.ts'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, until, type Kiosk } from './kiosk-page.ts'
import { inLine, TICKET, TICKET_KEY } from './scripted-call.ts'
import { shownPage, shownText } from './states/shown-states.ts'

async function show({ server, page }: Kiosk, shown: Shown): Promise<void> {
  await getInLine(page)
  server.connectTo('Amal')
  await untilHeading(page, 'Du taler med Amal')
  server.converse({ shown: { shown, byFirstName: 'Amal' } })
  await until(page, '.shown-box')
}

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ShownId

/** More than fits the glass. */
const longText: Shown = {
  kind: 'text',
  shownId: idOf(7),
  language: 'da',
  title: 'Lang',
  body: Array.from({ length: 40 }, (_, i) => `Afsnit ${i + 1} om noget, der fylder en linje eller to på skærmen.`).join(
    '\n\n',
  ),
}

/** How far the middle of the hand is from the middle of that block, in px. */
const handFrom = (page: Page, block: number) =>
  page.evaluate((block) => {
    const middle = (selector: string) => {
      const box = document.querySelector(selector)?.getBoundingClientRect()
      return box === undefined ? { x: -1, y: -1 } : { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    }
    const [hand, wanted] = [middle('.hand'), middle(`[data-block="${block}"]`)]
    return Math.hypot(hand.x - wanted.x, hand.y - wanted.y)
  }, block)

t.test('the kiosk page', async (t) => {
  const open = await openKiosks(t, [], { isStill: true })

  t.test('beside the picture, in its own language, until the citizen closes it', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await show(kiosk, shownText)
    const seen = await page.evaluate(() => {
      const box = document.querySelector<HTMLElement>('.shown-box')
      const stage = document.querySelector('.stage')?.getBoundingClientRect()
      return {
        lang: box?.lang,
        dir: box?.dir,
        page: document.documentElement.lang,
        steps: [...document.querySelectorAll('.shown-box ol li')].length,
        loud: document.querySelector('.shown-box strong')?.textContent,
        stage: stage === undefined ? 0 : Math.min(stage.width, stage.height),
        told: document.querySelector('p.for-listeners[role=status]')?.textContent,
      }
    })
    t.match(seen, { lang: 'ar', dir: 'rtl', page: 'da', steps: 3, loud: 'موعد' })
    t.ok(seen.stage > 150, `the agent is seen, ${seen.stage} px`)
    t.equal(seen.told, 'Amal viser dig جواز سفر جديد')
    await isAccessible(t, page, 'a text is shown')
    await press(page, 'Luk det viste')
    await page.waitForFunction(() => document.querySelector('.shown-box') === null)
    await hears(server, 'shown.close', 1)
    t.match(server.asked['shown.close'], [{ shownId: shownText.shownId }])
    server.converse({ shown: { shown: shownText, byFirstName: 'Amal' } })
    await hears(server, 'shown.close', 2)
    t.equal(await page.$('.shown-box'), null, 'a desk that could not know is told again')
    server.converse({ shown: { shown: { ...shownText, shownId: idOf(2) }, byFirstName: 'Amal' } })
    await until(page, '.shown-box')
    server.end('answered', 'agent-hung-up')
    await untilHeading(page, 'Tak for i dag')
    t.equal(await page.$('.shown-box'), null)
  })

  t.test('words that look like markup are words', async (t) => {
    const kiosk = await open(t)
    const { page } = kiosk
    const body = '<img src=x onerror="document.title = 1"> [her](javascript:alert(1)) ![x](https://example.com/x.png)'
    await show(kiosk, { ...shownText, language: 'da', body } as Shown)
    t.equal(await page.$('.shown-box img, .shown-box a, .shown-box script'), null)
    t.match(await page.$eval('.shown-box p', (p) => p.textContent), '<img src=x onerror="document.title = 1">')
  })

  t.test('a hand that points stays at its words, and what is pointed at comes into sight', async (t) => {
    const kiosk = await open(t, { width: 1080, height: 1920 })
    const { server, page } = kiosk
    await show(kiosk, longText)
    server.move({ shownId: longText.shownId, pointer: { block: 30, x: 0.5, y: 0.5 } })
    await until(page, '.hand')
    await page.waitForFunction(() => (document.querySelector('.shown-box')?.scrollTop ?? 0) > 300)
    const isAtIt = () =>
      page.waitForFunction(() => {
        const [hand, block] = ['.hand', '[data-block="30"]'].map((s) =>
          document.querySelector(s)?.getBoundingClientRect(),
        )
        if (hand === undefined || block === undefined) return false
        return Math.abs(hand.top + hand.height / 2 - block.top - block.height / 2) < 3
      })
    await isAtIt()
    t.ok((await handFrom(page, 30)) < 4)
    t.same(server.asked['shown.scroll'], [], 'what follows the agent is not told back')
    await page.evaluate(() => void (document.documentElement.dataset['textSize'] = 'A++'))
    await isAtIt()
    t.ok((await handFrom(page, 30)) < 4, 'in the largest letters too')
    server.move({ shownId: longText.shownId, pointer: null })
    await page.waitForFunction(() => document.querySelector('.hand') === null)
    server.move({ shownId: idOf(99), pointer: { block: 0, x: 0, y: 0 } })
    server.move({ shownId: longText.shownId, top: { block: 3, x: 0, y: 0 } })
    await page.waitForFunction(() => {
      const box = document.querySelector('.shown-box')?.getBoundingClientRect()
      const block = document.querySelector('[data-block="3"]')?.getBoundingClientRect()
      return box !== undefined && block !== undefined && Math.abs(box.top - block.top) < 12
    })
    t.equal(await page.$('.hand'), null, 'nobody points at something else')
  })

  t.test('what the citizen scrolls is told', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await show(kiosk, longText)
    await page.$eval('.shown-box', (box) => void (box.scrollTop = 500))
    await hears(server, 'shown.scroll', 1)
    const [first] = server.asked['shown.scroll']
    t.match(first, { shownId: longText.shownId })
    t.ok((first?.top?.block ?? 0) > 1, JSON.stringify(first))
  })

  t.test('a web page is its address and a code, which the phone of the citizen opens', async (t) => {
    const kiosk = await open(t)
    const { page } = kiosk
    await show(kiosk, shownPage)
    await until(page, '.shown-box .qr')
    t.equal(await page.$eval('.address', (address) => address.textContent), 'borger.dk/pas/bestil-tid')
    t.equal(await page.$('.shown-box a'), null, 'the kiosk opens nothing')
    await isAccessible(t, page, 'a web page is shown')
  })

  t.test('on the citizen’s own phone the address opens by itself', async (t) => {
    const callId = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
    const { server, page } = await open(t, {
      width: 360,
      height: 740,
      identity: `?ticket=${TICKET}.${TICKET_KEY}`,
      server: (server) => {
        server.device = 'phone'
        server.call = inLine({ callId })
      },
    })
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er nummer 2 i køen')
    server.connectTo('Amal')
    server.converse({ shown: { shown: shownPage, byFirstName: 'Amal' } })
    const link = '.shown-box a[target=_blank]'
    await until(page, link)
    t.equal(await page.$eval(link, (a) => a.getAttribute('href')), 'https://www.borger.dk/pas/bestil-tid')
    t.equal(await page.$('.qr'), null, 'nobody reads a code off their own glass')
    await isAccessible(t, page, 'a web page is shown on a phone')
  })

  t.test('a page that was loaded anew shows it again', async (t) => {
    const kiosk = await open(t)
    const { page } = kiosk
    await show(kiosk, shownText)
    await page.reload()
    await press(page, 'Ja, fortsæt')
    await until(page, '.shown-box')
    t.pass('and the conversation goes on')
  })
})
