/** [R43] What must be true of those who supervise a call. */
import type { RoutingEvent } from '../event.ts'
import type { Call, State } from '../state.ts'
import { isInCall } from '../state.ts'
import { must } from './rules.ts'

/** Nobody supervises but by saying so, in a way that the city has, one at a time, and no longer than while somebody talks there. */
export function checkSupervision(before: State, event: RoutingEvent, state: State): void {
  for (const call of state.calls.values()) {
    const [had, has] = [supervisorOf(before.calls.get(call.id)), supervisorOf(call)]
    must(has === null || event.type !== 'server.restarted', () => `${call.id} is supervised by nobody who is there`)
    if (has === had) continue
    if (has === null) {
      // Nobody talks in it any more: it is over, or back in line.
      if (call.status !== 'connected') continue
      const isEnd = event.type === 'server.restarted' || event.type === 'call.supervision-ended'
      const isByThem = !('byId' in event) || event.byId === had?.id
      must(isEnd && isByThem, () => `${call.id} is supervised no more by ${had?.id} after ${event.type}`)
      continue
    }
    const isSaid = event.type === 'call.supervised' && event.callId === call.id && event.byId === has.id
    must(isSaid && event.kind === has.kind, () => `${call.id} is supervised by ${has.id} after ${event.type}`)
    must(had === null || had.id === has.id, () => `${call.id} is supervised by ${has.id} instead of ${had?.id}`)
    must(state.policy.supervision?.includes(has.kind) === true, () => `the city has no ${has.kind}`)
    must(!isInCall(call, has.id), () => `${has.id} supervises their own ${call.id}`)
  }
}

const supervisorOf = (call: Call | undefined) => (call?.status === 'connected' ? call.supervisor : null)
