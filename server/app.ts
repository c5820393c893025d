/** The composition root: every part is made and joined here, in the order in which a call meets them. */
import type { AddressInfo } from 'node:net'
import { issueTicket } from '#sfu/binding/ticket-code.ts'
import type { FiguresPort } from '#sfu/binding/figures-port.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { FastifyInstance } from 'fastify'
import type { Server as SocketServer } from 'socket.io'
import type { CityInForce } from './city-in-force.ts'
import { openDrain, type Drain } from './drain.ts'
import type { HostLog } from './host/ports.ts'
import { RoutingHost } from './host/routing-host.ts'
import { systemClock } from './host/system-clock.ts'
import { addAdminRoutes } from './http/admin.ts'
import { addCountedRoutes } from './http/counted.ts'
import { addDeskRoutes } from './http/desk.ts'
import { addExplanationRoute } from './http/explanation.ts'
import { addGuidePictures, addGuidesRoute } from './http/guides.ts'
import { addHealthRoutes, NO_KIOSK } from './http/health.ts'
import { openHttp } from './http/http-server.ts'
import { addKioskKeyRoutes } from './http/kiosk-keys.ts'
import { ownObjects } from './http/own-objects.ts'
import { guardRoutes, type GuardedRoute } from './http/route-gate.ts'
import { addKnowledgeRoutes } from './http/knowledge.ts'
import { addPages, missingPages } from './http/pages.ts'
import { addMyCallsRoute } from './http/my-calls.ts'
import { addPrivacyRoutes } from './http/privacy.ts'
import { addPolicyRoute } from './http/policy.ts'
import { withIceServers } from './auth/turn-credentials.ts'
import { participantOf } from './media/participants.ts'
import type { SfuMedia } from './media/sfu-media.ts'
import { audienceOf, memoryOfCalls, type MemoryOfCalls } from './memory-of-calls.ts'
import { platform } from './platform.ts'
import { startCity } from './open-city.ts'
import { openMedia } from './open-media.ts'
import type { PolicyInForce } from './policy-in-force.ts'
import { openJobs, type Jobs } from './open-jobs.ts'
import { openKiosks, type Kiosks } from './open-kiosks.ts'
import { openSignIns, type SignIns } from './open-sign-ins.ts'
import { warningsOf } from './open-warnings.ts'
import { accessLog } from './socket/access-log.ts'
import { serveAgents } from './socket/agent.ts'
import { Audiences } from './socket/audiences.ts'
import { serveCallers } from './socket/caller.ts'
import { StaffAtKiosks } from './socket/caller-staff.ts'
import { NoticeBoard } from './socket/notice-board.ts'
import type { KioskHealth } from './socket/kiosk-health.ts'
import type { AccessLog, GuardedEvent } from './socket/gate.ts'
import { openSocketServer } from './socket/open-server.ts'
import type { Invite } from './socket/outcome.ts'
import { PathTests } from './socket/path-tests.ts'
import { StaffCalls } from './socket/staff-calls.ts'
import { StaffMessages } from './socket/staff-messages.ts'
import { serveSupervisors } from './socket/supervisor.ts'
import { openDatabase, type Database } from './store/database.ts'
import { loadDirectory, type Directory, type Person } from './store/directory.ts'
import { endSignInsOf } from './store/sign-ins.ts'
import { messageStore } from './store/staff-messages.ts'
import { takeDispatcherLock } from './store/dispatcher-lock.ts'
import { readGuides } from './store/guides.ts'
import { keepNotice, standingNotices, takeNoticeBack } from './store/notices.ts'
import { keepEarlierTicket } from './store/earlier-calls.ts'
import { postgresJournal } from './store/journal.ts'
import { agentOfTicket, isEndedCall } from './store/ended-calls.ts'
import { keepRating, type Rating } from './store/ratings.ts'
import { findStaff } from './store/staff.ts'
import { TodayFigures } from './store/today-figures.ts'
import { hostLog, type Logger } from './telemetry/log.ts'
import { openFigures, socketsOf } from './telemetry/figures.ts'
import { openMetrics, type Gauges, type Metrics } from './telemetry/metrics.ts'
import { openTracing, traceHttp, type Tracing } from './telemetry/tracing.ts'
import type { ServerConfig } from './config.ts'
import type { Limits } from './limits.ts'
import type { Warnings } from './warnings/warnings.ts'

export type RunningServer = {
  readonly url: string
  /** Lets nobody new in, and resolves when calls are finished or after `msMax`: with how many are not. */
  drain(msMax: number): Promise<number>
  /** What can be asked, as it was registered. */
  readonly asked: { readonly routes: readonly GuardedRoute[]; readonly events: readonly GuardedEvent[] }
  stop(): Promise<void>
}

