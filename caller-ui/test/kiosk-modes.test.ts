/** Ways of talking at the kiosk: what each opens, what is shown of it, and how one changes to another. */
import t from 'tap'
import type { Page } from 'puppeteer'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, refuseAll, until, words } from './kiosk-page.ts'
import { endableWaits, endWaits } from './page-clock.ts'

/** Before the page: keeps the kind of everything it ever opens, and what is open of it. */
function watchKinds(): void {
  const tracks: MediaStreamTrack[] = []
  Object.assign(globalThis, { tracks })
  const { mediaDevices } = navigator
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    const { isUnplugged } = globalThis as unknown as { isUnplugged?: boolean }
    if (isUnplugged === true && constraints?.video !== undefined) throw new DOMException('gone', 'NotFoundError')
    const stream = await open(constraints)
    tracks.push(...stream.getTracks())
    return stream
  }
}

/** Kinds of the tracks that are open, or that were ever opened. */
function kinds(page: Page, which: 'open' | 'ever'): Promise<string[]> {
  return page.evaluate((wanted) => {
    const { tracks } = globalThis as unknown as { tracks: MediaStreamTrack[] }
    return tracks
      .filter(({ readyState }) => wanted === 'ever' || readyState === 'live')
      .map(({ kind }) => kind)
      .sort()
  }, which)
}

async function untilOpen(page: Page, ...wanted: string[]): Promise<void> {
  await page.waitForFunction(
    (all) => {
      const { tracks } = globalThis as unknown as { tracks: MediaStreamTrack[] }
      const open = tracks.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind)
      return open.sort().join() === all
    },
    {},
    wanted.sort().join(),
  )
}

async function says(page: Page, ...wanted: string[]): Promise<void> {
  await page.waitForFunction((all) => all.every((each) => document.body.innerText.includes(each)), {}, wanted)
}

/** In line, with every question before the one about the way of talking passed over. */
async function askedForMode(page: Page): Promise<void> {
  await getInLine(page)
  await press(page, 'Spring over')
  await press(page, 'Ved ikke / noget andet')
  await press(page, 'Nej tak')
  await page.locator('::-p-aria([name="Kun lyd, uden billede"])').wait()
}

