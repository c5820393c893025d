/** [R43] A supervisor comes into a running call: to listen, to whisper to its agents, or to be in it. Everybody in it is told. */
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import type { ConnectedCall } from './state.ts'
import { isInCall } from './state.ts'

/** `listen`: heard by nobody. `whisper`: by the agents alone. `join`: by all. The supervisor hears everybody in each. */
export type SupervisionKind = 'listen' | 'whisper' | 'join'

/** Who supervises a call, and how. */
export type Supervisor = { readonly id: string; readonly kind: SupervisionKind }

/**
 * Refused: `not-allowed` where the policy does not name the kind; `wrong-state` where nobody talks yet, another supervisor is there
 * already, or it is the supervisor's own call.
 */
export function supervise(
  draft: Draft,
  { callId, kind, byId }: EventOf<'call.supervised'>,
): RoutingRefusal | undefined {
  const call = draft.calls.get(callId)
  if (call === undefined) return 'unknown-call'
  if (draft.policy.supervision?.includes(kind) !== true) return 'not-allowed'
  if (call.status !== 'connected') return 'wrong-state'
  const isTheirOwn: boolean = isInCall(call, byId)
  if (isTheirOwn) return 'wrong-state'
  if (call.supervisor !== null && call.supervisor.id !== byId) return 'wrong-state'
  putSupervisor(draft, call, { id: byId, kind })
  return undefined
}

/** Only one's own supervision is ended; one that is over already is no mistake. */
export function endSupervision(draft: Draft, { callId, byId }: EventOf<'call.supervision-ended'>): void {
  const call = draft.calls.get(callId)
  if (call?.status === 'connected' && call.supervisor?.id === byId) putSupervisor(draft, call, null)
}

function putSupervisor(draft: Draft, call: ConnectedCall, supervisor: Supervisor | null): void {
  draft.putCall({ ...call, supervisor }, call)
  draft.touchAllIn(call.id)
}