/**
 * Starts the server. `onFatal` is called when it must not go on (a failed commit, a lost lock, a bug): the caller
 * exits, and the next process recovers from the journal. Rejects with a sentence when it cannot start.
 */
export async function startServer(
  config: ServerConfig,
  log: Logger,
  onFatal: (error: unknown) => void,
  limits: Limits = {},
): Promise<RunningServer> {
  const { db, pool } = openDatabase(config.databaseUrl, (error) => log.warn({ err: error }, 'database.idle-error'))
  const unlock = await takeDispatcherLock(config.databaseUrl, config.lockWaitMs, onFatal)
  const directory = await loadDirectory(db)
  const today = new TodayFigures(db, (error) => log.warn({ err: error }, 'figures.failed'))
  // The parts below name one another; each is called only once all are made.
  const media: SfuMedia = openMedia(config, log, () => ({ host, memory }))
  const late: Late = { host: () => host, audiences: () => audiences }
  const { staff, staffCalls } = openStaff(db, log, late)
  const messages = openMessages(db, directory, late)
  const memory = memoryOfCalls(media)
  const audiences: Audiences = new Audiences({
    directory,
    secret: config.mediaSecret,
    state: () => host.state,
    version: () => host.version,
    now: () => Date.now(),
    notices: () => notices,
    health: () => health,
    warnings: () => warnings,
    today: () => today,
    staffAt: staff.at,
    staffOfCall: staffCalls.of,
    hasTroubleHearing: memory.hearing.hasTrouble,
    shownIn: memory.shownInCalls.of,
    noteOf: memory.joinNotes.of,
    stillsOf: memory.stills.of,
    messagesTo: messages.of,
    closesAt: () => drain.until,
  })
  const notices = openNotices(db, directory, () => audiences.refreshNotices())
  today.wall = audiences.wall
  const { health, ...kiosks } = openKiosks({ config, db, directory, log, ...late })
  const world = { config, db, directory, log, today, ...late, policy: () => policy, health: () => health }
  const warnings: Warnings = warningsOf(world)
  const drain: Drain = openDrain({ state: () => host.state, notices, audiences })
  const tracing = await openTracing(config.otlpEndpoint)
  const metrics = openMetrics(() => gaugesOf({ audiences, health, media, drain, io }), tracing)
  const audience = audienceOf({ ...memory, audiences, staff, staffCalls, today, state: () => host.state })
  const host: RoutingHost = new RoutingHost({
    journal: metrics.timed(postgresJournal(db)),
    media,
    audience: metrics.counted(audience),
    clock: systemClock(platform),
    log: both(hostLog(log), metrics.log),
    onFatal,
  })
  await staffCalls.start()
  await host.start()
  memory.heldCalls.begin(host.state)
  media.start()
  const { policy, city } = await startCity({ config, db, directory, host, audiences, log, onFatal })
  await Promise.all([today.start(), notices.start(), health.start(), kiosks.kioskKeys.start(), messages.start()])
  await warnings.start()
  const signIns = await openSignIns({ config, db, directory, log, host, followCity: () => city.followNow(), onFatal })
  const shared = { config, db, directory, host, policy, city, audiences, notices, warnings, signIns, kiosks }
  const pathTests = new PathTests({ ...platform, ...config, links: media.links })
  const inMemory = { ...memory, staff, staffCalls, media, health, messages, pathTests, access: accessLog(log) }
  const jobs = openJobs({ config, log, db, metrics })
  const parts: Parts = { ...shared, ...inMemory, log, metrics, limits, drain, jobs, tracing, onFatal }
  const { http, routes } = await openRoutes(parts, () => pool.query('select 1'))
  const io: SocketServer = openSockets(parts, http)
  const stopping = [signIns, warnings, pathTests, media, audiences, notices, health, kiosks.kioskKeys, staff, today]
  const stopped = { host, policy, city, db, unlock, parts: stopping, jobs, tracing, io, http }
  return { ...(await listen(parts, stopped)), asked: { routes, events: parts.access.guarded } }
}

/** Begins the jobs and opens the ports, last of all: who comes is served. */
async function listen(
  { config, metrics, drain, jobs }: Parts,
  stopped: Omit<Stopped, 'figures'>,
): Promise<Omit<RunningServer, 'asked'>> {
  const { http } = stopped
  jobs.start()
  const figures = await openFigures(config, metrics.registry)
  await http.listen({ host: config.host, port: config.port })
  const { port } = http.server.address() as AddressInfo
  return {
    url: `http://${config.host}:${port}`,
    drain: (msMax) => drain.run(msMax),
    stop: () => stopAll({ ...stopped, figures }),
  }
}

type Watched = Pick<Parts, 'audiences' | 'health' | 'media' | 'drain'> & { readonly io: SocketServer }

