/**
 * A server that speaks the real contract and does what a test tells it: the built pages under the policy of production,
 * sign-in, the agent's and the supervisor's namespaces, the figures. It decides nothing by itself beyond the plain
 * course of a call.
 */
import type { AddressInfo } from 'node:net'
import fastifyStatic from '@fastify/static'
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify'
import type { Namespace, Server } from 'socket.io'
import { agentEvents, agentRequests } from '#server/contract/agent-socket.ts'
import { PROTOCOL_VERSION } from '#server/contract/caller-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { CallExplanation } from '#server/contract/explanation.ts'
import type { MetricsReply, SignedIn, SignInBody } from '#server/contract/http.ts'
import type { OfferId } from '#server/contract/ids.ts'
import type { PolicyReply } from '#server/contract/policy.ts'
import { supervisorEvents, supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { AgentView, CallForAgent, SupervisorView, WhyMe } from '#server/contract/views.ts'
import { bind, tell } from '#sfu/binding/bind.ts'
import type { PeopleToAsk } from '#server/contract/joins.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import { Refusal, type Handlers } from '#sfu/contract/wire.ts'
import { builtPages } from './built-pages.ts'
import { explanation } from './explained-calls.ts'
import { CALL_ID, agentView, branded, call, floor, metrics, niels, sara, whyMe } from './people.ts'
import { policyReply } from './rules-in-force.ts'
import { floorHandlers } from './floor-handlers.ts'
import { ScriptedKioskKeys } from './scripted-kiosk-keys.ts'
import { compileLate } from './lazy-schemas.ts'
import { ScriptedKnowledge } from './scripted-knowledge.ts'
import { city, peopleHandlers } from './people-handlers.ts'
import { ScriptedBeside } from './scripted-beside.ts'
import { ScriptedDesk } from './scripted-desk.ts'
import { ScriptedFloor } from './scripted-floor.ts'
import { ScriptedMyCalls } from './scripted-my-calls.ts'
import { ScriptedReports } from './scripted-reports.ts'
import { ScriptedAccount, type Ended } from './scripted-account.ts'
import { ScriptedTomorrow } from './scripted-tomorrow.ts'
import { ScriptedWindows } from './scripted-windows.ts'
import { ScriptedWrapUp } from './scripted-wrap-up.ts'
import { ScriptedShown } from './shown-handlers.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: mediastream:",
  "connect-src 'self' ws://127.0.0.1:* http://127.0.0.1:*",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const PASSWORD = 'rugbrød'
const WRAP_UP_MS = 60_000
const HOLD_MS = 300_000
const COOKIE = 'scripted'

type AgentHandlers = Handlers<typeof agentRequests, unknown>
type Explained = CallExplanation | ErrorCode
type Asked = { readonly name: string; readonly body: unknown }

export class ScriptedServer {
  /** The origin, without a slash at its end. */
  url = ''
  /** The server's clock runs so much ahead of this computer's, in ms. */
  clockAheadMs = 0
  view: AgentView = agentView(Date.now())
  floor: SupervisorView = floor(Date.now())
  /** Who can be asked into a call. */
  people: PeopleToAsk = city
  /** What `GET /metrics/queues` answers; a code is a failure. */
  figures: (fromAt: number, toAt: number) => MetricsReply | ErrorCode = metrics
  /** What `GET /calls/:callId/explanation` answers; a code is a failure. */
  explain: (callId: string) => Explained | Promise<Explained> = (callId) => explanation({ callId: branded(callId) })
  /** What `GET /policy` answers; a code is a failure. */
  policy: () => PolicyReply | ErrorCode | Promise<PolicyReply> = policyReply
  /** What the door of the namespaces answers from now on; null lets in. */
  doorCode: ErrorCode | null = null
  /** The next request of that name is refused with that code, and with those facts beside it. */
  readonly refusals = new Map<string, ErrorCode>()
  refusalDetail: Readonly<Record<string, string>> = {}
  readonly floorActions = new ScriptedFloor()
  readonly shown = new ScriptedShown()
  readonly asked: Asked[] = []
  readonly desk = new ScriptedDesk()
  readonly beside = new ScriptedBeside(
    (name, body) => this.note(name, body),
    () => this.now(),
  )
  readonly kioskKeys = new ScriptedKioskKeys()
  readonly myCalls = new ScriptedMyCalls()
  readonly reports = new ScriptedReports()
  readonly tomorrow = new ScriptedTomorrow()
  readonly account = new ScriptedAccount()
  readonly windows = new ScriptedWindows()
  readonly wrapUp = new ScriptedWrapUp((name, body) => this.note(name, body))
  readonly knowledge = new ScriptedKnowledge()
  readonly spansAsked: { readonly from: string; readonly to: string }[] = []
  readonly #app: FastifyInstance = fastify({ logger: false, forceCloseConnections: true })
  #io: Server | undefined
  #version = 0
  #offerCount = 0
  readonly bugs: unknown[] = []

  /** Starts on a free port of the loopback. */
  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer()
    await server.#listen()
    return server
  }

  async stop(): Promise<void> {
    await this.#io?.close()
    await this.#app.close()
  }

  /** What signing in gives that person, for tests that begin signed in. */
  cookieOf(person: SignedIn): { readonly name: string; readonly value: string } {
    return { name: COOKIE, value: person.agentId }
  }

  now(): number {
    return Date.now() + this.clockAheadMs
  }

  /** Changes the agent's view and tells the desk. */
  show(changes: Partial<AgentView>): void {
    this.view = { ...this.view, ...changes }
    this.#tellAgent()
  }

  /** Changes the floor and tells the supervisor's page. */
  showFloor(changes: Partial<SupervisorView>): void {
    this.floor = { ...this.floor, ...changes }
    tell(this.#namespace('/supervisor'), supervisorEvents, 'view.changed', this.#snapshot(this.floor), OUTGOING)
  }

  /** Changes one queue of the floor, and tells the supervisor's page that alone. */
  patchQueue(index: number, changes: Partial<SupervisorView['queues'][number]>): void {
    const queues = this.floor.queues.map((row, at) => (at === index ? { ...row, ...changes } : row))
    this.floor = { ...this.floor, queues }
    const from = this.#version
    const { version, at } = this.#snapshot(null)
    const patch = { from, version, at, queues: { put: queues.slice(index, index + 1), drop: [] } }
    tell(this.#namespace('/supervisor'), supervisorEvents, 'view.patched', patch, OUTGOING)
  }

  /** Puts a call on the desk for `offerMs`. */
  offer(offerMs = 20_000, changes: Parameters<typeof call>[1] = {}, why: WhyMe | null = whyMe()): void {
    this.#offerCount += 1
    const madeAt = this.now()
    const offerId: OfferId = branded(`${CALL_ID}/${this.#offerCount}`)
    const expiresAt = madeAt + offerMs
    this.show({ work: { kind: 'offered', offerId, madeAt, expiresAt, call: call(madeAt, changes), why } })
  }

  /** Puts the desk into a call. */
  converse(changes: Parameters<typeof call>[1] = {}): void {
    this.show({ work: { kind: 'in-call', since: this.now(), call: call(this.now(), changes) } })
  }

  /** The offer's time is over: the agent is away, as the engine has it. */
  expireOffer(): void {
    this.show({ availability: 'away', awayReason: 'not-responding', ...this.#idle() })
  }

  /** Tells the desk that a newer window took its place. */
  replaceDesk(): void {
    tell(this.#namespace('/agent'), agentEvents, 'connection.replaced', {}, OUTGOING)
  }

  /** The sign-in is over, and why. */
  signOutEverywhere(body: Ended = {}): void {
    tell(this.#namespace('/agent'), agentEvents, 'signed-out', body, OUTGOING)
    tell(this.#namespace('/supervisor'), supervisorEvents, 'signed-out', body, OUTGOING)
  }

  /** Ends every connection, as a server does that stops. With `doorCode` set to `not-ready` nobody comes back in. */
  dropConnections(): void {
    for (const name of ['/agent', '/supervisor']) this.#namespace(name).disconnectSockets(true)
  }

  /** The call that rings, as it was shown. */
  #ringing() {
    const { work } = this.view
    return work.kind === 'offered' ? work.call : call(this.now())
  }

  /** Puts the call of the desk on hold, or takes it off. */
  #withHold(hold: CallForAgent['hold']): Partial<AgentView> {
    const { work } = this.view
    return work.kind === 'in-call' ? { work: { ...work, call: { ...work.call, hold } } } : {}
  }

  #idle() {
    return { work: { kind: 'idle', since: this.now(), restsUntil: null } } as const
  }

  #namespace(name: string): Namespace {
    if (this.#io === undefined) throw new Error('the scripted server is not started')
    return this.#io.of(name)
  }

  #snapshot<View>(view: View) {
    this.#version += 1
    return { version: this.#version, at: this.now(), view }
  }

  #tellAgent(): void {
    tell(this.#namespace('/agent'), agentEvents, 'view.changed', this.#snapshot(this.view), OUTGOING)
  }

  async #listen(): Promise<void> {
    const app = this.#app
    await compileLate(app)
    app.addHook('onSend', async (_request, reply) => void reply.header('content-security-policy', POLICY))
    await app.register(fastifyStatic, { root: await builtPages(), prefix: '/agent/' })
    this.#addAccount(app)
    this.#addFigures(app)
    this.#addExplanations(app)
    this.#addPolicy(app)
    this.desk.addRoutes(app)
    this.kioskKeys.addRoutes(app)
    this.myCalls.addTo(app)
    this.reports.addTo(app)
    this.tomorrow.addTo(app)
    this.knowledge.addRoutes(app)
    await this.shown.addRoutes(app)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    this.url = `http://127.0.0.1:${port}`
    this.#io = createSocketServer(app.server, { allowedOrigins: [this.url], isMissingOriginAllowed: false })
    this.#openAgents()
    this.#openSupervisors()
    this.beside.open(this.#namespace('/caller'), (bug) => this.bugs.push(bug))
    // Lets pages in and answers nothing: picture and sound stay on their way.
    this.#io.of('/media').on('connection', () => undefined)
  }

  #addAccount(app: FastifyInstance): void {
    app.post<{ Body: SignInBody }>('/api/v1/sign-in', async ({ body }, reply) => {
      if (body.username === 'for-mange') return refuse(reply, 429, 'too-many-requests')
      const refusal = this.account.refusalOf(body)
      if (refusal !== null) return refuse(reply, 401, refusal)
      const person = [sara, niels].find(({ agentId }) => agentId === `${body.username}`)
      if (person === undefined || body.password !== PASSWORD) return refuse(reply, 401, 'wrong-credentials')
      return reply.header('set-cookie', `${COOKIE}=${person.agentId}; Path=/; HttpOnly; SameSite=Strict`).send(person)
    })
    app.get('/api/v1/session', async (request, reply) => {
      if (this.account.mustSetUp) return refuse(reply, 403, 'second-factor-required')
      return this.account.signedIn(personOf(request.headers.cookie)) ?? refuse(reply, 401, 'not-signed-in')
    })
    this.account.addTo(app)
    app.post('/api/v1/sign-out', async (_request, reply) => {
      return reply.header('set-cookie', `${COOKIE}=; Path=/; Max-Age=0`).status(204).send()
    })
  }

  #addFigures(app: FastifyInstance): void {
    app.get<{ Querystring: { from: string; to: string } }>('/api/v1/metrics/queues', async ({ query }, reply) => {
      this.spansAsked.push(query)
      const answer = this.figures(Date.parse(query.from), Date.parse(query.to))
      return typeof answer === 'string' ? refuse(reply, 503, answer) : answer
    })
  }

  #addExplanations(app: FastifyInstance): void {
    app.get<{ Params: { callId: string } }>('/api/v1/calls/:callId/explanation', async ({ params }, reply) => {
      const answer = await this.explain(params.callId)
      if (typeof answer !== 'string') return answer
      return refuse(reply, answer === 'unknown-call' ? 404 : 503, answer)
    })
  }

  #addPolicy(app: FastifyInstance): void {
    app.get('/api/v1/policy', async (_request, reply) => {
      const answer = await this.policy()
      return typeof answer === 'string' ? refuse(reply, 503, answer) : answer
    })
  }

  #guard(namespace: Namespace, role: SignedIn['role']): void {
    namespace.use((socket, next) => {
      const person = personOf(socket.handshake.headers.cookie)
      const isOld = socket.handshake.auth['protocolVersion'] !== PROTOCOL_VERSION
      const isOther = person === undefined || person.role !== role
      const code = this.doorCode ?? (isOld ? 'version-mismatch' : isOther ? 'not-signed-in' : null)
      const other = code === null && role === 'agent' ? this.windows.turnAway(socket.handshake.auth) : null
      const data = other ?? (code === null ? null : { code })
      next(data === null ? undefined : Object.assign(new Error(data.code), { data }))
    })
  }

  #openAgents(): void {
    const namespace = this.#namespace('/agent')
    this.#guard(namespace, 'agent')
    const handlers = this.#agentHandlers()
    const attach = bind(agentRequests, handlers, { onBug: (bug) => this.bugs.push(bug), checkOutgoing: true })
    namespace.on('connection', (socket) => attach(socket, undefined))
    this.shown.namespace = namespace
  }

  #openSupervisors(): void {
    const namespace = this.#namespace('/supervisor')
    this.#guard(namespace, 'supervisor')
    const handlers = floorHandlers(this)
    const attach = bind(supervisorRequests, handlers, { onBug: (bug) => this.bugs.push(bug), checkOutgoing: true })
    namespace.on('connection', (socket) => attach(socket, undefined))
  }

  /** The floor as a page is told it. */
  snapshot() {
    return this.#snapshot(this.floor)
  }

  /** Notes what was asked, and refuses where the test wants it. */
  note(name: string, body: unknown): void {
    this.asked.push({ name, body })
    const code = this.refusals.get(name)
    this.refusals.delete(name)
    if (code !== undefined) throw new Refusal(code, `${name} is refused, as the test wants it`, this.refusalDetail)
  }

  #agentHandlers(): AgentHandlers {
    const change = (name: string, body: unknown, changes: () => Partial<AgentView>) => {
      this.note(name, body)
      this.view = { ...this.view, ...changes() }
      return this.#snapshot(this.view)
    }
    const idle = () => this.#idle()
    return {
      ...this.wrapUp.handlers(),
      hello: () => this.windows.hello(() => this.#snapshot(this.view)),
      'availability.set-available': (_agent, body) =>
        change('availability.set-available', body, () => ({
          availability: 'available',
          awayReason: null,
          ...(this.view.work.kind === 'idle' ? idle() : {}),
        })),
      'availability.set-away': (_agent, body) =>
        change('availability.set-away', body, () => ({ availability: 'away', awayReason: body.reason })),
      'offer.accept': (_agent, body) =>
        change('offer.accept', body, () => ({
          work: { kind: 'in-call', since: this.now(), call: this.#ringing() },
        })),
      'offer.decline': (_agent, body) =>
        change('offer.decline', body, () => ({ availability: 'away', awayReason: 'declined', ...idle() })),
      ...peopleHandlers(this, change),
      'call.hold': (_agent, body) =>
        change('call.hold', body, () => {
          const since = this.now()
          return this.#withHold({ since, endsAt: since + HOLD_MS, byName: this.view.name })
        }),
      'call.resume': (_agent, body) => change('call.resume', body, () => this.#withHold(null)),
      'call.hang-up': (_agent, body) =>
        change('call.hang-up', body, () => ({
          work: wrapUp(this.now(), WRAP_UP_MS),
        })),
      'wrap-up.lengthen': (_agent, body) =>
        change('wrap-up.lengthen', body, () => {
          const { work } = this.view
          if (work.kind !== 'wrap-up' || work.endsAt >= work.endsAtLatest) throw new Refusal('wrong-state', 'no more')
          return { work: { ...work, endsAt: Math.min(body.endsAt + WRAP_UP_MS, work.endsAtLatest) } }
        }),
      'wrap-up.finish': (_agent, body) => change('wrap-up.finish', body, idle),
      ...this.desk.handlers,
      ...this.shown.handlers(this, change),
      'media.ticket': (_agent, body) => {
        this.note('media.ticket', body)
        return { sfuUrl: this.url, ticket: `${'t'.repeat(16)}.${'s'.repeat(16)}` }
      },
    }
  }
}

/** After a call, with as much time again to be had once. */
export function wrapUp(at: number, leftMs: number): AgentView['work'] {
  return {
    kind: 'wrap-up',
    callId: branded(CALL_ID),
    since: at,
    endsAt: at + leftMs,
    endsAtLatest: at + 2 * leftMs,
    call: null,
  }
}

const OUTGOING = { checkOutgoing: true } as const

function personOf(cookies: string | undefined): SignedIn | undefined {
  const agentId = /(?:^|; )scripted=([^;]+)/.exec(cookies ?? '')?.[1]
  return [sara, niels].find((person) => person.agentId === agentId)
}

function refuse(reply: FastifyReply, status: number, code: ErrorCode): FastifyReply {
  return reply.status(status).send({ error: { code, message: 'as the test wants it' } })
}
