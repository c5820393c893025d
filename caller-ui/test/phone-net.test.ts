/** The citizen's own phone where the net is bad, where it was asleep, and as narrow as phones are. */
import type { Page } from 'puppeteer'
import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import { press, untilHeading } from './browser.ts'
import { hears, isAccessible, openKiosks, openTracks, until, watchTracks } from './kiosk-page.ts'
import type { KioskServer } from './kiosk-server.ts'
import { inLine, TICKET, TICKET_KEY } from './scripted-call.ts'

const CALL_ID = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const phone = { width: 360, height: 640, identity: `?ticket=${TICKET}.${TICKET_KEY}`, before: watchTracks }

function inLineOnThePhone(server: KioskServer): void {
  server.device = 'phone'
  server.call = inLine({ callId: CALL_ID, positionMin: 1, positionMax: 1 })
}

/** Taken up in a hand: the page is seen again. */
const wake = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

t.test('the page on a phone with a bad net', async (t) => {
  const open = await openKiosks(t)

  t.test('opened where there is no net: it says so, and goes on by itself', async (t) => {
    const { server, page } = await open(t, {
      ...phone,
      server: (server) => {
        inLineOnThePhone(server)
        server.goAway()
      },
    })
    await untilHeading(page, 'Vi har ikke forbindelse lige nu')
    await isAccessible(t, page, 'phone, opened without a net')
    t.equal(await openTracks(page), 0)
    server.comeBack()
    await untilHeading(page, 'Din plads er med')
  })

  t.test('taken up again after a sleep: it greets at once, and the place is here', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er den næste')
    const greetings = server.asked.hello.length
    // Meanwhile the server gave the place back to its ticket.
    server.keepPlace()
    await wake(page)
    await hears(server, 'hello', greetings + 1)
    t.equal(server.call?.status, 'waiting')
    await untilHeading(page, 'Din plads er med')
  })

  t.test('a press where the net is gone is kept for when it is back', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er den næste')
    server.goAway()
    await page.waitForFunction(() => document.querySelector('.notice') !== null)
    await isAccessible(t, page, 'phone, in line without a net')
    await press(page, 'Læg på')
    await untilHeading(page, 'Du er ikke længere i kø')
    t.equal(await openTracks(page), 0, 'nothing is open any more')
    server.comeBack()
    await hears(server, 'call.hang-up', 1)
  })

  t.test('how to talk is asked on a phone too, and nothing is wider than it', async (t) => {
    const { server, page } = await open(t, { ...phone, server: inLineOnThePhone })
    await untilHeading(page, 'Din plads er med')
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, 'Du er den næste')
    await until(page, '.own-picture')
    const isNarrow = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
    t.ok(await isNarrow())
    await press(page, 'Dansk', '.question')
    await press(page, 'Ved ikke / noget andet')
    await press(page, 'Nej tak')
    t.ok(await isNarrow())
    await isAccessible(t, page, 'phone, how to talk')
    await press(page, 'Kun lyd, uden billede')
    await hears(server, 'call.refine', 2)
    t.match(server.asked['call.refine'].at(-1), { mode: 'voice' })
    t.ok(await isNarrow())
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    t.ok(await isNarrow())
  })
})
