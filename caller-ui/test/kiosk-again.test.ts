/** Calling again after a conversation: the same specialist is asked first, and the next person inherits nothing. */
import type { Page } from 'puppeteer'
import t, { type Test } from 'tap'
import type { MatterId } from '#server/contract/ids.ts'
import { press, untilHeading } from './browser.ts'
import {
  getInLine,
  hears,
  isAccessible,
  openKiosks,
  openTracks,
  until,
  watchTracks,
  words,
  type Kiosk,
} from './kiosk-page.ts'
import { clockAhead, putForward } from './page-clock.ts'
import { TICKET } from './scripted-call.ts'

async function talk({ server, page }: Kiosk): Promise<void> {
  await getInLine(page)
  server.connectTo('Amal')
  await untilHeading(page, 'Du taler med Amal')
}

const everything = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(),
  )

/** The next press is a person of their own. */
async function isForgotten(t: Test, { server, page }: Kiosk): Promise<void> {
  t.notMatch(await everything(page), TICKET)
  const before = server.asked['call.start'].length
  await press(page, 'Ring efter hjælp')
  await untilHeading(page, 'Du er nummer 2 i køen')
  t.same(Object.keys(server.asked['call.start'][before] ?? {}), ['callId'], 'the next person inherits nothing')
  t.equal(server.asked['call.refine'].length, 0, 'nothing is said in their name')
}

t.test('the kiosk page', async (t) => {
  const open = await openKiosks(t)

  t.test('cut off: one press, and the same one is asked first', async (t) => {
    const kiosk = await open(t, { before: watchTracks })
    const { server, page } = kiosk
    await talk(kiosk)
    await until(page, '.own-picture video')
    server.end('failed', 'media-lost')
    await untilHeading(page, 'Samtalen blev afbrudt')
    t.match(await words(page), 'så spørger vi først den, du talte med')
    t.equal(await openTracks(page), 0)
    await isAccessible(t, page, 'cut off, to call again')
    await press(page, 'Ring op igen')
    await untilHeading(page, 'Du er nummer 2 i køen')
    const [first, second] = server.asked['call.start']
    t.not(second?.callId, first?.callId)
    t.same(second, { callId: second?.callId, mode: 'video', earlierTicket: TICKET })
    await until(page, '.own-picture video')
    t.equal(await openTracks(page), 2)
    await hears(server, 'media.ticket', 2)
  })

  t.test('what they said of themselves goes along: language, matter, and how urgent it is', async (t) => {
    const { server, page } = await open(t)
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Nogen har det dårligt')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await press(page, 'English')
    await press(page, 'Homework help')
    await hears(server, 'call.refine', 2)
    server.connectTo('Amal')
    await untilHeading(page, 'You are talking to Amal')
    await press(page, 'Hang up')
    await untilHeading(page, 'Thank you for today')
    t.match(await words(page), 'We ask the person you talked to first')
    await isAccessible(t, page, 'goodbye, to call again, in English')
    await press(page, 'Call again')
    await untilHeading(page, 'You are number 2 in line')
    t.match(server.asked['call.start'][1], { earlierTicket: TICKET, classId: 'unwell' })
    await hears(server, 'call.refine', 3)
    t.match(server.asked['call.refine'][2], { language: 'en', matterId: 'homework', classId: 'unwell' })
    await page.waitForFunction(() => document.body.innerText.includes('What you have chosen'))
    t.notMatch(await words(page), 'What is it about?', 'nothing is asked twice')
  })

  t.test('of a page that was loaded again in the conversation as well', async (t) => {
    const { server, page } = await open(t)
    await getInLine(page)
    server.line({ language: 'en', isLanguageChosen: true, matterId: 'homework' as MatterId })
    server.connectTo('Amal')
    await page.reload()
    await untilHeading(page, 'Er du der stadig?')
    await press(page, 'Ja, fortsæt')
    await untilHeading(page, 'You are talking to Amal')
    server.end('answered', 'caller-lost')
    await untilHeading(page, 'The conversation was cut off')
    await press(page, 'Call again')
    await untilHeading(page, 'You are number 2 in line')
    t.match(server.asked['call.start'][1], { earlierTicket: TICKET })
    await hears(server, 'call.refine', 1)
    t.match(server.asked['call.refine'], [{ language: 'en', matterId: 'homework' }])
  })

  t.test('the next person inherits nothing: started over, run out, loaded again', async (t) => {
    const over = await open(t)
    await talk(over)
    await press(over.page, 'Læg på')
    await untilHeading(over.page, 'Tak for i dag')
    t.match(await words(over.page), 'Så spørger vi først den, du talte med')
    await isAccessible(t, over.page, 'goodbye, to call again')
    await press(over.page, 'Start forfra')
    await untilHeading(over.page, 'Brug for hjælp?')
    await isForgotten(t, over)

    const loaded = await open(t)
    await talk(loaded)
    loaded.server.end('failed', 'media-lost')
    await untilHeading(loaded.page, 'Samtalen blev afbrudt')
    await loaded.page.reload()
    await untilHeading(loaded.page, 'Brug for hjælp?')
    await isForgotten(t, loaded)

    const runOut = await open(t, { before: clockAhead })
    await talk(runOut)
    runOut.server.end('failed', 'media-lost')
    await untilHeading(runOut.page, 'Samtalen blev afbrudt')
    await putForward(runOut.page, 30_000)
    await untilHeading(runOut.page, 'Brug for hjælp?')
    await isForgotten(t, runOut)
  })

  t.test('only where somebody had answered, and only with a connection', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await getInLine(page)
    server.end('failed', 'media-lost')
    await untilHeading(page, 'Samtalen blev afbrudt')
    t.equal(await page.$('::-p-aria([name="Ring op igen"])'), null, 'there is nobody to be asked first')
    await press(page, 'Start forfra')
    await talk(kiosk)
    server.end('failed', 'media-lost')
    await until(page, 'button.call:enabled')
    server.goAway()
    await until(page, 'button.call:disabled')
    await isAccessible(t, page, 'cut off, without a connection')
    server.comeBack()
    await until(page, 'button.call:enabled')
  })
})
