/**
 * The way of a call without a call: what this machine sends to an SFU is received by itself, over the same client, the
 * same tickets and the same connections. What is sent is made up; no camera and no microphone is opened.
 */
import type { IceServers } from './media-link.ts'
import { startMediaSession, type MediaSession } from './media-session.ts'
import { readQuality } from './quality.ts'
import { transportOf, type Transport } from './transport-of.ts'

/** Raised, a way that is none is found late; lowered, a slow one is taken for none. In ms. */
const FOUND_MS_MAX = 8_000

/** So long the stream is looked at, in ms: some hundred packets, of which a lost one shows. */
const MEASURED_MS = 2_000

/** A room with two participants, because nobody receives what they send themselves. */
export type WayInvitation = {
  readonly sfuUrl: string
  readonly iceServers?: IceServers
  readonly sendTicket: string
  readonly receiveTicket: string
}

export type WayFound = {
  /** False: tickets were given, and nothing came through. */
  readonly isFound: boolean
  /** From here to the SFU and back; null where no test got that far. */
  readonly roundTripMs: number | null
  /** Of the packets that came back from the SFU, how many were missing; 0 to 100. */
  readonly lossPercent: number | null
  readonly transport: Transport | null
}

const NOTHING_FOUND: WayFound = { isFound: false, roundTripMs: null, lossPercent: null, transport: null }

/** Tries the way of the invitation. Null where `signal` was raised before the end. */
export async function tryWay(invitation: WayInvitation, signal: AbortSignal): Promise<WayFound | null> {
  if (signal.aborted) return null
  const { sfuUrl, sendTicket, receiveTicket, iceServers = [] } = invitation
  const { stream, stop } = await madeUpStream()
  const sender = startMediaSession({
    ticketSource: async () => ({ sfuUrl, ticket: sendTicket, iceServers }),
    localStream: stream,
  })
  let flows = (): void => undefined
  const flowing = new Promise<true>((resolve) => (flows = () => resolve(true)))
  const receiver = startMediaSession({
    ticketSource: async () => ({ sfuUrl, ticket: receiveTicket, iceServers }),
    onChange: ({ isFlowing }) => isFlowing && flows(),
  })
  try {
    const isFound = await Promise.race([flowing, passed(FOUND_MS_MAX, signal)])
    if (signal.aborted) return null
    if (isFound !== true) return NOTHING_FOUND
    await passed(MEASURED_MS, signal)
    return signal.aborted ? null : await figuresOf(sender, receiver)
  } finally {
    sender.close()
    receiver.close()
    stop()
  }
}

/** Resolves after `ms`, or as soon as `signal` is raised. */
export async function passed(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}

async function figuresOf(sender: MediaSession, receiver: MediaSession): Promise<WayFound> {
  const [{ roundTripTimeMs, audio, video }, received] = await Promise.all([
    readQuality({ sendStats: () => sender.sendStats(), receiveStats: () => receiver.receiveStats() }),
    receiver.receiveStats(),
  ])
  const lost = Math.max(0, (audio?.packetsLost ?? 0) + (video?.packetsLost ?? 0))
  const all = lost + (audio?.packetsReceived ?? 0) + (video?.packetsReceived ?? 0)
  return {
    isFound: true,
    roundTripMs: roundTripTimeMs === undefined ? null : Math.round(roundTripTimeMs),
    lossPercent: all === 0 ? null : Math.round((lost / all) * 1_000) / 10,
    transport: received === undefined ? null : transportOf(received),
  }
}

/** A small picture that moves, and a tone that nobody hears. */
async function madeUpStream(): Promise<{ readonly stream: MediaStream; stop(): void }> {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 180
  const context = canvas.getContext('2d')
  let step = 0
  const draw = (): void => {
    step += 1
    if (context === null) return
    context.fillStyle = `hsl(${(step * 37) % 360} 60% 50%)`
    context.fillRect((step * 13) % 280, (step * 7) % 140, 40, 40)
  }
  draw()
  const timer = setInterval(draw, 100)
  const sound = new AudioContext()
  const tone = sound.createOscillator()
  const out = sound.createMediaStreamDestination()
  tone.connect(out)
  tone.start()
  // Where no sound may be made before somebody has pressed, the picture goes alone.
  const tracks = sound.state === 'running' || (await isRunning(sound)) ? out.stream.getTracks() : []
  const stream = new MediaStream([...canvas.captureStream(10).getTracks(), ...tracks])
  return {
    stream,
    stop() {
      clearInterval(timer)
      for (const track of stream.getTracks()) track.stop()
      void sound.close()
    },
  }
}

/** Whether `context` runs, or begins to within some moments. */
export async function isRunning(context: AudioContext): Promise<boolean> {
  const soon = new Promise<void>((resolve) => setTimeout(resolve, 300))
  await Promise.race([context.resume(), soon])
  return context.state === 'running'
}
