/** The supervisors' side: the whole picture, pushed. */
import type { Namespace } from 'socket.io'
import { bind, tell, type BindOptions } from '#sfu/binding/bind.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import { supervisorEvents, supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { Person } from '#server/store/directory.ts'
import type { Audiences } from './audiences.ts'
import { floorHandlers, type FloorParts } from './floor-actions.ts'
import { guardNamespace } from './gate.ts'
import type { KioskHealth } from './kiosk-health.ts'
import type { NoticeBoard } from './notice-board.ts'

export type SupervisorParts = {
  readonly audiences: Audiences
  readonly notices: NoticeBoard
  readonly health: KioskHealth
  readonly floor: FloorParts
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  readonly bindOptions: BindOptions
}

/** Serves the namespace of the supervisors. */
export function serveSupervisors(namespace: Namespace, parts: SupervisorParts): void {
  const { audiences, notices, health, bindOptions } = parts
  const handlers: Handlers<typeof supervisorRequests, Person> = {
    hello: () => audiences.supervisorSnapshot(),
    'notice.post': async (person, body) => {
      await notices.post(body, person)
      return audiences.supervisorSnapshot()
    },
    'notice.take-back': async (_person, { noticeId }) => {
      await notices.takeBack(noticeId)
      return audiences.supervisorSnapshot()
    },
    'kiosk.list': () => health.list(),
    'kiosk.order': async (person, order) => {
      await health.order(order, person)
      return audiences.supervisorSnapshot()
    },
    ...floorHandlers(parts.floor),
  }
  const bindSupervisor = bind(supervisorRequests, handlers, bindOptions)
  guardNamespace(
    namespace,
    async (_auth, socket) => {
      const person = await parts.identify(socket.handshake.headers.cookie)
      if (person === undefined) return { refused: 'not-signed-in' }
      return person.role === 'supervisor' ? { who: person } : { refused: 'not-allowed' }
    },
    (socket, person) => {
      const leave = audiences.seatSupervisor({
        tell: (snapshot) => tell(socket, supervisorEvents, 'view.changed', snapshot, bindOptions),
        close: () => socket.disconnect(true),
      })
      socket.on('disconnect', leave)
      bindSupervisor(socket, person)
    },
  )
}
