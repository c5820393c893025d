/** How kiosks prove who they are (`/kiosk`), and what those who look after them do about it (`/kiosks`): below `/api/v1`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { HttpError } from '#server/contract/http.ts'
import {
  Challenge,
  EnrolBody,
  Enrolment,
  EnrolmentBody,
  EnrolmentState,
  KeyParams,
  KioskBody,
  KioskKeysReply,
  KioskParams,
  KioskToken,
  LastReport,
  OrderBody,
  Rotated,
  RotationBody,
  TokenBody,
} from '#server/contract/kiosk-keys.ts'
import type { KioskKeys } from '#server/socket/kiosk-keys.ts'
import type { KioskOrders } from '#server/socket/kiosk-orders.ts'
import type { Person } from '#server/store/directory.ts'
import { signedIn } from './route-gate.ts'
import { sendError } from './sign-in.ts'

export type KioskKeyParts = {
  readonly keys: KioskKeys
  readonly orders: KioskOrders
}

/**
 * Of one address, behind which all kiosks of a city may stand: each asks twice when it connects, and a screen that waits
 * for its code thirty times a minute.
 */
const OF_ADDRESS = { max: 6_000, timeWindow: '1 minute' } as const
/** A screen asks for a code four times an hour. */
const CODES_OF_ADDRESS = { max: 60, timeWindow: '15 minutes' } as const

const errors = {
  400: HttpError,
  401: HttpError,
  403: HttpError,
  404: HttpError,
  409: HttpError,
  429: HttpError,
}

const STATUS_OF: Partial<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'unknown-place': 404,
  'unknown-code': 404,
  'wrong-state': 409,
  'kiosk-away': 409,
  'too-many-requests': 429,
}

/** Adds the routes below `/api/v1`. */
export function addKioskKeyRoutes(app: FastifyInstance, parts: KioskKeyParts): void {
  addKioskRoutes(app, parts)
  addCaretakerRoutes(app, parts)
}

/** Answers with what `ask` gives, or with its refusal. */
async function answer<T>(reply: FastifyReply, ask: () => T | Promise<T>): Promise<FastifyReply> {
  try {
    return reply.send(await ask())
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const code = error.code as ErrorCode
    return sendError(reply, STATUS_OF[code] ?? 400, code, error.message)
  }
}

/** For screens: nobody is signed in, and everything but a nonce and a state is signed. */
function addKioskRoutes(app: FastifyInstance, { keys }: KioskKeyParts): void {
  const counter = (limit: { max: number; timeWindow: string }) => {
    const count = app.createRateLimit({ ...limit, keyGenerator: (request) => request.ip })
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const counted = await count(request)
      if (counted.isAllowed || !counted.isExceeded) return undefined
      return sendError(reply, 429, 'too-many-requests', 'try again in a while')
    }
  }
  const onRequest = counter(OF_ADDRESS)
  app.post('/kiosk/challenge', { onRequest, schema: { response: { 200: Challenge, ...errors } } }, () =>
    keys.challenge(),
  )
  app.post<{ Body: EnrolmentBody }>(
    '/kiosk/enrolments',
    { onRequest: counter(CODES_OF_ADDRESS), schema: { body: EnrolmentBody, response: { 200: Enrolment, ...errors } } },
    (request, reply) =>
      answer(reply, () => {
        const given = keys.giveCode(request.body, request.ip)
        request.log.info('kiosk.code-given')
        return given
      }),
  )
  app.get<{ Params: KeyParams }>(
    '/kiosk/enrolments/:keyId',
    { onRequest, schema: { params: KeyParams, response: { 200: EnrolmentState, ...errors } } },
    (request) => keys.stateOf(request.params.keyId),
  )
  app.post<{ Body: TokenBody }>(
    '/kiosk/token',
    { onRequest, schema: { body: TokenBody, response: { 200: KioskToken, ...errors } } },
    (request, reply) => answer(reply, () => keys.token(request.body)),
  )
  app.post<{ Body: RotationBody }>(
    '/kiosk/key',
    { onRequest, schema: { body: RotationBody, response: { 200: Rotated, ...errors } } },
    (request, reply) => answer(reply, () => keys.rotate(request.body)),
  )
}

/** For whoever looks after kiosks. */
function addCaretakerRoutes(app: FastifyInstance, { keys, orders }: KioskKeyParts): void {
  app.get('/kiosks/keys', { schema: { response: { 200: KioskKeysReply, ...errors } } }, (_request, reply) =>
    answer(reply, () => keys.list()),
  )
  app.get<{ Params: KioskParams }>(
    '/kiosks/:kioskId/report',
    { schema: { params: KioskParams, response: { 200: LastReport, ...errors } } },
    (request, reply) => answer(reply, () => orders.report(request.params.kioskId)),
  )
  /** Does it if they may. The answer is how all kiosks stand afterwards. */
  const act = (request: FastifyRequest<{ Body: KioskBody }>, reply: FastifyReply, what: string, todo: Act) =>
    answer(reply, async () => {
      const person = signedIn(request)
      await todo(person)
      request.log.info({ agentId: person.agentId, kioskId: request.body.kioskId }, `kiosk.${what}`)
      return keys.list()
    })
  const response = { 200: KioskKeysReply, ...errors }
  app.post<{ Body: EnrolBody }>('/kiosks/enrol', { schema: { body: EnrolBody, response } }, (request, reply) =>
    act(request, reply, 'enrolled', (person) => keys.enrol(request.body, person, request.ip)),
  )
  app.post<{ Body: KioskBody }>('/kiosks/revoke', { schema: { body: KioskBody, response } }, (request, reply) =>
    act(request, reply, 'revoked', (person) => keys.revoke(request.body.kioskId, person)),
  )
  app.post<{ Body: KioskBody }>('/kiosks/rotate', { schema: { body: KioskBody, response } }, (request, reply) =>
    act(request, reply, 'rotation-asked', (person) => keys.askRotation(request.body.kioskId, person)),
  )
  app.post<{ Body: OrderBody }>('/kiosks/order', { schema: { body: OrderBody, response } }, (request, reply) =>
    act(request, reply, 'ordered', (person) => orders.order(request.body.kioskId, request.body.order, person)),
  )
}

type Act = (by: Person) => Promise<void>
