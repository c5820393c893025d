/** [R33] An agent looks into something, or agents talk it over, while the citizen waits: nothing passes either way, and nobody is forgotten. */
import type { Draft } from './draft.ts'
import type { HoldEnd, RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import type { ConnectedCall } from './state.ts'
import { isInCall } from './state.ts'

/** An agent in the call puts the citizen on hold. On hold already: the same hold, with the end it had. */
export function hold(draft: Draft, event: EventOf<'call.held'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (!isInCall(call, event.agentId)) return 'unknown-call'
  if (call.hold !== null) return undefined
  const { at } = draft
  draft.putCall({ ...call, hold: { agentId: event.agentId, since: at, endsAt: at + draft.policy.holdMsMax } }, call)
  draft.touchAllIn(call.id)
  return undefined
}

/** Any agent in the call ends it, not only who began it. Not on hold: it is as they say. */
export function resume(draft: Draft, event: EventOf<'call.resumed'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (!isInCall(call, event.agentId)) return 'unknown-call'
  endHold(draft, call, 'resumed')
  return undefined
}

/** Everybody sees and hears each other again. Nothing where there is no hold. */
export function endHold(draft: Draft, call: ConnectedCall, why: HoldEnd): void {
  if (call.hold === null) return
  tellHoldEnded(draft, call, why)
  draft.putCall({ ...call, hold: null }, call)
  draft.touchAllIn(call.id)
}

/** For whoever takes the hold out of the call, or the call out of the state, themselves. */
export function tellHoldEnded(draft: Draft, { id: callId, hold: held }: ConnectedCall, why: HoldEnd): void {
  if (held === null) return
  draft.facts.push({ type: 'hold.ended', callId, agentId: held.agentId, heldMs: draft.at - held.since, why })
}
