/** Whom what they were told lets down at an instant. Pure. */
import type { Callback } from '#server/routing/promised.ts'
import type { Call } from '#server/routing/state.ts'

type Told = Pick<Call, 'queueId' | 'status' | 'presence' | 'promise' | 'callback'>

/**
 * How many of each queue wait longer than the longer of the two times they were told, or for a call that somebody
 * promised them: it does not ring, or nobody takes it, `callbackLateMs` after its time.
 */
export function brokenPromises(calls: Iterable<Told>, at: number, callbackLateMs: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { queueId, status, presence, promise, callback } of calls) {
    if (status === 'connected') continue
    const isWaitBroken = presence.kind === 'here' && promise !== null && at - promise.toldAt > promise.p80Ms
    const isBroken = isWaitBroken || (callback !== null && isCallbackBroken(callback, at, callbackLateMs))
    if (isBroken) counts.set(queueId, (counts.get(queueId) ?? 0) + 1)
  }
  return counts
}

/** [R40] As it will be counted if nothing happens. Who was rung in time and does not come is let down by nobody. */
function isCallbackBroken({ dueAt, rungAt, hereAt, result }: Callback, at: number, lateMs: number): boolean {
  if (result !== null) return false
  if ((rungAt ?? hereAt ?? at) > dueAt + lateMs) return true
  return hereAt !== null && at > Math.max(dueAt, hereAt) + lateMs
}
