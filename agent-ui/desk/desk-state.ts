/** What the desk knows and what the agent can do about it. The screens read from here and act through here. */
import { computed, effect, signal } from '@preact/signals'
import type { DeclineReason, agentRequests } from '#server/contract/agent-socket.ts'
import type { PeopleToAsk } from '#server/contract/joins.ts'
import type { CallId, OfferId } from '#server/contract/ids.ts'
import type { ShownMove } from '#server/contract/shown.ts'
import type { AgentView, AwayReason, CallForAgent } from '#server/contract/views.ts'
import { Refusal, type Body, type Reply } from '#sfu/contract/wire.ts'
import { deskScreen, type DeskScreen } from '../model/desk-screen.ts'
import { account, signOut, type Account } from '../session/account.ts'
import { openAgentLink, type AgentLink } from '../session/link.ts'
import type { ErrorDetail } from '../text/words.ts'
import { takeCaption } from './captions-read.tsx'

type Requests = typeof agentRequests
type Action = Exclude<
  keyof Requests & string,
  | 'hello'
  | 'media.ticket'
  | 'colleagues.list'
  | 'shown.move'
  | 'caption.write'
  | 'desk.test-path'
  | 'desk.path-tested'
  | 'call.say-still'
>
export type ChosenAwayReason = Extract<AwayReason, 'break' | 'meeting' | 'other-work'>

const CHECKED_AS = 'skranke.devices-checked'
const OPENED_AS = 'skranke.desk-opened'

const link = signal<AgentLink | null>(null)

export interface Problem {
  readonly code: string
  readonly detail: ErrorDetail
}

/** What went wrong last, until the agent has read it or does something else. */
export const problem = signal<Problem | null>(null)

/** With a citizen beside the agent: the form or the call is on the desk, in the place of their own waiting. */
export const isBesideOpen = signal(false)

/** What was asked of the server and is not answered yet. */
export const pending = signal<Action | null>(null)

/** By the address that their own page leads to, or by the button here; kept over a reload. */
const isDeskOpened = signal(location.hash === '#desk' || sessionStorage.getItem(OPENED_AS) === 'yes')
effect(() => {
  if (isDeskOpened.value) sessionStorage.setItem(OPENED_AS, 'yes')
  else sessionStorage.removeItem(OPENED_AS)
})

export const areDevicesChecked = signal(sessionStorage.getItem(CHECKED_AS) === 'yes')

export const linkState = computed(() => link.value?.state.value ?? { kind: 'connecting' as const })
export const lostAt = computed(() => link.value?.lostAt.value ?? null)

/** The agent works in another window: nothing here rings, films or tells of a call any more. */
const isElsewhere = computed(() => {
  const state = linkState.value
  return state.kind === 'replaced' || (state.kind === 'refused' && state.code === 'desk-occupied')
})
export const view = computed<AgentView | null>(() =>
  isElsewhere.value ? null : (link.value?.snapshot.value?.view ?? null),
)

export const screen = computed<DeskScreen>(() => {
  const { value } = account
  const state = linkState.value
  return deskScreen({
    account: value.kind === 'signed-in' ? { kind: 'signed-in', isAtDesk: isAtDesk(value) } : value,
    link: state.kind,
    refusalCode: state.kind === 'refused' ? state.code : null,
    view: view.value,
    areDevicesChecked: areDevicesChecked.value,
    isBeside: isBesideOpen.value || (view.value?.besideCallId ?? null) !== null,
  })
})

// Who is ready, here or in the window this one replaces, has looked at the devices before.
effect(() => {
  if (view.value?.availability === 'available') confirmDevices()
})

/** The call that was on the desk last. It is over when its wrap-up begins, and the server then tells no more of it. */
export const lastCall = signal<CallForAgent | null>(null)
effect(() => {
  const work = view.value?.work
  if (work?.kind === 'in-call') lastCall.value = work.call
})

/** Whether whoever is signed in takes calls in this window: an agent does, a supervisor once they opened their desk ([R44]). */
function isAtDesk(value: Account): boolean {
  return value.kind === 'signed-in' && (value.person.role === 'agent' || isDeskOpened.value)
}

/** A supervisor takes calls too: in this window they are at work as an agent from now on. */
export function openDesk(): void {
  isDeskOpened.value = true
}

/** Connects when an agent has signed in, and lets go when they are out. */
export function followAccount(): void {
  computed(() => [account.value, isDeskOpened.value] as const).subscribe(([value]) => {
    const isAgent = isAtDesk(value)
    if (isAgent && link.value === null)
      link.value = openAgentLink({
        onMoved: (move) => moveListeners.forEach((listener) => listener(move)),
        onCaption: takeCaption,
      })
    if (value.kind === 'signed-out') isDeskOpened.value = false
    if (!isAgent && link.value !== null) {
      isBesideOpen.value = false
      link.value.close()
      link.value = null
      forgetDevicesCheck()
    }
  })
}

/** The agent has seen that camera and microphone work; not asked again in this window until the next sign-in. */
export function confirmDevices(): void {
  areDevicesChecked.value = true
  sessionStorage.setItem(CHECKED_AS, 'yes')
}

function forgetDevicesCheck(): void {
  areDevicesChecked.value = false
  sessionStorage.removeItem(CHECKED_AS)
}

/** Tries to connect without waiting. */
export function reconnect(): void {
  link.value?.reconnect()
}

/** The agent wants to go on in this window, and not in the other one. */
export function takeOver(): void {
  link.value?.takeOver()
}

/** What is known of the window the agent works in, where this one was turned away for it. */
export const otherDesk = computed<ErrorDetail>(() => {
  const state = linkState.value
  return state.kind === 'refused' ? (state.detail ?? {}) : {}
})

