/** The floor as a large screen on the wall shows it, in every state: nothing scrolls, everything can be read. */
import t from 'tap'
import { boardTests, floorPage } from './board-page.ts'
import { openBrowser } from './browser.ts'
import { judge, openLook } from './looks.ts'
import { niels } from './people.ts'
import { someWarnings } from './floor-places.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const pageTest = boardTests(browser)
const ROOTS = 'page|board|wall|queues|tiles|sites|agents|status|duration|formula|language'
const PATH = '/agent/supervisor.html?wall'
/** Of 1080 lines. Smaller is not read from five metres. */
const TEXT_PX_MIN = 24

for (const { name, language, width, height } of [
  { name: 'Danish', language: 'da', width: 1920, height: 1080 },
  { name: 'English', language: 'en', width: 1280, height: 720 },
] as const) {
  t.test(`the wall: ${name}`, async (t) => {
    const server = await ScriptedServer.start()
    const look = { name, language, isDark: false, width, height } as never
    const screen = await openLook(browser, server, look, { cookie: server.cookieOf(niels), path: PATH })
    const { page } = screen
    const check = async (state: string, selector: string) => {
      await judge(t, screen, `wall: ${state}`, selector, ROOTS)
      const fits = await page.evaluate(() => {
        const main = document.querySelector('.wall-main')?.getBoundingClientRect().bottom ?? 0
        const parts = [...document.querySelectorAll('.wall-main > *, .wall-queues tr, .wall-others, .map-legend')]
        return {
          isWhole: document.documentElement.scrollHeight <= innerHeight,
          wide: [...document.querySelectorAll('.wall-total, .wall-queues, .wall-map, .wall-head')]
            .filter((part) => part.scrollWidth > part.clientWidth + 1)
            .map((part) => part.className),
          below: parts.filter((part) => part.getBoundingClientRect().bottom > main + 1).map((part) => part.className),
        }
      })
      t.same(fits, { isWhole: true, wide: [], below: [] }, `${state}: all of it is on the screen`)
    }
    try {
      await check('all', '.wall-queues tbody tr')
      const smallest = await page.evaluate(() => {
        const texts = document.createTreeWalker(document.querySelector('.wall-main') as Element, NodeFilter.SHOW_TEXT)
        let px = Infinity
        while (texts.nextNode() !== null) {
          const { parentElement, textContent } = texts.currentNode
          const isSeen = parentElement !== null && parentElement.closest('.visually-hidden, svg') === null
          if (isSeen && textContent?.trim() !== '')
            px = Math.min(px, parseFloat(getComputedStyle(parentElement).fontSize))
        }
        return (px * 1080) / innerHeight
      })
      t.ok(smallest >= TEXT_PX_MIN, `no text is smaller than ${smallest}`)
      const [queue] = server.floor.queues
      if (queue === undefined) throw new Error('the floor has no queue')
      const many = Array.from({ length: 30 }, (_, index) => ({ ...queue, queueId: `citizen.${index}` as never }))
      server.showFloor({ queues: many })
      await check('thirty queues', '.wall-others')
      server.showFloor({ warnings: someWarnings(Date.now()) })
      await check('warnings', '.wall-warning')
      server.account.endsAt = Date.now() + 14 * 60_000
      await page.reload()
      await check('its sign-in ends, with a warning', '.wall-warning')
      server.showFloor({ warnings: [] })
      await page.waitForFunction(() => document.querySelector('.wall-warning') === null)
      await check('its sign-in ends', '.wall-ending button')
      t.match(await page.$eval('.wall-ending', (words) => words.textContent), /Niels Krogh/)
      server.signOutEverywhere({ why: 'limit' })
      await judge(t, screen, 'wall: its sign-in has ended', '.is-for-wall input', `${ROOTS}|signIn`)
      server.account.endsAt = Date.now() + 16 * 60_000
      await page.reload()
      await check('its sign-in goes on', '.wall-queues tbody tr')
      t.equal(await page.$('.wall-ending'), null)
      server.showFloor({ queues: [], agents: [], days: [], sites: [] })
      await check('empty', '.wall-empty')
      server.doorCode = 'not-ready'
      server.dropConnections()
      await check('from before', '.wall-stale')
      await page.reload()
      await judge(t, screen, 'wall: the server away', '.whole-page-card .primary', ROOTS)
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
    } finally {
      await screen.close()
      await server.stop()
    }
  })
}