/** How things stand, for whoever watches the machine. */
function gaugesOf({ audiences, health, media, drain, io }: Watched): Gauges {
  const counts = { ...audiences.counts(), ...health.counts(), ...media.counts() }
  return { ...counts, isClosing: drain.until !== null, sockets: socketsOf(io) }
}

type Stopped = {
  readonly host: RoutingHost
  readonly policy: PolicyInForce
  readonly city: CityInForce
  readonly parts: readonly { stop(): void }[]
  readonly jobs: Jobs
  readonly figures: FiguresPort | undefined
  readonly tracing: Tracing
  readonly io: SocketServer
  readonly http: FastifyInstance
  readonly db: Database
  readonly unlock: () => Promise<void>
}

async function stopAll(stopped: Stopped): Promise<void> {
  const { host, policy, city, parts, jobs, figures, tracing, io, http, db, unlock } = stopped
  // The engine first, so that nobody is booked as lost by an orderly stop: the next start gives grace anyway.
  await host.stop()
  await city.stop()
  await policy.stop()
  for (const part of parts) part.stop()
  await Promise.all([jobs.stop(), io.close(), figures?.close()])
  await http.close()
  await tracing.stop()
  await db.destroy()
  await unlock()
}

type Parts = MemoryOfCalls & {
  readonly log: Logger
  readonly metrics: Metrics
  readonly limits: Limits
  readonly access: AccessLog
  readonly config: ServerConfig
  readonly db: Database
  readonly directory: Directory
  readonly host: RoutingHost
  readonly policy: PolicyInForce
  readonly city: CityInForce
  readonly audiences: Audiences
  readonly notices: NoticeBoard
  readonly warnings: Warnings
  readonly media: SfuMedia
  readonly signIns: SignIns
  readonly staff: StaffAtKiosks
  readonly staffCalls: StaffCalls
  readonly health: KioskHealth
  readonly kiosks: Omit<Kiosks, 'health'>
  readonly messages: StaffMessages
  readonly pathTests: PathTests
  readonly drain: Drain
  readonly jobs: Jobs
  readonly tracing: Tracing
  readonly onFatal: (error: unknown) => void
}

/** Parts that are made later, and asked only once all are. */
type Late = { readonly host: () => RoutingHost; readonly audiences: () => Audiences }

/** Employees at the kiosks, and the calls they make together with citizens. */
function openStaff(db: Database, log: Logger, late: Late) {
  const staff = new StaffAtKiosks({
    find: (key) => findStaff(db, key),
    hasCall: (kioskId) => late.host().state.callIdOfKiosk.has(kioskId),
    onEnded: (kioskId) => late.audiences().refreshKiosk(kioskId),
  })
  return { staff, staffCalls: new StaffCalls(db, (error) => log.warn({ err: error }, 'staff-note.not-dropped')) }
}

/** What supervisors write to agents. */
function openMessages(db: Database, directory: Directory, late: Late): StaffMessages {
  return new StaffMessages({
    directory,
    state: () => late.host().state,
    now: () => Date.now(),
    store: messageStore(db),
    onChange: (agentId) => late.audiences().refreshAgent(agentId),
  })
}

function openNotices(db: Database, directory: Directory, onChange: () => void): NoticeBoard {
  return new NoticeBoard({
    directory,
    now: () => Date.now(),
    store: {
      standing: (at) => standingNotices(db, at),
      keep: (notice) => keepNotice(db, notice),
      takeBack: (noticeId, at) => takeNoticeBack(db, noticeId, at),
    },
    onChange,
  })
}

