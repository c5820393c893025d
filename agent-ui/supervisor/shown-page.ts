/** Which of its pages the supervisor's window shows: the floor, one call, or the rules. The address says so. */
import { computed, signal } from '@preact/signals'
import type { CallId } from '#server/contract/ids.ts'
import { callHash, callIdIn, isCallHash } from '../model/call-address.ts'

/** The floor as a large screen on the wall shows it. */
export const isOnWall = new URLSearchParams(location.search).has('wall')

const hash = signal(location.hash)

export type ShownPage =
  | { readonly kind: 'floor' | 'rules' }
  | { readonly kind: 'call'; readonly callId: CallId | null; readonly isWrong: boolean }

/** `isWrong`: the address names a call, but not by an id. */
export const shownPage = computed<ShownPage>(() => {
  if (hash.value === '#rules') return { kind: 'rules' }
  if (!isCallHash(hash.value)) return { kind: 'floor' }
  const callId = callIdIn(hash.value)
  return { kind: 'call', callId, isWrong: callId === null && hash.value.length > '#call='.length }
})

/** Starts following the address. Once for the page. */
export function followAddress(): void {
  addEventListener('hashchange', () => (hash.value = location.hash))
}

/** Goes to the page of that call; the way back is the browser's. */
export function showCall(callId: CallId): void {
  location.hash = callHash(callId)
}
