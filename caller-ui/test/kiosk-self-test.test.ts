/** The kiosk tests itself: what a press opens, and everything at night. With parts that are dead, and rooms that are dark. */
import t from 'tap'
import {
  blackCamera,
  darkRoom,
  heardItself,
  hurryTests,
  plantable,
  silentMicrophone,
  zoneAtNight,
  type Planted,
} from '#loadtest/browser/planted-devices.ts'
import { press, untilHeading } from './browser.ts'
import { getInLine, hears, openKiosks, openTracks, watchTracks, words, type Kiosk } from './kiosk-page.ts'

const lastReport = ({ server }: Kiosk) => server.asked['machine.report'].at(-1)

/** Waits until the newest report fits. */
async function reports(
  kiosk: Kiosk,
  what: string,
  fits: (report: NonNullable<ReturnType<typeof lastReport>>) => boolean,
) {
  const deadline = performance.now() + 30_000
  for (;;) {
    const report = lastReport(kiosk)
    if (report !== undefined && fits(report)) return report
    if (performance.now() > deadline) throw new Error(`${what}: ${JSON.stringify(report)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const openKiosk = await openKiosks(t, [], { areSideBySide: true })

t.test('a press that finds everything in order', async (t) => {
  const kiosk = await openKiosk(t, { before: [plantable, darkRoom] })
  await getInLine(kiosk.page)
  const report = await reports(kiosk, 'a length', ({ selfTestMs }) => selfTestMs !== undefined)
  t.match(report, { camera: 'works', microphone: 'works', speaker: 'works' }, 'a dark room is no fault')
  t.ok((report.selfTestMs ?? Infinity) < 1_000, `${report.selfTestMs} ms`)
  t.notMatch(await words(kiosk.page), 'virker ikke')
})

t.test(
  'a camera that is black is named in line and afterwards, and not any more when it shows something',
  async (t) => {
    const kiosk = await openKiosk(t, { before: [plantable, blackCamera] })
    const { page } = kiosk
    await getInLine(page)
    await page.waitForFunction(() =>
      document.body.innerText.includes('Kameraet virker ikke. Medarbejderen kan høre dig'),
    )
    t.match(await reports(kiosk, 'the camera', ({ camera }) => camera === 'faulty'), { microphone: 'works' })
    await page.evaluate(() => ((globalThis as unknown as { planted: Planted }).planted.isLive = true))
    await page.waitForFunction(() => !document.body.innerText.includes('virker ikke'))
    await page.evaluate(() => ((globalThis as unknown as { planted: Planted }).planted.isLive = false))
    await reports(kiosk, 'the camera back', ({ camera }) => camera === 'works')
    await press(page, 'Læg på')
    await press(page, 'Start forfra')
    await getInLine(page)
    await page.waitForFunction(() =>
      document.body.innerText.includes('Kameraet virker ikke. Medarbejderen kan høre dig'),
    )
    await press(page, 'Læg på')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')
    t.match(await words(page), 'Kameraet virker ikke. Du kan stadig tale med os.')
    await page.evaluate(() => {
      const { mediaDevices } = navigator
      const list = mediaDevices.enumerateDevices.bind(mediaDevices)
      mediaDevices.enumerateDevices = async () => {
        const all = await list()
        return [...all, ...all.filter(({ kind }) => kind === 'videoinput')]
      }
      mediaDevices.dispatchEvent(new Event('devicechange'))
    })
    await page.waitForFunction(() => !document.body.innerText.includes('virker ikke'), {})
  },
)

t.test('a microphone that hears nothing is named, and writing is offered', async (t) => {
  const kiosk = await openKiosk(t, { before: [plantable, silentMicrophone] })
  await getInLine(kiosk.page)
  await kiosk.page.waitForFunction(() => document.body.innerText.includes('Mikrofonen virker ikke'))
  t.match(await reports(kiosk, 'the microphone', ({ microphone }) => microphone === 'faulty'), { camera: 'works' })
})

t.test(
  'at night everything is tried; a press in the middle of it goes first; then it is said what does not work',
  async (t) => {
    // The made-up microphone hears nothing of what is played, as if the loudspeaker were dead.
    const kiosk = await openKiosk(t, {
      before: [watchTracks, plantable, blackCamera, hurryTests, heardItself],
      timezone: zoneAtNight(),
    })
    const { page, server } = kiosk
    await page.waitForFunction(() => document.querySelector('.button.call:enabled') !== null)
    // The camera is known to be dead; the microphone stays open for the tone.
    await page.waitForFunction(() => {
      const { tracks = [] } = globalThis as unknown as { tracks?: MediaStreamTrack[] }
      return tracks.length === 2
    })
    const tookMs = await page.evaluate(async () => {
      const button = document.querySelector<HTMLElement>('.button.call')
      const pressedAt = performance.now()
      button?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
      button?.click()
      const { tracks = [] } = globalThis as unknown as { tracks?: MediaStreamTrack[] }
      const areClosed = tracks.every(({ readyState }) => readyState === 'ended')
      while (document.querySelector('main.waiting h1') === null) await new Promise(requestAnimationFrame)
      Object.assign(globalThis, { tapAt: pressedAt })
      return areClosed ? performance.now() - pressedAt : Number.NaN
    })
    t.ok(tookMs < 1_000, `everything is let go of at once, and in line after ${Math.round(tookMs)} ms`)
    await press(page, 'Læg på')
    await press(page, 'Start forfra')
    await untilHeading(page, 'Brug for hjælp?')

    await hears(server, 'machine.test-path', 1)
    await reports(kiosk, 'the loudspeaker', ({ speaker }) => speaker === 'faulty')
    t.match(lastReport(kiosk), { camera: 'faulty', microphone: 'works', speaker: 'faulty', path: 'unknown' })
    t.equal(await openTracks(page), 0)
    t.match(await words(page), 'Kamera og lyd virker ikke. Du kan skrive med os.')
    await press(page, 'Skriv med os')
    await hears(server, 'call.start', 2)
    t.match(server.asked['call.start'][1], { mode: 'text' })
  },
)
