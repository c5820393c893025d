/** What the citizen is shown beside the picture, from the desk's side: shown, pointed at, taken off, and shown again after a restart. */
import { computed, effect, signal, untracked } from '@preact/signals'
import type { Shown, ShownForAgent, ShownId, ShownMove, ShownPlace } from '#server/contract/shown.ts'
import { act, linkState, onShownMoved, tellQuietly, view } from './desk-state.ts'
import { ownShare } from './window-share.ts'

type WithoutId<T> = T extends { readonly shownId: ShownId } ? Omit<T, 'shownId'> : never

/** Something to show, before it has an id. */
export type ToShow = WithoutId<Shown>

/** What stands on the citizen's screen, or stood there until they closed it; null where nothing does. */
export const shownNow = computed<ShownForAgent | null>(() => {
  const work = view.value?.work
  return work?.kind === 'in-call' ? work.call.shown : null
})

/** Where somebody else in the call points or has scrolled to, in what is shown now. */
export const moveSeen = signal<ShownMove | null>(null)
onShownMoved((move) => {
  if (move.shownId === shownNow.peek()?.shown.shownId) moveSeen.value = move
})

/**
 * Shows something on the citizen's screen in the place of what was shown. Resolves with whether it was; why not is then the
 * desk's `problem`. Outside of a call it does nothing.
 */
export async function showToCitizen(toShow: ToShow): Promise<boolean> {
  const work = view.value?.work
  if (work?.kind !== 'in-call') return false
  const shownId = crypto.randomUUID() as string as ShownId
  moveSeen.value = null
  return act('shown.show', { callId: work.call.callId, shown: { ...toShow, shownId } as Shown })
}

/** Takes it off the citizen's screen; what they closed themselves is forgotten. Resolves as {@link showToCitizen} does. */
export async function stopShowing(): Promise<boolean> {
  const work = view.value?.work
  if (work?.kind !== 'in-call') return false
  return act('shown.stop', { callId: work.call.callId })
}

/** So many moves a second are sent at most, the last one always. In ms between two. */
const MOVE_EVERY_MS = 100

type Move = { readonly pointer?: ShownPlace | null; readonly top?: ShownPlace }
let unsent: Move | null = null
let timer: ReturnType<typeof setTimeout> | undefined

/** Points at a place of what is shown, or scrolls to one. */
export function moveShown(move: Move): void {
  unsent = { ...unsent, ...move }
  if (timer === undefined) sendMove()
}

function sendMove(): void {
  timer = undefined
  const work = view.peek()?.work
  const shownId = shownNow.peek()?.shown.shownId
  if (unsent === null || work?.kind !== 'in-call' || shownId === undefined) return void (unsent = null)
  tellQuietly('shown.move', { callId: work.call.callId, shownId, ...unsent })
  unsent = null
  timer = setTimeout(sendMove, MOVE_EVERY_MS)
}

// A server that was started anew has forgotten it, and nobody took it off: it is shown again; a window by whoever has it.
let before: { readonly callId: string; readonly shown: Shown } | null = null
effect(() => {
  const isOnline = linkState.value.kind === 'online'
  const work = view.value?.work
  untracked(() => {
    const call = work?.kind === 'in-call' ? work.call : null
    if (!isOnline) {
      const { shown = null, callId = '' } = call ?? {}
      const isGone = shown !== null && shown.shown.kind === 'window' && ownShare.peek()?.shownId !== shown.shown.shownId
      if (shown !== null && !shown.isClosedByCitizen && !isGone) before = { callId, shown: shown.shown }
      return
    }
    const { callId, shown } = before ?? {}
    before = null
    if (call === null || shown === undefined || call.callId !== callId || call.shown !== null) return
    void act('shown.show', { callId: call.callId, shown })
  })
})
