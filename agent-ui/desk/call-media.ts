/**
 * Picture and sound of the call on the desk. The path is made while the offer rings, so that accepting shows the citizen
 * at once; until then the SFU passes nothing on in either direction.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals'
import type { CallId } from '#server/contract/ids.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import type { ClosedReason } from '#sfu/client/media-link.ts'
import { noLinkTrouble } from '#sfu/client/link-watch.ts'
import { startMediaSession, type MediaSession, type MediaView } from '#sfu/client/media-session.ts'
import type { RemoteView } from '#sfu/client/remote-views.ts'
import { forgetQuality, takeReception } from './call-quality.ts'
import { askBesideTicket, besideCall, besideTalk } from '../beside/beside-state.ts'
import { askMediaTicket, hangUp, sayStill, view } from './desk-state.ts'
import { forgetCaptions } from './captions-read.tsx'
import { forgetText, hearText } from './text-pane.tsx'
import { forgetStill, still } from './still-state.ts'
import { holdDevices, ownStream, releaseDevices } from './own-devices.ts'

const session = signal<MediaSession | null>(null)
const media = signal<MediaView | null>(null)

export const isMicrophoneOn = signal(true)
export const isCameraOn = signal(true)
/** The browser will not play sound before a press; the page asks for one. */
export const isSoundBlocked = signal(false)
/** Grows with each wish to hear: the picture element tries to play again. */
export const soundWanted = signal(0)

/** The call whose media room the desk belongs in: the one that rings or goes on, or one with a citizen beside the agent. */
const mediaCallId = computed<CallId | null>(() => {
  const work = view.value?.work
  return work?.kind === 'offered' || work?.kind === 'in-call' ? work.call.callId : (besideCall.value?.callId ?? null)
})

/** The call that goes on. */
const talkId = computed<CallId | null>(() => {
  const work = view.value?.work
  return work?.kind === 'in-call' ? work.call.callId : null
})

/**
 * The citizen is on hold. Whoever is alone with them sends nothing meanwhile, whatever is switched on; to colleagues in the call one goes on
 * talking, and the SFU lets nothing of it through to the citizen.
 */
const isHeld = computed(() => {
  const work = view.value?.work
  if (besideTalk.value !== null) return besideTalk.value.hold !== null
  return work?.kind === 'in-call' && work.call.hold !== null && isAloneIn(work.call)
})

const isAloneIn = ({ others, supervisor }: CallForAgent) => others.length === 0 && supervisor === undefined

/** The other side of the call: the citizen, or the specialist for a citizen beside this agent. */
const otherSide = computed(() => {
  const specialistId = besideTalk.value?.agentParticipantId
  const isThem = ({ role, participantId }: RemoteView) =>
    specialistId === undefined ? role === 'caller' : participantId === specialistId
  return media.value?.remotes.find(isThem) ?? null
})

/** The others in the call, as they are seen and heard. */
export const colleagueViews = computed(
  () => media.value?.remotes.filter((remote) => remote.role === 'agent' && remote !== otherSide.value) ?? [],
)

export const remoteStream = computed(() => otherSide.value?.stream ?? null)
/** Something of the citizen has been seen or heard. */
export const isFlowing = computed(() => media.value?.isFlowing ?? false)
export const isReconnecting = computed(() => media.value?.state === 'reconnecting')
export const isRemoteCameraOff = computed(() => isFlowing.value && otherSide.value?.isCameraOn === false)
export const isRemoteMicrophoneOff = computed(() => isFlowing.value && otherSide.value?.isMicrophoneOn === false)

/** Connected, and the citizen's screen sends neither picture nor sound. */
export const isSilentByChoice = computed(() => media.value?.state === 'connected' && otherSide.value === null)

/** What the link does to the pictures, both ways. */
export const pictureLink = computed(() => media.value?.link ?? noLinkTrouble)

/** Where what the agent writes goes; null while there is no call. */
export const typing = computed(() => session.value?.text ?? null)
export const isTextOpen = computed(() => media.value?.isTextOpen ?? false)

export type MediaFault = 'refused' | 'lost' | 'replaced'

const faultOfReason = {
  refused: 'refused',
  lost: 'lost',
  replaced: 'replaced',
  // The call is over or the agent was taken off it: the view says so a moment later.
  ended: null,
  removed: null,
  left: null,
} as const satisfies Record<ClosedReason, MediaFault | null>

/** Why there will be neither picture nor sound without a new try. */
export const mediaFault = computed<MediaFault | null>(() => {
  const reason = media.value?.closedReason
  return reason === undefined ? null : faultOfReason[reason]
})

/** The window that one of the others sends; null while none has come. */
export const windowOf = (participantId: string | undefined): MediaStream | null =>
  media.value?.remotes.find((remote) => remote.participantId === participantId)?.screen ?? null

