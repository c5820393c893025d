/** [R40] A promised callback at a screen: told before it is taken up, and given back by its owner. */
import type { RoutingHost } from '#server/host/routing-host.ts'
import { awaitedOf } from '#server/routing/promised.ts'
import type { Call, State } from '#server/routing/state.ts'
import type { Audiences } from './audiences.ts'
import { firstCallIdOf, phoneIdOf, type CallerDevice } from './caller-view.ts'

/** The callback on a ticket that is not rung now and was not come for yet; undefined for any other, and where the screen has a call. */
export function promisedOn(state: State, { kioskId }: CallerDevice, ticket: string): Call | undefined {
  const call = state.calls.get(state.callIdOfTicket.get(ticket) ?? '')
  if (call === undefined || state.callIdOfKiosk.has(kioskId)) return undefined
  return awaitedOf(call) !== null && call.presence.kind === 'away' ? call : undefined
}

type Parts = { readonly host: Pick<RoutingHost, 'state'>; readonly audiences: Pick<Audiences, 'keptAt'> }

/** Whether a callback is shown at this screen, or is that of this phone: whoever is there may give it back. */
export function isPromisedAt({ host, audiences }: Parts, { device, kioskId }: CallerDevice, callId: string): boolean {
  const call = host.state.calls.get(callId)
  if (call === undefined || awaitedOf(call) === null) return false
  const isOwn = device === 'phone' && phoneIdOf(firstCallIdOf(call)) === kioskId
  return isOwn || audiences.keptAt(kioskId) === callId
}
