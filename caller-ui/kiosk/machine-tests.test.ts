/** What a machine makes of what it sees and hears of itself. */
import t from 'tap'
import { transportOf } from '#sfu/client/transport-of.ts'
import { isWritingFirst, kioskFault } from '../model/kiosk-fault.ts'
import { NightTimes } from './night-times.ts'
import { partAfter, partsOf, type Parts } from './self-test.ts'
import { NOTHING_MS, SignsOfLife, soundSigns, STILL_MS } from './signs-of-life.ts'
import { isToneHeard, powerAt, TONE_HZ } from './tone.ts'

const PER_S = 48_000

/** A sine of that amplitude, with noise of that amplitude under it. The same in every run. */
function sound(amplitude: number, noise: number, hz = TONE_HZ, count = 16_384): Float32Array {
  let seed = 1
  const chance = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31 - 0.5
  }
  return Float32Array.from(
    { length: count },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / PER_S) + noise * chance(),
  )
}

/** Looks each 100 ms, from 0 to `untilMs`, at what `given` gives then. */
function lifeOf(untilMs: number, given: (at: number) => ArrayLike<number> | null) {
  const signs = new SignsOfLife()
  for (let at = 0; at < untilMs; at += 100) {
    const life = signs.look(given(at), at)
    if (life !== 'waiting') return { life, at }
  }
  return { life: 'waiting' }
}

t.test('a camera that is dead, and one in the dark', async (t) => {
  const black = new Uint8ClampedArray(400)
  t.same(
    lifeOf(5_000, () => black.slice()),
    { life: 'dead', at: STILL_MS },
  )
  const frozen = black.map((_, i) => i % 200)
  t.same(
    lifeOf(5_000, () => frozen),
    { life: 'dead', at: STILL_MS },
    'a picture that stands still',
  )
  const dark = (at: number) => black.map((_, i) => (i === (at / 100) % 400 ? 1 : 0))
  t.same(lifeOf(5_000, dark), { life: 'alive', at: 100 }, 'one bit of one pixel is life')
  const slow = (at: number) => black.map((_, i) => (i === Math.floor(at / 800) ? 1 : 0))
  t.match(lifeOf(5_000, slow), { life: 'alive' }, 'a picture every 800 ms is one')
})

t.test('a camera that gives nothing, or late', async (t) => {
  t.same(
    lifeOf(10_000, () => null),
    { life: 'dead', at: NOTHING_MS },
  )
  const late = (at: number) => (at < NOTHING_MS - 100 ? null : [at])
  t.match(lifeOf(10_000, late), { life: 'alive' })
  const signs = new SignsOfLife()
  signs.look([0], 0)
  t.equal(signs.look([0], 5_000), 'waiting', 'a page that stood still for seconds has seen nothing in them')
  signs.forget()
  t.equal(signs.look(null, 9_000), 'waiting', 'what was switched off begins anew')
})

t.test('a microphone that is dead, and one in a silent room', async (t) => {
  t.same(
    lifeOf(5_000, () => soundSigns(new Float32Array(64))),
    { life: 'dead', at: STILL_MS },
  )
  t.match(
    lifeOf(5_000, () => soundSigns(new Float32Array(64).fill(0.1))),
    { life: 'dead' },
    'a wire that is off',
  )
  const lastBit = (at: number) => soundSigns(new Float32Array(64).map((_, i) => (i === (at / 100) % 64 ? 2 ** -15 : 0)))
  t.same(lifeOf(5_000, lastBit), { life: 'alive', at: 100 })
  const beeps = (at: number) => soundSigns(new Float32Array(64).map((_, i) => (at === 700 && i === 9 ? 0.5 : 0)))
  t.same(lifeOf(5_000, beeps), { life: 'alive', at: 700 }, 'between two sounds there may be nothing')
})