let windowTrack: MediaStreamTrack | null = null
let onWindowRefused: () => void = () => undefined

/** Sends a window of the screen beside the rest, anew even where it is the same; null ends it. The caller stops the track. */
export function sendWindow(track: MediaStreamTrack | null): void {
  windowTrack = track
  session.peek()?.setScreen(track)
}

/** `listener` hears that the SFU does not take the window. */
export function whenWindowRefused(listener: () => void): void {
  onWindowRefused = listener
}

/** Starts following the work: enters the room of each call and leaves it. Once for the page. */
export function followCalls(): void {
  effect(() => {
    const callId = mediaCallId.value
    if (callId === null) return undefined
    return untracked(() => enter(callId))
  })
  effect(() => {
    void isHeld.value
    untracked(send)
  })
  effect(() => {
    const callId = talkId.value
    // At first too: a page that was loaded anew has none any more.
    if (callId !== null) sayStill(callId, still.value !== null)
  })
  effect(() => {
    const stream = ownStream.value
    if (stream !== null) session.peek()?.setLocalStream(stream)
  })
}

/** Returns what leaves the room again and switches the camera off. */
function enter(callId: CallId): () => void {
  batch(() => {
    isMicrophoneOn.value = true
    isCameraOn.value = true
    isSoundBlocked.value = false
  })
  join(callId)
  void holdDevices('call')
  return () => {
    leave()
    forgetText()
    forgetCaptions()
    forgetStill()
    releaseDevices('call')
  }
}

/** How a colleague in this call is called; undefined for everybody else. */
function colleagueName(participantId: string): string | undefined {
  const work = view.peek()?.work
  const beside = besideTalk.peek()
  if (beside?.agentParticipantId === participantId) return beside.agentFirstName
  if (work?.kind !== 'in-call') return beside?.others.find((other) => other.participantId === participantId)?.firstName
  return work.call.others.find((other) => other.participantId === participantId)?.name
}

function join(callId: CallId): void {
  const stream = ownStream.peek()
  const work = view.peek()?.work
  const isOwn = work?.kind === 'offered' || work?.kind === 'in-call'
  const isSigning = (isOwn ? work.call.mode : besideCall.peek()?.mode) === 'signing'
  const started = startMediaSession({
    isSigning,
    ticketSource: () => (isOwn ? askMediaTicket(callId) : askBesideTicket(callId)),
    isMicrophoneOn: isMicrophoneOn.peek() && !isHeld.peek(),
    isCameraOn: isCameraOn.peek() && !isHeld.peek(),
    ...(stream === null ? {} : { localStream: stream }),
    onChange: (changed) => {
      if (session.peek() === started) media.value = changed
    },
    onText: (told) => {
      if (session.peek() === started) hearText(told, colleagueName(told.participantId))
    },
    onScreenRefused: () => {
      if (session.peek() === started) onWindowRefused()
    },
    onReception: (reception, participantId) => {
      if (session.peek() !== started) return
      if (participantId === null) takeReception('own', reception)
      else if (participantId === otherSide.peek()?.participantId) takeReception('citizen', reception)
    },
  })
  started.setScreen(windowTrack)
  session.value = started
  media.value = started.view
}

function leave(): void {
  const left = session.peek()
  batch(() => {
    session.value = null
    media.value = null
    forgetQuality()
  })
  left?.close()
}

/** Tries once more to get picture and sound, after a fault that ended them. */
export function retryMedia(): void {
  const callId = mediaCallId.value
  if (callId === null) return
  leave()
  join(callId)
}

/** What is switched on goes out, but for a hold. */
function send(): void {
  const open = session.peek()
  open?.setMicrophoneOn(isMicrophoneOn.peek() && !isHeld.peek())
  open?.setCameraOn(isCameraOn.peek() && !isHeld.peek())
}

/** Switches what the citizen hears on or off. */
export function setMicrophone(isOn: boolean): void {
  isMicrophoneOn.value = isOn
  send()
}

/** Switches what the citizen sees on or off. */
export function setCamera(isOn: boolean): void {
  isCameraOn.value = isOn
  send()
}

/**
 * Ends the call. The citizen sees and hears nothing of the agent from the press on, even while the server is away; when
 * the call could not be ended after all, that is taken back.
 */
export async function endCall(): Promise<void> {
  const [hadMicrophone, hadCamera] = [isMicrophoneOn.value, isCameraOn.value]
  setMicrophone(false)
  setCamera(false)
  session.peek()?.setScreen(null)
  await hangUp()
  if (view.value?.work.kind !== 'in-call') return
  setMicrophone(hadMicrophone)
  setCamera(hadCamera)
  session.peek()?.setScreen(windowTrack)
}

/** The agent pressed to hear: the browser now lets sound through. */
export function playSound(): void {
  isSoundBlocked.value = false
  soundWanted.value += 1
}
