/** Somebody waits long: what else there is, what happens next, who hears, and whether they are still there. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, until, words } from './kiosk-page.ts'
import { clockAhead, putForward } from './page-clock.ts'
import { helpAround } from './scripted-place.ts'

const HOUR_MS = 3_600_000

const untilWords = (page: Page, wanted: string) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), {}, wanted)

/** Before the page: counts the notes that are played. */
function countNotes(): void {
  const counted = { notes: 0 }
  Object.assign(globalThis, { counted })
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...when) {
    counted.notes += 1
    start.apply(this, when)
  }
}
const notes = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { counted: { notes: number } }).counted.notes)

/** Passes over every question that is asked. */
async function passOver(page: Page): Promise<void> {
  await press(page, 'Spring over')
  await press(page, 'Ved ikke / noget andet')
  await press(page, 'Nej tak')
  await press(page, 'Lad det være, som det er')
}

t.test('the kiosk page, in a long wait', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('what happens next, who it will be, and who hears', async (t) => {
    for (const [width, height] of [
      [1080, 1920],
      [1920, 1080],
      [320, 640],
    ] as const) {
      const { page } = await kiosk(t, { width, height })
      await getInLine(page)
      await until(page, '.own-picture video')
      t.match(await words(page), 'Samtalen optages ikke. Andre i lokalet kan måske høre med.', 'before anybody answers')
      await passOver(page)
      await untilWords(page, 'Det sker der nu')
      t.match(await words(page), 'Du må gerne sidde ned.')
      t.match(await words(page), 'En medarbejder kommer frem på skærmen.')
      const { sticksOut, below } = await page.evaluate(() => ({
        sticksOut: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        below: document.documentElement.scrollHeight - innerHeight,
      }))
      t.equal(sticksOut, 0, `${width}: nothing sticks out`)
      if (height >= 1080) t.ok(below <= 0, `${width} × ${height}: nothing lies below the edge (${below})`)
      await isAccessible(t, page, `in line, what happens next, at ${width}`)
      await press(page, 'Hvem hører og ser dig?')
      await page.waitForSelector('dialog[open]')
      await untilWords(page, 'Sig ikke dit CPR-nummer højt.')
      await isAccessible(t, page, `in line, who hears, at ${width}`)
      await press(page, 'Luk')
      await page.waitForFunction(() => !document.querySelector('dialog[open]'))
    }
  })

  t.test('nobody can answer, or it takes long: other ways, and never a dead end', async (t) => {
    const { server, page } = await kiosk(t, {
      server: (server) => (server.help = helpAround({ until: Date.now() + HOUR_MS, from: Date.now() + HOUR_MS })),
    })
    await getInLine(page)
    await until(page, '.own-picture video')
    await passOver(page)
    await untilWords(page, 'Det sker der nu')
    server.line({ wait: null })
    await untilWords(page, 'Lige nu kan ingen svare dig')
    t.match(await words(page), 'Gå hen til Borgerservice Kvik, Krystalgade, Krystalgade 15')
    t.match(await words(page), '33 66 33 66')
    await isAccessible(t, page, 'in line, nobody can answer')
    server.line({ wait: { p50Ms: 60_000, p80Ms: 120_000 } })
    await untilWords(page, 'Det sker der nu')
    server.line({ wait: { p50Ms: 600_000, p80Ms: 900_000 } })
    await untilWords(page, 'Der er travlt lige nu')
    await isAccessible(t, page, 'in line, it takes long')
    await press(page, 'Jeg venter her')
    await untilWords(page, 'Det sker der nu')
    server.line({ wait: null })
    await untilWords(page, 'Lige nu kan ingen svare dig')
    await press(page, 'Skift sprog')
    await press(page, 'العربية')
    await page.waitForFunction(() => document.documentElement.lang === 'ar')
    await hears(server, 'call.refine', 1)
    t.match(server.asked['call.refine'], [{ language: 'ar' }])
  })

  t.test('are you there: asked after ten minutes, as often as it takes, and the place is never lost', async (t) => {
    const { server, page } = await kiosk(t, { before: [clockAhead, countNotes] })
    await getInLine(page)
    const before = await notes(page)
    for (let time = 1; time <= 11; time += 1) {
      await putForward(page, 600_000)
      await untilHeading(page, 'Er du der stadig?')
      if (time === 1) {
        t.match(await words(page), /Vi venter på dit svar i (60|5\d) sekunder/)
        t.equal((await notes(page)) - before, 2, 'two notes')
        await isAccessible(t, page, 'are you there')
      }
      await press(page, 'Ja, jeg er her')
      await untilHeading(page, 'Du er nummer 2 i køen')
    }
    await putForward(page, 600_000)
    await untilHeading(page, 'Er du der stadig?')
    const asked = await notes(page)
    await putForward(page, 61_000)
    await untilWords(page, 'Du har stadig din plads.')
    t.equal((await notes(page)) - asked, 2, 'and two more')
    await isAccessible(t, page, 'are you there, perhaps gone')
    t.equal(server.asked['call.step-away'].length, 0)
    await putForward(page, 180_000)
    await hears(server, 'call.step-away', 1)
    t.match(server.asked['call.step-away'], [{ isRungAtKiosk: true }])
    await untilHeading(page, 'Du kan gå, dit nummer står fast')
    t.equal(server.asked['call.hang-up'].length, 0, 'never thrown out')
  })

  t.test('not let in: where else there is help', async (t) => {
    const { server, page } = await kiosk(t, {
      server: (server) => (server.help = helpAround({ until: Date.now() + HOUR_MS, from: Date.now() + HOUR_MS })),
    })
    await untilHeading(page, 'Brug for hjælp?')
    server.startEnd = { outcome: 'full', endReason: 'queue-full' }
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Der er for mange i køen lige nu')
    t.match(await words(page), 'Gå hen til Borgerservice Kvik')
    t.match(await words(page), 'Ring fra din egen telefon: 33 66 33 66')
    await isAccessible(t, page, 'full, with another place')
  })
})
