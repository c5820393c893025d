/** How each receives the others: measured over some seconds, and told to the agents they speak with. */
import t from 'tap'
import type { Reception } from '#sfu/contract/reception.ts'
import { ReceptionWatch, type ReceptionSample } from '../client/reception.ts'
import { agent, caller, joinPage, openControl, startTestSfu } from './harness.ts'

const reception: Reception = {
  roundTripMs: 20,
  jitterBufferMs: 35,
  concealedShare: 0.01,
  lossShare: 0,
  uplinkLossShare: null,
  framesPerSecond: 24,
  frozenShare: 0,
}

t.test('a report is heard by the agents who are connected with whoever tells it, and by nobody else', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page: citizen } = await joinPage(t, sfu, caller('room-1'))
  const { page: first } = await joinPage(t, sfu, agent('room-1'))
  const { page: standby } = await joinPage(t, sfu, agent('room-1', 'agent-2'))
  await citizen.ask('reception.report', reception)
  await control.ask('room.connect', { roomId: 'room-1', participantIds: ['caller', 'agent-1'] })
  await citizen.ask('reception.report', { ...reception, roundTripMs: 21 })
  t.same(await first.event('reception.told'), {
    participantId: 'caller',
    role: 'caller',
    reception: { ...reception, roundTripMs: 21 },
  })
  await first.ask('reception.report', reception)
  await standby.ask('reception.report', reception)
  // Answers come in order: whatever was to be told has been by the time a later question is answered.
  await Promise.all([citizen, first, standby].map((page) => page.ask('reception.report', reception)))
  t.equal(first.all('reception.told').length, 2, 'nothing of standby, and nothing of their own')
  t.same([...citizen.all('reception.told'), ...standby.all('reception.told')], [])
  for (const wrong of [{ ...reception, name: 'Sara' }, { ...reception, lossShare: 1.5 }, {}]) {
    await t.rejects(citizen.ask('reception.report', wrong as Reception), { code: 'bad-request' })
  }
})

function sample(second: number, changes: Partial<Record<'concealed' | 'lost' | 'samples', number>> = {}) {
  const { concealed = 0, lost = 0, samples = second * 48_000 } = changes
  const audio = {
    packetsReceived: second * 50 - lost,
    packetsLost: lost,
    concealedSamples: concealed,
    samples,
    audioLevel: 0,
    audioEnergy: 0,
    jitterBufferMs: 0,
    jitterBufferTotalMs: second * 48_000 * 40,
    jitterBufferCount: second * 48_000,
  }
  return {
    at: second * 1_000,
    roundTripTimeMs: 19.6,
    video: undefined,
    audio,
    uplinkLossShare: 0.02,
  } as ReceptionSample
}

const due = { isSoundDue: true, isPictureDue: false }

t.test('each two seconds the last four are told, and what is not sent is not missed', async (t) => {
  const watch = new ReceptionWatch()
  t.equal(watch.take(sample(0), due), undefined, 'one sample is no window')
  t.match(watch.take(sample(1), due), { roundTripMs: 20, jitterBufferMs: 40, concealedShare: 0, uplinkLossShare: 0.02 })
  t.equal(watch.take(sample(2), due), undefined)
  const worse = { concealed: 9_600, lost: 10 }
  t.match(watch.take(sample(3, worse), due), { concealedShare: 9_600 / 144_000, lossShare: 10 / 150 })
  watch.take(sample(4, worse), due)
  watch.take(sample(5, worse), due)
  watch.take(sample(6, worse), due)
  t.match(watch.take(sample(7, worse), due), { concealedShare: 0, lossShare: 0, framesPerSecond: null })
  t.equal(watch.take(sample(9), { isSoundDue: false, isPictureDue: false }), undefined)
})

t.test('a microphone that was off, and connections made anew, begin a new window', async (t) => {
  const watch = new ReceptionWatch()
  watch.take(sample(0), due)
  watch.take(sample(1), due)
  const off = { isSoundDue: false, isPictureDue: true }
  for (let second = 2; second < 6; second += 1) {
    const told = watch.take(sample(second, { concealed: second * 48_000 }), off)
    if (told !== undefined) t.match(told, { concealedShare: null, lossShare: null })
  }
  t.equal(watch.take(sample(6, { concealed: 6 * 48_000 }), due), undefined)
  t.match(watch.take(sample(7, { concealed: 6 * 48_000 }), due), { concealedShare: 0 })
  watch.take(sample(8, { concealed: 6 * 48_000 }), due)
  t.equal(watch.take(sample(9, { samples: 10 }), due), undefined, 'counters that fell are of other connections')
})
