/** Pictures over a way that becomes narrow: signing keeps their number, talking gives them up for the sound. */
import t from 'tap'
import type { Test } from 'tap'
import { UdpRelay } from '#loadtest/browser/udp-relay.ts'
import { openControl, startTestSfu, until } from '../harness.ts'
import { BrowserParty, launchBrowser, servePages, type EnterOptions } from './browser-call.ts'

/** So long the browsers and the SFU are left to find out how wide the way is. */
const SETTLE_MS = 12_000
const LOOK_MS = 5_000

type Seen = { readonly fps: number; readonly width: number; readonly height: number }

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** What `party` has decoded a second, over a while, and how large it was at the end of it. */
async function seenBy(party: BrowserParty): Promise<Seen> {
  const before = await party.quality()
  await pause(LOOK_MS)
  const { at, video } = await party.quality()
  const frames = (video?.framesDecoded ?? 0) - (before.video?.framesDecoded ?? 0)
  const fps = Math.round((frames * 10_000) / (at - before.at)) / 10
  return { fps, width: video?.frameWidth ?? 0, height: video?.frameHeight ?? 0 }
}

/** How the sender is doing, for the reader of the figures: the machine may be what limits it. */
async function sender(party: BrowserParty): Promise<string> {
  const { sending, availableBitrate } = await party.quality()
  const { framesPerSecond, frameHeight, limitedBy } = sending ?? {}
  return `sent ${framesPerSecond}/s at ${frameHeight} lines, limited by ${limitedBy}, room for ${availableBitrate} bit/s`
}

const words = ({ fps, width, height }: Seen): string => `${fps} pictures/s at ${width}×${height}`

/** A citizen who is seen by a specialist who is not, each over a way of their own. */
async function meet(t: Test, how: EnterOptions) {
  let sfuUrl = ''
  const origin = await servePages(t, () => sfuUrl)
  const sfu = await startTestSfu(t, { allowedOrigins: [origin] })
  sfuUrl = sfu.url
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const browser = await launchBrowser(t, { cameraFps: 30 })
  const [out, back] = [new UdpRelay(), new UdpRelay()]
  t.teardown(() => [out, back].forEach((relay) => relay.close()))
  const who = { roomId: 'room-1', participantId: 'caller', role: 'caller' } as const
  const citizen = await BrowserParty.enter(browser, origin, who, { ...how, relay: out })
  const agent = { ...who, participantId: 'agent-1', role: 'agent' } as const
  const specialist = await BrowserParty.enter(browser, origin, agent, { ...how, relay: back })
  await Promise.all([citizen.isIn('standby'), specialist.isIn('standby')])
  await specialist.page.evaluate(() => window.call.setCameraOn(false))
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await specialist.frameAfter(0)
  return { citizen, specialist, out, back }
}

t.test('signing: the picture becomes smaller, not slower', async (t) => {
  const { citizen, specialist, out, back } = await meet(t, { isSigning: true })
  await pause(SETTLE_MS)
  const wide = await seenBy(specialist)
  t.comment(`signing, a wide way: ${words(wide)}; ${await sender(citizen)}`)
  for (const [name, relay, narrow] of [
    ['600 kbit/s down at the one who looks', back, { downBps: 600_000 }],
    ['300 kbit/s down at the one who looks', back, { downBps: 300_000 }],
    ['400 kbit/s up at the one who signs', out, { upBps: 400_000 }],
  ] as const) {
    relay.narrow(narrow)
    await pause(SETTLE_MS)
    const seen = await seenBy(specialist)
    t.comment(`signing, ${name}: ${words(seen)}; ${await sender(citizen)}`)
    // A busy machine may be narrower than the way: then the picture is small from the beginning.
    t.ok(seen.height < wide.height || wide.height <= 240, `${name}: smaller`)
    t.ok(seen.height >= 240, `${name}: not below QVGA`)
    // Left out by layers of time, at least half of the pictures would be missing.
    t.ok(seen.fps > wide.fps * 0.6, `${name}: as many pictures`)
    relay.narrow({})
  }
  await until(
    'the large picture is back',
    async () => ((await specialist.quality()).video?.frameHeight ?? 0) >= wide.height,
    60_000,
  )
})

t.test('talking over 90 kbit/s: the picture pauses, the sound goes on, and the picture comes back', async (t) => {
  const { citizen, specialist, out } = await meet(t, {})
  const sound = async () => (await specialist.quality()).audio?.audioEnergy ?? 0
  await pause(3_000)
  const narrowAt = Date.now()
  out.narrow({ upBps: 90_000 })
  await until('the own picture is held', async () => (await citizen.view()).link.isOwnPictureHeld, 40_000)
  t.comment(`held after ${Date.now() - narrowAt} ms`)
  await until('the still is noticed', async () => (await specialist.view()).link.isPictureAway, 10_000)
  const before = await sound()
  await until('sound goes on', async () => (await sound()) > before)
  t.equal((await specialist.view()).state, 'connected', 'nothing is being repaired: the way is only narrow')
  out.narrow({})
  const wideAt = Date.now()
  await until('the picture is back', async () => !(await specialist.view()).link.isPictureAway, 60_000)
  t.comment(`back after ${Date.now() - wideAt} ms`)
  await specialist.frameAfter(Date.now())
  t.same([...citizen.errors, ...specialist.errors], [])
})

t.test('a way cut for 5 s and for 60 s: said after two seconds, and everything is back by itself', async (t) => {
  const { citizen, specialist, out } = await meet(t, {})
  for (const cutMs of [5_000, 60_000]) {
    const cutAt = Date.now()
    out.cut()
    await Promise.all([citizen.isIn('reconnecting', 6_000), specialist.isIn('reconnecting', 6_000)])
    t.comment(`cut for ${cutMs / 1000} s: said to both after ${Date.now() - cutAt} ms`)
    await pause(cutMs - (Date.now() - cutAt))
    out.mend()
    const mendedAt = Date.now()
    await Promise.all([citizen.isIn('connected', 60_000), specialist.isIn('connected', 60_000)])
    await specialist.frameAfter(mendedAt, 30_000)
    t.comment(`cut for ${cutMs / 1000} s: the picture is back ${Date.now() - mendedAt} ms after the way is`)
  }
  t.same([...citizen.errors, ...specialist.errors], [])
})
