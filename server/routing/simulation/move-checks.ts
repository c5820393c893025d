/** [R42] What must be true of a call that a supervisor moved. */
import type { EventOf } from '../event.ts'
import type { Call, State } from '../state.ts'
import { classOf, must, policyOf, scoreOf } from './rules.ts'

const HELD_MS = 3_600_000

/** Moved to the front, it goes before all who stand in its queue, then and for an hour, but for those who go first by their class. */
export function checkMoved(before: State, event: EventOf<'call.moved'>, state: State): void {
  const was = before.calls.get(event.callId)
  const call = state.calls.get(event.callId)
  must(was?.status === 'waiting', () => `${event.callId} was ${was?.status}, and is moved`)
  if (was === undefined || call === undefined) return
  must(call.arrivedAt === was.arrivedAt, () => `${call.id} came at another time`)
  must(call.queueId === (event.queueId ?? was.queueId), () => `${call.id} stands in ${call.queueId}`)
  must(call.preferred === null, () => `${call.id} is kept for one agent`)
  if (!event.isToFront) return
  const own = classOf(state, call)
  for (const other of before.calls.values()) {
    const isInLine = other.status === 'waiting' && other.queueId === call.queueId && other.id !== call.id
    const isPlain = isInLine && classOf(before, other).isFirst === own.isFirst && isStanding(other)
    if (isPlain) checkBefore(state, call, classOf(before, other), other.placeAt, other.id)
  }
  for (const other of Object.values(policyOf(state, call).classes)) {
    if (other.isFirst === own.isFirst) checkBefore(state, call, other, state.at, `whoever comes as ${other.id}`)
  }
}

function isStanding({ status, ...call }: Call): boolean {
  if (status !== 'waiting' || (call.callback !== null && call.callback.enteredAt === null)) return false
  return call.presence.kind === 'here' || (call.presence.kind === 'away' && call.presence.notBefore === null)
}

function checkBefore(
  state: State,
  call: Call,
  other: Parameters<typeof scoreOf>[0],
  placeAt: number,
  name: string,
): void {
  for (const at of [state.at, state.at + HELD_MS]) {
    const isBefore = scoreOf(classOf(state, call), call.placeAt, at) > scoreOf(other, placeAt, at)
    must(isBefore, () => `${call.id} was moved to the front, and ${name} goes before it at ${at}`)
  }
}
