/** What we ask of mediasoup, in one place. Each figure has its reason. */
import type { types } from 'mediasoup'
import type { BucketLimits } from '#sfu/binding/flood-guard.ts'
import { TEXT_BYTES_MAX } from '#sfu/contract/media.ts'

/**
 * Opus with retransmission (feedback `nack`), forward correction and silence left out; VP8 first because every
 * browser encodes it in two layers; H.264 for kiosks that encode it in hardware.
 */
export const ROUTER_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
    rtcpFeedback: [{ type: 'nack' }, { type: 'transport-cc' }],
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, parameters: { 'x-google-start-bitrate': 1000 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90000,
    parameters: {
      'packetization-mode': 1,
      'profile-level-id': '42e01f',
      'level-asymmetry-allowed': 1,
      'x-google-start-bitrate': 1000,
    },
  },
]

/** Kiosks do not rotate, and with it browsers turn the picture at the receiver instead of the sender. */
const LEFT_OUT_HEADER_EXTENSION = 'urn:3gpp:video-orientation'

/** What a page is told the router can do. */
export function offeredCapabilities(capabilities: types.RtpCapabilities): types.RtpCapabilities {
  const headerExtensions = capabilities.headerExtensions ?? []
  return { ...capabilities, headerExtensions: headerExtensions.filter(({ uri }) => uri !== LEFT_OUT_HEADER_EXTENSION) }
}

/**
 * All calls of a mediasoup worker share one socket, and the usual 208 KB lose packets from about 50 calls on (measured:
 * 931 in 10 s at 64 calls). The kernel grants no more than `net.core.rmem_max`.
 */
export const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024

/** After so long without an ICE consent check a page's address is taken for gone, in s. Raised, dead pages look alive; lowered, bad networks look dead. */
const ICE_CONSENT_TIMEOUT_S = 12

/** Where the estimate towards a page begins, in bit/s: one full picture and its sound. */
const INITIAL_OUTGOING_BITRATE = 1_000_000

/** What one page may send, in bit/s: both layers of its picture (1.25 M), its sound, and room for retransmission. */
export const INCOMING_BITRATE_MAX = 2_000_000

/** What a window of the screen may take beside it, in bit/s: its one layer (0.8 M) and room for retransmission. */
export const SCREEN_BITRATE_MAX = 900_000

/**
 * How much the picture of a person goes before that of a window where the way to a page is too narrow for both: mediasoup gives
 * to the higher first, and a window is left out before a face is.
 */
export const FACE_PRIORITY = 4

/** U+FFFD: where text is missing (T.140, RFC 8865 section 5.4). */
export const LOSS_MARK = Buffer.from('\uFFFD')

/**
 * How fast one participant may send text: RFC 8865 reckons with 30 characters a second, and a line that is written over
 * or pasted is longer. More than that is no typing.
 */
export const TEXT_MESSAGES: BucketLimits = { burst: 50, perSecond: 20 }
export const TEXT_BYTES: BucketLimits = { burst: 16 * 1024, perSecond: 2 * 1024 }

/** What waits for a page that takes no text, in bytes: a minute of typing by everybody. More is lost, and shown so. */
const TEXT_QUEUE_BYTES = 64 * 1024

export const TRANSPORT_SETTINGS = {
  enableUdp: true,
  enableTcp: true,
  preferUdp: true,
  iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
  initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
  enableSctp: true,
  maxReceiveMessageSize: TEXT_BYTES_MAX,
  // A mark for what was lost goes before what follows it.
  maxSendMessageSize: TEXT_BYTES_MAX + LOSS_MARK.length,
  sctpSendBufferSize: TEXT_QUEUE_BYTES,
  sctpPerStreamSendQueueLimit: TEXT_QUEUE_BYTES,
  sctpMaxReceiverWindowBufferSize: TEXT_QUEUE_BYTES,
} as const

/**
 * Chromium leaves a request for a whole picture unheard that comes within 300 ms of the one before, and mediasoup repeats
 * one only after a second, in which somebody looks at a still. So the next request waits until it is heard. In ms; below 300
 * a request may be lost, raised it comes later than it need.
 */
const KEY_FRAMES_APART_MS = 320

/** For what a page sends. */
export function producerSettings(kind: types.MediaKind): Pick<types.ProducerOptions, 'keyFrameRequestDelay'> {
  return kind === 'video' ? { keyFrameRequestDelay: KEY_FRAMES_APART_MS } : {}
}

/** For what a page receives. */
export const CONSUMER_SETTINGS = {
  // Packets that arrive before the page knows of them lose the first key frame; and nobody on standby gets any.
  paused: true,
  // Repeats lost sound too: without it a loss of 5 % on both ways costs 8 % of what is heard.
  enableRtx: true,
} as const
