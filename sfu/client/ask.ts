/** Asks over a socket.io connection and awaits the typed reply. For any link of the contract, in browsers and in Node. */
import type { Socket } from 'socket.io-client'
import {
  Refusal,
  type Body,
  type EventMap,
  type EventTable,
  type Outcome,
  type Reply,
  type RequestMap,
  type RequestTable,
} from '#sfu/contract/wire.ts'

/** Never exists at run time: it lets the compiler find a socket's table again. */
declare const requests: unique symbol

/** A socket.io client socket that asks what `T` holds and hears what `E` holds. `io(…)` returns one, once annotated. */
export type LinkSocket<T extends RequestTable, E extends EventTable> = Socket<EventMap<E>, RequestMap<T>> & Asks<T>

type Asks<T extends RequestTable> = { readonly [requests]?: T }

/** What asking needs of a socket. */
type AskingSocket<T extends RequestTable> = Asks<T> & {
  readonly connected: boolean
  timeout(ms: number): unknown
}

type Emitter = {
  emit(name: string, body: unknown, done: (error: Error | null, outcome: Outcome<unknown>) => void): void
}

/** Enough for a request that touches the database or a mediasoup worker on a bad network. */
const ANSWER_MS = 8_000

/**
 * Makes one request and returns its reply. Throws the other side's Refusal, or the Refusal `no-answer` when the
 * socket is not connected, is lost meanwhile, or no answer comes within `timeoutMs`: then whether the request was
 * carried out is not known. Nothing is kept to be sent later.
 */
export async function ask<T extends RequestTable, K extends keyof T & string>(
  socket: AskingSocket<T>,
  name: K,
  body: Body<T, K>,
  options: { readonly timeoutMs?: number } = {},
): Promise<Reply<T, K>> {
  if (!socket.connected) throw new Refusal('no-answer', `${name}: not connected`)
  const outcome = await new Promise<Outcome<unknown>>((resolve, reject) => {
    const emitter = socket.timeout(options.timeoutMs ?? ANSWER_MS) as Emitter
    emitter.emit(name, body, (error, answer) => {
      if (error === null) resolve(answer)
      else reject(new Refusal('no-answer', `${name}: ${error.message}`))
    })
  })
  if (outcome.ok) return outcome.reply as Reply<T, K>
  const { code, message, detail } = outcome.error
  throw new Refusal(code, message, detail)
}
