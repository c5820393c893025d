import t from 'tap'
import { resetVolume, turnVolume, volume, volumeGain, VOLUME_STEP_MAX } from '../session/volume.ts'
import { announceIn, quiet, POSITION_EVERY_MS, SPOKEN_POSITION_EVERY_MS } from './announcement.ts'
import { deviceTrouble } from './device-trouble.ts'
import { pathOf } from './media-path.ts'
import { devicesOf, modeWithMore } from './mode-devices.ts'
import { coverOf } from './stage-cover.ts'

t.test('a change of state is said at once, a position not too often', async (t) => {
  const first = { topic: 'position', words: 'Du er nummer 3 i køen' }
  t.equal(announceIn(quiet, first, 1_000), 0)
  const said = { last: first, saidAt: 1_000 }
  t.equal(announceIn(said, first, 2_000), null)
  const second = { topic: 'position', words: 'Du er nummer 2 i køen' }
  t.equal(announceIn(said, second, 11_000), POSITION_EVERY_MS - 10_000)
  t.equal(announceIn(said, second, 1_000 + POSITION_EVERY_MS), 0)
  t.equal(announceIn(said, { topic: 'offered', words: 'Vi finder en medarbejder' }, 1_001), 0)
  t.equal(announceIn(said, second, 11_000, SPOKEN_POSITION_EVERY_MS), 50_000)
  t.equal(announceIn(said, second, 61_000, SPOKEN_POSITION_EVERY_MS), 0)
})

t.test('what a broken device means', async (t) => {
  t.equal(deviceTrouble('on', 'on'), null)
  t.equal(deviceTrouble('opening', 'opening'), null)
  t.equal(deviceTrouble('off', 'off'), null, 'switched off is not broken')
  t.equal(deviceTrouble('unavailable', 'on'), 'device.no-camera')
  t.equal(deviceTrouble('on', 'unavailable'), 'device.no-microphone')
  t.equal(deviceTrouble('unavailable', 'unavailable'), 'device.neither')
  t.equal(deviceTrouble('closed', 'on'), null, 'not needed is not broken')
  t.equal(deviceTrouble('closed', 'unavailable'), 'device.no-microphone-voice', 'nobody sees them either')
  t.equal(deviceTrouble('forbidden', 'on'), 'device.forbidden-camera')
  t.equal(deviceTrouble('on', 'forbidden'), 'device.forbidden-microphone')
  t.equal(deviceTrouble('forbidden', 'forbidden'), 'device.forbidden')
  t.equal(deviceTrouble('forbidden', 'unavailable'), 'device.neither')
})

t.test('the way to the other side', async (t) => {
  const view = { state: 'connecting', isFlowing: false, closedReason: undefined } as const
  t.equal(pathOf(view, 'none'), 'connecting')
  t.equal(pathOf({ ...view, state: 'standby' }, 'connecting'), 'connecting')
  t.equal(pathOf({ ...view, state: 'connected' }, 'connecting'), 'connecting', 'nothing is seen yet')
  t.equal(pathOf({ ...view, state: 'connected', isFlowing: true }, 'connecting'), 'up')
  t.equal(pathOf({ ...view, state: 'reconnecting' }, 'up'), 'interrupted')
  t.equal(pathOf({ ...view, state: 'connected' }, 'interrupted'), 'interrupted')
  t.equal(pathOf({ ...view, state: 'reconnecting' }, 'connecting'), 'connecting', 'nothing was there to be interrupted')
  t.equal(pathOf({ ...view, state: 'closed', closedReason: 'refused' }, 'connecting'), 'lost')
  t.equal(pathOf(view, 'lost'), 'lost', 'until it is found')
  t.equal(pathOf({ ...view, state: 'closed', closedReason: 'ended' }, 'up'), 'none')
})

t.test('what stands before the picture', async (t) => {
  const here = { isAgentLost: false }
  t.equal(coverOf(here, 'up', true), null)
  t.equal(coverOf({ isAgentLost: true }, 'up', true), null, 'the picture flows: nothing is lost to the eye')
  t.equal(coverOf(here, 'up', false), 'sound-only')
  t.equal(coverOf({ isAgentLost: true }, 'up', false), 'agent-lost')
  t.equal(coverOf(here, 'connecting', false), 'connecting')
  t.equal(coverOf({ isAgentLost: true }, 'connecting', false), 'agent-lost')
  t.equal(coverOf(here, 'interrupted', true), 'interrupted')
  t.equal(coverOf(here, 'lost', false), 'no-media')
  t.equal(coverOf(here, 'up', true, true), 'picture-paused')
  t.equal(coverOf(here, 'interrupted', true, true), 'interrupted', 'without sound it is more than the picture')
})

t.test('what a way of talking opens, and what is one more', async (t) => {
  t.same(devicesOf('signing'), ['camera', 'microphone'], 'the picture first')
  t.same(devicesOf('text'), [])
  t.same([modeWithMore('text'), modeWithMore('voice')], ['voice', 'video'])
  t.same([modeWithMore('video'), modeWithMore('signing')], [null, null])
})

t.test('the volume has the steps that the standard asks for', async (t) => {
  const decibels = (from: number, to: number) => 20 * Math.log10(to / from)
  const gains = Array.from({ length: VOLUME_STEP_MAX + 1 }, (_, step) => {
    resetVolume()
    turnVolume(step - volume.value)
    return volumeGain.value
  })
  const [least = 0] = gains
  t.ok(decibels(least, gains.at(-1) ?? 0) >= 18 - 1e-9)
  t.ok(
    gains.slice(1, -1).some((gain) => Math.abs(decibels(least, gain) - 12) < 1e-9),
    'one in between is 12 dB above the quietest',
  )
  turnVolume(99)
  t.equal(volume.value, VOLUME_STEP_MAX)
  resetVolume()
  t.ok(volume.value < VOLUME_STEP_MAX, 'there is one left for who hears less well')
})
