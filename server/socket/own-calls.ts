/** Of whose calls an event may be asked, where the table says that the gate looks. */
import type { Whose } from '#server/auth/rights.ts'
import { isInCall, type State } from '#server/routing/state.ts'
import type { Person } from '#server/store/directory.ts'
import type { CallerDevice } from './caller-view.ts'

type Body = Readonly<Record<string, unknown>>

/** A device has one open call at most; somebody else's is as unknown as none. */
export function ownsAsDevice(
  { callIdOfKiosk, calls }: State,
  whose: Whose,
  { kioskId }: CallerDevice,
  body: Body,
): boolean {
  const callId = String(body['callId'])
  return whose === 'call-at-hand' && calls.has(callId) && callIdOfKiosk.get(kioskId) === callId
}

/** Whether it is a call of this agent's, in the sense that `whose` has. */
export function ownsAsAgent({ agents, calls }: State, whose: Whose, { agentId }: Person, body: Body): boolean {
  const callId = String(body['callId'])
  if (whose === 'call-in') return isInCall(calls.get(callId), agentId)
  const work = agents.get(agentId)?.work
  return whose === 'call-at-hand' && (work?.kind === 'offered' || work?.kind === 'in-call') && work.callId === callId
}

/** Whether this supervisor is in the call. */
export function ownsAsSupervisor({ calls }: State, whose: Whose, { agentId }: Person, body: Body): boolean {
  const call = calls.get(String(body['callId']))
  return whose === 'call-supervised' && call?.status === 'connected' && call.supervisor?.id === agentId
}
