/** The supervisors' side: the whole picture, pushed. */
import type { Namespace, Socket } from 'socket.io'
import { tell, type BindOptions } from '#sfu/binding/bind.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import { supervisorEvents, supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { Person } from '#server/store/directory.ts'
import { floorHandlers, type FloorParts } from './floor-actions.ts'
import { siteHandlers } from './floor-sites.ts'
import { skillHandlers } from './floor-skills.ts'
import { bindGuarded, guardNamespace, type AccessLog, type Entry, type EventGate } from './gate.ts'
import type { KioskHealth } from './kiosk-health.ts'
import { kioskMessageHandlers } from './kiosk-messages.ts'
import type { KioskOrders } from './kiosk-orders.ts'
import type { NoticeBoard } from './notice-board.ts'
import { ownsAsSupervisor } from './own-calls.ts'
import { supervisionOfPages, type SupervisionParts } from './supervision.ts'
import type { Wall } from './wall.ts'
import type { Warnings } from '#server/warnings/warnings.ts'

export type SupervisorParts = {
  readonly wall: Wall
  readonly notices: NoticeBoard
  readonly warnings: Warnings
  readonly health: KioskHealth
  readonly orders: KioskOrders
  readonly floor: FloorParts
  readonly supervision: SupervisionParts
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  readonly access: AccessLog
  readonly bindOptions: BindOptions
}

/** Serves the namespace of the supervisors. */
export function serveSupervisors(namespace: Namespace, parts: SupervisorParts): void {
  const { wall, notices, warnings, health, orders, access, bindOptions } = parts
  const supervision = supervisionOfPages(parts.supervision)
  const handlers: Handlers<typeof supervisorRequests, Person> = {
    hello: () => wall.snapshot(),
    'notice.post': async (person, body) => {
      await notices.post(body, person)
      return wall.snapshot()
    },
    'warning.acknowledge': async ({ agentId }, { warningIds }) => {
      await warnings.acknowledge(warningIds, agentId)
      return wall.snapshot()
    },
    'warning.past': () => warnings.past(),
    'kiosk.list': () => health.list(),
    'kiosk.order': async (person, order) => {
      await health.order(order, person)
      return wall.snapshot()
    },
    ...floorHandlers(parts.floor),
    ...skillHandlers({ ...parts.floor, now: () => Date.now() }),
    ...kioskMessageHandlers({ ...parts.floor, notices, orders, now: () => Date.now() }),
    ...siteHandlers({ ...parts.floor, notices, now: () => Date.now() }),
    ...supervision.handlers,
  }
  // To the namespace, so that what goes to all is encoded once.
  wall.tellTo({
    patch: (patch) => tell(namespace, supervisorEvents, 'view.patched', patch, bindOptions),
    whole: (snapshot) => tell(namespace, supervisorEvents, 'view.changed', snapshot, bindOptions),
  })
  const roleOf = ({ role }: Person) => role
  const { host } = parts.supervision
  const owns = (...asked: Parameters<EventGate<Person>['owns']>) => ownsAsSupervisor(host.state, ...asked)
  const gate = { audience: '/supervisor', roleOf, idOf: ({ agentId }: Person) => agentId, owns, access } as const
  const bindSupervisor = bindGuarded(gate, supervisorRequests, handlers, bindOptions)
  const identify = async (_auth: unknown, socket: Socket): Promise<Entry<Person>> => {
    const person = await parts.identify(socket.handshake.headers.cookie)
    // A copy, so that each page is one of its own.
    return person === undefined ? { refused: 'not-signed-in' } : { who: { ...person } }
  }
  guardNamespace(namespace, { identify, roleOf }, (socket, person) => {
    const leave = wall.watch()
    socket.on('disconnect', () => {
      leave()
      supervision.endOf(person)
    })
    bindSupervisor(socket, person)
  })
}
