/** What can go wrong on the citizen’s way, and what the kiosk shows then. */
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import {
  getInLine,
  hears,
  isAccessible,
  openKiosks,
  openTracks,
  refuseAll,
  refuseCamera,
  until,
  watchTracks,
  words,
} from './kiosk-page.ts'

t.test('the kiosk page', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('not taken in', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    server.startEnd = { outcome: 'full', endReason: 'queue-full' }
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Der er for mange i køen lige nu')
    await page.waitForFunction(() => !document.querySelector('video'))
    t.equal(await openTracks(page), 0, 'a camera that opens late is closed at once')
    await isAccessible(t, page, 'the queue is full')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
    server.startEnd = null
    server.startCode = 'not-ready'
    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Det lykkedes ikke at ringe op')
    await isAccessible(t, page, 'not put through')
  })

  t.test('the connection goes and comes back: on the idle screen, in line, in the conversation', async (t) => {
    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    server.goAway()
    await until(page, 'button.call:disabled')
    t.match(await words(page), 'Vi har ikke forbindelse lige nu')
    await isAccessible(t, page, 'idle, without connection')
    server.comeBack()
    await until(page, 'button.call:enabled')

    await press(page, 'Ring efter hjælp')
    await untilHeading(page, 'Du er nummer 2 i køen')
    server.goAway()
    await until(page, '.notice')
    t.match(await words(page), 'Din plads er gemt')
    t.match(await words(page), 'Du er nummer 2 i køen', 'the place is still there')
    await isAccessible(t, page, 'in line, without connection')
    server.comeBack()
    await page.waitForFunction(() => document.querySelector('.notice') === null)

    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    server.goAway()
    server.comeBack()
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Du taler med Amal')
    server.connectTo('Amal', { isAgentLost: true })
    await page.waitForFunction(() => document.body.innerText.includes('Amal har mistet forbindelsen'))
    await isAccessible(t, page, 'the agent is lost')
    server.end('failed', 'media-lost')
    await untilHeading(page, 'Samtalen blev afbrudt')
    await isAccessible(t, page, 'cut off')
  })

  t.test('a hang-up that the server could not hear is said again', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    server.goAway()
    await until(page, '.notice')
    await press(page, 'Læg på')
    await untilHeading(page, 'Du er ikke længere i kø')
    t.equal(server.asked['call.hang-up'].length, 0)
    server.comeBack()
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Du er ikke længere i kø')
    await hears(server, 'call.hang-up', 1)
    t.pass('it arrived')
  })

  t.test('loaded again in the middle: the camera stays closed until somebody says that they are there', async (t) => {
    const { server, page } = await kiosk(t, { before: watchTracks })
    await getInLine(page)
    await page.reload()
    await untilHeading(page, 'Er du der stadig?')
    t.equal(await openTracks(page), 0)
    await isAccessible(t, page, 'still there?')
    await press(page, 'Ja, fortsæt')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await until(page, '.own-picture video')
    const { callId } = server.asked['call.start'][0] ?? {}
    await page.reload()
    await untilHeading(page, 'Er du der stadig?')
    await press(page, 'Nej, gem pladsen')
    await untilHeading(page, 'Brug for hjælp?')
    t.same(server.asked['call.step-away'], [{ callId, isRungAtKiosk: true }], 'its owner is called here')
    t.equal(server.asked['call.hang-up'].length, 0)
    t.equal(server.call?.status, 'kept')
  })

  t.test('loaded again while somebody answers: a conversation that nobody takes up ends', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    await page.reload()
    await untilHeading(page, 'Er du der stadig?')
    await page.locator('::-p-aria([name="Nej, gem pladsen"])').wait()
    server.stepAwayCode = 'not-ready'
    await press(page, 'Nej, gem pladsen')
    await hears(server, 'call.step-away', 1)
    t.equal(await page.$eval('h1', (h1) => h1.textContent), 'Er du der stadig?', 'it did not work, and the place stays')
    server.connectTo('Amal')
    await page.locator('::-p-aria([name="Nej, læg på"])').wait()
    await isAccessible(t, page, 'still there? somebody has answered')
    await press(page, 'Nej, læg på')
    await untilHeading(page, 'Brug for hjælp?')
    await hears(server, 'call.hang-up', 1)
    t.equal(server.asked['call.step-away'].length, 1)
  })

  t.test('without a camera, and without anything', async (t) => {
    const blind = await kiosk(t, { before: refuseCamera })
    await getInLine(blind.page)
    await blind.page.waitForFunction(() => document.body.innerText.includes('Kameraet virker ikke'))
    await isAccessible(t, blind.page, 'no camera')
    const neither = await kiosk(t, { before: refuseAll })
    await getInLine(neither.page)
    await neither.page.waitForFunction(() => document.body.innerText.includes('Kamera og mikrofon må ikke bruges her'))
    neither.server.connectTo('Amal')
    await untilHeading(neither.page, 'Du taler med Amal')
    t.match(await words(neither.page), 'Kamera og mikrofon må ikke bruges her')
    await isAccessible(t, neither.page, 'in the conversation without devices')
  })

  t.test('screens on which nobody can call', async (t) => {
    const bare = await kiosk(t, { identity: '' })
    await untilHeading(bare.page, 'Skærmen er ikke sat op endnu')
    await isAccessible(t, bare.page, 'not set up')

    const { server, page } = await kiosk(t)
    await untilHeading(page, 'Brug for hjælp?')
    server.tellReplaced()
    await untilHeading(page, 'Skærmen er åben i et andet vindue')
    await isAccessible(t, page, 'replaced')
    await press(page, 'Brug dette vindue')
    await untilHeading(page, 'Brug for hjælp?')

    server.doorCode = 'not-signed-in'
    await page.reload()
    await untilHeading(page, 'Skærmen er ude af drift')
    await isAccessible(t, page, 'turned away')

    server.doorCode = 'version-mismatch'
    const loaded = page.waitForNavigation()
    await page.reload()
    await loaded
    await untilHeading(page, 'Skærmen henter en ny udgave')
    await isAccessible(t, page, 'out of date')
  })
})
