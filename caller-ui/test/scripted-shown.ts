/** What the server does when a citizen closes or scrolls what is shown. */
import type { Handlers } from '#sfu/contract/wire.ts'
import type { callerRequests } from '#server/contract/caller-socket.ts'
import type { KioskServer } from './kiosk-server.ts'

type Requests = typeof callerRequests
type ShownHandlers = Pick<Handlers<Requests, unknown>, 'shown.close' | 'shown.scroll'>

/** `changed` gives the newest view. */
export function shownHandlers(
  server: KioskServer,
  changed: () => Awaited<ReturnType<ShownHandlers['shown.close']>>,
): ShownHandlers {
  return {
    'shown.close': (_socket, body) => {
      server.asked['shown.close'].push(body)
      server.converse({ shown: null })
      return changed()
    },
    'shown.scroll': (_socket, body) => {
      server.asked['shown.scroll'].push(body)
      return {}
    },
  }
}
