/**
 * The gate after a build: one real DTLS-SRTP connection through the worker. mediasoup's own tests hold no handshake
 * and pass on a worker that dies at the first one. `MEDIASOUP_WORKER_BIN` names the worker; exit code 0 is a pass.
 */
import { createWorker, type types } from 'mediasoup'
import rtc from 'node-datachannel'

/** Far more than a handshake on loopback takes, even on a busy machine. */
const GATE_MS_MAX = 15_000

/** Our side's offer of one sound track, answered with the worker's own addresses and fingerprint. */
function answerFor(transport: types.WebRtcTransport): string {
  const fingerprint = transport.dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  const candidates = transport.iceCandidates.map(
    ({ foundation, protocol, priority, address, port, type }) =>
      `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}`,
  )
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE audio',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 127.0.0.1',
    'a=mid:audio',
    'a=recvonly',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    `a=ice-ufrag:${transport.iceParameters.usernameFragment}`,
    `a=ice-pwd:${transport.iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    'a=setup:passive',
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n')
}

function fingerprintOf(sdp: string): string {
  return /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1] ?? ''
}

async function passGate(): Promise<void> {
  const worker = await createWorker({ logLevel: 'warn' })
  const died = new Promise<never>((_resolve, reject) => worker.on('died', reject))
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('no connection in time')), GATE_MS_MAX).unref()
  })
  const router = await worker.createRouter()
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] })
  const connected = new Promise<void>((resolve, reject) => {
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected') resolve()
      if (state === 'failed') reject(new Error('the DTLS handshake failed'))
    })
  })
  const peer = new rtc.PeerConnection('gate', { iceServers: [], disableAutoNegotiation: true })
  const audio = new rtc.Audio('audio', 'SendOnly')
  audio.addOpusCodec(111)
  audio.addSSRC(4242, 'gate')
  const track = peer.addTrack(audio)
  const described = new Promise<string>((resolve) => peer.onLocalDescription((sdp) => resolve(sdp)))
  peer.setLocalDescription('offer' as never)
  const offer = await described
  await transport.connect({
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprintOf(offer) }] },
  })
  peer.setRemoteDescription(answerFor(transport), 'answer' as never)
  await Promise.race([connected, died, late])
  track.close()
  peer.close()
  worker.close()
}

try {
  await passGate()
  rtc.cleanup()
  process.stdout.write('The worker carried a DTLS-SRTP connection.\n')
  process.exit(0)
} catch (error) {
  process.stderr.write(`The worker failed its gate: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