async function openRoutes(parts: Parts, askDatabase: () => Promise<unknown>) {
  const { config, log, db, directory, host, policy, audiences, media, signIns } = parts
  const { identify } = signIns
  const { hasSecureCookies, pagesDir, allowedOrigins, proxies } = config
  const connectUrls = config.sfus.map(({ url }) => url)
  const http = await openHttp({ log, connectUrls, allowedOrigins, isHttps: hasSecureCookies, proxies })
  traceHttp(http, parts.tracing)
  const owns = ownObjects({ db, directory, state: () => host.state })
  const routes = guardRoutes(http, { identify, owns }, parts.limits)
  const missing = async () => {
    const what = missingPages(pagesDir)
    if (!host.isRunning) what.push('the engine is not running')
    if (parts.drain.until !== null) what.push('it is closing: nobody new is let in')
    if (!media.links.some((link) => link.isConnected)) what.push('no SFU is connected')
    if (directory.kiosks.size === 0) what.push(NO_KIOSK)
    if (!policy.isLoaded) what.push('no policy is loaded (npm run policy -- load FILE)')
    await askDatabase().catch(() => what.push('the database does not answer'))
    return what
  }
  const registry = config.metricsPort === 0 ? parts.metrics.registry : undefined
  addHealthRoutes(http, { registry, missing, overdue: parts.jobs.overdue })
  const signOut = async (person: Person) => {
    const refusal = await host.submit({ type: 'agent.signed-out', agentId: person.agentId })
    if (refusal === 'agent-busy') return refusal
    audiences.dismissAgent(person.agentId)
    return undefined
  }
  const { guides, faults } = readGuides(config.guidesDir)
  for (const fault of faults) log.warn({ fault }, 'guide.not-read')
  await http.register(
    (api, _options, done) => {
      signIns.addRoutes(api, signOut)
      addKioskKeyRoutes(api, { keys: parts.kiosks.kioskKeys, orders: parts.kiosks.kioskOrders })
      addDeskRoutes(api, { db, directory })
      addCountedRoutes(api, { db, directory, policy, state: () => host.state, config })
      addExplanationRoute(api, { db, directory })
      addMyCallsRoute(api, { db, directory, policy })
      addKnowledgeRoutes(api, { db, directory, now: () => Date.now() })
      addGuidesRoute(api, { guides })
      addAdminRoutes(api, { db, followNow: () => parts.city.followNow(), now: () => Date.now() })
      addPrivacyRoutes(api, { db, directory, signOut })
      addPolicyRoute(api, { db, state: () => host.state, warnings: () => policy.warningRules })
      done()
    },
    { prefix: '/api/v1' },
  )
  await addPages(http, pagesDir)
  await addGuidePictures(http, config.guidesDir)
  return { http, routes }
}

function openSockets(parts: Parts, http: FastifyInstance): SocketServer {
  const { config, db, directory, host, audiences, notices, media, signIns, staff, staffCalls, onFatal } = parts
  const { identify } = signIns
  const io = openSocketServer(http.server, parts)
  const invite: Invite = (callId, participant) => {
    const link = media.linkOf(callId)
    if (link === undefined) throw new Refusal<ErrorCode>('no-media', 'there is no SFU')
    const participantId = participantOf(participant)
    const role = participant === 'caller' ? ('caller' as const) : ('agent' as const)
    const claims = { sfuId: link.sfuId, roomId: callId, participantId, role }
    const at = Date.now()
    const ticket = issueTicket(config.mediaSecret, claims, at)
    return { sfuUrl: link.url, ticket, ...withIceServers(config.turn, participantId, at) }
  }
  const bindOptions = {
    onBug: (error: unknown) => onFatal(error),
    onAnswered: (name: string, ms: number, outcome: string) =>
      parts.tracing.done({ name, kind: 'socket', ms, outcome: outcome === 'internal' ? 'failed' : outcome }),
    checkOutgoing: config.checkOutgoing,
    ...parts.limits.requests,
  }
  const ended = {
    isEndedCall: (callId: string) => isEndedCall(db, callId),
    agentOfTicket: async (ticket: string, callId: string) => {
      await keepEarlierTicket(db, callId, ticket, Date.now())
      return await agentOfTicket(db, ticket, Date.now())
    },
    keepRating: (rating: Rating) => keepRating(db, rating),
  }
  const secret = config.mediaSecret
  const { shownInCalls, captions, shownWindows, joinNotes: notes, pathTests, hearing, health, stills, messages } = parts
  const supervision = { host, supervisedCalls: parts.supervisedCalls, invite }
  const inCalls = { host, audiences, shownInCalls, captions, shownWindows, shownHosts: config.shownHosts }
  const { access } = parts
  const shared = { ...inCalls, directory, notes, identify, invite, pathTests, access, bindOptions }
  const { kioskKeys: keys, kioskOrders: orders } = parts.kiosks
  const door = { directory, keys, orders, areDeviceKeysTaken: config.areDeviceKeysTaken }
  const callers = { ...shared, ...ended, door, isClosing: () => parts.drain.until !== null }
  serveCallers(io.of('/caller'), { ...callers, secret, staff, staffCalls, hearing, health })
  const wrapUp = { db, directory, state: () => host.state, policy: parts.policy, now: () => Date.now() }
  serveAgents(io.of('/agent'), { ...shared, stills, messages, wrapUp })
  const { wall } = audiences
  const floor = {
    host,
    directory,
    audiences,
    wall,
    messages,
    endSignIns: (agentId: string) => endSignInsOf(db, agentId),
  }
  serveSupervisors(io.of('/supervisor'), {
    wall,
    notices,
    warnings: parts.warnings,
    health,
    orders,
    floor,
    supervision,
    identify,
    access,
    bindOptions,
  })
  signIns.follow(io)
  return io
}

function both(...logs: HostLog[]): HostLog {
  return { event: (event, refusal) => logs.forEach((each) => each.event(event, refusal)) }
}
