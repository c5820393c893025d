/** People in the call: on hold, somebody who is looked for, one who comes in, and three faces at the end. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, isAccessible, openKiosks, openTracks, until, watchTracks } from './kiosk-page.ts'
import type { Kiosk } from './kiosk-page.ts'

async function talk({ server, page }: Kiosk): Promise<void> {
  await getInLine(page)
  server.connectTo('Amal')
  await untilHeading(page, 'Du taler med Amal')
}

const says = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text)
const saysNoMore = (page: Page, text: string) =>
  page.waitForFunction((wanted) => !document.body.innerText.includes(wanted), {}, text)

/** Which of the tracks the page ever opened send anything. */
const sending = (page: Page) =>
  page.evaluate(() => {
    const { tracks = [] } = globalThis as unknown as { tracks?: MediaStreamTrack[] }
    return tracks.filter(({ enabled, readyState }) => enabled && readyState === 'live').map(({ kind }) => kind)
  })

const yusuf = { participantId: 'agent-yusuf', firstName: 'Yusuf', role: 'interpreter' } as const

t.test('the kiosk page', async (t) => {
  const open = await openKiosks(t)

  t.test('on hold nothing is sent and that is shown; afterwards all is as it was', async (t) => {
    const kiosk = await open(t, { before: watchTracks })
    const { server, page } = kiosk
    await talk(kiosk)
    await until(page, '.own-picture video')
    await press(page, 'Slå mikrofon fra')
    await page.locator('::-p-aria([name="Slå mikrofon til"])').wait()
    t.same(await sending(page), ['video'])
    server.hold('Amal', 65_000)
    await untilHeading(page, 'Amal undersøger noget')
    for (const part of ['Din mikrofon og dit kamera er slukket imens', 'Du er stadig forbundet', '1:0'])
      await says(page, part)
    t.same(await sending(page), [])
    t.equal(await openTracks(page), 2, 'they are only held')
    t.equal(await page.$('.own-picture video'), null)
    t.equal(await page.$('::-p-aria([name="Sluk kamera"])'), null, 'nothing to switch')
    await isAccessible(t, page, 'on hold')
    server.resume()
    await untilHeading(page, 'Du taler med Amal')
    await until(page, '.own-picture video')
    t.same(await sending(page), ['video'], 'the microphone that was off is off')
    server.hold('Amal')
    await untilHeading(page, 'Amal undersøger noget')
    await press(page, 'Læg på')
    await untilHeading(page, 'Tak for i dag')
    t.equal(await openTracks(page), 0)
  })

  t.test('the words on hold are new every half minute', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await talk(kiosk)
    for (const [heldMs, said] of [
      [0, 'Du er ikke glemt.'],
      [31_000, 'Amal er stadig i gang.'],
      [61_000, 'Amal kommer tilbage'],
      [91_000, 'Du er ikke glemt.'],
    ] as const) {
      server.hold('Amal', heldMs)
      await says(page, said)
    }
    t.pass('all were said')
  })

  t.test('an interpreter is looked for, may be declined, and has a picture and a role', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await talk(kiosk)
    server.look({}, 20_000)
    await says(page, 'Vi finder en tolk, der taler somali')
    await says(page, '0:2')
    await isAccessible(t, page, 'an interpreter is looked for')
    server.look({ isOffered: true }, 22_000)
    await says(page, 'Vi spørger en lige nu')
    await press(page, 'Det behøves ikke')
    await hears(server, 'join.decline', 1)
    t.match(server.asked['join.decline'], [{ callId: server.call?.callId }])
    await saysNoMore(page, 'Vi finder en tolk')
    server.converse({ joining: [], others: [yusuf] })
    await says(page, 'Sammen med Yusuf, tolk.')
    t.equal(await page.$$eval('.seat', (tiles) => tiles.length), 2)
    await isAccessible(t, page, 'an interpreter is in')
    server.converse({ others: [yusuf, { participantId: 'agent-bo', firstName: 'Bo', role: 'specialist' }] })
    await says(page, 'Yusuf, tolk og Bo, specialist')
    t.equal(await page.$$eval('.seat', (tiles) => tiles.length), 3)
    await isAccessible(t, page, 'four in the call')
  })

  t.test('nobody found in three minutes: other ways are offered, and the search goes on', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await talk(kiosk)
    server.look({ kind: 'signing', attribute: 'dts' as never }, 175_000)
    await says(page, 'tolk, der kan tegnsprog')
    server.look({ kind: 'signing', attribute: 'dts' as never }, 181_000)
    await says(page, 'Vi har ikke fundet en endnu')
    await says(page, 'Amal kan også finde et tidspunkt')
    await isAccessible(t, page, 'no interpreter was found yet')
    await press(page, 'Skriv i stedet')
    await hears(server, 'call.refine', 1).catch(() => undefined)
    await says(page, 'Vi har ikke fundet en endnu')
    await isAccessible(t, page, 'no interpreter was found, and the line is written')
    await press(page, 'I behøver ikke lede længere')
    await hears(server, 'join.decline', 1)
    await saysNoMore(page, 'Vi har ikke fundet')
  })

  t.test('a transfer: from whom to what, who stays until then, and who it is then', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await talk(kiosk)
    const labels = { da: 'Bibliotek', en: 'Library' }
    server.look({ kind: 'skill', attribute: 'library' as never, labels, isTransfer: true })
    await says(page, 'Amal stiller dig om til en, der kender til Bibliotek')
    await says(page, 'Amal bliver her, til den anden er med')
    await isAccessible(t, page, 'being transferred')
    server.converse({ joining: [], agentFirstName: 'Cecilie', agentParticipantId: 'agent-cecilie' })
    await untilHeading(page, 'Du taler med Cecilie')
    await says(page, 'Amal har givet dig videre til Cecilie.')
    server.look({ kind: 'skill', labels, isTransfer: true })
    await press(page, 'Bliv hos Cecilie')
    await hears(server, 'join.decline', 1)
  })

  t.test('in signing the pictures are equally large', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await getInLine(page)
    for (const answer of ['Spring over', 'Ved ikke / noget andet', 'Nej tak', 'Dansk tegnsprog'])
      await press(page, answer)
    server.converse({ others: [yusuf] })
    await untilHeading(page, 'Du taler med Amal')
    await until(page, '.seats.equal')
    const sizes = await page.$$eval('.seat', (tiles) =>
      tiles.map((tile) => [tile.clientWidth, tile.clientHeight].map((px) => Math.round(px / 4)).join('×')),
    )
    t.equal(sizes.length, 2)
    t.equal(sizes[0], sizes[1])
    await isAccessible(t, page, 'signing with an interpreter')
  })

  t.test('three faces, once, or none', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await talk(kiosk)
    const callId = server.call?.callId
    server.end('answered', 'agent-hung-up')
    await untilHeading(page, 'Tak for i dag')
    await isAccessible(t, page, 'goodbye, with three faces')
    await press(page, 'Nogenlunde')
    await says(page, 'Tak for dit svar')
    await hears(server, 'rating.give', 1)
    t.same(server.asked['rating.give'], [{ callId, face: 'so-so' }])
    t.equal(await page.$('.face'), null)
    await isAccessible(t, page, 'goodbye, rated')
    await untilHeading(page, 'Brug for hjælp?')
    await talk(kiosk)
    server.end('answered', 'agent-hung-up')
    await press(page, 'Spring over')
    await saysNoMore(page, 'Hvordan gik det?')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
    t.equal(server.asked['rating.give'].length, 1)
  })

  t.test('nobody is asked about a call that nobody answered, nor about one that broke', async (t) => {
    const kiosk = await open(t)
    const { server, page } = kiosk
    await getInLine(page)
    await press(page, 'Læg på')
    await untilHeading(page, 'Du er ikke længere i kø')
    t.equal(await page.$('.face'), null)
    await press(page, 'Start forfra')
    await talk(kiosk)
    server.end('failed', 'media-lost')
    await untilHeading(page, 'Samtalen blev afbrudt')
    t.equal(await page.$('.face'), null)
  })

  for (const size of [
    { width: 1080, height: 1920 },
    { width: 1920, height: 1080 },
    { width: 320, height: 640 },
  ]) {
    t.test(`it all fits ${size.width} × ${size.height}`, async (t) => {
      const kiosk = await open(t, size)
      const { server, page } = kiosk
      const isFitting = async (what: string) => {
        await isAccessible(t, page, what)
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
        t.ok((widths[0] ?? 0) <= (widths[1] ?? 0), `${what}: nothing sticks out`)
        const heights = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight])
        t.ok(size.width < 1000 || (heights[0] ?? 0) <= (heights[1] ?? 0), `${what}: nothing is below the edge`)
      }
      await talk(kiosk)
      server.hold('Amal', 65_000)
      await untilHeading(page, 'Amal undersøger noget')
      await isFitting('on hold')
      server.converse({ hold: null, others: [yusuf] })
      await untilHeading(page, 'Du taler med Amal')
      server.look({ isTransfer: true }, 5_000)
      await says(page, 'Amal stiller dig om')
      await isFitting('three in the call and a transfer')
      server.end('answered', 'agent-hung-up')
      await untilHeading(page, 'Tak for i dag')
      await isFitting('goodbye, with three faces')
    })
  }
})
