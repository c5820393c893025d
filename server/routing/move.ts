/** [R42] A supervisor moves a call that waits: to another queue, to the front, or both. */
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { classOfLine, scoreOf } from './order.ts'
import { ORDINARY, type CallClass } from './policy.ts'
import { isOnlyPromised } from './promised.ts'
import { inLine } from './requirements.ts'
import type { Call, Instant, WaitingCall } from './state.ts'

/** For so long whoever was moved to the front stays before those of other classes, which may age faster. */
export const FRONT_HELD_MS = 3_600_000

/** [R42] Refused (`wrong-state`) unless the call stands in a line: offered, talked with, lapsed, or kept for later, it is not moved. */
export function move(draft: Draft, event: EventOf<'call.moved'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (call === undefined) return 'unknown-call'
  if (!isMovable(call)) return 'wrong-state'
  const policy = draft.policyOf(call)
  const queueId = event.queueId ?? call.queueId
  const queue = policy.queues[queueId]
  if (queue === undefined) return 'unknown-queue'
  // The class that came with the queue stays with the queue, as where the citizen says more ([R3]).
  const isOfQueue = call.classId === policy.queues[call.queueId]?.classId
  const classId = isOfQueue ? queue.classId : call.classId
  const callClass = policy.classes[classId] ?? ORDINARY
  const frontAt = event.isToFront ? frontOf(draft, call, queueId, callClass) : call.placeAt
  const placeAt = Math.min(call.placeAt, frontAt)
  draft.putCall(inLine<Call>(draft, { ...call, queueId, classId, placeAt, preferred: null }))
  return undefined
}

/** [R42] Whether a call stands in a line and is nobody's yet. */
export function isMovable(call: Call): call is WaitingCall {
  if (call.status !== 'waiting' || isOnlyPromised(call)) return false
  const { presence } = call
  return presence.kind !== 'lapsed' && (presence.kind !== 'away' || presence.notBefore === null)
}

/**
 * The latest place from which a call of a class goes before everybody else in a queue, and before whoever comes to it now,
 * until {@link FRONT_HELD_MS} have passed. Scores grow straight, so what holds at both ends holds between them.
 */
function frontOf(draft: Draft, call: Call, queueId: string, callClass: CallClass): Instant {
  let frontAt = draft.at
  const goBefore = (other: CallClass, placeAt: Instant) => {
    // Who goes first by class does so whatever was moved, and needs nothing to stay before the others.
    if (other.isFirst !== callClass.isFirst) return
    for (const at of [draft.at, draft.at + FRONT_HELD_MS]) {
      const ageMs = (scoreOf(other, placeAt, at) - callClass.headStartMs) / callClass.slope
      frontAt = Math.min(frontAt, Math.floor(at - ageMs) - 1)
    }
  }
  for (const other of Object.values(draft.policyOf(call).classes)) goBefore(other, draft.at)
  draft.lines.forEach((line) => {
    if (line.queueId !== queueId || line.isJoin) return
    for (const list of [line.here, line.lost, line.away]) {
      const first = list.first?.id === call.id ? secondOf(list) : list.first
      if (first !== undefined) goBefore(classOfLine(draft, line), first.rank)
    }
  })
  return frontAt
}

function secondOf<T>(list: Iterable<T>): T | undefined {
  const [, second] = list
  return second
}
