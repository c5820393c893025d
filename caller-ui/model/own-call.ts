/**
 * The call of the person in front of the screen, as this page remembers it.
 *
 *   none ──pressed──► starting ──answered──► mine ──hung up──► left ──dismissed──► none
 *     │                  └─────refused─────► not-taken ───────────────dismissed──► none
 *     └──resumed (the page was loaded again in the middle of a call)──► mine ──dismissed (it ended)──► none
 *
 * The place in line belongs to a person, not to the machine: a call that this page does not remember is never shown
 * to whoever stands there now, it asks first.
 */
import type { CallId } from '#server/contract/ids.ts'
import type { CallerCallView } from '#server/contract/views.ts'

export type OwnCall =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting'; readonly callId: CallId; readonly isSlow: boolean }
  | { readonly kind: 'mine'; readonly callId: CallId; readonly wasConnected: boolean }
  | { readonly kind: 'left'; readonly callId: CallId; readonly wasConnected: boolean }
  | { readonly kind: 'not-taken'; readonly code: string }

export type OwnCallEvent =
  | { readonly kind: 'pressed'; readonly callId: CallId }
  /** No answer yet, and long enough that the screen should say so. */
  | { readonly kind: 'answer-slow' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'resumed'; readonly callId: CallId }
  | { readonly kind: 'view-changed'; readonly call: CallerCallView | null }
  | { readonly kind: 'hung-up' }
  | { readonly kind: 'dismissed' }

/** What the page remembers after `event`. An event that does not fit changes nothing. */
export function ownCallAfter(own: OwnCall, event: OwnCallEvent): OwnCall {
  switch (event.kind) {
    case 'pressed':
      return own.kind === 'none' ? { kind: 'starting', callId: event.callId, isSlow: false } : own
    case 'answer-slow':
      return own.kind === 'starting' ? { ...own, isSlow: true } : own
    case 'answered':
      return own.kind === 'starting' ? { kind: 'mine', callId: own.callId, wasConnected: false } : own
    case 'refused':
      return own.kind === 'starting' ? { kind: 'not-taken', code: event.code } : own
    case 'resumed':
      return own.kind === 'none' ? { kind: 'mine', callId: event.callId, wasConnected: false } : own
    case 'view-changed':
      return afterView(own, event.call)
    case 'hung-up':
      return own.kind === 'mine' ? { kind: 'left', callId: own.callId, wasConnected: own.wasConnected } : own
    case 'dismissed':
      return own.kind === 'starting' || own.kind === 'none' ? own : { kind: 'none' }
  }
}

function afterView(own: OwnCall, call: CallerCallView | null): OwnCall {
  if (call === null) return own
  // The view may bring the call before the answer to the press does.
  if (own.kind === 'starting' && call.callId === own.callId)
    return { kind: 'mine', callId: own.callId, wasConnected: false }
  if (own.kind !== 'mine' || own.wasConnected || call.callId !== own.callId) return own
  return call.status === 'connected' ? { ...own, wasConnected: true } : own
}
