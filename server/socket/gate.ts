/**
 * Enforces `server/auth/event-rights.ts`: at the door of a namespace, and at each event where it is given its handler. An event without
 * a row gets none. A refusal at the door reaches the page as `connect_error` with `data.code`, any other as the answer.
 */
import type { Namespace, Socket } from 'socket.io'
import { bind, type BindOptions, type BoundSocket } from '#sfu/binding/bind.ts'
import { Refusal, type Handlers, type RequestTable } from '#sfu/contract/wire.ts'
import { DOORS, EVENT_RIGHTS, type Audience } from '#server/auth/event-rights.ts'
import { OF_ONESELF, WHOSE, type Right, type Role, type Whose } from '#server/auth/rights.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'

/** What `identify` makes of a connection: who it is, or why it may not enter. */
export type Entry<Who> = { readonly who: Who } | Refused
type Refused = {
  readonly refused: ErrorCode
  /** Facts that a page may put into its words. */
  readonly detail?: Readonly<Record<string, string>>
}

export type Door<Who> = {
  readonly identify: (auth: Readonly<Record<string, unknown>>, socket: Socket) => Promise<Entry<Who>>
  readonly roleOf: (who: Who) => Role
  /** What else stands in the way of whoever may come in. */
  readonly enter?: (who: Who, socket: Socket) => Entry<Who> | Promise<Entry<Who>>
}

/** Lets in whom the table names and whose page speaks this protocol; `admit` then gives them handlers. */
export function guardNamespace<Who>(
  namespace: Namespace,
  { identify, roleOf, enter }: Door<Who>,
  admit: (socket: Socket, who: Who) => void,
): void {
  const roles: readonly Role[] | undefined = DOORS[namespace.name as Audience]
  // Nobody could come in, and nobody would know why.
  if (roles === undefined) throw new Error(`${namespace.name} has no door in server/auth/event-rights.ts`)
  const known = new WeakMap<Socket, Who>()
  const decide = async (socket: Socket): Promise<Entry<Who>> => {
    const auth: Record<string, unknown> = socket.handshake.auth
    if (auth['protocolVersion'] !== PROTOCOL_VERSION) return { refused: 'version-mismatch' }
    const entry = await identify(auth, socket)
    if ('refused' in entry) return entry
    if (!roles.includes(roleOf(entry.who))) return { refused: 'not-allowed' }
    return enter === undefined ? entry : enter(entry.who, socket)
  }
  namespace.use((socket, next) => {
    decide(socket).then(
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

/** What was done or tried, by whom, with the ids that were named and nothing else of the message. */
export type AccessNote = {
  readonly by: string
  readonly role: Role
  readonly what: string
  readonly of: Readonly<Record<string, string>>
}

export type EventGate<Who> = {
  readonly audience: Audience
  readonly roleOf: (who: Who) => Role
  /** The id by which the log knows somebody. */
  readonly idOf: (who: Who) => string
  /** Whether what is asked for is `whose` it has to be; asked only where `WHOSE` says that the gate looks. */
  readonly owns: (whose: Whose, who: Who, body: Readonly<Record<string, unknown>>) => boolean
  readonly access: AccessLog
}

/** An event as it was given its handler. */
export type GuardedEvent = { readonly audience: Audience; readonly name: string; readonly body: unknown }

export type AccessLog = {
  /** What can be asked so far. */
  readonly guarded: GuardedEvent[]
  readonly audited: (note: AccessNote) => void
  readonly refused: (note: AccessNote) => void
}

/** As `bind`, with every handler behind its row of the table. Throws a sentence where an event has none. */
export function bindGuarded<T extends RequestTable, Who>(
  gate: EventGate<Who>,
  table: T,
  handlers: Handlers<T, Who>,
  options: BindOptions,
): (socket: BoundSocket, who: Who) => void {
  return bind(table, guarded(gate, table, handlers), options)
}

type Handler<Who> = (who: Who, body: Readonly<Record<string, unknown>>) => unknown

function guarded<T extends RequestTable, Who>(
  gate: EventGate<Who>,
  table: T,
  handlers: Handlers<T, Who>,
): Handlers<T, Who> {
  const rights = EVENT_RIGHTS[gate.audience]
  const entries = Object.keys(table).map((name): [string, Handler<Who>] => {
    const row = Object.hasOwn(rights, name) ? rights[name] : undefined
    if (row === undefined) {
      throw new Error(`${name} of ${gate.audience} has no row in server/auth/event-rights.ts: say there who may ask it`)
    }
    gate.access.guarded.push({ audience: gate.audience, name, body: table[name]?.body })
    return [name, guard(gate, name, row, handlers[name] as unknown as Handler<Who>)]
  })
  return Object.fromEntries(entries) as unknown as Handlers<T, Who>
}

function guard<Who>(gate: EventGate<Who>, name: string, row: Right, handler: Handler<Who>): Handler<Who> {
  const { audience, roleOf, idOf, owns, access } = gate
  return async (who, body) => {
    const role = roleOf(who)
    const whose = row.may[role]
    const note = (): AccessNote => ({ by: idOf(who), role, what: `${name} of ${audience}`, of: idsOf(body) })
    if (whose === undefined) {
      access.refused(note())
      throw new Refusal<ErrorCode>('not-allowed', `${name} is not for a ${role}`)
    }
    const { looks, refusal: code } = WHOSE[whose]
    if (looks === 'gate' && !owns(whose, who, body)) {
      access.refused(note())
      throw new Refusal<ErrorCode>(code, 'there is no such thing for whoever asks')
    }
    const reply = await handler(who, body)
    if (row.isAudited && !OF_ONESELF.has(whose)) access.audited(note())
    return reply
  }
}

/** The ids in a message, which are all of it that a log may hold. A ticket is none. */
function idsOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const ids = Object.entries(body).filter(([key, value]) => key.endsWith('Id') && typeof value === 'string')
  return Object.fromEntries(ids) as Record<string, string>
}