t.test('ways of talking', async (t) => {
  const kiosk = await openKiosks(t)

  t.test('voice: the camera is closed at once; asked for in the call it opens', async (t) => {
    const { server, page } = await kiosk(t, { before: watchKinds })
    await askedForMode(page)
    await untilOpen(page, 'audio', 'video')
    await press(page, 'Kun lyd, uden billede')
    await untilOpen(page, 'audio')
    await says(page, 'Kameraet er slukket, og ingen ser dig')
    t.equal(await page.$('.own-picture video'), null, 'no own picture')
    await isAccessible(t, page, 'in line, voice only')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await says(page, 'Du taler uden billede')
    t.equal(await page.$('::-p-aria([name="Sluk kamera"])'), null, 'no camera to switch off')
    await isAccessible(t, page, 'in the conversation, voice only')
    await press(page, 'Tænd også kameraet')
    await until(page, '.own-picture video')
    await untilOpen(page, 'audio', 'video')
    await press(page, 'Sluk kamera')
    await says(page, 'Dit kamera er slukket')
    await press(page, 'Læg på')
    await untilHeading(page, 'Tak for i dag')
    await untilOpen(page)
  })

  t.test('text: nothing stays open, and asked for the microphone opens alone', async (t) => {
    const { server, page } = await kiosk(t, { before: watchKinds })
    await askedForMode(page)
    await press(page, 'Skriv i stedet')
    await untilOpen(page)
    await says(page, 'Kamera og mikrofon er slukket')
    await isAccessible(t, page, 'in line, text only')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await isAccessible(t, page, 'in the conversation, text only')
    t.equal(await page.$('::-p-aria([name="Slå mikrofon fra"])'), null)
    await press(page, 'Tænd også mikrofonen')
    await untilOpen(page, 'audio')
  })

  t.test('called again in text, nothing is ever opened', async (t) => {
    const { server, page } = await kiosk(t, { before: watchKinds })
    await askedForMode(page)
    await press(page, 'Skriv i stedet')
    await untilOpen(page)
    const before = await kinds(page, 'ever')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await press(page, 'Læg på')
    await untilHeading(page, 'Tak for i dag')
    await press(page, 'Ring op igen')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await says(page, 'Kamera og mikrofon er slukket')
    t.same(await kinds(page, 'ever'), before, 'no camera light the second time')
  })

  t.test('written from the first press on, nothing is ever opened', async (t) => {
    const { server, page } = await kiosk(t, { before: watchKinds })
    await untilHeading(page, 'Brug for hjælp?')
    await press(page, 'Skriv i stedet')
    await untilHeading(page, 'Du er nummer 2 i køen')
    await says(page, 'Kamera og mikrofon er slukket')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    t.match(server.asked['call.start'], [{ mode: 'text' }])
    t.same(await kinds(page, 'ever'), [])
  })

  t.test('signing: the own picture is larger, with an outline to stand in', async (t) => {
    const { server, page } = await kiosk(t, { before: watchKinds })
    await askedForMode(page)
    const width = () => page.$eval('.own-picture video', (video) => video.getBoundingClientRect().width)
    await until(page, '.own-picture video')
    const usual = await width()
    await press(page, 'Dansk tegnsprog')
    await until(page, '.camera-guide')
    t.ok((await width()) > usual * 1.15)
    await says(page, 'hoved, hænder og hofter')
    await isAccessible(t, page, 'in line, signing')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await isAccessible(t, page, 'in the conversation, signing')
    t.equal(await page.$('::-p-aria([name="Jeg kan ikke høre"])'), null)
  })

  t.test('the camera is unplugged in the call and plugged in again', async (t) => {
    const { server, page } = await kiosk(t, { before: watchKinds })
    await getInLine(page)
    await until(page, '.own-picture video')
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await page.evaluate(() => {
      const { tracks } = globalThis as unknown as { tracks: MediaStreamTrack[] }
      Object.assign(globalThis, { isUnplugged: true })
      const camera = tracks.find(({ kind }) => kind === 'video')
      camera?.stop()
      camera?.dispatchEvent(new Event('ended'))
    })
    await says(page, 'Kameraet virker ikke')
    t.same(await kinds(page, 'open'), ['audio'], 'the sound goes on')
    await isAccessible(t, page, 'in the conversation, the camera is unplugged')
    await page.evaluate(() => {
      Object.assign(globalThis, { isUnplugged: false })
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    })
    await untilOpen(page, 'audio', 'video')
    await page.waitForFunction(() => !document.body.innerText.includes('Kameraet virker ikke'))
  })

  t.test('permission is refused: it is said, and writing is offered', async (t) => {
    const { page } = await kiosk(t, { before: refuseAll })
    await getInLine(page)
    await says(page, 'Kamera og mikrofon må ikke bruges her', 'Prøv igen')
    await isAccessible(t, page, 'in line, permission refused')
    await press(page, 'Skriv i stedet')
    await page.waitForFunction(() => !document.body.innerText.includes('må ikke bruges her'))
    t.match(await words(page), 'Du skriver')
  })

  t.test('a way that takes long is spoken of, and in the end another is offered', async (t) => {
    const { server, page } = await kiosk(t, { before: endableWaits })
    await getInLine(page)
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    await says(page, 'Billede og lyd kommer om et øjeblik')
    await endWaits(page, 8_000)
    await says(page, 'Det tager lidt længere')
    await endWaits(page, 15_000)
    await says(page, 'Vi prøver en anden vej')
    await endWaits(page, 25_000)
    await says(page, 'ring op igen, så spørger vi først Amal')
    await isAccessible(t, page, 'in the conversation, no way is found')
    await press(page, 'Prøv kun med lyd')
    await says(page, 'Du taler uden billede')
  })

  t.test('the volume has steps, help for who cannot hear, and is forgotten', async (t) => {
    const { server, page } = await kiosk(t)
    await getInLine(page)
    server.connectTo('Amal')
    await untilHeading(page, 'Du taler med Amal')
    const step = (words: string) => page.locator(`::-p-aria([name="${words}"])`).wait()
    await step('Lydstyrke 3 af 4')
    await press(page, 'Lavere')
    await press(page, 'Lavere')
    await step('Lydstyrke 1 af 4')
    await press(page, 'Jeg kan ikke høre')
    await hears(server, 'call.say-hearing', 1)
    t.match(server.asked['call.say-hearing'], [{ hasTrouble: true }], 'whoever talks with them is told')
    await step('Lydstyrke 4 af 4')
    await says(page, 'Bed Amal tale højere')
    await isAccessible(t, page, 'in the conversation, cannot hear')
    await press(page, 'Læg på')
    await untilHeading(page, 'Tak for i dag')
    await press(page, 'Start forfra')
    await getInLine(page)
    server.connectTo('Amal')
    await step('Lydstyrke 3 af 4')
  })
})
