/** What the page makes of its figures: pictures that stay away, too few for signing, and a way too narrow for them. */
import t from 'tap'
import { FrameWatch, type FrameSample } from '../client/frame-watch.ts'
import { ThinLink } from '../client/thin-link.ts'

/** One sample a second, with so many pictures decoded until then and so many sent in the last second. */
function sample(second: number, framesDecoded: number, sentPerSecond = 25): FrameSample {
  const video = {
    framesPerSecond: 0,
    framesDecoded,
    frameWidth: 640,
    frameHeight: 360,
    packetsReceived: 0,
    packetsLost: 0,
    freezeCount: 0,
    freezesMs: 0,
    jitterBufferMs: 0,
  }
  return { at: second * 1000, video, sending: { framesPerSecond: sentPerSecond, frameHeight: 360, limitedBy: 'none' } }
}

const due = { isPictureDue: true, isPictureSent: true }

t.test('a picture that stays away is told after two seconds, and gone when it is back', async (t) => {
  const watch = new FrameWatch()
  watch.take(sample(0, 100), due)
  t.equal(watch.take(sample(1, 100), due).isPictureAway, false)
  t.equal(watch.take(sample(2, 100), due).isPictureAway, true)
  t.equal(watch.take(sample(3, 125), due).isPictureAway, false)
  watch.take(sample(4, 125), due)
  t.equal(watch.take(sample(9, 125), { ...due, isPictureDue: false }).isPictureAway, false, 'nobody means to be seen')
})

t.test('fewer than 20 pictures a second are told after three seconds, each way for itself', async (t) => {
  const watch = new FrameWatch()
  watch.take(sample(0, 0), due)
  watch.take(sample(1, 19), due)
  t.equal(watch.take(sample(2, 38), due).areFramesFew, false)
  const verdict = watch.take(sample(3, 57), due)
  t.match(verdict, { areFramesFew: true, areOwnFramesFew: false, isPictureAway: false })
  t.equal(watch.take(sample(4, 77), due).areFramesFew, false, '20 are enough')
  for (let second = 5; second < 8; second += 1) watch.take(sample(second, 77 + 25 * (second - 4), 12), due)
  t.match(watch.take(sample(8, 177, 12), due), { areFramesFew: false, areOwnFramesFew: true })
})

t.test('connections made anew count from the beginning', async (t) => {
  const watch = new FrameWatch()
  watch.take(sample(0, 5000), due)
  for (let second = 1; second < 4; second += 1) watch.take(sample(second, 25 * second), due)
  t.match(watch.take(sample(4, 100), due), { areFramesFew: false, isPictureAway: false })
})

t.test('a narrow way holds the picture after three seconds, tries again, and waits longer each time', async (t) => {
  const link = new ThinLink()
  const heldAt: boolean[] = []
  for (let second = 0; second < 60; second += 1) heldAt.push(link.take(second * 1000, 100_000))
  const changes = heldAt.flatMap((isHeld, second) => (isHeld === (heldAt[second - 1] ?? false) ? [] : [second]))
  t.same(changes, [3, 11, 17, 33, 39], 'held after 3 s for 8, tried for 6, held for 16, tried for 6, held for 32')
})

t.test('a hiccup holds nothing; a way that has become wide is believed', async (t) => {
  const link = new ThinLink()
  for (const [second, bitrate] of [100_000, 100_000, 400_000, 100_000, 100_000, 400_000].entries()) {
    t.equal(link.take(second * 1000, bitrate), false)
  }
  for (let second = 10; second < 14; second += 1) link.take(second * 1000, 90_000)
  t.equal(link.isHeld, true)
  t.equal(link.take(22_000, undefined), false, 'tried again')
  t.equal(link.take(23_000, 90_000), false, 'what the browser believes at first is old')
  t.equal(link.take(29_000, 800_000), false)
  for (let second = 30; second < 34; second += 1) link.take(second * 1000, 90_000)
  t.equal(link.take(40_900, 90_000), true)
  t.equal(link.take(41_100, 90_000), false, 'the pause is the first one again')
})

t.test('what is sent anew begins without a pause', async (t) => {
  const link = new ThinLink()
  for (let second = 0; second < 5; second += 1) link.take(second * 1000, 90_000)
  t.equal(link.isHeld, true)
  link.forget()
  t.equal(link.isHeld, false)
})
