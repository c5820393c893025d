/**
 * The gate after a build: one real call through the worker. A sender's packets must arrive at a receiver unharmed, over
 * two DTLS-SRTP connections. mediasoup's own tests hold no handshake and pass on a worker that dies at the first one.
 * `MEDIASOUP_WORKER_BIN` names the worker; exit code 0 is a pass.
 */
import { createWorker, type types } from 'mediasoup'
import { Audio, PeerConnection, cleanup, type Track } from 'node-datachannel'

/** Far more than two handshakes on loopback and a second of sound take, even on a busy machine. */
const GATE_MS_MAX = 45_000
/** A second of sound: enough for key, index and replay window of SRTP to be used in earnest. */
const PACKETS_WANTED = 50
const PACKET_EVERY_MS = 20
const SEND_PAYLOAD_TYPE = 111
const SSRC = 4242
const HEADER_BYTES = 12
const PAYLOAD_BYTES = 80

/** The worker's side of the connection as SDP, with one sound section. */
function remoteSdp(
  transport: types.WebRtcTransport,
  section: { mid: string; payloadType: number; lines: readonly string[] },
): string {
  const fingerprint = transport.dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${section.mid}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${section.payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${section.mid}`,
    'a=rtcp-mux',
    `a=rtpmap:${section.payloadType} opus/48000/2`,
    `a=ice-ufrag:${transport.iceParameters.usernameFragment}`,
    `a=ice-pwd:${transport.iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    ...section.lines,
    ...transport.iceCandidates.map(
      (c) => `a=candidate:${c.foundation} 1 udp ${c.priority} ${c.address} ${c.port} typ host`,
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n')
}

/** What `begin` makes the peer say of itself. */
function localSdp(peer: PeerConnection, begin: () => void): Promise<string> {
  return new Promise((resolve) => {
    peer.onLocalDescription((sdp) => resolve(sdp))
    begin()
  })
}

function dtlsOf(sdp: string): types.DtlsParameters {
  const value = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1] ?? ''
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] }
}

const newPeer = (name: string) => new PeerConnection(name, { iceServers: [], bindAddress: '127.0.0.1' })

const newTransport = (router: types.Router) =>
  router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] })

/** Connects a sender to the worker; its packets are numbered and their payload follows from the number. */
async function connectSender(router: types.Router) {
  const transport = await newTransport(router)
  const peer = newPeer('sender')
  const audio = new Audio('0', 'SendOnly')
  audio.addOpusCodec(SEND_PAYLOAD_TYPE)
  audio.addSSRC(SSRC, 'gate', 'stream', 'track')
  const track = peer.addTrack(audio)
  const sdp = await localSdp(peer, () => peer.setLocalDescription('offer'))
  await transport.connect({ dtlsParameters: dtlsOf(sdp) })
  const lines = ['a=recvonly', 'a=setup:passive']
  peer.setRemoteDescription(remoteSdp(transport, { mid: '0', payloadType: SEND_PAYLOAD_TYPE, lines }), 'answer')
  const producer = await transport.produce({
    kind: 'audio',
    rtpParameters: {
      mid: '0',
      codecs: [{ mimeType: 'audio/opus', payloadType: SEND_PAYLOAD_TYPE, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc: SSRC }],
      rtcp: { cname: 'gate' },
    },
  })
  return { peer, track, producer }
}

function packet(number: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + PAYLOAD_BYTES, number & 0xff)
  bytes[0] = 0x80
  bytes[1] = SEND_PAYLOAD_TYPE
  bytes.writeUInt16BE(number & 0xffff, 2)
  bytes.writeUInt32BE((number * 960) >>> 0, 4)
  bytes.writeUInt32BE(SSRC, 8)
  return bytes
}

/** Connects a receiver to what the producer sends. `onPacket` is given each packet of sound that arrives. */
async function connectReceiver(router: types.Router, producerId: string, onPacket: (bytes: Buffer) => void) {
  const transport = await newTransport(router)
  const consumer = await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities, paused: true })
  const payloadType = consumer.rtpParameters.codecs[0]?.payloadType ?? 0
  const ssrc = consumer.rtpParameters.encodings?.[0]?.ssrc
  const peer = newPeer('receiver')
  // Kept, because a track that is collected delivers nothing.
  const tracks: Track[] = []
  peer.onTrack((track) => {
    tracks.push(track)
    track.onMessage((bytes) => {
      if (((bytes[1] ?? 0) & 0x7f) === payloadType) onPacket(bytes)
    })
  })
  const lines = ['a=sendonly', 'a=setup:actpass', `a=ssrc:${ssrc ?? 0} cname:gate`]
  const offer = remoteSdp(transport, { mid: consumer.rtpParameters.mid ?? '0', payloadType, lines })
  const sdp = await localSdp(peer, () => peer.setRemoteDescription(offer, 'offer'))
  await transport.connect({ dtlsParameters: dtlsOf(sdp) })
  await consumer.resume()
  return { peer, tracks }
}

/** A payload is one byte, many times; one that was decrypted or encrypted wrongly is noise. */
function isUnharmed(bytes: Buffer): boolean {
  const payload = bytes.subarray(bytes.length - PAYLOAD_BYTES)
  return payload.length === PAYLOAD_BYTES && payload.every((byte) => byte === payload[0])
}

async function carryCall(worker: types.Worker): Promise<void> {
  const router = await worker.createRouter({
    mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 100 }],
  })
  const sender = await connectSender(router)
  let arrived = 0
  const all = Promise.withResolvers<void>()
  const receiver = await connectReceiver(router, sender.producer.id, (bytes) => {
    if (!isUnharmed(bytes)) all.reject(new Error('a packet arrived with another payload than was sent'))
    arrived += 1
    if (arrived === PACKETS_WANTED) all.resolve()
  })
  let number = 1
  const timer = setInterval(() => {
    if (sender.track.isOpen()) sender.track.sendMessageBinary(packet(number++))
  }, PACKET_EVERY_MS)
  try {
    await all.promise
  } finally {
    clearInterval(timer)
    receiver.tracks.length = 0
    receiver.peer.close()
    sender.peer.close()
  }
}

async function passGate(): Promise<void> {
  const worker = await createWorker({ logLevel: 'warn' })
  const died = new Promise<never>((_resolve, reject) => worker.on('died', reject))
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no call within ${GATE_MS_MAX / 1000} s`)), GATE_MS_MAX).unref()
  })
  await Promise.race([carryCall(worker), died, late])
  worker.close()
}

try {
  await passGate()
  cleanup()
  process.stdout.write(`The worker carried a call: ${PACKETS_WANTED} packets over DTLS-SRTP, in and out.\n`)
  process.exit(0)
} catch (error) {
  process.stderr.write(`The worker failed its gate: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
