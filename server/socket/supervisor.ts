/** The supervisors' side: the whole picture, pushed. */
import type { Namespace } from 'socket.io'
import { bind, tell, type BindOptions } from '#sfu/binding/bind.ts'
import { supervisorEvents, supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { Person } from '#server/store/directory.ts'
import type { Audiences } from './audiences.ts'
import { guardNamespace } from './gate.ts'

export type SupervisorParts = {
  readonly audiences: Audiences
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  readonly bindOptions: BindOptions
}

/** Serves the namespace of the supervisors. */
export function serveSupervisors(namespace: Namespace, parts: SupervisorParts): void {
  const { audiences, bindOptions } = parts
  const handlers = { hello: () => audiences.supervisorSnapshot() }
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
