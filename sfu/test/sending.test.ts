/** What a page tells its browser to send, and when: each time something else, and never the same again. */
import { mock } from 'node:test'
import t from 'tap'
import type { types } from 'mediasoup-client'
import { LARGEST_AFTER_MS } from '../client/encodings.ts'
import { MediaLeg, type Source } from '../client/media-leg.ts'
import type { JoinReply, MediaLink } from '../client/media-link.ts'

/** A browser's sender of two sizes, which keeps what it was told of each. */
function sendingCamera() {
  const told: (boolean | undefined)[][] = []
  let parameters = { encodings: [{ active: true }, { active: false }] } as RTCRtpSendParameters
  const rtpSender = {
    getParameters: () => structuredClone(parameters),
    setParameters: async (next: RTCRtpSendParameters) => {
      parameters = next
      told.push(next.encodings.map(({ active }) => active))
    },
  }
  return { told, rtpSender }
}

async function makeLeg() {
  const { told, rtpSender } = sendingCamera()
  const asked: string[] = []
  const transport = {
    on: () => undefined,
    listenerCount: () => 1,
    produce: async () => ({ id: 'p', closed: false, rtpSender, replaceTrack: async () => undefined }),
    produceData: async () => ({ on: () => undefined, readyState: 'connecting' }),
  }
  const device = { createSendTransport: () => transport, createRecvTransport: () => transport, recvRtpCapabilities: {} }
  const link = {
    iceServers: [],
    ask: async (name: string) => (asked.push(name), { transportId: 't', producerId: 'p' }),
  }
  const text = { onOwn: () => undefined, onFault: (error: unknown) => t.error(error as Error) }
  const leg = new MediaLeg(
    device as unknown as types.Device,
    link as unknown as MediaLink,
    { roomInstanceId: 'r' } as JoinReply,
    { onTrack: () => undefined, onTrackEnded: () => undefined, onConnection: () => undefined, text: text as never },
  )
  await leg.build(new Map<Source, MediaStreamTrack>([['camera', { contentHint: '' } as MediaStreamTrack]]))
  asked.length = 0
  return { leg, told, asked }
}

/** Until what was asked for is done: no step of it waits for anything but the one before. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

t.test('from ringing to the call nothing new is told, until the large picture may go', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  const { leg, told, asked } = await makeLeg()
  leg.applySending('camera', { isOn: true, isActive: false, mayGrow: false })
  await settled()
  t.same(told, [[false, false]], 'nobody is there')
  leg.applySending('camera', { isOn: true, isActive: true, mayGrow: false })
  leg.applySending('camera', { isOn: true, isActive: true, mayGrow: true })
  await settled()
  t.same(told.slice(1), [[true, false]], 'it rings, and is answered')
  mock.timers.tick(LARGEST_AFTER_MS)
  await settled()
  t.same(told.slice(2), [[true, true]])
  t.same(asked, [])
  leg.applySending('camera', { isOn: false, isActive: true, mayGrow: true })
  leg.applySending('camera', { isOn: true, isActive: true, mayGrow: true })
  await settled()
  t.same(told.slice(3), [
    [false, false],
    [true, true],
  ])
  t.same(asked, ['producer.pause', 'producer.resume'])
})
