/**
 * A call that the agent makes with a citizen beside them: this page is then a screen of the caller's side too. The second
 * connection stands only while the form or the call is on the desk, and only in the window that the agent works in.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals'
import { connect, type Connection } from '#server/client/connection.ts'
import { PROTOCOL_VERSION, type callerEvents, type callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId, ClassId, Language, MatterId } from '#server/contract/ids.ts'
import type { ShownId, ShownMove } from '#server/contract/shown.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Refusal, type Body, type Reply } from '#sfu/contract/wire.ts'
import { takeCaption } from '../desk/captions-read.tsx'
import { isBesideOpen, problem, view } from '../desk/desk-state.ts'
import { onWake } from '../session/wake.ts'

type Requests = typeof callerRequests
type Link = Connection<Requests, typeof callerEvents>
type Start = Body<Requests, 'call.start'>

/** What is said before the call. `matterId` is undefined until somebody has chosen, and null for what is on no list. */
export interface BesideForm {
  readonly matterId: MatterId | null | undefined
  readonly language: Language
  /** Null for what the city's rule gives to staff. */
  readonly classId: ClassId | null
  readonly wish: 'none' | 'interpreter' | 'signing'
  readonly note: string
}

const EMPTY: BesideForm = { matterId: undefined, language: 'da', classId: null, wish: 'none', note: '' }

export const form = signal<BesideForm>(EMPTY)
/** The call of this form, from the press or from when it was seen on: how others ended is nobody's news. */
export const ownCallId = signal<CallId | null>(null)
/** The call, or its end, was asked for and is not answered yet. */
export const isAsking = signal(false)
export const callerView = signal<CallerView | null>(null)
/** Where somebody points or has scrolled to, in what is shown to both at this desk. */
export const besideMove = signal<ShownMove | null>(null)

const link = signal<Link | null>(null)
/** As it was asked for: told again to a server that was started anew and has forgotten the note. */
let started: Start | null = null
let leftCallId: CallId | null = null

/** The line is asked for no oftener than this, in ms, whatever its view says. */
const LEAST_FRESH_MS = 5_000
/** The longest that a browser's timer can be set to, in ms. */
const TIMER_MS_MAX = 2_147_483_647

type Call = NonNullable<CallerView['call']>
export type BesideCall = Extract<Call, { status: 'waiting' | 'offered' | 'connected' }>
export type BesideTalk = Extract<Call, { status: 'connected' }>

/** The call that is open, whatever stands in for it on the screen. */
export const besideCall = computed<BesideCall | null>(() => {
  const call = callerView.value?.call ?? null
  if (call === null || call.status === 'ended' || call.status === 'kept') return null
  return call
})

/** The conversation with the specialist. */
export const besideTalk = computed<BesideTalk | null>(() => {
  const call = besideCall.value
  return call?.status === 'connected' ? call : null
})

const isWanted = computed(() => {
  const own = view.value
  return own !== null && own.besideSiteName !== null && (isBesideOpen.value || own.besideCallId !== null)
})

/** Starts following what the desk is used for. Once for the page. */
export function followBeside(): void {
  effect(() => {
    // A page that was loaded anew, or a window that took over, goes on with the call.
    if ((view.value?.besideCallId ?? null) !== null) untracked(() => (isBesideOpen.value = true))
  })
  effect(() => {
    if (isWanted.value) return untracked(openLink)
    return undefined
  })
  effect(() => {
    if (besideCall.value !== null) ownCallId.value = besideCall.value.callId
  })
  effect(() => {
    const call = callerView.value?.call
    if (call?.status !== 'ended') return
    // What went well, or was ended here, needs no words: the citizen is sitting there.
    if (call.outcome === 'answered' || call.callId === leftCallId) untracked(closeBeside)
  })
}

