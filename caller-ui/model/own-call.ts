/**
 * The call of the person in front of the screen, as this page remembers it.
 *
 *   none ──pressed──► starting ──answered──► mine ──hung up──► left ──dismissed──► none
 *     │                  └─────refused─────► not-taken ───────────────dismissed──► none
 *     ├──ticket typed──► taking-up ──the view has it──► mine      └──refused──► none
 *     └──resumed (the page was loaded again in the middle of a call, or is a phone)──► mine ──dismissed──► none
 *
 * The place in line belongs to a person, not to the machine: a call that this page does not remember is never shown
 * to whoever stands there now, it asks first.
 */
import type { CallId, ClassId, Language, MatterId, Mode, Ticket } from '#server/contract/ids.ts'
import type { CallerCallView } from '#server/contract/views.ts'

/** Of a call that somebody answered: what is said again when the same person calls again. Forgotten with the person. */
export type Conversation = {
  readonly ticket: Ticket
  /** Null where it was the screen's, not the person's. */
  readonly language: Language | null
  readonly matterId: MatterId | null
  readonly classId: ClassId
  readonly mode: Mode
}

export type OwnCall =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting'; readonly callId: CallId; readonly isSlow: boolean; readonly isForNextOpening: boolean }
  | { readonly kind: 'taking-up'; readonly ticket: Ticket }
  | { readonly kind: 'mine'; readonly callId: CallId; readonly conversation: Conversation | null }
  | { readonly kind: 'left'; readonly callId: CallId; readonly conversation: Conversation | null }
  | { readonly kind: 'not-taken'; readonly code: string }

export type OwnCallEvent =
  /** `isForNextOpening`: what is asked for is a place for when the line opens, not a call now. */
  | { readonly kind: 'pressed'; readonly callId: CallId; readonly isForNextOpening: boolean }
  | { readonly kind: 'ticket-typed'; readonly ticket: Ticket }
  /** No answer yet, and long enough that the screen should say so. */
  | { readonly kind: 'answer-slow' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'resumed'; readonly callId: CallId }
  | { readonly kind: 'view-changed'; readonly call: CallerCallView | null }
  | { readonly kind: 'hung-up' }
  | { readonly kind: 'dismissed' }

const none: OwnCall = { kind: 'none' }

/** What the page remembers after `event`. An event that does not fit changes nothing. */
export function ownCallAfter(own: OwnCall, event: OwnCallEvent): OwnCall {
  switch (event.kind) {
    case 'pressed': {
      const { callId, isForNextOpening } = event
      return own.kind === 'none' ? { kind: 'starting', callId, isSlow: false, isForNextOpening } : own
    }
    case 'ticket-typed':
      return own.kind === 'none' ? { kind: 'taking-up', ticket: event.ticket } : own
    case 'answer-slow':
      return own.kind === 'starting' ? { ...own, isSlow: true } : own
    case 'answered':
      return own.kind === 'starting' ? mine(own.callId) : own
    case 'refused':
      if (own.kind === 'taking-up') return none
      return own.kind === 'starting' ? { kind: 'not-taken', code: event.code } : own
    case 'resumed':
      return own.kind === 'none' ? mine(event.callId) : own
    case 'view-changed':
      return afterView(own, event.call)
    case 'hung-up':
      return own.kind === 'mine' ? { kind: 'left', callId: own.callId, conversation: own.conversation } : own
    case 'dismissed':
      return own.kind === 'starting' || own.kind === 'taking-up' ? own : none
  }
}

const mine = (callId: CallId): OwnCall => ({ kind: 'mine', callId, conversation: null })

/** [R40] A callback whose time has not come is told to whoever types its ticket. */
function afterView(own: OwnCall, call: CallerCallView | null): OwnCall {
  if (call === null) return own
  // The view may bring the call before the answer to the press does.
  if (own.kind === 'starting' && call.callId === own.callId) return mine(own.callId)
  if (own.kind === 'taking-up') {
    const isShown = isHere(call) || (call.status === 'kept' && call.callback !== undefined)
    return isShown && call.ticket === own.ticket ? mine(call.callId) : own
  }
  if (own.kind !== 'mine' || own.conversation !== null || call.callId !== own.callId) return own
  return call.status === 'connected' ? { ...own, conversation: conversationIn(call) } : own
}

function conversationIn(call: HereCall): Conversation {
  const { ticket, language, isLanguageChosen, matterId, classId, mode } = call
  return { ticket, language: isLanguageChosen ? language : null, matterId, classId, mode }
}

/** The conversation that the person at the screen has had, or null. */
export const conversationOf = (own: OwnCall): Conversation | null =>
  own.kind === 'mine' || own.kind === 'left' ? own.conversation : null

/** A call that somebody is in, at this screen. */
export type HereCall = CallerCallView & { readonly status: 'waiting' | 'offered' | 'connected' }

export const isHere = (call: CallerCallView): call is HereCall => call.status !== 'ended' && call.status !== 'kept'
