/** What the scripted server answers a supervisor's page: it does what is asked, and tells it whole. */
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import type { Handlers, Reply } from '#sfu/contract/wire.ts'
import { pastWarnings } from './floor-places.ts'
import type { ScriptedFloor } from './scripted-floor.ts'

type Requests = typeof supervisorRequests

/** The server, as far as these need it. `note` refuses where the test wants it. */
export interface FloorServer {
  floor: SupervisorView
  readonly floorActions: ScriptedFloor
  now(): number
  note(name: string, body: unknown): void
  snapshot(): Reply<Requests, 'hello'>
}

export function floorHandlers(server: FloorServer): Handlers<Requests, undefined> {
  const change = (name: string, body: unknown, changes: () => Partial<SupervisorView>) => {
    server.note(name, body)
    server.floor = { ...server.floor, ...changes() }
    return server.snapshot()
  }
  return {
    hello: () => server.snapshot(),
    'notice.post': (_who, body) => {
      const { minutes, ...notice } = body
      const [postedAt, expiresAt] = [server.now(), server.now() + minutes * 60_000]
      const posted = { ...notice, postedAt, expiresAt, postedByName: 'Niels Krogh' }
      return change('notice.post', body, () => ({ notices: [...server.floor.notices, posted] }))
    },
    'kiosk.show-message': (_who, body) => {
      const { kioskId, noticeId, words } = body
      const audience = { kind: 'kiosk' as const, kioskId }
      const times = { postedAt: server.now(), expiresAt: server.now() + 3_600_000 }
      const labels = { da: words.da, en: words.en ?? words.da }
      const posted = { noticeId, audience, labels, ...times, postedByName: 'Niels Krogh' }
      const others = server.floor.notices.filter(({ audience: to }) => to.kind !== 'kiosk' || to.kioskId !== kioskId)
      return change('kiosk.show-message', body, () => ({ notices: [...others, posted] }))
    },
    'notice.take-back': (_who, body) =>
      change('notice.take-back', body, () => ({
        notices: server.floor.notices.filter(({ noticeId }) => noticeId !== body.noticeId),
      })),
    'warning.acknowledge': (_who, body) =>
      change('warning.acknowledge', body, () => {
        const acknowledged = { byName: 'Niels Krogh', at: server.now() }
        const isIt = (warningId: string) => body.warningIds.includes(warningId)
        return {
          warnings: server.floor.warnings.map((each) => (isIt(each.warningId) ? { ...each, acknowledged } : each)),
        }
      }),
    'warning.past': (_who, body) => {
      server.note('warning.past', body)
      return { warnings: pastWarnings(server.now()) }
    },
    ...server.floorActions.handlers(
      (name, body) => server.note(name, body),
      (changes) => {
        server.floor = { ...server.floor, ...changes(server.floor) }
        return server.snapshot()
      },
      () => server.now(),
    ),
  }
}
