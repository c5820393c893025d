/** The citizen’s own phone, opened from the QR code. */
import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import { press, speak, untilHeading } from './browser.ts'
import { hears, isAccessible, openKiosks, openTracks, until, watchTracks, words } from './kiosk-page.ts'
import { endableWaits, endWaits } from './page-clock.ts'
import type { KioskServer } from './kiosk-server.ts'
import { ended, inLine, TICKET, TICKET_KEY } from './scripted-call.ts'

const CALL_ID = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const phone = { width: 360, height: 740, identity: `?ticket=${TICKET}.${TICKET_KEY}`, before: watchTracks }

function inLineOnThePhone(server: KioskServer): void {
  server.device = 'phone'
  server.call = inLine({ callId: CALL_ID, positionMin: 1, positionMax: 3 })
}

t.test('the page on a phone', async (t) => {
  const open = await openKiosks(t)

  t.test('the place comes along; camera and microphone wait for the touch; then it is a call like any', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    t.match(server.doors, [{ ticket: TICKET, ticketKey: TICKET_KEY }])
    t.notOk(server.doors[0]?.['kioskId'], 'it is no kiosk')
    t.equal(await openTracks(page), 0, 'nothing is opened by opening the page')
    t.equal(server.asked['media.ticket'].length, 0)
    await isAccessible(t, page, 'phone, first screen')
    await speak(page, 'Dansk', 'English')
    await untilHeading(page, 'Your place has come along')
    await isAccessible(t, page, 'phone, first screen, in English')
    await speak(page, 'English', 'Dansk')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er nummer 1–3 i køen')
    await until(page, '.own-picture video')
    t.equal(await openTracks(page), 2)
    await hears(server, 'media.ticket', 1)
    await press(page, 'Ved ikke / noget andet')
    await press(page, 'Nej tak')
    await press(page, 'Lad det være, som det er')
    t.match(await words(page), TICKET)
    t.notMatch(await words(page), /Tag din plads med|på denne skærm|gå fra skærmen/, 'nothing that only a kiosk can do')
    t.equal(await page.$('.qr'), null)
    await isAccessible(t, page, 'phone, in line')
    await press(page, 'Skift sprog')
    await press(page, 'English')
    await untilHeading(page, 'You are number 1–3 in line')
    await hears(server, 'call.refine', 2)
    t.match(server.asked['call.refine'], [{ language: 'da' }, { language: 'en' }])
    await isAccessible(t, page, 'phone, in line, in English')
    server.connectTo('Amal')
    await untilHeading(page, 'You are talking to Amal')
    await isAccessible(t, page, 'phone, in the conversation')
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    t.equal(overflow, 0)
    await press(page, 'Hang up')
    await untilHeading(page, 'Thank you for today')
    t.equal(await openTracks(page), 0)
    t.match(await words(page), 'You can close this page now.')
    t.notMatch(await words(page), /next person|Start over/, 'nobody comes after')
    await isAccessible(t, page, 'phone, goodbye')
    t.same(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ''])
  })

  t.test('loaded again: the same place, and a touch before anything opens', async (t) => {
    const { page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er nummer 1–3 i køen')
    await page.reload()
    await untilHeading(page, 'Din plads er med')
    t.equal(await openTracks(page), 0)
  })

  t.test('without a net, and answered meanwhile', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    server.goAway()
    await page.waitForFunction(() => document.body.innerText.includes('Vi har ikke forbindelse lige nu'))
    await isAccessible(t, page, 'phone, no connection')
    server.comeBack()
    await page.waitForFunction(() => !document.body.innerText.includes('Vi har ikke forbindelse lige nu'))
    server.moveTo(null)
    await untilHeading(page, 'Der er en, der svarer dig nu')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Vi finder en medarbejder til dig')
    server.callTickets({ ticket: 'ABCDEF', isRungHere: true })
    t.notMatch(await words(page), 'ABCDEF', 'a phone calls nobody else')
  })

  t.test('gone for longer than a screen’s place is kept: in line again by itself, and told so once', async (t) => {
    const { server, page } = await open(t, { ...phone, before: [watchTracks, endableWaits], server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er nummer 1–3 i køen')
    await until(page, '.own-picture video')
    for (const [language, title] of [
      ['Dansk', 'Du er tilbage i køen'],
      ['English', 'You are back in line'],
    ] as const) {
      await press(page, language)
      server.goAway()
      await page.waitForFunction(() => document.querySelector('.notice') !== null)
      // The phone sleeps: its clock goes on, and nothing of the page does.
      await page.evaluate(() => {
        const at = Date.now()
        Date.now = () => at + 60_000
      })
      server.keepPlace()
      const greetings = server.asked.hello.length
      server.comeBack()
      await hears(server, 'hello', greetings + 1)
      await page.waitForFunction((words) => document.body.innerText.includes(words), {}, title)
      t.equal(server.call?.status, 'waiting', 'the place is here again')
      await page.waitForFunction(
        (words) => [...document.querySelectorAll('[role=status]')].some((e) => e.textContent?.includes(words)),
        {},
        title,
      )
      await isAccessible(t, page, `phone, back in line, ${language}`)
      const isInSight = await page.$eval('.notice', (notice) => notice.getBoundingClientRect().bottom <= innerHeight)
      t.ok(isInSight, 'nobody has to look for it')
      await endWaits(page, 20_000)
      await page.waitForFunction((words) => !document.body.innerText.includes(words), {}, title)
      if (language !== 'Dansk') continue
      for (const button of ['Ved ikke / noget andet', 'Nej tak', 'Lad det være, som det er', 'Skift sprog'])
        await press(page, button)
    }
    t.equal(await openTracks(page), 2, 'nothing was loaded again')
  })

  t.test('closing time: the number stays on the phone, and nothing opens before a touch', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er nummer 1–3 i køen')
    await until(page, '.own-picture video')
    const { call } = server
    server.keepPlace(Date.now() + 3 * 86_400_000)
    await untilHeading(page, 'Vi har lukket nu, men dit nummer står fast')
    server.show(null)
    server.callTickets()
    t.match(await words(page), TICKET)
    t.match(await words(page), /når vi åbner igen \S+dag kl\. \d/)
    t.equal(await openTracks(page), 0)
    await isAccessible(t, page, 'phone, kept until the next opening')
    server.show(call)
    await untilHeading(page, 'Din plads er med')
    t.equal(await openTracks(page), 0)
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er nummer 1–3 i køen')
    await until(page, '.own-picture video')
  })

  t.test('the conversation ended while the phone was away', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    server.doorCode = 'unknown-ticket'
    server.goAway()
    server.comeBack()
    await untilHeading(page, 'Samtalen blev afbrudt')
    t.equal(await page.$('::-p-aria([name="Ring op igen"])'), null, 'a phone calls nobody')
    await isAccessible(t, page, 'phone, cut off')
  })

  t.test('a ticket that is no more: unknown at the door, and ended', async (t) => {
    const unknown = await open(t, { ...phone, server: (server) => (server.doorCode = 'unknown-ticket') })
    await untilHeading(unknown.page, 'Nummeret gælder ikke længere')
    await isAccessible(t, unknown.page, 'phone, unknown ticket')

    const expired = await open(t, {
      ...phone,
      server: (server) => {
        server.device = 'phone'
        server.call = ended(CALL_ID, 'expired', 'ticket-lapsed')
      },
    })
    await untilHeading(expired.page, 'Pladsen er givet videre')
    t.match(await words(expired.page), 'Ring igen fra en af byens skærme')
    await isAccessible(t, expired.page, 'phone, expired')
  })

  t.test('open somewhere else', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    server.tellReplaced()
    await untilHeading(page, 'Din plads er åben et andet sted')
    await isAccessible(t, page, 'phone, open somewhere else')
    await press(page, 'Fortsæt her')
    await untilHeading(page, 'Din plads er med')
  })
})
