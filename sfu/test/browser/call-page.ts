/** The page of one participant for the browser test: the real session, a video element, and an eye on every frame. */
import { openDevices } from '#sfu/client/devices.ts'
import { startMediaSession, type MediaSession, type MediaView } from '#sfu/client/media-session.ts'
import { readQuality, type QualitySample } from '#sfu/client/quality.ts'

export type CallPage = {
  /**
   * `isCameraLate`: the devices open in the moment between sending and receiving being made. `isSigning`: the camera is
   * sent as for signing.
   */
  start(options: { isCameraLate?: boolean; isSigning?: boolean }): Promise<void>
  view(): Pick<MediaView, 'state' | 'isFlowing' | 'closedReason' | 'link'> & {
    remotes: { isCameraOn: boolean; isMicrophoneOn: boolean }[]
  }
  /** When each remote frame was shown, ms since epoch. */
  frames(): number[]
  /** Every state the session went through, and when, ms since epoch. */
  states(): { state: string; at: number }[]
  faults(): string[]
  quality(): Promise<QualitySample>
  setMicrophoneOn(isOn: boolean): void
  setCameraOn(isOn: boolean): void
  close(): void
}

declare global {
  interface Window {
    call: CallPage
  }
}

const frames: number[] = []
const states: { state: string; at: number }[] = []
const faults: string[] = []
let session: MediaSession | undefined

const video = document.createElement('video')
video.autoplay = true
video.playsInline = true
video.volume = 1
document.body.append(video)

const watchFrames = (): void => {
  video.requestVideoFrameCallback(() => {
    frames.push(Date.now())
    watchFrames()
  })
}
watchFrames()

function running(): MediaSession {
  if (session === undefined) throw new Error('the call was not started')
  return session
}

/** Far longer than making the connection for sending takes. */
const HELD_BACK_MS = 500

/** Holds back the first message with `word` in it for a while, and does `act` right before it goes. */
function holdBackOnce(word: string, act: () => void): void {
  const say = WebSocket.prototype.send
  WebSocket.prototype.send = function (data) {
    if (typeof data !== 'string' || !data.includes(word)) return say.call(this, data)
    WebSocket.prototype.send = say
    setTimeout(() => {
      act()
      say.call(this, data)
    }, HELD_BACK_MS)
  }
}

window.call = {
  async start({ isCameraLate = false, isSigning = false }) {
    const { stream } = await openDevices()
    if (isCameraLate) holdBackOnce('receive.ready', () => running().setLocalStream(stream))
    session = startMediaSession({
      isSigning,
      ...(isCameraLate ? {} : { localStream: stream }),
      ticketSource: async () => (await fetch(`/ticket${location.search}`)).json(),
      onFault: (error) => faults.push(String(error)),
      onChange: ({ state, remotes }) => {
        if (states.at(-1)?.state !== state) states.push({ state, at: Date.now() })
        const stream = remotes[0]?.stream ?? null
        if (video.srcObject !== stream) video.srcObject = stream
      },
    })
  },
  view() {
    const { state, isFlowing, closedReason, remotes, link } = running().view
    const seen = remotes.map(({ isCameraOn, isMicrophoneOn }) => ({ isCameraOn, isMicrophoneOn }))
    return { state, isFlowing, closedReason, link, remotes: seen }
  },
  frames: () => frames,
  states: () => states,
  faults: () => faults,
  quality: async () => await readQuality(running()),
  setMicrophoneOn: (isOn) => running().setMicrophoneOn(isOn),
  setCameraOn: (isOn) => running().setCameraOn(isOn),
  close: () => running().close(),
}
