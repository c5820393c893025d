/**
 * Which screen the desk shows: one answer for every combination of who is signed in, how the connection is
 * and what the engine says. A call on the screen stays there while the server is away.
 */
import type { AgentView } from '#server/contract/views.ts'

export type AccountState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable' }
  /** `isAtDesk`: an agent always is, a supervisor once they said that they take calls in this window. */
  | { readonly kind: 'signed-in'; readonly isAtDesk: boolean }

export type LinkState = 'connecting' | 'online' | 'offline' | 'replaced' | 'refused'

export type DeskScreen =
  | { readonly kind: 'loading' | 'unreachable' | 'signed-out' | 'not-for-you' | 'replaced' | 'occupied' | 'reload' }
  | { readonly kind: 'devices'; readonly view: AgentView }
  | { readonly kind: 'idle'; readonly view: AgentView }
  /** With a citizen beside the agent: the form, the line or the call. */
  | { readonly kind: 'beside'; readonly view: AgentView }
  | { readonly kind: 'offered'; readonly view: AgentView }
  | { readonly kind: 'in-call'; readonly view: AgentView }
  | { readonly kind: 'wrap-up'; readonly view: AgentView }

export interface DeskState {
  readonly account: AccountState
  readonly link: LinkState
  readonly refusalCode: string | null
  readonly view: AgentView | null
  /** Whether camera and microphone have been looked at since this window was opened. */
  readonly areDevicesChecked: boolean
  /** The agent is about to call with a citizen beside them, or does. */
  readonly isBeside: boolean
}

/** Picks the screen. */
export function deskScreen(state: DeskState): DeskScreen {
  const { account, link, view } = state
  if (account.kind !== 'signed-in') return { kind: account.kind }
  if (!account.isAtDesk) return { kind: 'not-for-you' }
  if (link === 'replaced') return { kind: 'replaced' }
  if (link === 'refused') return refusedScreen(state.refusalCode)
  if (view === null) return link === 'offline' ? { kind: 'unreachable' } : { kind: 'loading' }
  const isFree = view.work.kind === 'idle' && view.availability === 'away' && view.besideCallId === null
  if (isFree && !state.areDevicesChecked) return { kind: 'devices', view }
  if (view.work.kind === 'idle' && state.isBeside) return { kind: 'beside', view }
  return { kind: view.work.kind, view }
}

function refusedScreen(code: string | null): DeskScreen {
  switch (code) {
    case 'version-mismatch':
      return { kind: 'reload' }
    case 'not-signed-in':
      return { kind: 'signed-out' }
    case 'not-allowed':
      return { kind: 'not-for-you' }
    case 'replaced':
      return { kind: 'replaced' }
    case 'desk-occupied':
      return { kind: 'occupied' }
    default:
      return { kind: 'unreachable' }
  }
}
