/** The kiosks' side of the server: translates what a page asks into events, and answers with the whole view. */
import type { Namespace, Socket } from 'socket.io'
import { bind, tell, type BindOptions } from '#sfu/binding/bind.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Directory, Kiosk } from '#server/store/directory.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import type { Call } from '#server/routing/state.ts'
import { isKey } from '#server/auth/tokens.ts'
import type { Audiences } from './audiences.ts'
import { guardNamespace } from './gate.ts'
import { must, type Invite } from './outcome.ts'

export type CallerParts = {
  readonly host: RoutingHost
  readonly directory: Directory
  readonly audiences: Audiences
  /** Whether there has been a call of this id and it is over. */
  readonly isEndedCall: (callId: string) => Promise<boolean>
  readonly invite: Invite
  readonly bindOptions: BindOptions
}

/** A device key is longer than any name and shorter than any attack. */
const DEVICE_KEY_CHARACTERS_MAX = 128

/** Serves the namespace of the kiosks. */
export function serveCallers(namespace: Namespace, parts: CallerParts): void {
  const bindCaller = bind(callerRequests, callerHandlers(parts), parts.bindOptions)
  guardNamespace(
    namespace,
    async (auth) => {
      const kiosk = parts.directory.kiosks.get(String(auth['kioskId']))
      const key = auth['deviceKey']
      const isKnown = typeof key === 'string' && key.length <= DEVICE_KEY_CHARACTERS_MAX
      if (kiosk === undefined || !isKnown || !isKey(key, kiosk.deviceKeyHash)) return { refused: 'not-signed-in' }
      return parts.host.isRunning ? { who: kiosk } : { refused: 'not-ready' }
    },
    (socket, kiosk) => {
      seat(socket, kiosk, parts)
      bindCaller(socket, kiosk)
    },
  )
}

function seat(socket: Socket, kiosk: Kiosk, { audiences, host, bindOptions }: CallerParts): void {
  const leave = audiences.seatKiosk(kiosk.kioskId, {
    tell: (snapshot) => tell(socket, callerEvents, 'view.changed', snapshot, bindOptions),
    close: () => {
      tell(socket, callerEvents, 'connection.replaced', {})
      socket.disconnect(true)
    },
  })
  socket.on('disconnect', () => {
    // A page that was replaced has left nothing behind: the newer one holds the call.
    if (!leave()) return
    const call = openCallOf(host, kiosk.kioskId)
    if (call !== undefined) void host.submit({ type: 'caller.lost', callId: call.id })
  })
}

function openCallOf(host: RoutingHost, kioskId: string): Call | undefined {
  for (const call of host.state.calls.values()) if (call.kioskId === kioskId) return call
  return undefined
}

function callerHandlers(parts: CallerParts): Handlers<typeof callerRequests, Kiosk> {
  const { host, directory, audiences } = parts
  /** The kiosk's own open call of that id; somebody else's is as unknown as none. */
  const ownCall = (kiosk: Kiosk, callId: string): Call => {
    const call = host.state.calls.get(callId)
    if (call?.kioskId === kiosk.kioskId) return call
    throw new Refusal<ErrorCode>('unknown-call', 'this kiosk has no such call')
  }
  return {
    hello: async (kiosk) => {
      const call = openCallOf(host, kiosk.kioskId)
      if (call !== undefined) must(await host.submit({ type: 'caller.returned', callId: call.id }), ['unknown-call'])
      return audiences.callerSnapshot(kiosk)
    },
    'call.start': async (kiosk, { callId }) => {
      const isNew = !host.state.calls.has(callId)
      if (isNew && (await parts.isEndedCall(callId))) throw new Refusal<ErrorCode>('call-ended', 'this call is over')
      const { kioskId, language, serviceId } = kiosk
      const queueId = queueFor(directory, serviceId, language)
      if (isNew) audiences.forgetEnded(kioskId)
      must(await host.submit({ type: 'call.arrived', callId, kioskId, queueId, language }))
      return audiences.callerSnapshot(kiosk)
    },
    'call.refine': async (kiosk, body) => {
      const call = ownCall(kiosk, body.callId)
      const matterId = body.matterId ?? call.matterId
      const matter = directory.matters.find((known) => known.matterId === matterId)
      if (matterId !== null && matter === undefined) throw new Refusal<ErrorCode>('unknown-matter', 'no such matter')
      const language = body.language ?? call.language
      const queueId = queueFor(directory, matter?.serviceId ?? kiosk.serviceId, language)
      const isLanguageChosen = body.language !== undefined || call.isLanguageChosen
      must(await host.submit({ type: 'call.refined', callId: call.id, queueId, language, isLanguageChosen, matterId }))
      return audiences.callerSnapshot(kiosk)
    },
    'call.hang-up': async (kiosk, { callId }) => {
      const call = host.state.calls.get(callId)
      // Over already: asking again changes nothing.
      if (call?.kioskId === kiosk.kioskId) must(await host.submit({ type: 'caller.hung-up', callId }), ['unknown-call'])
      return audiences.callerSnapshot(kiosk)
    },
    'media.ticket': (kiosk, { callId }) => parts.invite(ownCall(kiosk, callId).id, 'caller'),
  }
}

/** The queue of a service in a language. Every service has one for each language: the directory is checked for it. */
function queueFor(directory: Directory, serviceId: string, language: string): string {
  for (const queue of directory.queues.values()) {
    if (queue.serviceId === serviceId && queue.language === language) return queue.id
  }
  throw new Refusal<ErrorCode>('unknown-matter', `no queue takes ${serviceId} in ${language}`)
}
