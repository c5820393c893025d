/** Who is at the door of a namespace. A refusal reaches the page as `connect_error` with `data.code`. */
import type { Namespace, Socket } from 'socket.io'
import type { ErrorCode } from '#server/contract/errors.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'

/** What `identify` makes of a connection: who it is, or why it may not enter. */
export type Entry<Who> = { readonly who: Who } | Refused
type Refused = {
  readonly refused: ErrorCode
  /** Facts that a page may put into its words. */
  readonly detail?: Readonly<Record<string, string>>
}

/** Lets in those whom `identify` knows and whose page speaks this protocol; `admit` then gives them handlers. */
export function guardNamespace<Who>(
  namespace: Namespace,
  identify: (auth: Readonly<Record<string, unknown>>, socket: Socket) => Promise<Entry<Who>>,
  admit: (socket: Socket, who: Who) => void,
): void {
  const known = new WeakMap<Socket, Who>()
  namespace.use((socket, next) => {
    const auth: Record<string, unknown> = socket.handshake.auth
    const decide = async (): Promise<Entry<Who>> =>
      auth['protocolVersion'] === PROTOCOL_VERSION ? identify(auth, socket) : { refused: 'version-mismatch' }
    decide().then(
      (entry) => {
        if ('refused' in entry) return next(refusal(entry))
        known.set(socket, entry.who)
        next()
      },
      () => next(refusal({ refused: 'not-ready' })),
    )
  })
  namespace.on('connection', (socket) => {
    const who = known.get(socket)
    if (who === undefined) socket.disconnect(true)
    else admit(socket, who)
  })
}

function refusal({ refused: code, detail }: Refused): Error {
  return Object.assign(new Error(code), { data: detail === undefined ? { code } : { code, detail } })
}
