/** The ticket at the kiosk: taken along, taken up, called, and never inherited. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { encode } from 'uqr'
import type { CallId } from '#server/contract/ids.ts'
import { press, speak, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, openTracks, until, watchTracks, words } from './kiosk-page.ts'
import { clockAhead, putForward } from './page-clock.ts'
import { inLine, TICKET, ticketUrlPath } from './scripted-call.ts'

const CALL_ID = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId

/** Before the page: counts the notes it plays. */
function countNotes(): void {
  const counted = { notes: 0 }
  Object.assign(globalThis, { counted })
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (when) {
    counted.notes += 1
    start.call(this, when)
  }
}
const notes = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { counted: { notes: number } }).counted.notes)

/** Everything of the page that could tell the next person of the last one. */
const everything = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement.outerHTML, document.title, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
      .join()
      .concat(location.href),
  )

/** The dark modules of a QR code, from its strokes: «M column row h length …». */
const modulesOf = (path: string): string[] =>
  [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, step) => `${Number(x) + step} ${y}`),
  )

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('the number of the place, and its way to a phone', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    t.match(await words(page), TICKET)
    const qr = await page.waitForSelector('::-p-aria([name="QR-kode, der åbner din plads på din egen telefon"])')
    const box = await qr?.boundingBox()
    t.ok(box && Math.abs(box.width - box.height) < 1, 'it is square')
    const drawn = await qr?.$eval('path', (path) => path.getAttribute('d'))
    const { data } = encode(server.origin + ticketUrlPath(TICKET), { ecc: 'M', border: 4 })
    t.same(
      modulesOf(drawn ?? ''),
      data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : []))),
    )
    t.equal(server.asked['call.step-away'].length, 0)
  })

  t.test('taken along to come back: the kiosk is free, and nobody inherits the place', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    await getInLine(page)
    await until(page, '.own-picture video')
    const callId = server.asked['call.start'][0]?.callId
    await press(page, 'Tag din plads med')
    await isAccessible(t, page, 'taking the place along')
    await press(page, 'Jeg kommer selv igen')
    await untilHeading(page, 'Du kan gå, dit nummer står fast')
    t.same(server.asked['call.step-away'], [{ callId, isRungAtKiosk: false }])
    t.match(await words(page), TICKET)
    t.equal(await openTracks(page), 0, 'camera and microphone are closed')
    await isAccessible(t, page, 'kept, to come back')
    await press(page, 'Jeg har nummeret')
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(server.call?.status, 'kept', 'the server still shows it')
    const left = await everything(page)
    t.notMatch(left, TICKET, 'nothing is left of the last person')
    t.notMatch(left, callId ?? '-')
    await page.reload()
    await untilHeading(page, 'Brug for hjælp?')
    t.notMatch(await everything(page), TICKET, 'nor after the page was loaded again')

    await press(page, 'Ring efter hjælp')
    await hears(server, 'call.start', 2)
    t.not(server.asked['call.start'][1]?.callId, callId, 'the next person has a call of their own')
    t.equal(server.asked['call.hang-up'].length, 0, 'and the last one’s is not ended')
    t.same(server.asked['ticket.take-up'], [])
  })

  t.test('after half a minute the screen is free by itself', async (t) => {
    const { page } = await kiosk(t, { before: clockAhead })
    await getInLine(page)
    await press(page, 'Tag din plads med')
    await press(page, 'Jeg kommer selv igen')
    await untilHeading(page, 'Du kan gå, dit nummer står fast')
    await page.waitForFunction(() => /om (30|2\d) sekunder/.test(document.body.innerText))
    await putForward(page, 20_000)
    await page.waitForFunction(() => /om (10|\d) sekunder/.test(document.body.innerText))
    t.match(await words(page), 'Du kan gå, dit nummer står fast', 'it can still be read')
    await putForward(page, 10_000)
    await untilHeading(page, 'Brug for hjælp?')
    t.notMatch(await everything(page), TICKET)
  })

  t.test('it does not work, and the place stays', async (t) => {
    const { server, page } = await kiosk(t)
    server.stepAwayCode = 'not-ready'
    await getInLine(page)
    await press(page, 'Tag din plads med')
    await press(page, 'Ring til mig på denne skærm')
    await page.waitForFunction(() => document.body.innerText.includes('Din plads er her stadig'))
    await isAccessible(t, page, 'stepping away failed')
    server.stepAwayCode = null
    await press(page, 'Ring til mig på denne skærm')
    await untilHeading(page, 'Du kan gå, dit nummer står fast')
    t.match(server.asked['call.step-away'][1], { isRungAtKiosk: true })
    server.callTickets({ ticket: TICKET, isRungHere: true })
    await untilHeading(page, 'Brug for hjælp?')
    t.match(await words(page), 'Nu kalder vi')
  })

  t.test('closing time turns a place in line into a ticket', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    await getInLine(page)
    await until(page, '.own-picture video')
    server.keepPlace(Date.now() + 3 * 86_400_000)
    await untilHeading(page, 'Vi har lukket nu, men dit nummer står fast')
    t.match(await words(page), /Vi kalder på dig, når vi åbner igen \S+dag kl\. \d/)
    t.match(await words(page), TICKET)
    t.equal(await openTracks(page), 0, 'camera and microphone are closed')
    await isAccessible(t, page, 'kept until the next opening')
    await press(page, 'Jeg har nummeret')
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(server.asked['call.hang-up'].length, 0, 'and nothing was ended')
    t.notMatch(await everything(page), TICKET)

    const english = await kiosk(t)
    await untilHeading(english.page, 'Brug for hjælp?')
    await speak(english.page, 'Dansk', 'English')
    await press(english.page, 'Call for help')
    await untilHeading(english.page, 'You are number 2 in line')
    english.server.keepPlace(Date.now() + 3 * 86_400_000)
    await english.page.waitForFunction((ticket) => document.body.innerText.includes(ticket), {}, TICKET)
    t.match(await words(english.page), /we open again \w+day at \d/i)
    await isAccessible(t, english.page, 'kept until the next opening, in English')
  })

  t.test('taken up by typing: on the glass, with a keyboard, wrong, and right', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    server.places.set(TICKET, inLine({ callId: CALL_ID, positionMin: 1, positionMax: 1 }))
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Jeg har et nummer')
    await untilHeading(page, 'Tast dit nummer')
    await isAccessible(t, page, 'nothing typed')
    t.ok(
      await page
        .$('::-p-aria([name="Hent min plads"])')
        .then((b) => b?.evaluate((e) => (e as HTMLButtonElement).disabled)),
    )
    await page.waitForFunction(() => performance.now() - ((globalThis as { tapAt?: number }).tapAt ?? 0) > 450)
    for (const letter of ['K', '7', '7']) await page.locator(`::-p-aria([name="${letter}"][role="button"])`).click()
    await page.locator('::-p-aria([name="Slet"][role="button"])').click()
    await page.keyboard.type('mq4')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('0o55')
    await page.waitForFunction(() => document.body.innerText.includes('K 7 M Q 5 5'))
    await press(page, 'Hent min plads')
    await page.waitForFunction(() => document.body.innerText.includes('Vi kan ikke finde det nummer'))
    await isAccessible(t, page, 'an unknown number')
    t.equal(await openTracks(page), 0, 'no camera without a place')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('4X')
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('Enter')
    await untilHeading(page, 'Du er den næste')
    t.same(server.asked['ticket.take-up'], [{ ticket: 'K7MQ55' }, { ticket: TICKET }])
    await until(page, '.own-picture video')
    t.equal(await openTracks(page), 2)
    await hears(server, 'media.ticket', 1)
  })

  t.test('typing and giving up, and without a connection', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    await speak(page, 'Dansk', 'English')
    await press(page, 'I have a number')
    await untilHeading(page, 'Type your number')
    await page.keyboard.type('K7MQ')
    server.goAway()
    await page.waitForFunction(() => document.body.innerText.includes('We have no connection right now'))
    await isAccessible(t, page, 'typing without a connection, in English')
    server.comeBack()
    await page.waitForFunction(() => !document.body.innerText.includes('We have no connection right now'))
    await page.keyboard.press('Escape')
    await untilHeading(page, 'Brug for hjælp?')
    t.same(server.asked['ticket.take-up'], [])
    await press(page, 'Jeg har et nummer')
    t.notMatch(await words(page), 'K 7 M Q', 'nothing of it is left')
  })

  t.test('a ticket is called: seen, heard where it was asked for, and never taken with one press', async (t) => {
    const { server, page } = await kiosk(t, { before: countNotes })
    server.places.set(TICKET, inLine({ callId: CALL_ID, positionMin: 1, positionMax: 1 }))
    await untilHeading(page, 'Brug for hjælp?')
    // A browser plays nothing before somebody has touched the page.
    await press(page, 'Dansk')
    server.callTickets({ ticket: TICKET, isRungHere: false })
    await page.waitForFunction(() => document.body.innerText.includes('Nu kalder vi'))
    t.match(await words(page), 'K7M···')
    t.notMatch(await everything(page), TICKET, 'what its owner types is nowhere to be read')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=status]')].some((e) => e.textContent?.includes('begynder med K 7 M')),
    )
    await isAccessible(t, page, 'a ticket is called')
    await speak(page, 'Dansk', 'English')
    await page.waitForFunction(() => document.body.innerText.includes('Now calling'))
    await isAccessible(t, page, 'a ticket is called, in English')
    await press(page, 'Dansk')
    t.equal(await notes(page), 0, 'it was asked for nowhere near')
    server.callTickets({ ticket: TICKET, isRungHere: true })
    await page.waitForFunction(() => (globalThis as unknown as { counted: { notes: number } }).counted.notes >= 2)
    await press(page, 'Det er mig')
    await untilHeading(page, 'Tast dit nummer')
    t.same(server.asked['ticket.take-up'], [], 'one press takes nothing')
    t.notMatch(await words(page), TICKET, 'and does not help with the typing')
    await page.keyboard.type(TICKET)
    await press(page, 'Hent min plads')
    await untilHeading(page, 'Du er den næste')
  })
})
