/**
 * Enforces `server/auth/route-rights.ts` where routes are registered: each gets, before whatever it does itself, the questions who
 * asks, whether such a one may, how often, and of whose things. A route without a row is not registered.
 */
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preHandlerAsyncHookHandler,
  RouteOptions,
} from 'fastify'
import { OF_ONESELF, RATES, WHOSE, type RateClass, type Rates, type Right, type Whose } from '#server/auth/rights.ts'
import { API_RIGHTS, PAGE_RIGHTS } from '#server/auth/route-rights.ts'
import { browserToken } from '#server/auth/sign-in-cookies.ts'
import { hashToken } from '#server/auth/tokens.ts'
import type { Person } from '#server/store/directory.ts'
import { sendError } from './sign-in.ts'

export type RouteGateParts = {
  /** Who a request's cookie says it is, to the route of this pattern. */
  readonly identify: (cookies: string | undefined, url?: string) => Promise<Person | undefined>
  /** Whether what is asked for is `whose` it has to be; asked only where `WHOSE` says that the gate looks. */
  readonly owns: (whose: Whose, person: Person, request: FastifyRequest) => boolean | Promise<boolean>
}

export type RouteGateOptions = {
  /** What the routes of `API_RIGHTS` begin with. */
  readonly apiPrefix?: string
  /** Others than those of the table. */
  readonly rates?: Rates
}

/** A route as it was registered. */
export type GuardedRoute = {
  readonly method: string
  /** With its parameters' names. */
  readonly url: string
  /** JSON schemas of what may be asked. */
  readonly schema: { readonly body?: unknown; readonly querystring?: unknown; readonly params?: unknown }
}

/** Who asks, of requests that passed the gate. */
const people = new WeakMap<FastifyRequest, Person>()

/** Whoever asks, on a route that only those may ask who are signed in. Throws on any other, which is a mistake in the table. */
export function signedIn(request: FastifyRequest): Person {
  const person = people.get(request)
  if (person === undefined) throw new Error(`${request.routeOptions.url} is open to nobody in particular`)
  return person
}

/**
 * Guards every route that is added to `app` from here on. Adding one that has no row throws a sentence that says so.
 * Returns the routes so far: a list that grows.
 */
export function guardRoutes(
  app: FastifyInstance,
  parts: RouteGateParts,
  { apiPrefix = '/api/v1', rates = RATES }: RouteGateOptions = {},
): readonly GuardedRoute[] {
  const registered: GuardedRoute[] = []
  const isTooOften = countersOf(app, rates)
  app.addHook('onRoute', (route) => {
    const { url } = route
    const methods = [route.method].flat()
    const rows = new Set(methods.map((method) => rightOf(method, url, apiPrefix)))
    const [row] = rows
    if (row === undefined || rows.size > 1) {
      throw new Error(`${methods.join('|')} ${url} has no row in server/auth/route-rights.ts: say there who may ask it`)
    }
    const { body, querystring, params } = route.schema ?? {}
    registered.push(...methods.map((method) => ({ method, url, schema: { body, querystring, params } })))
    guardRoute(route, row, parts, isTooOften)
  })
  return registered
}

/** The row of a route. What is asked with HEAD is what is asked with GET. */
export function rightOf(method: string, url: string, apiPrefix = '/api/v1'): Right | undefined {
  const asked = method === 'HEAD' ? 'GET' : method
  const isApi = url.startsWith(`${apiPrefix}/`)
  const ofApi = isApi ? own(API_RIGHTS, `${asked} ${url.slice(apiPrefix.length)}`) : undefined
  return ofApi ?? own(PAGE_RIGHTS, `${asked} ${url}`)
}

const own = (rights: Readonly<Record<string, Right>>, name: string): Right | undefined =>
  Object.hasOwn(rights, name) ? rights[name] : undefined

type IsTooOften = (rate: RateClass, request: FastifyRequest) => Promise<boolean>

/** To know a route that is guarded already: fastify makes the HEAD of a GET from what the GET has become. */
const guards = new WeakSet<object>()

function guardRoute(route: RouteOptions, row: Right, parts: RouteGateParts, isTooOften: IsTooOften): void {
  if ([route.onRequest ?? []].flat().some((hook) => guards.has(hook))) return
  const { may, rate, isAudited } = row
  // Before the body is read: whoever may not ask is told so, and not what was wrong with the question.
  const admit: onRequestAsyncHookHandler = async (request, reply) => {
    if (may.nobody === undefined) {
      const person = await parts.identify(request.headers.cookie, request.routeOptions.url)
      if (person === undefined) return sendError(reply, 401, 'not-signed-in', 'sign in first')
      if (may[person.role] === undefined) {
        noteRefusal(request, person, 'role')
        return sendError(reply, 403, 'not-allowed', `for ${Object.keys(may).join(' and ')}`)
      }
      people.set(request, person)
    }
    if (await isTooOften(rate, request)) return sendError(reply, 429, 'too-many-requests', 'try again in a while')
    return undefined
  }
  // After the question is known to be one.
  const look: preHandlerAsyncHookHandler = async (request, reply) => {
    const person = people.get(request)
    const whose = person === undefined ? undefined : may[person.role]
    if (person === undefined || whose === undefined || WHOSE[whose].looks !== 'gate') return undefined
    if (await parts.owns(whose, person, request)) return undefined
    noteRefusal(request, person, 'object')
    return sendError(reply, 404, WHOSE[whose].refusal, 'there is no such thing for whoever asks')
  }
  const audit = async (request: FastifyRequest, reply: FastifyReply) => {
    const person = people.get(request)
    if (person === undefined || OF_ONESELF.has(may[person.role] ?? 'self') || reply.statusCode >= 400) return
    request.log.info({ by: person.agentId, what: whatOf(request), of: request.params }, 'access.audited')
  }
  guards.add(admit)
  route.onRequest = [admit, ...[route.onRequest ?? []].flat()] as never
  route.preHandler = [look, ...[route.preHandler ?? []].flat()] as never
  if (isAudited) route.onSend = [audit, ...[route.onSend ?? []].flat()] as never
}

/** Somebody who is signed in tried what is not theirs. Who is not signed in is nobody, and would fill the log. */
function noteRefusal(request: FastifyRequest, { agentId, role }: Person, why: 'role' | 'object'): void {
  request.log.info({ by: agentId, role, what: whatOf(request), why }, 'access.refused')
}

const whatOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url}`

/** One counter for each class, so that what is counted together is counted once. */
function countersOf(app: FastifyInstance, rates: Rates): IsTooOften {
  const counters = new Map<RateClass, ReturnType<FastifyInstance['createRateLimit']>>()
  return async (rate, request) => {
    const limit = rates[rate]
    if (limit === null) return false
    let count = counters.get(rate)
    if (count === undefined) {
      const { max, windowMs, of } = limit
      const keyGenerator = of === 'address' ? ({ ip }: FastifyRequest) => ip : signInOf
      count = app.createRateLimit({ max, timeWindow: windowMs, keyGenerator })
      counters.set(rate, count)
    }
    const counted = await count(request)
    return !counted.isAllowed && counted.isExceeded
  }
}

/** The hash of the sign-in's token: a key that tells nobody anything. */
const signInOf = ({ headers }: FastifyRequest): string => hashToken(browserToken(headers.cookie)).toString('base64url')
