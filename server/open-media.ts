/** The links to the SFUs, joined to the engine. */
import { controlAuth } from '#sfu/binding/ticket-code.ts'
import type { ServerConfig } from './config.ts'
import type { RoutingHost } from './host/routing-host.ts'
import { SfuLink } from './media/sfu-link.ts'
import { SfuMedia, wantedRooms } from './media/sfu-media.ts'
import type { MemoryOfCalls } from './memory-of-calls.ts'
import type { RoutingEventBody } from './routing/event.ts'
import { isPathTest } from './socket/path-tests.ts'
import type { Logger } from './telemetry/log.ts'

/** A room in which a kiosk only tries the way is no call, and the engine hears nothing of it. */
function ofCall(roomId: string, tell: (callId: string) => void): void {
  if (!isPathTest(roomId)) tell(roomId)
}

/** Makes them; `late` is asked only once everything is there. */
export function openMedia(
  config: ServerConfig,
  log: Logger,
  late: () => { readonly host: RoutingHost; readonly memory: MemoryOfCalls },
): SfuMedia {
  const count = config.sfus.length
  const submit = (event: RoutingEventBody) => void late().host.submit(event)
  const windowOf = (callId: string) => late().memory.shownWindows.agentOf(callId)
  const links = config.sfus.map(
    (sfu, index) =>
      new SfuLink({
        ...sfu,
        auth: () => ({ ...controlAuth(config.mediaSecret, Date.now()) }),
        wantedRooms: () => wantedRooms(late().host.state, { index, count }, windowOf),
        onFlowing: (roomId) => ofCall(roomId, (callId) => submit({ type: 'media.flowed', callId })),
        onLost: (roomId) => ofCall(roomId, (callId) => submit({ type: 'media.lost', callId })),
        onNews: (message, facts) => log.info(facts, message),
      }),
  )
  return new SfuMedia(links)
}
