/** The citizen’s way in a browser, against a server that speaks the contract. */
import t from 'tap'
import { press, speak, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, openTracks, until, watchTracks, words } from './kiosk-page.ts'

/** Said by the other side and typed nowhere: after the reset it must be found nowhere. */
const SECRET = 'Hemmelighed'

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('the citizen’s way, from the press to the next citizen', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(new URL(page.url()).hash, '', 'the key is gone from the address')
    t.match(await words(page), 'Samtalen optages ikke')
    await isAccessible(t, page, 'idle')
    t.equal(await openTracks(page), 0, 'no camera before the press')

    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    t.equal(server.asked['call.start'].length, 1)
    const callId = server.asked['call.start'][0]?.callId
    await until(page, '.own-picture video')
    t.equal(await openTracks(page), 2, 'camera and microphone')
    await isAccessible(t, page, 'waiting, asked for the language')

    await press(page, 'English')
    await untilHeading(page, 'You are number 2 in line')
    t.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    await hears(server, 'call.refine', 1)
    t.same(server.asked['call.refine'], [{ callId, language: 'en' }])
    await isAccessible(t, page, 'waiting, asked for the matter')

    await press(page, 'Passport and driving licence')
    await press(page, 'No, thank you')
    await press(page, 'Keep it as it is')
    await page.locator('::-p-aria([name="Change subject"])').wait()
    t.match(await words(page), 'Passport and driving licence', 'shown at once')
    server.moveTo(1)
    await untilHeading(page, 'You are next')
    await hears(server, 'call.refine', 2)
    t.same(server.asked['call.refine'][1], { callId, matterId: 'passport' })
    await isAccessible(t, page, 'waiting, nothing to ask')
    server.moveTo(null)
    await untilHeading(page, 'We are finding somebody for you')

    server.connectTo(SECRET)
    await untilHeading(page, `You are talking to ${SECRET}`)
    await hears(server, 'media.ticket', 1)
    await isAccessible(t, page, 'in the conversation')
    await press(page, 'Mute microphone')
    await page.locator('::-p-aria([name="Unmute microphone"])').wait()
    t.match(await words(page), 'cannot hear you')
    await press(page, 'Turn camera off')
    await page.locator('::-p-aria([name="Turn camera on"])').wait()
    await isAccessible(t, page, 'in the conversation, unseen and unheard')

    await press(page, 'Hang up')
    await untilHeading(page, 'Thank you for today')
    await hears(server, 'call.hang-up', 1)
    t.same(server.asked['call.hang-up'], [{ callId }])
    t.equal(await openTracks(page), 0, 'the camera is closed')
    await isAccessible(t, page, 'goodbye')
    await press(page, 'Start over')
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(await page.evaluate(() => document.documentElement.lang), 'da')
    const left = await page.evaluate(() =>
      [
        document.documentElement.outerHTML,
        document.title,
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
      ].join(),
    )
    t.notMatch(left, SECRET, 'nothing is left of the last person')
    t.notMatch(left, callId ?? '-', 'nor of their call')
    t.equal(await page.evaluate(async () => (await indexedDB.databases()).length + document.cookie.length), 0)
  })

  t.test('hanging up in line, and the two halves of a double tap', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    const firstTapAt = await page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('button.call')
      const at = performance.now()
      button?.click()
      button?.click()
      // The next press of the test leaves the time that a finger needs.
      Object.assign(globalThis, { tapAt: performance.now() })
      return at
    })
    await untilHeading(page, 'Du er nummer 2 i køen')
    await page.locator('button.end').wait()
    // However long the machine took to show the line, this tap falls into the page's 400 ms after the first.
    await page.evaluate((at) => {
      performance.now = () => at + 300
      document.querySelector<HTMLButtonElement>('button.end')?.click()
      Reflect.deleteProperty(performance, 'now')
    }, firstTapAt)
    t.match(await words(page), 'Du er nummer 2', 'the second half of a double tap does not hang up')
    t.equal(server.asked['call.start'].length, 1)
    await press(page, 'Spring over')
    await press(page, 'Ved ikke / noget andet')
    await press(page, 'Nej tak')
    await press(page, 'Lad det være, som det er')
    await press(page, 'Skift emne')
    await press(page, 'Lektiehjælp')
    await hears(server, 'call.refine', 1)
    t.same(server.asked['call.refine'].length, 1, 'what is passed over is not sent')
    await press(page, 'Læg på')
    await untilHeading(page, 'Du er ikke længere i kø')
    await hears(server, 'call.hang-up', 1)
    await isAccessible(t, page, 'out of the line')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
  })

  t.test('the language chosen before the press counts', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    await speak(page, 'Dansk', 'English')
    await untilHeading(page, 'Need help?')
    await isAccessible(t, page, 'idle, in English')
    await press(page, 'Call for help')
    await untilHeading(page, 'You are number 2 in line')
    await page.locator('::-p-aria([name="Homework help"])').wait()
    await hears(server, 'call.refine', 1)
    t.match(server.asked['call.refine'], [{ language: 'en' }])
  })

  t.test('a slow answer is shown on the button', async (t) => {
    const { server, page } = await kiosk(t)
    let answer = () => {}
    server.holdStart = new Promise((resolve) => (answer = resolve))
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Ring efter hjælp')
    await page.locator('::-p-aria([name="Ringer op …"])').wait()
    await isAccessible(t, page, 'the press is under way')
    answer()
    await untilHeading(page, 'Du er nummer 2 i køen')
  })

  t.test('the agent hangs up', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    await getInLine(page)
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    server.end('answered', 'agent-hung-up')
    await untilHeading(page, 'Tak for i dag')
    t.equal(await openTracks(page), 0)
  })
})