t.test('a tone is heard above the noise beside it, and no other', async (t) => {
  t.ok(Math.abs(powerAt(sound(1, 0), TONE_HZ, PER_S) - 1) < 0.01)
  t.ok(Math.abs(powerAt(sound(0.1, 0), TONE_HZ, PER_S) - 0.01) < 1e-4)
  t.ok(powerAt(sound(1, 0), TONE_HZ + 190, PER_S) < 1e-6, 'nothing of it beside it')
  t.equal(powerAt([], TONE_HZ, PER_S), 0)
  t.ok(isToneHeard(sound(0.01, 0.05), PER_S), 'quieter than the room')
  t.ok(isToneHeard(sound(0.01, 0.05), 48_000))
  t.notOk(isToneHeard(sound(0, 0.5), PER_S), 'noise')
  t.notOk(isToneHeard(sound(0, 0), PER_S), 'nothing')
  t.notOk(isToneHeard(sound(0.5, 0.01, TONE_HZ - 310), PER_S), 'another pitch')
  t.notOk(isToneHeard(sound(0.5, 0.01, 150), PER_S), 'a hum')
})

t.test('what is plugged in, and what a call found', async (t) => {
  const unknown: Parts = { camera: 'unknown', microphone: 'unknown', speaker: 'unknown' }
  const one = { camera: 1, microphone: 1, speaker: 1 }
  const all = partsOf(unknown, {}, one)
  t.same(all, { camera: 'works', microphone: 'works', speaker: 'works' })
  t.same(partsOf(all, one, { ...one, camera: 0 }), { ...all, camera: 'faulty' }, 'unplugged')
  const dead = { ...all, camera: 'faulty' } as const
  t.same(partsOf(dead, one, { ...one, microphone: 2 }), dead, 'a dead camera is not alive because it is listed')
  t.same(partsOf(dead, { ...one, camera: 0 }, one), all, 'plugged in again')
  t.equal(partAfter('faulty', 'closed'), 'faulty', 'a call that is over says nothing new')
  t.equal(partAfter('faulty', 'on'), 'works')
  t.equal(partAfter('works', 'forbidden'), 'faulty')
})

t.test('the one thing that is said', async (t) => {
  const fault = (camera: boolean, microphone: boolean, speaker: boolean, isPathLost = false) => {
    const state = (works: boolean) => (works ? 'works' : 'faulty')
    return kioskFault({ camera: state(camera), microphone: state(microphone), speaker: state(speaker) }, isPathLost)
  }
  t.equal(fault(true, true, true), null)
  t.equal(kioskFault({ camera: 'unknown', microphone: 'unknown', speaker: 'unknown' }, false), null)
  t.equal(fault(false, true, true), 'camera')
  t.equal(fault(true, false, true), 'microphone')
  t.equal(fault(true, true, false), 'speaker')
  t.equal(fault(true, false, false), 'sound')
  t.equal(fault(false, false, true), 'camera-and-sound')
  t.equal(fault(false, true, false), 'camera-and-sound')
  t.equal(fault(false, false, false), 'camera-and-sound')
  t.equal(fault(false, false, false, true), 'path', 'writing needs a way as well')
  t.same(
    (['camera', 'microphone', 'speaker', 'sound', 'camera-and-sound', 'path', null] as const).filter(isWritingFirst),
    ['sound', 'camera-and-sound'],
  )
})

t.test('once a night, each machine at a time of its own', async (t) => {
  const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute)
  const first = new NightTimes(0)
  t.notOk(first.isDue(at(27, 1, 59)))
  t.ok(first.isDue(at(27, 2, 0)))
  t.notOk(new NightTimes(0.999).isDue(at(27, 3, 28)))
  t.ok(new NightTimes(0.999).isDue(at(27, 3, 29)))
  t.notOk(first.isDue(at(27, 4, 0)), 'then the page begins anew')
  first.done(at(27, 2, 1))
  t.notOk(first.isDue(at(27, 3, 0)))
  t.ok(first.isDue(at(28, 2, 0)))
})

t.test('what carries the stream', async (t) => {
  const report = (protocol: string) =>
    new Map<string, Record<string, unknown>>([
      ['T', { type: 'transport', id: 'T', selectedCandidatePairId: 'P2' }],
      ['P1', { type: 'candidate-pair', id: 'P1', localCandidateId: 'L1' }],
      ['P2', { type: 'candidate-pair', id: 'P2', localCandidateId: 'L2' }],
      ['L1', { type: 'local-candidate', id: 'L1', protocol: 'udp' }],
      ['L2', { type: 'local-candidate', id: 'L2', protocol }],
    ])
  t.equal(transportOf(report('tcp')), 'tcp')
  t.equal(transportOf(report('udp')), 'udp')
  t.equal(transportOf(report('quic')), null)
  t.equal(transportOf(new Map()), null)
})
