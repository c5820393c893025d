/** Fastify with our limits, headers and one way to answer errors. */
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify'
import { BARE_HEADERS } from '#sfu/binding/bare-headers.ts'
import { shapeFault } from '#sfu/binding/message-shape.ts'
import type { Logger } from '#server/telemetry/log.ts'
import { contentFault, isForeign, permissionsFor } from './request-guard.ts'

export type HttpOptions = {
  readonly log: Logger
  /** Where pages may connect to besides the server itself: the SFUs. */
  readonly connectUrls: readonly string[]
  /** Exact origins whose pages may ask for changes. By default none: only what is no page may. */
  readonly allowedOrigins?: readonly string[]
  readonly isHttps: boolean
  /** Addresses of proxies in front. */
  readonly proxies?: readonly string[]
}

/** How long the head of a request may take to come, in ms. Longer, and connections that say nothing can be held by many. */
const HEAD_MS_MAX = 10_000
/** What cannot be read as a request is answered with this, before there is anything that could add headers. */
const UNREADABLE = [
  'HTTP/1.1 400 Bad Request',
  'connection: close',
  'content-length: 0',
  'cache-control: no-store',
  'x-content-type-options: nosniff',
].join('\r\n')

/** An instance without routes. */
export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { log, connectUrls, allowedOrigins = [], isHttps, proxies = [] } = options
  const app: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    // The host's own log is the history; a line for each request would bury it.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    bodyLimit: 64 * 1024,
    requestTimeout: 10_000,
    connectionTimeout: 15_000,
    // A path that cannot be read reaches no hook: it is answered as what is no page.
    frameworkErrors: (_error, _request, reply) => refusePath(reply as unknown as FastifyReply),
    clientErrorHandler: (_error, socket: Socket) => {
      if (socket.writable) socket.end(`${UNREADABLE}\r\n\r\n`)
      else socket.destroy()
    },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  })
  app.server.headersTimeout = HEAD_MS_MAX
  // Nothing that is no JSON is ever read: what is not parsed cannot be taken for something else than what was checked.
  app.removeContentTypeParser('text/plain')
  const origins = new Set(allowedOrigins)
  const sfus = connectUrls.flatMap((url) => [url, url.replace(/^http/, 'ws')])
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:', 'mediastream:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...sfus],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', permissionsFor(request.url))
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onRequest', async (request, reply) => {
    if (isForeign(request, origins)) {
      return reply.status(403).send({ error: { code: 'not-allowed', message: 'no page of ours asks this' } })
    }
    const fault = contentFault(request)
    if (fault !== undefined) return reply.status(415).send({ error: { code: 'bad-request', message: fault } })
    return undefined
  })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  // As at the sockets: what cannot be kept is no question.
  app.addHook('preValidation', async ({ body, query, params }) => {
    const fault = shapeFault([body, query, params])
    if (fault !== undefined) throw Object.assign(new Error(fault), { statusCode: 400 })
  })
  answerFaults(app)
  return app
}

/** One form for everything that goes wrong. */
function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    // Without its query, which may hold the key of somebody's ticket.
    if (status >= 500) request.log.error({ err: error, path: request.url.split('?')[0] }, 'request.failed')
    const code = status === 429 ? 'too-many-requests' : status >= 500 ? 'internal' : 'bad-request'
    // What went wrong inside is for the log alone.
    const message = status >= 500 ? 'something went wrong on this side' : error.message
    return reply.status(status).send({ error: { code, message } })
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ error: { code: 'bad-request', message: 'there is nothing here' } }),
  )
}

/** As what is no page: no hook has seen it. */
function refusePath(reply: FastifyReply): void {
  reply
    .headers(BARE_HEADERS)
    .status(400)
    .send({ error: { code: 'bad-request', message: 'this is no path' } })
}
