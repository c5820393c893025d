/** Lets a connection into a namespace, or says why not in a form the other side can read. */
import type { Namespace, Socket } from 'socket.io'
import { Refusal } from '#sfu/contract/wire.ts'

/** An error that socket.io carries to the client as `connect_error` with `data`. */
class RefusedConnection extends Error {
  readonly data: { readonly code: string; readonly message: string }
  constructor({ code, message }: Refusal) {
    super(code)
    this.data = { code, message }
  }
}

/** Runs `admit` for each new connection. A Refusal it throws refuses that connection; anything else is a bug. */
export function gate(namespace: Namespace, admit: (socket: Socket) => void, onBug: (error: unknown) => void): void {
  namespace.use((socket, next) => {
    try {
      admit(socket)
      next()
    } catch (error) {
      if (!(error instanceof Refusal)) onBug(error)
      next(new RefusedConnection(error instanceof Refusal ? error : new Refusal('internal', 'not now')))
    }
  })
}
