/** Fastify with our limits, headers and one way to answer errors. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { fastify, LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify'
import type { Logger } from '#server/telemetry/log.ts'

export type HttpOptions = {
  readonly log: Logger
  /** Where pages may connect to besides the server itself: the SFUs. */
  readonly connectUrls: readonly string[]
  readonly isHttps: boolean
}

/** An instance without routes. */
export async function openHttp({ log, connectUrls, isHttps }: HttpOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    // The host's own log is the history; a line for each request would bury it.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    requestTimeout: 10_000,
    connectionTimeout: 15_000,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  })
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
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onSend', async (request, reply) => {
    // Only an agent shares a window of the screen: a kiosk's shows others, and a supervisor's everybody.
    const screen = isAgentPage(request.url) ? '(self)' : '()'
    reply.header('permissions-policy', `camera=(self), microphone=(self), geolocation=(), display-capture=${screen}`)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
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
  return app
}

const AGENT_PAGES: ReadonlySet<string> = new Set(['/agent/', '/agent/index.html'])
const isAgentPage = (url: string): boolean => AGENT_PAGES.has(url.split('?')[0] ?? '')
