/** [R40] Promised calls as the scripted server has them. */
import type { CallbackForCaller } from '#server/contract/callbacks.ts'
import type { CallId } from '#server/contract/ids.ts'
import type { KioskServer } from './kiosk-server.ts'
import { inLine, kept, TICKET, ticketUrlPath } from './scripted-call.ts'

/** After a call, or for whoever types its ticket: the citizen is talked with again. */
export function promise(server: KioskServer, callback: CallbackForCaller): void {
  const { call } = server
  if (call?.status === 'ended') {
    server.show({ ...call, promised: { ticket: TICKET, ticketUrlPath: ticketUrlPath(TICKET), callback } })
    return
  }
  const place = inLine({ callId: call?.callId ?? (crypto.randomUUID() as string as CallId) })
  const shown = { ...kept(place, true, callback.isRinging ? null : callback.dueAt), callback }
  server.places.set(TICKET, place)
  server.promises.set(TICKET, shown)
  if (call?.status === 'kept' || server.device === 'phone') server.show(shown)
}