/** Connects. Returns what lets go again. */
function openLink(): () => void {
  const opened = connect<Requests, typeof callerEvents>({
    url: location.origin,
    namespace: '/caller',
    auth: { protocolVersion: PROTOCOL_VERSION, isBeside: true },
  })
  let wasOnline = false
  let freshTimer: ReturnType<typeof setTimeout> | undefined
  opened.on('shown.moved', (move) => (besideMove.value = move))
  opened.on('caption.said', takeCaption)
  opened.subscribe(() => {
    const { state, snapshot } = opened
    if (state.kind === 'refused') problem.value = { code: state.code, detail: {} }
    callerView.value = snapshot?.view ?? null
    const isOnline = state.kind === 'online'
    if (isOnline && !wasOnline) tellNoteAgain(opened)
    wasOnline = isOnline
    clearTimeout(freshTimer)
    if (isOnline) freshTimer = askWhenOld(opened)
  })
  const stopWaking = onWake(() => void opened.check())
  link.value = opened
  return () => {
    stopWaking()
    clearTimeout(freshTimer)
    opened.close()
    batch(() => {
      link.value = null
      callerView.value = null
      besideMove.value = null
    })
  }
}

/** Opening and closing change the line by the time of day alone, and of that nobody is told: the form asks when it is so. */
function askWhenOld(opened: Link): ReturnType<typeof setTimeout> | undefined {
  const { freshUntil = null, call = null } = opened.snapshot?.view ?? {}
  if (freshUntil === null || call !== null) return undefined
  const waitMs = Math.max(LEAST_FRESH_MS, freshUntil - opened.serverNow())
  return setTimeout(() => void opened.request('hello', {}).catch(forgive), Math.min(waitMs, TIMER_MS_MAX))
}

/** The same call asked for once more is the same call, with its note. */
function tellNoteAgain(opened: Link): void {
  if (started === null || started.callId !== besideCall.peek()?.callId) return
  opened.request('call.start', started).catch(forgive)
}

function forgive(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

export function openBeside(): void {
  problem.value = null
  isBesideOpen.value = true
}

/** Back to the agent's own desk. Nothing of what was written stays. */
export function closeBeside(): void {
  batch(() => {
    isBesideOpen.value = false
    form.value = EMPTY
    ownCallId.value = null
  })
  started = null
  leftCallId = null
}

export function change(what: Partial<BesideForm>): void {
  form.value = { ...form.value, ...what }
}

/** The call was not let in: once more, with what was said; where a page that was loaded anew has lost that, the form again. */
export async function tryAgain(): Promise<void> {
  if (form.value.matterId === undefined) ownCallId.value = null
  else await callTogether()
}

/** Presses the call. Resolves once it is in line, was not let in, or the desk's `problem` says why not. */
export async function callTogether(): Promise<void> {
  const { matterId, language, classId, wish, note } = form.value
  if (isAsking.value || matterId === undefined) return
  const callId = crypto.randomUUID() as string as CallId
  started = {
    callId,
    language,
    mode: wish === 'signing' ? 'signing' : 'video',
    ...(classId === null ? {} : { classId }),
    beside: { matterId, isInterpreterWanted: wish === 'interpreter', note: note.trim() },
  }
  leftCallId = null
  ownCallId.value = callId
  await ask('call.start', started)
}

/** Leaves the line, or ends the conversation for both. */
export async function endTogether(): Promise<void> {
  const callId = besideCall.value?.callId
  if (callId === undefined || isAsking.value) return
  leftCallId = callId
  await ask('call.hang-up', { callId })
}

/** Takes off what is shown at this desk. */
export function closeShown(callId: CallId, shownId: ShownId): void {
  link.value?.request('shown.close', { callId, shownId }, { retry: true }).catch(forgive)
}

async function ask<K extends 'call.start' | 'call.hang-up'>(name: K, body: Body<Requests, K>): Promise<void> {
  const { value: opened } = link
  if (opened === null) return
  problem.value = null
  isAsking.value = true
  try {
    await opened.request(name, body, { retry: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    problem.value = { code: error.code, detail: error.detail }
  } finally {
    isAsking.value = false
  }
}

/** Codes that say «not now» to somebody who asks for a media ticket. */
const PASSING_CODES: ReadonlySet<string> = new Set(['no-media', 'not-ready'])

/** Where picture and sound of this call are to be had. Throws as the desk's own does. */
export async function askBesideTicket(callId: CallId): Promise<Reply<Requests, 'media.ticket'>> {
  const { value: opened } = link
  if (opened === null) throw new Refusal('no-answer', 'not connected')
  try {
    return await opened.request('media.ticket', { callId })
  } catch (error) {
    if (error instanceof Refusal && PASSING_CODES.has(error.code)) throw new Refusal('no-answer', error.message)
    throw error
  }
}
