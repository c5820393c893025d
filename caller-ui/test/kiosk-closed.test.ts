/** Outside opening hours, and how the screen knows before anybody presses. */
import type { Page } from 'puppeteer'
import t from 'tap'
import type { NoticeId } from '#server/contract/notices.ts'
import { press, speak, untilHeading } from './browser.ts'
import { hears, isAccessible, openKiosks, words } from './kiosk-page.ts'
import type { KioskServer } from './kiosk-server.ts'
import { closedLine, helpAround, openLine } from './scripted-place.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const NOTICE_ID = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a99' as NoticeId

const sizes = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 320, height: 640 },
]

/** Closed, with places around; the next opening is a day from now, so that it is tomorrow at the same time. */
function closed(server: KioskServer): void {
  server.lineView = closedLine(Date.now() + DAY_MS)
  server.help = helpAround({ until: Date.now() + DAY_MS, from: Date.now() + 2 * DAY_MS })
}

const untilWords = (page: Page, wanted: string) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), {}, wanted)

t.test('the kiosk page, outside opening hours', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('says when it opens, where else there is help, and whom to ring', async (t) => {
    for (const { width, height } of sizes) {
      const { server, page } = await kiosk(t, { width, height, isDark: width === 320, server: closed })
      await page.waitForFunction(() =>
        /^Vi åbner i morgen kl\. \d/.test(document.querySelector('h1')?.textContent ?? ''),
      )
      t.match(
        await words(page),
        /Borgerservice Kvik, Krystalgade\s+Krystalgade 15\s+cirka 40 minutter til fods\s+Personale nu/,
      )
      t.match(await words(page), /cirka 7 km herfra\s+Personale \S+dag kl\. \d/)
      t.match(await words(page), '33 66 33 66')
      t.match(await words(page), /alarmcentralen\s+112/)
      t.equal(await page.$('::-p-aria([name="Ring efter hjælp"])'), null, 'no button that would be refused')
      await page.waitForSelector('svg[role=img][aria-label="Kort over dig og stederne. Listen siger det samme."]')
      await page.locator('::-p-aria([name="Jeg har et nummer"][role="button"])').wait()
      const { sticksOut, below } = await page.evaluate(() => ({
        sticksOut: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        below: document.documentElement.scrollHeight - innerHeight,
      }))
      t.equal(sticksOut, 0, `${width}: nothing sticks out`)
      if (height >= 1080) t.ok(below <= 0, `${width} × ${height}: nothing lies below the edge (${below})`)
      await isAccessible(t, page, `closed at ${width}`)
      t.equal(server.asked['call.start'].length, 0)
    }
  })

  t.test('the map has a mark for the screen and one for each place, by the numbers of the list', async (t) => {
    const { page } = await kiosk(t, { server: closed })
    await page.waitForSelector('.place-map')
    const marks = await page.$$eval('.place-mark text', (all) => all.map((mark) => mark.textContent))
    t.same(marks, ['1', '2', '3'])
    t.equal((await page.$$('.place-map .here')).length, 1)
    t.equal((await page.$$('.place-list li')).length, 3)
  })

  t.test('a number for the opening is taken along, and nothing is opened for it', async (t) => {
    const { server, page } = await kiosk(t, { server: closed })
    await untilWords(page, 'Få et nummer til køen')
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('nobody is to be seen or heard now'))
    })
    await press(page, 'Få et nummer til køen')
    await untilHeading(page, 'Vi har lukket nu, men dit nummer står fast')
    await untilWords(page, 'Vi kalder på dig, når vi åbner igen i morgen')
    t.match(server.asked['call.start'], [{ isForNextOpening: true }])
    await isAccessible(t, page, 'closed, a number is taken along')
    await press(page, 'Jeg har nummeret')
    await page.waitForSelector('.place-map')
    server.lineView = { ...server.lineView, hasPlacesAtOpening: false }
    server.show(null)
    await page.waitForFunction(() => !document.body.innerText.includes('Få et nummer'))
  })

  t.test('in another language, and where nothing is known', async (t) => {
    const { page } = await kiosk(t, { server: (server) => (server.lineView = closedLine(null)) })
    await untilHeading(page, 'Vi har lukket lige nu')
    t.equal(await page.$('.place-map, .place-list, .phones'), null)
    await isAccessible(t, page, 'closed, nothing known')
    await speak(page, 'Dansk', 'English')
    await untilHeading(page, 'We are closed right now')
  })

  t.test('the page flips by itself when the time has come, both ways', async (t) => {
    const { server, page } = await kiosk(t, {
      server: (server) => {
        server.lineView = { ...openLine, waitingAboutCount: 2 }
        server.freshUntil = Date.now() + 1_000
      },
    })
    await untilHeading(page, 'Brug for hjælp?')
    await untilWords(page, 'Åbent nu. Cirka 2 personer venter.')
    server.lineView = closedLine(Date.now() + 3_000)
    await hears(server, 'hello', 2)
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.startsWith('Vi åbner i'))
    server.lineView = openLine
    server.freshUntil = null
    await hears(server, 'hello', 3)
    await untilHeading(page, 'Brug for hjælp?')
    await untilWords(page, 'Åbent nu. Ingen venter.')
  })

  t.test('a staffed place says: ask at the desk first; a line that closes soon or is paused says so', async (t) => {
    const { server, page } = await kiosk(t, {
      server: (server) => {
        const until = Date.now() + HOUR_MS
        server.help = { ...helpAround({ until, from: until }), staffing: { isStaffed: true, until, from: null } }
        server.lineView = { ...openLine, closesAt: until, waitingAboutCount: 1 }
      },
    })
    await untilHeading(page, 'Brug for hjælp?')
    await untilWords(page, 'Åbent nu. Cirka 1 person venter.')
    t.match(await words(page), /Vi lukker kl\. \d+(\.\d\d)?\./)
    t.match(await words(page), 'spørg gerne ved skranken først')
    await isAccessible(t, page, 'idle, with staff at the desk')
    server.lineView = { ...openLine, isPaused: true, waitingAboutCount: null }
    server.show(null)
    await untilWords(page, 'Vi tager ikke nye opkald lige nu.')
    await isAccessible(t, page, 'idle, paused')
    server.lineView = closedLine(Date.now() + DAY_MS)
    server.show(null)
    await page.waitForSelector('.closed .notice')
    await isAccessible(t, page, 'closed, with staff at the desk')
  })

  t.test('what the staff says is on the idle screen, in line and when it is closed, and is read aloud', async (t) => {
    const { server, page } = await kiosk(t)
    const isHeard = (wanted: string) =>
      page.waitForFunction(
        (text) => [...document.querySelectorAll('[role=status]')].some((each) => each.textContent?.includes(text)),
        {},
        wanted,
      )
    await untilHeading(page, 'Brug for hjælp?')
    const labels = { da: 'Der er en fejl i MitID i dag.', en: 'MitID is out of order today.' }
    server.notices = [{ noticeId: NOTICE_ID, labels }]
    server.show(null)
    await untilWords(page, 'Der er en fejl i MitID i dag.')
    await isHeard('Besked fra personalet: Der er en fejl i MitID i dag.')
    await isAccessible(t, page, 'idle, with a notice of the staff')
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await untilWords(page, 'Der er en fejl i MitID i dag.')
    await isHeard('Der er en fejl i MitID i dag.')
    await isAccessible(t, page, 'in line, with a notice of the staff')
    server.notices = []
    server.show(server.call)
    await page.waitForFunction(() => !document.body.innerText.includes('MitID i dag'))
    server.notices = [{ noticeId: NOTICE_ID, labels }]
    server.lineView = closedLine(null)
    server.show(server.call)
    await press(page, 'Læg på')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Vi har lukket lige nu')
    t.match(await words(page), 'Der er en fejl i MitID i dag.')
  })
})