pageTest('what is told by itself is laid upon what is there', floorPage, async (t, { server, screen }) => {
  await screen.heading('Køer')
  const waiting = () => screen.page.$eval('.tile-value', (value) => value.textContent)
  t.equal(await waiting(), '4')
  server.patchQueue(0, { waitingCount: 9 })
  await screen.page.waitForFunction(() => document.querySelector('.tile-value')?.textContent === '10')
  await screen.says('over målet')
  t.equal(await screen.page.$$eval('.board-card:has(#queues-title) tbody tr', (rows) => rows.length), 5)
})

pageTest('a new warning sounds once, is seen by somebody, and then says by whom', floorPage, async (t, parts) => {
  const { server, screen } = parts
  const { page } = screen
  await page.evaluate(() => {
    Object.assign(globalThis, { sounds: 0 })
    addEventListener('warning-sounded', () =>
      Object.assign(globalThis, { sounds: Reflect.get(globalThis, 'sounds') + 1 }),
    )
  })
  const soundsCount = () => page.evaluate(() => Number(Reflect.get(globalThis, 'sounds')))
  await screen.says('Ingen advarsler lige nu.')
  await screen.says('Lyden er tavs, til nogen trykker på siden.')
  await page.mouse.click(5, 5)
  await screen.saysNoMore('Lyden er tavs')
  const [first, second, ...others] = someWarnings(Date.now())
  if (first === undefined || second === undefined) throw new Error('there are no warnings')
  server.showFloor({ warnings: [first] })
  await screen.says('Borgerservice · Dansk: nogen har ventet 6 min')
  t.equal(await soundsCount(), 1)
  server.showFloor({ warnings: [first], kiosksCount: 54 })
  await screen.says('51 af 54 skærme er forbundet på 34 steder.')
  t.equal(await soundsCount(), 1, 'not again')
  await screen.press('Lyd ved advarsler')
  server.showFloor({ warnings: [second, first, ...others] })
  await screen.says('ingen på arbejde kan tage opkaldene')
  t.equal(await soundsCount(), 1, 'switched off')
  await screen.press('Jeg har set den: Borgerservice · Dansk: nogen har ventet 6 min')
  await screen.saysLike(/Set af Niels Krogh kl/)
  t.same(server.asked.at(-1), { name: 'warning.acknowledge', body: { warningIds: [first.warningId] } })
  await screen.press('Jeg har set alle 3')
  await screen.saysNoMore('Jeg har set')
  t.match(server.asked.at(-1), { name: 'warning.acknowledge', body: { warningIds: { length: 3 } } })
  server.refusals.set('warning.past', 'too-many-requests')
  await screen.press('Vis det seneste døgn')
  await screen.press('Prøv igen')
  await screen.says('Ingen har set den')
  await screen.saysLike(
    /Borgerservice · Dansk: nogen har ventet 6 min\s+kl\. \d\d\.\d\d–\d\d\.\d\d\s+Set af Lone Bruun/,
  )
  t.same(await screen.violations(), [], 'axe finds nothing')
})

pageTest('the map’s places are in the table, with what is there', floorPage, async (t, { server, screen }) => {
  await screen.heading('Steder og skærme')
  const cells = await screen.page.$$eval('.sites-parts tbody tr', (rows) => rows.map((row) => row.innerText))
  t.equal(cells.length, server.floor.sites.length)
  t.equal(await screen.page.$$eval('.city-map .site-mark', (marks) => marks.length), server.floor.sites.length - 1)
  t.match(
    cells.find((text) => text.startsWith('Sundby')),
    /noget er i vejen\s+2\/2\s+0\s+1\s+1\s+1\s+0\s+0/,
  )
  await screen.press('Storskærm', 'link')
  await screen.page.waitForSelector('.wall')
  await screen.press('Til overblikket', 'link')
  await screen.heading('Steder og skærme')
})
