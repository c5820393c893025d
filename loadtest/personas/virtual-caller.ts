/** A citizen at a kiosk, on the client that the kiosk's page uses: presses, says more, waits as long as patience lasts. */
import { callerEvents, callerRequests, PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import type { CallId } from '#server/contract/ids.ts'
import { connect } from '#server/client/connection.ts'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { Access } from '../access.ts'
import { pause, until } from './pace.ts'

export type CallerHabits = {
  /** How long a citizen waits in line, and talks, in ms; asked anew for each call. */
  readonly patienceMs: () => number
  readonly talkMs: () => number
  /** Whether this citizen says language and matter. */
  readonly saysMore: () => boolean
}

/** How a call went, as the citizen saw it. */
export type CallSeen = { readonly outcome: string; readonly waitMs: number }

const CONNECT_MS_MAX = 10_000
const END_MS_MAX = 10_000

/** One kiosk. `call` makes one call from the press to its end; `close` leaves. */
export function openVirtualKiosk(access: Access, index: number) {
  const kiosk = access.kiosks[index]
  if (kiosk === undefined) throw new Error(`there is no kiosk ${index}`)
  const { kioskId, deviceKey } = kiosk
  const connection = connect<typeof callerRequests, typeof callerEvents>({
    url: access.url,
    namespace: '/caller',
    auth: { protocolVersion: PROTOCOL_VERSION, kioskId, deviceKey },
  })
  const status = () => connection.snapshot?.view.call?.status
  const subscribe = (listener: () => void) => connection.subscribe(listener)
  const isOnline = () => connection.state.kind === 'online'

  async function call(habits: CallerHabits, over: AbortSignal): Promise<CallSeen> {
    if (!(await until(subscribe, isOnline, CONNECT_MS_MAX, over))) return { outcome: 'not-connected', waitMs: 0 }
    const callId = crypto.randomUUID() as CallId
    const pressedAt = performance.now()
    await connection.request('call.start', { callId }, { retry: true })
    const session = startVirtualSession({ ticketSource: () => connection.request('media.ticket', { callId }) })
    try {
      if (habits.saysMore()) {
        const matterId = connection.snapshot?.view.matters[0]?.matterId
        // The agent may be quicker than the citizen: then there is nothing left to say.
        const more = matterId === undefined ? {} : { matterId }
        await connection.request('call.refine', { callId, language: 'da', ...more }).catch(() => undefined)
      }
      const isOver = () => status() === 'connected' || status() === 'ended'
      await until(subscribe, isOver, habits.patienceMs(), over)
      const waitMs = performance.now() - pressedAt
      if (status() === 'connected') await until(subscribe, () => status() === 'ended', habits.talkMs(), over)
      if (status() !== 'ended') await connection.request('call.hang-up', { callId }, { retry: true })
      await until(subscribe, () => status() === 'ended', END_MS_MAX, new AbortController().signal)
      const ended = connection.snapshot?.view.call
      return { outcome: ended?.status === 'ended' ? ended.outcome : 'unknown', waitMs }
    } finally {
      session.close()
    }
  }

  return { call, pause, close: () => connection.close() }
}
