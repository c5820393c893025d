/**
 * The one way a socket gets handlers, at the SFU and at the server alike: table + handlers → checked, answered.
 *
 * Nothing a page or a network can send reaches a handler unless it is a known request with an acknowledgement and a
 * body that fits its schema. Nothing it can send stops the process.
 */
import { Ajv, type ValidateFunction } from 'ajv'
import type { Socket } from 'socket.io'
import type { TSchema } from 'typebox'
import {
  Refusal,
  type Body,
  type EventBody,
  type EventTable,
  type Handlers,
  type Outcome,
  type Reply,
  type RequestTable,
} from '#sfu/contract/wire.ts'
import { RecentCount, fullBucket, takeToken } from './flood-guard.ts'
import { shapeFault } from './message-shape.ts'

export type BindLimits = {
  /** Requests one socket may make at once, and per second for as long as it likes. */
  readonly requestBurst: number
  readonly requestsPerSecond: number
  /** Requests of one socket that may be under way at once. */
  readonly requestsUnderWayMax: number
  /** So many malformed requests within `strikeWindowMs`, and the socket is disconnected. */
  readonly strikesMax: number
  /** So many requests refused as too many within `strikeWindowMs`, and the socket is disconnected. */
  readonly floodedRequestsMax: number
  readonly strikeWindowMs: number
}

const DEFAULT_LIMITS: BindLimits = {
  requestBurst: 60,
  requestsPerSecond: 30,
  requestsUnderWayMax: 64,
  strikesMax: 3,
  floodedRequestsMax: 60,
  strikeWindowMs: 10_000,
}

/** For a link to a process of ours that has proved who it is: it may say much at once, after a restart above all. */
export const TRUSTED_LINK_LIMITS: BindLimits = {
  requestBurst: 100_000,
  requestsPerSecond: 20_000,
  requestsUnderWayMax: 100_000,
  strikesMax: 3,
  floodedRequestsMax: 1000,
  strikeWindowMs: 10_000,
}

/** What was refused before a handler saw it: for counters and the log. Never carries anything out of the message. */
export type RefusedPacket = {
  readonly reason: 'unknown-event' | 'missing-acknowledgement' | 'bad-body' | 'flood'
  readonly isDisconnected: boolean
}

export type BindOptions = {
  /** A handler threw something that is no Refusal: a bug. The asker got `internal`; the app decides whether to stop. */
  readonly onBug: (error: unknown, request: string) => void
  readonly onRefusedPacket?: (packet: RefusedPacket) => void
  /** A request was answered after so many ms: with `ok`, or the code of its refusal. */
  readonly onAnswered?: (request: string, ms: number, outcome: string) => void
  readonly limits?: Partial<BindLimits>
  /** Checks replies against their schemas too, and calls a reply that does not fit a bug. For tests and development. */
  readonly checkOutgoing?: boolean
  /** Milliseconds since some fixed instant. */
  readonly now?: () => number
}

/** What binding needs of a socket.io server socket, whatever its event types. */
export type BoundSocket = Pick<Socket, 'use' | 'disconnect' | 'connected'>

type Answer = (outcome: Outcome<unknown>) => void
type CheckedRequest = { readonly body: ValidateFunction; readonly reply: TSchema | undefined }

/**
 * One for all tables, because it keeps what it has compiled. `strict` refuses schemas that do not mean what they say;
 * nothing is coerced, filled in or removed. Its own pass over the code it makes costs more than the compiling itself.
 */
const ajv = new Ajv({
  strict: true,
  allErrors: false,
  coerceTypes: false,
  useDefaults: false,
  code: { optimize: false },
})

const failed = (code: string, message: string, detail?: Readonly<Record<string, string>>): Outcome<never> => {
  const isPlain = detail === undefined || Object.keys(detail).length === 0
  return { ok: false, error: isPlain ? { code, message } : { code, message, detail } }
}

/** What is wrong, by ajv's own words. Cut, because paths hold keys that the other side chose. */
function faultOf(check: ValidateFunction): string {
  const fault = check.errors?.[0]
  return fault === undefined ? 'it does not fit' : `${fault.instancePath} ${fault.message ?? ''}`.trim().slice(0, 200)
}

/**
 * Compiles the bodies of a table, unless they are compiled already, and returns the function that gives one socket its
 * handlers. `session` is whatever the handlers need to know about who asks. Each socket is bound once.
 */
export function bind<T extends RequestTable, Session>(
  table: T,
  handlers: Handlers<T, Session>,
  options: BindOptions,
): (socket: BoundSocket, session: Session) => void {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const now = options.now ?? (() => performance.now())
  const requests = new Map<string, CheckedRequest>()
  for (const [name, { body, reply }] of Object.entries(table)) {
    requests.set(name, { body: ajv.compile(body), reply: options.checkOutgoing ? reply : undefined })
  }
  return (socket, session) => {
    const guard = guardSocket(socket, limits, now, options.onRefusedPacket)
    // Never calls the next function: no listener but these handlers ever hears what the other side sent.
    socket.use((packet) => {
      // Packets that arrived together with the one that got the socket disconnected.
      if (!socket.connected) return
      const request = readPacket(packet, requests, guard)
      if (request !== undefined) void run(request, handlers, { socket, session, guard, options })
    })
  }
}

