import t from 'tap'
import { deviceErrorCode } from '#sfu/client/devices.ts'
import { readQuality } from '#sfu/client/quality.ts'

t.test('what a browser says of a device becomes something a page can name', async (t) => {
  const cases: Record<string, string> = {
    NotAllowedError: 'not-allowed',
    SecurityError: 'not-allowed',
    NotFoundError: 'not-found',
    OverconstrainedError: 'not-found',
    NotReadableError: 'in-use',
    AbortError: 'in-use',
    NotSecureError: 'not-secure',
    TypeError: 'failed',
  }
  for (const [name, code] of Object.entries(cases)) {
    t.equal(deviceErrorCode(Object.assign(new Error('said by the browser'), { name })), code, name)
  }
  t.equal(deviceErrorCode('a text'), 'failed')
})

const report = (records: Record<string, unknown>[]): RTCStatsReport =>
  new Map(records.map((record, index) => [String(index), record])) as unknown as RTCStatsReport

t.test('figures of several streams are added up, and what is missing is nothing', async (t) => {
  const quality = await readQuality({
    receiveStats: async () =>
      report([
        { type: 'candidate-pair', state: 'succeeded', currentRoundTripTime: 0.02 },
        { type: 'candidate-pair', state: 'failed', currentRoundTripTime: 9 },
        {
          type: 'inbound-rtp',
          kind: 'video',
          framesDecoded: 100,
          framesPerSecond: 30,
          jitterBufferDelay: 3,
          jitterBufferEmittedCount: 100,
        },
        {
          type: 'inbound-rtp',
          kind: 'audio',
          totalAudioEnergy: 0.5,
          audioLevel: 0.1,
          concealedSamples: 480,
          totalSamplesReceived: 48000,
        },
        { type: 'inbound-rtp', kind: 'audio', totalAudioEnergy: 0.25, audioLevel: 0.3 },
      ]),
    sendStats: async () =>
      report([
        { type: 'outbound-rtp', kind: 'video', frameHeight: 360, framesPerSecond: 30 },
        { type: 'outbound-rtp', kind: 'video', frameHeight: 720, framesPerSecond: 25, qualityLimitationReason: 'cpu' },
      ]),
  })
  t.match(quality, {
    roundTripTimeMs: 20,
    video: { framesDecoded: 100, framesPerSecond: 30, jitterBufferMs: 30, packetsLost: 0 },
    audio: { audioEnergy: 0.75, audioLevel: 0.3, concealedSamples: 480, samples: 48000 },
    sending: { framesPerSecond: 25, frameHeight: 720, limitedBy: 'cpu' },
  })
  const nothing = await readQuality({ receiveStats: async () => undefined, sendStats: async () => undefined })
  t.match(nothing, { roundTripTimeMs: undefined, video: undefined, audio: undefined, sending: undefined })
})
