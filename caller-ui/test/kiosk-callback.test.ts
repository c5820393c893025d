/** [R40] A call that was promised: told to whoever types its ticket, taken up at once or cancelled, and rung on the phone. */
import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, openTracks, until, watchTracks, words } from './kiosk-page.ts'
import { inLine, TICKET, TICKET_KEY } from './scripted-call.ts'
import { promise } from './scripted-promise.ts'
import { tomorrowAtEight } from './states/other-states.ts'

const CALL_ID = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const later = () => ({ dueAt: tomorrowAtEight(), byFirstName: 'Amal', isRinging: false })
const TITLE = 'Vi taler videre i morgen kl. 8'

t.test('a promised call', async (t) => {
  const open = await openKiosks(t)

  t.test('whoever types its ticket too soon reads when it is, and may come at once', async (t) => {
    const { server, page } = await open(t, { before: watchTracks })
    promise(server, later())
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Jeg har et nummer')
    await untilHeading(page, 'Tast dit nummer')
    await page.keyboard.type(TICKET)
    await page.keyboard.press('Enter')
    await untilHeading(page, TITLE)
    await isAccessible(t, page, 'promised')
    t.equal(await openTracks(page), 0, 'nothing is opened by looking')
    await press(page, 'Tal med os nu')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.same(server.asked['ticket.take-up'], [{ ticket: TICKET }, { ticket: TICKET, isAtOnce: true }])
    await until(page, '.own-picture video')
  })

  t.test('it is cancelled where it is shown', async (t) => {
    const { server, page } = await open(t, {})
    promise(server, later())
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Jeg har et nummer')
    await untilHeading(page, 'Tast dit nummer')
    await page.keyboard.type(TICKET)
    await page.keyboard.press('Enter')
    await untilHeading(page, TITLE)
    await press(page, 'Aflys samtalen')
    await untilHeading(page, 'Du er ikke længere i kø')
    await hears(server, 'call.hang-up', 1)
    t.same(server.asked['call.hang-up'], [{ callId: server.promises.get(TICKET)?.callId }])
  })

  t.test('what is promised while they still stand there is on the screen, with the number to keep', async (t) => {
    const { server, page } = await open(t, {})
    await getInLine(page)
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    server.end('answered', 'agent-hung-up')
    await untilHeading(page, 'Tak for i dag')
    promise(server, later())
    await page.waitForFunction((title) => document.body.innerText.includes(title), {}, TITLE)
    t.match(await words(page), TICKET)
    t.ok(await page.$('.qr'))
    await isAccessible(t, page, 'goodbye, with a promise')
  })

  t.test('on the phone it rings at its time, and is taken up with one touch', async (t) => {
    const phone = { width: 360, height: 740, identity: `?ticket=${TICKET}.${TICKET_KEY}`, before: watchTracks }
    const { server, page } = await open(t, {
      ...phone,
      server: (server) => {
        server.device = 'phone'
        server.call = inLine({ callId: CALL_ID })
        promise(server, later())
        server.places.clear()
      },
    })
    await press(page, 'Fortsæt på telefonen')
    await untilHeading(page, TITLE)
    t.equal(await openTracks(page), 0)
    await isAccessible(t, page, 'promised, on the phone')
    promise(server, { ...later(), isRinging: true })
    await untilHeading(page, 'Nu kan vi tale videre')
    await press(page, 'Tal med os nu')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.same(server.asked['ticket.take-up'], [{ ticket: TICKET, isAtOnce: true }])
    await until(page, '.own-picture video')
  })
})
