/** Signing over a way that becomes narrow: the picture becomes smaller, and as many come a second as before. */
import t from 'tap'
import { until } from '../harness.ts'
import type { BrowserParty } from './browser-call.ts'
import { meet, pause } from './narrow-call.ts'

const LOOK_MS = 3_000
/** The picture as the camera gives it. */
const LARGE_LINES = 720
/** A way that falls to a fifth at once is first taken for narrower than it is; so long it may be found out, in ms. */
const SETTLE_MS_MAX = 60_000

/** How wide a way is that was narrow is found out by trying a little more, again and again. */
const BACK_MS_MAX = 120_000

type Seen = { readonly fps: number; readonly width: number; readonly height: number }

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

t.test('signing: the picture becomes smaller, not slower', async (t) => {
  const { citizen, specialist, out, back } = await meet(t, { isSigning: true })
  await pause(10_000)
  const wide = await seenBy(specialist)
  t.comment(`a wide way: ${words(wide)}; ${await sender(citizen)}`)
  // Left out by layers of time, at least half of the pictures would be missing.
  const isMany = ({ fps }: Seen) => fps > wide.fps * 0.7
  // A busy machine may be narrower than the way: then the picture is small from the beginning.
  const isSmaller = ({ height }: Seen) => height < wide.height || wide.height < LARGE_LINES
  for (const [name, relay, narrow] of [
    ['700 kbit/s to the one who looks', back, { downBps: 700_000 }],
    ['300 kbit/s to the one who looks', back, { downBps: 300_000 }],
    ['400 kbit/s from the one who signs', out, { upBps: 400_000 }],
  ] as const) {
    relay.narrow(narrow)
    const narrowAt = Date.now()
    let seen = await seenBy(specialist)
    const trace = [words(seen)]
    while (!(isMany(seen) && isSmaller(seen)) && Date.now() - narrowAt < SETTLE_MS_MAX) {
      seen = await seenBy(specialist)
      trace.push(words(seen))
    }
    t.comment(
      `${name}: after ${Date.now() - narrowAt} ms ${words(seen)}; ${await sender(citizen)}; ${trace.join(', ')}`,
    )
    t.ok(isSmaller(seen), `${name}: smaller`)
    t.ok(seen.height >= 240, `${name}: not below the lines of QVGA`)
    t.ok(isMany(seen), `${name}: as many pictures`)
    relay.narrow({})
    await pause(5_000)
  }
  const isLarge = async () => ((await specialist.quality()).video?.frameHeight ?? 0) >= wide.height
  await until('the large picture is back', isLarge, BACK_MS_MAX)
})
