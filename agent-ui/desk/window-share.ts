/**
 * A window of this agent's screen, which the citizen sees: chosen in the browser's own dialogue, sent for as long as it is shown, and let go
 * of whenever that is over, whoever ended it.
 */
import { effect, signal } from '@preact/signals'
import type { CallId } from '#server/contract/ids.ts'
import type { Shown, ShownId } from '#server/contract/shown.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { sendWindow, whenWindowRefused } from './call-media.ts'
import { act, linkState, pending, view } from './desk-state.ts'

type Share = { readonly callId: CallId; readonly shownId: ShownId; readonly stream: MediaStream }

/** What goes out now; null while nothing does. */
export const ownShare = signal<Share | null>(null)

/** Why it ended last, where nothing else on the screen says it. */
export type WindowEnd = 'hold' | 'browser' | 'refused' | 'failed'
export const windowEnd = signal<WindowEnd | null>(null)

/** The browser can give a window at all: not every one can, and none without a safe address. */
export const canShare = (): boolean =>
  typeof (navigator.mediaDevices as Partial<MediaDevices> | undefined)?.getDisplayMedia === 'function'

/** A window may be shown in this call now: nobody sees one in writing or on hold. */
export const mayShare = ({ mode, hold }: CallForAgent): boolean => mode !== 'text' && hold === null

/** Letters are still sharp at this, and more is for no screen in a library. Whole screens are left out where the browser can: they show too much. */
const WANTED: DisplayMediaStreamOptions & Readonly<Record<string, unknown>> = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 12 } },
  audio: false,
  monitorTypeSurfaces: 'exclude',
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
}

const callNow = (): CallForAgent | null => {
  const work = view.peek()?.work
  return work?.kind === 'in-call' ? work.call : null
}

/** Asks which window, and shows it on the citizen's screen. Whoever chooses none is back where they were. */
export async function shareWindow(): Promise<void> {
  const callId = callNow()?.callId
  if (callId === undefined || ownShare.peek() !== null) return
  windowEnd.value = null
  const stream = await chosenWindow()
  const [track] = stream?.getVideoTracks() ?? []
  if (stream === undefined || track === undefined) return
  const call = callNow()
  // The dialogue may have been open for long.
  if (call?.callId !== callId || !mayShare(call)) return stop(stream)
  const shownId = crypto.randomUUID() as string as ShownId
  wasAway = false
  ownShare.value = { callId, shownId, stream }
  track.addEventListener('ended', () => {
    if (ownShare.peek()?.stream === stream) letGo('browser')
  })
  const shown: Shown = { kind: 'window', shownId, language: call.language }
  const isShown = await act('shown.show', { callId, shown })
  if (ownShare.peek()?.stream !== stream) return
  if (isShown) sendWindow(track)
  else letGo(null)
}

async function chosenWindow(): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getDisplayMedia(WANTED)
  } catch (error) {
    const isNoneChosen = error instanceof DOMException && error.name === 'NotAllowedError'
    windowEnd.value = isNoneChosen ? null : 'failed'
    return undefined
  }
}

/** Ends it from this side. What stands on the citizen's screen is taken off by {@link judge}. */
export function stopSharing(): void {
  letGo(null)
}

function letGo(why: WindowEnd | null): void {
  const share = ownShare.peek()
  if (share === null) return
  sendWindow(null)
  stop(share.stream)
  windowEnd.value = why
  ownShare.value = null
}

const stop = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop())

whenWindowRefused(() => letGo('refused'))

/** What the server was asked to take off, once. */
let takenOff: ShownId | null = null
/** The connection to the server was away: what the SFU was told of the window may be gone with it. */
let wasAway = false

/** What the server says is shown, and what goes out from here, are the same thing; where they are not, it is over. */
function judge(): void {
  const share = ownShare.peek()
  const call = callNow()
  if (share !== null && call?.callId !== share.callId) return letGo(null)
  if (linkState.peek().kind !== 'online') {
    takenOff = null
    wasAway = true
    return
  }
  // What is asked is not answered yet; it is judged again then.
  if (call === null || pending.peek() !== null) return
  if (share === null) {
    wasAway = false
    const own = ownWindowIn(call)
    if (own === null || own === takenOff) return
    takenOff = own
    return void act('shown.stop', { callId: call.callId })
  }
  const isShown = call.shown?.shown.shownId === share.shownId && !call.shown.isClosedByCitizen
  if (!isShown) return letGo(call.hold !== null ? 'hold' : null)
  if (wasAway) sendWindow(share.stream.getVideoTracks()[0] ?? null)
  wasAway = false
}

/** The window of this agent's that stands on the citizen's screen. */
function ownWindowIn({ shown, others }: CallForAgent): ShownId | null {
  if (shown === null || shown.shown.kind !== 'window' || shown.isClosedByCitizen) return null
  return others.some(({ participantId }) => participantId === shown.byParticipantId) ? null : shown.shown.shownId
}

/** Follows the server's word of what is shown. Once for the page. */
export function followWindow(): void {
  let callId: CallId | null = null
  effect(() => {
    void [linkState.value, view.value, pending.value, ownShare.value]
    if (callNow()?.callId !== callId) windowEnd.value = null
    callId = callNow()?.callId ?? null
    // After what else hears of the same news: a server that was started anew is first told again what was shown.
    queueMicrotask(judge)
  })
}
