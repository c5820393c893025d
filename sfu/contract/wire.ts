/**
 * The form of every conversation over a socket, for the server's links and the SFU's alike.
 *
 * A link is two tables: the requests one side may make, each with the schema of its body and of its
 * reply, and the events the other side may send. Socket types, validators and typed clients all derive
 * from the tables; nothing about a message is written twice. It stands here because the server knows
 * the SFU's contract and never the reverse.
 */
import type { Static, TObject, TSchema } from 'typebox'

export type RequestTable = Readonly<Record<string, { readonly body: TObject; readonly reply: TSchema }>>
export type EventTable = Readonly<Record<string, TSchema>>

export type Body<T extends RequestTable, K extends keyof T> = Static<T[K]['body']>
export type Reply<T extends RequestTable, K extends keyof T> = Static<T[K]['reply']>
export type EventBody<T extends EventTable, K extends keyof T> = Static<T[K]>

/** What a request comes to. `message` is for the log and for developers; people read the screen's own words for `code`. */
export type Outcome<R, Code extends string = string> =
  | { readonly ok: true; readonly reply: R }
  | {
      readonly ok: false
      /** `detail`: facts a page may put into its words for the code. */
      readonly error: {
        readonly code: Code
        readonly message: string
        readonly detail?: Readonly<Record<string, string>>
      }
    }

/** socket.io's map of what may be asked. */
export type RequestMap<T extends RequestTable> = {
  [K in keyof T & string]: (body: Body<T, K>, done: (outcome: Outcome<Reply<T, K>>) => void) => void
}

/** socket.io's map of what may be told. */
export type EventMap<T extends EventTable> = {
  [K in keyof T & string]: (body: EventBody<T, K>) => void
}

/** One function for each request: a missing one, or one with the wrong body or reply, does not compile. */
export type Handlers<T extends RequestTable, Session> = {
  readonly [K in keyof T & string]: (session: Session, body: Body<T, K>) => Promise<Reply<T, K>> | Reply<T, K>
}

/** The refusals that the wire itself can give, whatever the link. */
export const wireErrorCodes = ['bad-request', 'too-many-requests', 'internal', 'no-answer'] as const
export type WireErrorCode = (typeof wireErrorCodes)[number]

/**
 * A refusal the other side can act on. Thrown by handlers, turned into an {@link Outcome} at the edge;
 * anything else that is thrown is a bug.
 */
export class Refusal<Code extends string = string> extends Error {
  override readonly name = 'Refusal'
  readonly code: Code
  readonly detail: Readonly<Record<string, string>>
  constructor(code: Code, message: string, detail: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.detail = detail
  }
}
