import fc from 'fast-check'
import t from 'tap'
import { agent, caller, joinPage, openControl, startTestSfu, until, type Page } from './harness.ts'
import { opusParameters } from './rtp-peer.ts'

type Json = Parameters<Page['ask']>[1]

/** Asks for something no honest page would: the types are told to look away. */
async function provoke(page: Page, name: Parameters<Page['ask']>[0], body: unknown): Promise<string> {
  try {
    await page.ask(name, body as Json)
    return 'taken'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const vp8 = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90000 }
const wrongRtpParameters: Record<string, unknown> = {
  'no codecs': { codecs: [] },
  'a codec of the other kind': { codecs: [vp8], encodings: [{ ssrc: 1 }] },
  'an unknown codec': { codecs: [{ ...vp8, mimeType: 'audio/nonsense' }], encodings: [{ ssrc: 1 }] },
  'only retransmission': {
    codecs: [{ ...vp8, mimeType: 'audio/rtx', parameters: { apt: 96 } }],
    encodings: [{ ssrc: 1 }],
  },
  'no encodings': { ...opusParameters(1), encodings: [] },
  'four encodings': { ...opusParameters(1), encodings: [{ ssrc: 1 }, { ssrc: 2 }, { ssrc: 3 }, { ssrc: 4 }] },
  'an SSRC too large': { ...opusParameters(1), encodings: [{ ssrc: 4_294_967_296 }] },
  'an SSRC of zero': { ...opusParameters(1), encodings: [{ ssrc: 0 }] },
  'a payload type too large': { codecs: [{ mimeType: 'audio/opus', payloadType: 300, clockRate: 48000 }] },
  'a header extension with an id of 0': { ...opusParameters(1), headerExtensions: [{ uri: 'urn:x', id: 0 }] },
  'a header extension with an id of 256': { ...opusParameters(1), headerExtensions: [{ uri: 'urn:x', id: 256 }] },
  'an endless mid': { ...opusParameters(1), mid: 'm'.repeat(1_000) },
  'an object for a codec parameter': {
    ...opusParameters(1),
    codecs: [{ ...opusParameters(1).codecs[0], parameters: { useinbandfec: { deep: 1 } } }],
  },
}

t.test('malformed media is refused, one by one, and the worker lives', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const [pid] = sfu.rooms.workerPids
  for (const [title, rtpParameters] of Object.entries(wrongRtpParameters)) {
    const { page } = await joinPage(t, sfu, caller('room-1'))
    const { transportId } = await page.ask('transport.create', { direction: 'send' })
    const outcome = await provoke(page, 'produce', { transportId, kind: 'audio', source: 'microphone', rtpParameters })
    t.match(outcome, /^(bad-request|media-refused)$/, title)
  }
  t.same(sfu.rooms.workerPids, [pid])
})

t.test('what is not theirs cannot be touched, and nothing is made in the wrong order', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page, joined } = await joinPage(t, sfu, caller('room-1'))
  const { page: other } = await joinPage(t, sfu, agent('room-1'))
  const { transportId } = await other.ask('transport.create', { direction: 'send' })
  const fingerprints = [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }]
  const produce = { transportId, kind: 'audio', source: 'microphone', rtpParameters: opusParameters(1) }
  t.equal(await provoke(page, 'produce', produce), 'unknown-object')
  t.equal(await provoke(page, 'transport.connect', { transportId, dtlsParameters: { fingerprints } }), 'unknown-object')
  t.equal(await provoke(page, 'transport.restart-ice', { transportId }), 'unknown-object')
  const { producerId } = await other.ask('produce', produce as never)
  t.equal(await provoke(page, 'producer.pause', { producerId }), 'unknown-object')
  t.equal(await provoke(page, 'producer.close', { producerId }), 'unknown-object')
  t.equal(await provoke(page, 'consumer.resume', { consumerId: producerId }), 'unknown-object')
  const rtpCapabilities = joined.routerRtpCapabilities
  t.equal(await provoke(page, 'receive.ready', { rtpCapabilities }), 'unknown-object', 'no receive transport yet')
  const { transportId: receiveId } = await page.ask('transport.create', { direction: 'receive' })
  t.equal(await provoke(page, 'produce', { ...produce, transportId: receiveId }), 'unknown-object')
  t.equal(await provoke(other, 'produce', { ...produce, kind: 'video' }), 'media-refused')
  t.equal(await provoke(other, 'produce', { ...produce, source: 'camera' }), 'media-refused')
  t.equal(await provoke(page, 'receive.ready', { rtpCapabilities: { codecs: [] } }), 'taken', 'who can decode nothing')
  await page.ask('media.flowing', {})
  t.same(page.all('consumer.new'), [], 'gets nothing')
})

