/** What somebody in line is told, what they can say, and how it may end before anybody answered. */
import type { Page } from 'puppeteer'
import t from 'tap'
import type { ClassId } from '#server/contract/ids.ts'
import { press, speak, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, until, words } from './kiosk-page.ts'
import type { KioskServer } from './kiosk-server.ts'

const minutes = (p50: number, p80: number) => ({ p50Ms: p50 * 60_000, p80Ms: p80 * 60_000 })

const untilWords = (page: Page, wanted: string) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), {}, wanted)
const untilNoWords = (page: Page, gone: string) =>
  page.waitForFunction((text) => !document.body.innerText.includes(text), {}, gone)

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('a range of places, an honest wait, and never worse without a word', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    t.match(await words(page), 'Der går cirka 3–5 minutter.')
    await press(page, 'Dansk')
    server.line({ positionMin: 3, positionMax: 5, wait: minutes(3, 5.5) })
    await untilHeading(page, 'Du er nummer 3–5 i køen')
    await untilWords(page, 'Din plads i køen er ændret')
    t.match(await words(page), 'Der går cirka 3–5 minutter.', 'half a minute more is not worth another word')
    t.match(await words(page), 'er kommet foran')
    await isAccessible(t, page, 'in line, overtaken')
    server.line({ positionMin: 2, positionMax: 4, wait: minutes(2, 4) })
    await untilHeading(page, 'Du er nummer 2–4 i køen')
    await untilNoWords(page, 'Din plads i køen er ændret')
    t.match(await words(page), 'Der går cirka 2–4 minutter.')
    server.line({ positionMin: 2, positionMax: 4, wait: minutes(9, 14) })
    await untilWords(page, 'Det tager lidt længere')
    t.match(await words(page), 'Der går cirka 8–15 minutter.')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[role=status]')].some((e) => e.textContent?.includes('varer længere')),
    )
    server.line({ positionMin: 1, positionMax: 1, wait: minutes(0.2, 0.5) })
    await untilHeading(page, 'Du er den næste')
    t.match(await words(page), 'Der går nok under et minut.')
    server.line({ positionMin: 1, positionMax: 1, wait: null })
    await untilWords(page, 'Vi ved ikke lige nu, hvor længe det varer.')
    t.match(await words(page), 'Tag din plads med', 'one may leave, and keep one’s place')
    await isAccessible(t, page, 'in line, the wait is not known')
    server.line({ stepsOpenedCount: 1, wait: minutes(1, 2) })
    await untilWords(page, 'Nu er der flere, der kan svare dig.')
  })

  t.test('the citizen’s own choice is the reason where it is', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    await press(page, 'English')
    await hears(server, 'call.refine', 1)
    await press(page, 'Homework help')
    await hears(server, 'call.refine', 2)
    await untilHeading(page, 'You are number 2 in line')
    const { call } = server
    if (call?.status !== 'waiting') throw new Error('nobody is in line')
    // The server tells the move and the new place in one view.
    server.line({ matterId: null, positionMin: 7, positionMax: 7 })
    await untilHeading(page, 'You are number 7 in line')
    await untilWords(page, 'with those who can best help')
    await isAccessible(t, page, 'in line, in another one, in English')
  })

  t.test('an interpreter, or a callback', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    server.line({ branch: 'interpreter' })
    await untilWords(page, 'Der kommer en tolk med')
    await isAccessible(t, page, 'in line, with an interpreter')
    server.line({ branch: 'callback' })
    await untilWords(page, 'taler dit sprog')
    await isAccessible(t, page, 'in line, with the offer of a callback')
    await press(page, 'Tag din plads med')
    await untilWords(page, 'Nummeret holder din plads')
  })

  t.test('more time', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    await press(page, 'Spring over')
    await press(page, 'Ved ikke / noget andet')
    await untilWords(page, 'Vil du have god tid?')
    await isAccessible(t, page, 'in line, asked for time')
    await press(page, 'Jeg har brug for mere tid')
    await press(page, 'Lad det være, som det er')
    await hears(server, 'call.refine', 1)
    t.match(server.asked['call.refine'], [{ classId: 'more-time' }])
    await untilWords(page, 'Vi tager det i dit tempo')
    await isAccessible(t, page, 'in line, with time')
    await press(page, 'Fortryd mere tid')
    await hears(server, 'call.refine', 2)
    t.match(server.asked['call.refine'][1], { classId: 'ordinary' })
    await untilWords(page, 'Som det plejer')
    await press(page, 'Skift emne')
    await press(page, 'Lektiehjælp')
    await hears(server, 'call.refine', 3)
    t.same(Object.keys(server.asked['call.refine'][2] ?? {}).sort(), ['callId', 'matterId'])
  })

  t.test('somebody feels unsafe, or is unwell', async (t) => {
    const unsafe = await kiosk(t)
    await untilHeading(unsafe.page, 'Brug for hjælp?')
    t.match(await words(unsafe.page), 'Er det akut? Ring 112', 'said before anybody presses')
    await press(unsafe.page, 'Jeg føler mig utryg')
    await untilHeading(unsafe.page, 'Du er nummer 2 i køen')
    t.match(unsafe.server.asked['call.start'], [{ classId: 'unsafe' }])
    t.match(await words(unsafe.page), 'Er det akut? Ring 112')
    await isAccessible(t, unsafe.page, 'in line, unsafe')
    await press(unsafe.page, 'Spring over')
    await press(unsafe.page, 'Ved ikke / noget andet')
    await untilWords(unsafe.page, 'Det har du valgt')
    t.notMatch(await words(unsafe.page), 'mere tid', 'nothing that would take the class away')
    await press(unsafe.page, 'Skift emne')
    await press(unsafe.page, 'Lektiehjælp')
    await hears(unsafe.server, 'call.refine', 1)
    t.match(unsafe.server.asked['call.refine'], [{ matterId: 'homework', classId: 'unsafe' }], 'nor does another line')

    const unwell = await kiosk(t)
    await untilHeading(unwell.page, 'Brug for hjælp?')
    await speak(unwell.page, 'Dansk', 'English')
    await press(unwell.page, 'Somebody is unwell')
    await untilHeading(unwell.page, 'You are number 2 in line')
    t.match(unwell.server.asked['call.start'], [{ classId: 'unwell' }])
    t.match(await words(unwell.page), 'Call 112')
  })

  t.test('only what the city has is offered', async (t) => {
    const has = (classIds: string[]) => ({ server: (s: KioskServer) => (s.classIds = classIds as ClassId[]) })
    const few = await kiosk(t, has(['unwell', 'more-time']))
    await untilHeading(few.page, 'Brug for hjælp?')
    await few.page.locator('::-p-aria([name="Nogen har det dårligt"])').wait()
    t.notMatch(await words(few.page), 'utryg')
    await isAccessible(t, few.page, 'idle, one of the urgent classes')
    await speak(few.page, 'Dansk', 'English')
    await few.page.locator('::-p-aria([name="Somebody is unwell"])').wait()
    await isAccessible(t, few.page, 'idle, one of the urgent classes, in English')
    await press(few.page, 'Call for help')
    await press(few.page, 'Don’t know / something else')
    await press(few.page, 'I need more time')
    await press(few.page, 'Keep it as it is')
    await untilWords(few.page, 'We go at your pace')
    t.equal(await few.page.$('::-p-aria([name="Undo more time"])'), null, 'no way back that the city has not')

    const none = await kiosk(t, has(['ordinary']))
    await untilHeading(none.page, 'Brug for hjælp?')
    t.match(await words(none.page), 'Er det akut? Ring 112', 'which is true everywhere')
    t.notMatch(await words(none.page), /utryg|dårligt/)
    await isAccessible(t, none.page, 'idle, none of the urgent classes')
    await getInLine(none.page)
    await press(none.page, 'Spring over')
    await press(none.page, 'Ved ikke / noget andet')
    await press(none.page, 'Lad det være, som det er')
    await untilWords(none.page, 'Det har du valgt')
    t.notMatch(await words(none.page), /god tid|mere tid|Som det plejer/)
  })

  t.test('not let in, each for its own reason', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    const ends = [
      ['paused', 'queue-paused', 'Vi tager ikke nye opkald lige nu'],
      ['closed', 'last-entry', 'Vi lukker om lidt'],
      ['closed', 'queue-closed', 'Vi har lukket lige nu'],
    ] as const
    for (const [outcome, endReason, title] of ends) {
      server.startEnd = { outcome, endReason, opensAt: Date.now() + 3 * 86_400_000 }
      await press(page, 'Ring efter hjælp')
      await untilHeading(page, title)
      t.match(await words(page), /Vi åbner igen \S+dag kl\. \d/)
      await isAccessible(t, page, `not let in, ${endReason}`)
      await press(page, 'Start forfra')
      await untilHeading(page, 'Brug for hjælp?')
    }
    server.startEnd = { outcome: 'closed', endReason: 'queue-closed' }
    await speak(page, 'Dansk', 'English')
    await press(page, 'Call for help')
    await untilHeading(page, 'We are closed right now')
    t.notMatch(await words(page), 'We open again', 'not known, not said')
    await isAccessible(t, page, 'closed, in English')
  })

  t.test('the place is taken up elsewhere', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    await until(page, '.own-picture video')
    server.show(null)
    await untilHeading(page, 'Din plads er ikke længere her')
    await page.waitForFunction(() => !document.querySelector('video'))
    await isAccessible(t, page, 'moved')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(server.asked['call.hang-up'].length, 0, 'and it is not ended here')
  })
})
