/** A participant with real ICE, DTLS and SRTP, who sends numbered Opus packets and counts what arrives. */
import { Audio, PeerConnection, cleanup, type Track } from 'node-datachannel'
import type { Test } from 'tap'
import type { Body, Reply } from '#sfu/contract/wire.ts'
import type { mediaRequests } from '#sfu/contract/media.ts'
import { caller, joinPage, until, type Page, type TestSfu, type Who } from './harness.ts'

type Requests = typeof mediaRequests
type Created = Reply<Requests, 'transport.create'>
type Joined = Reply<Requests, 'join'>

type IceParameters = { usernameFragment: string; password: string }
type Candidate = { foundation: string; priority: number; address: string; port: number; protocol: string }
type DtlsParameters = { fingerprints: { algorithm: string; value: string }[] }

const SEND_PAYLOAD_TYPE = 111
const PACKET_EVERY_MS = 20

/** The SFU's half of the negotiation as SDP, for one audio section. */
function remoteSdp(created: Created, section: { mid: string; payloadType: number; lines: string[] }): string {
  // Made by mediasoup; the contract leaves it as it is.
  const ice = created.iceParameters as IceParameters
  const candidates = (created.iceCandidates as Candidate[]).filter(({ protocol }) => protocol === 'udp')
  const { fingerprints } = created.dtlsParameters as DtlsParameters
  const fingerprint = fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${section.mid}`,
    `m=audio 7 UDP/TLS/RTP/SAVPF ${section.payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${section.mid}`,
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    'a=rtcp-mux',
    `a=rtpmap:${section.payloadType} opus/48000/2`,
    ...section.lines,
    ...candidates.map((c) => `a=candidate:${c.foundation} 1 udp ${c.priority} ${c.address} ${c.port} typ host`),
    'a=end-of-candidates',
    '',
  ].join('\r\n')
}

function localDtls(sdp: string): Body<Requests, 'transport.connect'>['dtlsParameters'] {
  const value = /a=fingerprint:sha-256 (\S+)/.exec(sdp)?.[1]
  if (value === undefined) throw new Error('the local description has no fingerprint')
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] }
}

async function localDescription(peer: PeerConnection, begin: () => void): Promise<string> {
  return await new Promise((resolve) => {
    peer.onLocalDescription((sdp) => resolve(sdp))
    begin()
  })
}

let peersOpen = 0

export class RtpPeer {
  readonly page: Page
  readonly joined: Joined
  /** Packets that arrived, by consumer id. */
  readonly received = new Map<string, number>()
  readonly #peers: PeerConnection[] = []
  #timer: NodeJS.Timeout | undefined
  sendTransportId = ''
  producerId = ''

  constructor(page: Page, joined: Joined) {
    this.page = page
    this.joined = joined
  }

  get receivedCount(): number {
    let count = 0
    for (const packets of this.received.values()) count += packets
    return count
  }

  /** Sends sound over a new transport until closed. */
  async send(ssrc: number): Promise<void> {
    const created = await this.page.ask('transport.create', { direction: 'send' })
    this.sendTransportId = created.transportId
    const peer = this.#newPeer()
    const audio = new Audio('0', 'SendOnly')
    audio.addOpusCodec(SEND_PAYLOAD_TYPE)
    audio.addSSRC(ssrc, 'sound', 'stream', 'track')
    const track = peer.addTrack(audio)
    const sdp = await localDescription(peer, () => peer.setLocalDescription('offer'))
    const { transportId } = created
    await this.page.ask('transport.connect', { transportId, dtlsParameters: localDtls(sdp) })
    const lines = ['a=recvonly', 'a=setup:passive']
    peer.setRemoteDescription(remoteSdp(created, { mid: '0', payloadType: SEND_PAYLOAD_TYPE, lines }), 'answer')
    const rtpParameters = opusParameters(ssrc)
    const produced = await this.page.ask('produce', { transportId, kind: 'audio', source: 'microphone', rtpParameters })
    this.producerId = produced.producerId
    await until('the track to send on', () => track.isOpen())
    this.#pour(track, ssrc)
  }

  /** Receives over a new transport: takes the first consumer it is told from now on, and asks for it to flow. */
  async receive(): Promise<string> {
    const created = await this.page.ask('transport.create', { direction: 'receive' })
    const before = this.page.all('consumer.new').length
    // A browser says what it can decode; this one claims all the router offers.
    const rtpCapabilities = this.joined.routerRtpCapabilities as Body<Requests, 'receive.ready'>['rtpCapabilities']
    await this.page.ask('receive.ready', { rtpCapabilities })
    const consumer = await this.page.event('consumer.new', before + 1)
    const { mid, codecs, encodings } = consumer.rtpParameters as {
      mid: string
      codecs: { payloadType: number }[]
      encodings: { ssrc: number }[]
    }
    const payloadType = codecs[0]?.payloadType ?? 0
    const peer = this.#newPeer()
    peer.onTrack((track) => {
      track.onMessage((packet) => {
        if (((packet[1] ?? 0) & 0x7f) !== payloadType) return
        this.received.set(consumer.consumerId, (this.received.get(consumer.consumerId) ?? 0) + 1)
      })
      this.#tracks.push(track)
    })
    const lines = ['a=sendonly', 'a=setup:actpass', `a=ssrc:${encodings[0]?.ssrc} cname:sound`]
    const offer = remoteSdp(created, { mid, payloadType, lines })
    const sdp = await localDescription(peer, () => peer.setRemoteDescription(offer, 'offer'))
    await this.page.ask('transport.connect', { transportId: created.transportId, dtlsParameters: localDtls(sdp) })
    await until('the receive connection', () => peer.state() === 'connected')
    await this.page.ask('consumer.resume', { consumerId: consumer.consumerId })
    return consumer.consumerId
  }

  close(): void {
    clearInterval(this.#timer)
    for (const peer of this.#peers) {
      peer.close()
      peersOpen -= 1
    }
    this.#peers.length = 0
    // The library's threads end with its last connection.
    if (peersOpen === 0) cleanup()
  }

  /** Kept, because a track that is collected delivers nothing. */
  readonly #tracks: Track[] = []

  #newPeer(): PeerConnection {
    const peer = new PeerConnection('participant', { iceServers: [], bindAddress: '127.0.0.1' })
    peersOpen += 1
    this.#peers.push(peer)
    return peer
  }

  #pour(track: Track, ssrc: number): void {
    clearInterval(this.#timer)
    let sequence = 1
    this.#timer = setInterval(() => {
      const packet = Buffer.alloc(12 + 80)
      packet[0] = 0x80
      packet[1] = SEND_PAYLOAD_TYPE
      packet.writeUInt16BE(sequence & 0xffff, 2)
      packet.writeUInt32BE((sequence * 960) >>> 0, 4)
      packet.writeUInt32BE(ssrc, 8)
      sequence += 1
      if (track.isOpen()) track.sendMessageBinary(packet)
    }, PACKET_EVERY_MS)
  }
}

export function opusParameters(ssrc: number): Body<Requests, 'produce'>['rtpParameters'] {
  return {
    mid: '0',
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: SEND_PAYLOAD_TYPE,
        clockRate: 48000,
        channels: 2,
        parameters: { useinbandfec: 1 },
        rtcpFeedback: [{ type: 'nack' }],
      },
    ],
    encodings: [{ ssrc }],
    rtcp: { cname: 'sound', reducedSize: true },
  }
}

/** Joins with real media to be. Ends with the test. */
export async function joinRtpPeer(t: Test, sfu: TestSfu, who: Who = caller('room-1')): Promise<RtpPeer> {
  const { page, joined } = await joinPage(t, sfu, who)
  const peer = new RtpPeer(page, joined)
  t.teardown(() => peer.close())
  return peer
}