/** Asks one thing of the server at a time. Returns whether it was done; why not is then the {@link problem}. */
export async function act<K extends Action>(name: K, body: Body<Requests, K>): Promise<boolean> {
  const { value: open } = link
  if (open === null || pending.value !== null) return false
  problem.value = null
  pending.value = name
  try {
    await open.request(name, body)
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    problem.value = { code: error.code, detail: error.detail }
    return false
  } finally {
    pending.value = null
  }
}

/** Who could be asked into the call now; null where that cannot be told at the moment. */
export async function listPeople(name: string): Promise<PeopleToAsk | null> {
  try {
    return (await link.value?.request('colleagues.list', name === '' ? {} : { name })) ?? null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return null
  }
}

/** A small thing of the moment, which nobody waits for: what does not get through is past. */
export function tellQuietly<K extends 'shown.move' | 'hand-over.note' | 'caption.write'>(
  name: K,
  body: Body<Requests, K>,
): void {
  link.value?.request(name, body).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}

const moveListeners = new Set<(move: ShownMove) => void>()

/** `listener` hears where somebody else in the call points or scrolls, as long as the page is there. */
export function onShownMoved(listener: (move: ShownMove) => void): void {
  moveListeners.add(listener)
}

/**
 * Asks the server something that happens beside what the agent is doing: no button waits for it and no notice tells of
 * it. Throws the Refusal.
 */
export async function askBeside<K extends Exclude<keyof Requests & string, 'hello'>>(
  name: K,
  body: Body<Requests, K>,
): Promise<Reply<Requests, K>> {
  const { value: open } = link
  if (open === null) throw new Refusal('no-answer', 'not connected')
  return open.request(name, body)
}

/** Codes that say «not now» to somebody who asks for a media ticket: an SFU or the server is about to be back. */
const PASSING_CODES: ReadonlySet<string> = new Set(['no-media', 'not-ready'])

/**
 * Where picture and sound of this call are to be had. Throws the server's Refusal; what will pass is thrown as
 * `no-answer`, upon which the media session asks again.
 */
export async function askMediaTicket(callId: CallId): Promise<Reply<Requests, 'media.ticket'>> {
  const { value: open } = link
  if (open === null) throw new Refusal('no-answer', 'not connected')
  try {
    return await open.request('media.ticket', { callId })
  } catch (error) {
    if (error instanceof Refusal && PASSING_CODES.has(error.code)) throw new Refusal('no-answer', error.message)
    throw error
  }
}

/** The citizen is told whether the agent looks at a still of their picture. */
export function sayStill(callId: CallId, isHeld: boolean): void {
  link.value?.request('call.say-still', { callId, isHeld }).catch(() => undefined)
}

/** A room to try the way of a call in. Throws the server's Refusal. */
export async function askPathTest(): Promise<Reply<Requests, 'desk.test-path'>> {
  const { value: open } = link
  if (open === null) throw new Refusal('no-answer', 'not connected')
  return await open.request('desk.test-path', {})
}

/** The way was tried: the room is not needed any more, and ends by itself where this does not arrive. */
export function sayPathTested(): void {
  link.value?.request('desk.path-tested', {}).catch(() => undefined)
}

export const becomeAvailable = (): Promise<boolean> => act('availability.set-available', {})
export const becomeAway = (reason: ChosenAwayReason): Promise<boolean> => act('availability.set-away', { reason })
/** As much time again to finish as there was, where there is more to be had. */
export async function lengthenWrapUp(): Promise<boolean> {
  const work = view.value?.work
  if (work?.kind !== 'wrap-up' || work.endsAt >= work.endsAtLatest) return false
  return act('wrap-up.lengthen', { endsAt: work.endsAt })
}

export const finishWrapUp = (): Promise<boolean> => act('wrap-up.finish', {})

/** Takes the call on the screen, if there still is one. */
export async function acceptOffer(): Promise<void> {
  const work = view.value?.work
  if (work?.kind === 'offered') await act('offer.accept', { offerId: work.offerId })
}

/** Gives the call back. The reason is the agent's to give or to keep. */
export async function declineOffer(reason?: DeclineReason): Promise<void> {
  const work = view.value?.work
  if (work?.kind !== 'offered') return
  await act('offer.decline', { offerId: work.offerId, ...(reason === undefined ? {} : { reason }) })
}

const declinedOfferId = signal<OfferId | null>(null)

/** Whether the agent is being asked why they decline. The offer rings on meanwhile, and can still be taken. */
export const isChoosingReason = computed(() => {
  const work = view.value?.work
  return work?.kind === 'offered' && work.offerId === declinedOfferId.value
})

export function chooseReason(): void {
  const work = view.value?.work
  if (work?.kind === 'offered') declinedOfferId.value = work.offerId
}

export function keepOffer(): void {
  declinedOfferId.value = null
}

/** Puts the citizen on hold, or takes up the talk again, as the server last told of it. */
export async function toggleHold(): Promise<void> {
  const work = view.value?.work
  if (work?.kind !== 'in-call') return
  await act(work.call.hold === null ? 'call.hold' : 'call.resume', { callId: work.call.callId })
}

export async function hangUp(): Promise<void> {
  const work = view.value?.work
  if (work?.kind === 'in-call') await act('call.hang-up', { callId: work.call.callId })
}

/** Wrap-up is over and no more calls come for now. */
export async function finishAndPause(): Promise<void> {
  if (await becomeAway('break')) await finishWrapUp()
}

export async function leave(): Promise<void> {
  const code = await signOut()
  problem.value = code === null ? null : { code, detail: {} }
}