t.test('transports asked for again and again do not pile up', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  const first = await page.ask('transport.create', { direction: 'send' })
  for (let n = 0; n < 40; n += 1) await page.ask('transport.create', { direction: 'send' })
  t.equal(await provoke(page, 'transport.restart-ice', { transportId: first.transportId }), 'unknown-object')
})

t.test('random messages at every request: no bug, no dead worker', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const [pid] = sfu.rooms.workerPids
  const small = fc.oneof(fc.constant('0'), fc.constant('r0'), fc.string({ maxLength: 8 }))
  const codec = fc.record(
    {
      mimeType: fc.constantFrom('audio/opus', 'audio/rtx', 'audio/PCMU', 'audio/OPUS', 'audio/telephone-event'),
      payloadType: fc.integer({ min: 0, max: 127 }),
      clockRate: fc.constantFrom(8000, 48000, 96000),
      channels: fc.integer({ min: 1, max: 2 }),
      parameters: fc.dictionary(
        fc.constantFrom('apt', 'useinbandfec', 'x', 'packetization-mode'),
        fc.constantFrom(1, 96, 'y', null, true, -1e9),
      ),
      rtcpFeedback: fc.array(fc.record({ type: small, parameter: small }), { maxLength: 3 }),
    },
    { requiredKeys: ['mimeType', 'payloadType', 'clockRate'] },
  )
  const encoding = fc.record(
    {
      ssrc: fc.integer({ min: 1, max: 4_294_967_295 }),
      rid: small,
      codecPayloadType: fc.integer({ min: 0, max: 127 }),
      rtx: fc.record({ ssrc: fc.integer({ min: 1, max: 4_294_967_295 }) }),
      dtx: fc.boolean(),
      scalabilityMode: fc.constantFrom('L1T3', 'L9T9', 'S3T3', '', 'L0T0', 'L99999T9'),
      maxBitrate: fc.integer({ min: 1, max: 20_000_000 }),
    },
    { requiredKeys: [] },
  )
  const parameters = fc.record(
    {
      mid: small,
      codecs: fc.array(codec, { minLength: 1, maxLength: 4 }),
      headerExtensions: fc.array(
        fc.record({
          uri: fc.constantFrom(
            'urn:ietf:params:rtp-hdrext:sdes:mid',
            'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
            'urn:x',
            '',
          ),
          id: fc.integer({ min: 1, max: 255 }),
        }),
        { maxLength: 4 },
      ),
      encodings: fc.array(encoding, { maxLength: 3 }),
      rtcp: fc.record({ cname: small, mux: fc.boolean() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['codecs'] },
  )
  // Nearly right reaches deeper than quite wrong.
  const nearly = fc.tuple(parameters, encoding).map(([some, one]) => ({
    ...some,
    codecs: opusParameters(1).codecs,
    encodings: [{ ...one, ssrc: one.ssrc ?? 1 }],
  }))
  const outcomes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(parameters, nearly), { minLength: 1, maxLength: 10 }), async (all) => {
      const { page } = await joinPage(t, sfu, caller('room-1'))
      const { transportId } = await page.ask('transport.create', { direction: 'send' })
      for (const rtpParameters of all) {
        const body = { transportId, kind: 'audio', source: 'microphone', rtpParameters }
        const outcome = await provoke(page, 'produce', body)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (!page.socket.connected) break
      }
      page.socket.disconnect()
    }),
    { numRuns: 60 },
  )
  t.ok((outcomes.get('taken') ?? 0) > 0, 'some of it was fit to be taken')
  t.ok((outcomes.get('media-refused') ?? 0) > 0, 'some of it mediasoup refused')
  t.equal(outcomes.get('internal'), undefined)
  t.same(sfu.rooms.workerPids, [pid], 'the worker lives')
})

t.test('a page that makes and drops producers all the time leaves the others alone', async (t) => {
  const sfu = await startTestSfu(t)
  const control = await openControl(t, sfu)
  await control.ask('room.open', { roomId: 'room-1' })
  const { page } = await joinPage(t, sfu, caller('room-1'))
  const { page: other, joined } = await joinPage(t, sfu, agent('room-1'))
  await other.ask('transport.create', { direction: 'receive' })
  await other.ask('receive.ready', { rtpCapabilities: joined.routerRtpCapabilities as never })
  const { transportId } = await page.ask('transport.create', { direction: 'send' })
  for (let n = 1; n <= 40; n += 1) {
    await page.ask('produce', { transportId, kind: 'audio', source: 'microphone', rtpParameters: opusParameters(n) })
  }
  await until('one consumer is left', () => {
    const closed = other.all('consumer.closed').length
    return other.all('consumer.new').length - closed === 1
  })
})