type Guard = {
  /** Refuses a malformed packet. The answer goes out before the socket is disconnected. */
  readonly strike: (reason: RefusedPacket['reason'], answer: Answer | undefined, message: string) => void
  /** Whether one more request may run; if not, it has been answered. */
  readonly admit: (answer: Answer) => boolean
  readonly leave: () => void
}

function guardSocket(
  socket: BoundSocket,
  limits: BindLimits,
  now: () => number,
  onRefusedPacket: BindOptions['onRefusedPacket'],
): Guard {
  const rate = { burst: limits.requestBurst, perSecond: limits.requestsPerSecond }
  const bucket = fullBucket(rate, now())
  const strikes = new RecentCount(limits.strikeWindowMs)
  const flooded = new RecentCount(limits.strikeWindowMs)
  let underWay = 0
  const refuse = (reason: RefusedPacket['reason'], isDisconnected: boolean): void => {
    onRefusedPacket?.({ reason, isDisconnected })
    if (isDisconnected) socket.disconnect(true)
  }
  return {
    strike(reason, answer, message) {
      answer?.(failed('bad-request', message))
      refuse(reason, strikes.add(now()) >= limits.strikesMax)
    },
    admit(answer) {
      const at = now()
      if (takeToken(bucket, rate, at) && underWay < limits.requestsUnderWayMax) {
        underWay += 1
        return true
      }
      answer(failed('too-many-requests', 'slower, please'))
      refuse('flood', flooded.add(at) >= limits.floodedRequestsMax)
      return false
    },
    leave() {
      underWay -= 1
    },
  }
}

type ReadRequest = {
  readonly name: string
  readonly body: unknown
  readonly answer: Answer
  readonly checked: CheckedRequest
}

/** A packet that may run, or undefined once it has been refused. */
function readPacket(
  packet: readonly unknown[],
  requests: ReadonlyMap<string, CheckedRequest>,
  guard: Guard,
): ReadRequest | undefined {
  const [name, body] = packet
  const last = packet.at(-1)
  // The only function a packet can hold is the acknowledgement that socket.io made from its id.
  const answer = typeof last === 'function' ? (last as Answer) : undefined
  const checked = typeof name === 'string' ? requests.get(name) : undefined
  if (typeof name !== 'string' || checked === undefined) {
    guard.strike('unknown-event', answer, 'there is no such request')
    return undefined
  }
  if (answer === undefined) {
    guard.strike('missing-acknowledgement', undefined, '')
    return undefined
  }
  if (!guard.admit(answer)) return undefined
  const fault = packet.length !== 3 ? 'a request is one object and an acknowledgement' : shapeFault(body)
  if (fault !== undefined || !checked.body(body)) {
    guard.leave()
    guard.strike('bad-body', answer, `${name}: ${fault ?? faultOf(checked.body)}`)
    return undefined
  }
  return { name, body, answer, checked }
}

async function run<T extends RequestTable, Session>(
  request: ReadRequest,
  handlers: Handlers<T, Session>,
  context: { socket: BoundSocket; session: Session; guard: Guard; options: BindOptions },
): Promise<void> {
  const { name, answer, checked } = request
  const { socket, guard, options } = context
  const startedAt = performance.now()
  let outcome: Outcome<unknown>
  try {
    const handler = handlers[name as keyof T & string]
    const reply: Reply<T, keyof T & string> = await handler(context.session, request.body as Body<T, keyof T & string>)
    if (checked.reply !== undefined) checkOutgoing(checked.reply, reply, `the reply to ${name}`)
    outcome = { ok: true, reply }
  } catch (error) {
    outcome =
      error instanceof Refusal
        ? failed(error.code, error.message, error.detail)
        : failed('internal', 'something went wrong on this side')
    if (!(error instanceof Refusal)) options.onBug(error, name)
  } finally {
    guard.leave()
  }
  options.onAnswered?.(name, performance.now() - startedAt, outcome.ok ? 'ok' : outcome.error.code)
  if (socket.connected) answer(outcome)
}

/** Whatever can be told an event: a socket, or a broadcast to many. */
export type Told = { emit(name: string, body: unknown): unknown }

/** Throws when a body does not fit its schema, which is compiled when it is first wanted. `what`: for the sentence. */
function checkOutgoing(schema: TSchema, body: unknown, what: string): void {
  const check = ajv.compile(schema)
  if (!check(body)) throw new Error(`${what} does not fit its schema: ${faultOf(check)}`)
}

/**
 * Tells one event of a table. `checkOutgoing` throws when the body does not fit its schema: for tests and development.
 */
export function tell<T extends EventTable, K extends keyof T & string>(
  told: Told,
  table: T,
  name: K,
  body: EventBody<T, K>,
  options: { readonly checkOutgoing?: boolean } = {},
): void {
  const schema = table[name]
  if (options.checkOutgoing && schema !== undefined) checkOutgoing(schema, body, `the event ${name}`)
  told.emit(name, body)
}
