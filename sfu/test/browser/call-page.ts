/** The page of one participant for the browser test: the real session, a video element, and an eye on every frame. */
import { openDevices } from '#sfu/client/devices.ts'
import * as livePicture from '#sfu/client/live-picture.ts'
import type { IceServers, Invitation } from '#sfu/client/media-link.ts'
import { startMediaSession, type MediaSession, type MediaView } from '#sfu/client/media-session.ts'
import { readQuality, type QualitySample } from '#sfu/client/quality.ts'
import type { TextTold } from '#sfu/client/real-time-text/session-text.ts'
import { EMPTY_TRANSCRIPT, transcriptAfter } from '#sfu/client/real-time-text/transcript.ts'

export type StartOptions = {
  /** The devices open in the moment between sending and receiving being made. */
  readonly isCameraLate?: boolean
  /** The camera is sent as for signing. */
  readonly isSigning?: boolean
  /** Neither camera nor microphone. */
  readonly isOnlyText?: boolean
  /** Nothing goes but over these, as behind a network that lets nothing else through. */
  readonly onlyOver?: IceServers
}

export type CallPage = {
  start(options: StartOptions): Promise<void>
  view(): Pick<MediaView, 'state' | 'isFlowing' | 'closedReason' | 'link' | 'isTextOpen'> & {
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
  writeLine(line: string): void
  finishLine(): void
  /** What stands there of the others, line by line. */
  lines(): { from: string; text: string; isDone: boolean }[]
  /** Every message of text, and when it came, ms since epoch. */
  messages(): { told: TextTold; at: number }[]
  /** Messages of text that this page handed over to its connection until now. */
  sentCount(): number
  /** Sends past the session, as no honest page does. Returns the name of the error the browser gives. */
  sendRaw(data: string | number[]): string | undefined
  close(): void
}

declare global {
  interface Window {
    call: CallPage
    livePicture: typeof livePicture
  }
}

const frames: number[] = []
const states: { state: string; at: number }[] = []
const faults: string[] = []
const messages: { told: TextTold; at: number }[] = []
/** Over which the session sent last. */
let ownChannel: RTCDataChannel | undefined
let sentCount = 0
let transcript = EMPTY_TRANSCRIPT
let session: MediaSession | undefined

const send = RTCDataChannel.prototype.send
RTCDataChannel.prototype.send = new Proxy(send, {
  apply(target, channel: RTCDataChannel, args) {
    ownChannel = channel
    sentCount += 1
    Reflect.apply(target, channel, args)
  },
})

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

/** A browser may be told to use relays alone; what it is given to use is the session's doing. */
function closeEveryOtherWay(): void {
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct: (target, [how]: [RTCConfiguration?]) => new target({ ...how, iceTransportPolicy: 'relay' }),
  })
}

window.livePicture = livePicture
window.call = {
  async start({ isCameraLate = false, isSigning = false, isOnlyText = false, onlyOver }) {
    if (onlyOver !== undefined) closeEveryOtherWay()
    const { stream } = isOnlyText ? { stream: new MediaStream() } : await openDevices()
    if (isCameraLate) holdBackOnce('receive.ready', () => running().setLocalStream(stream))
    session = startMediaSession({
      isSigning,
      ...(isCameraLate ? {} : { localStream: stream }),
      ticketSource: async () => {
        const invitation = (await (await fetch(`/ticket${location.search}`)).json()) as Invitation
        return onlyOver === undefined ? invitation : { ...invitation, iceServers: onlyOver }
      },
      onFault: (error) => faults.push(String(error)),
      onText: (told) => {
        messages.push({ told, at: Date.now() })
        transcript = transcriptAfter(transcript, told)
      },
      onChange: ({ state, remotes }) => {
        if (states.at(-1)?.state !== state) states.push({ state, at: Date.now() })
        const stream = remotes[0]?.stream ?? null
        if (video.srcObject !== stream) video.srcObject = stream
      },
    })
  },
  view() {
    const { state, isFlowing, closedReason, isTextOpen, remotes, link } = running().view
    const seen = remotes.map(({ isCameraOn, isMicrophoneOn }) => ({ isCameraOn, isMicrophoneOn }))
    return { state, isFlowing, closedReason, link, isTextOpen, remotes: seen }
  },
  frames: () => frames,
  states: () => states,
  faults: () => faults,
  quality: async () => await readQuality(running()),
  setMicrophoneOn: (isOn) => running().setMicrophoneOn(isOn),
  setCameraOn: (isOn) => running().setCameraOn(isOn),
  writeLine: (line) => running().text.write(line),
  finishLine: () => running().text.finish(),
  lines: () => transcript.lines.map(({ from, text, isDone }) => ({ from, text, isDone })),
  messages: () => messages,
  sentCount: () => sentCount,
  sendRaw(data) {
    try {
      if (ownChannel === undefined) throw new Error('there is no channel')
      if (typeof data === 'string') ownChannel.send(data)
      else Reflect.apply(send, ownChannel, [new Uint8Array(data)])
      return undefined
    } catch (error) {
      return error instanceof Error ? error.name : String(error)
    }
  },
  close: () => running().close(),
}
