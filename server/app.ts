/** The composition root: every part is made and joined here, in the order in which a call meets them. */
import type { AddressInfo } from 'node:net'
import { controlAuth, issueTicket } from '#sfu/binding/ticket-code.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Server as SocketServer } from 'socket.io'
import type { CityInForce } from './city-in-force.ts'
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
import { addKnowledgeRoutes } from './http/knowledge.ts'
import { addPages, missingPages } from './http/pages.ts'
import { addMyCallsRoute } from './http/my-calls.ts'
import { addPolicyRoute } from './http/policy.ts'
import type { Background } from './jobs/background.ts'
import { SfuLink } from './media/sfu-link.ts'
import { participantOf } from './media/participants.ts'
import { SfuMedia, wantedRooms } from './media/sfu-media.ts'
import { audienceOf, memoryOfCalls, type MemoryOfCalls } from './memory-of-calls.ts'
import { startCity } from './open-city.ts'
import type { PolicyInForce } from './policy-in-force.ts'
import type { RoutingEventBody } from './routing/event.ts'
import { openKiosks } from './open-kiosks.ts'
import { openSignIns, type SignIns } from './open-sign-ins.ts'
import { warningsOf } from './open-warnings.ts'
import { startBackground } from './work-in-background.ts'
import { serveAgents } from './socket/agent.ts'
import { Audiences } from './socket/audiences.ts'
import { serveCallers } from './socket/caller.ts'
import { StaffAtKiosks } from './socket/caller-staff.ts'
import { NoticeBoard } from './socket/notice-board.ts'
import type { KioskHealth } from './socket/kiosk-health.ts'
import type { KioskKeys } from './socket/kiosk-keys.ts'
import type { Invite } from './socket/outcome.ts'
import { isPathTest, PathTests } from './socket/path-tests.ts'
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
import { openMetrics } from './telemetry/metrics.ts'
import type { ServerConfig } from './config.ts'
import type { Warnings } from './warnings/warnings.ts'

export type RunningServer = { readonly url: string; stop(): Promise<void> }

/**
 * Starts the server. `onFatal` is called when it must not go on (a failed commit, a lost lock, a bug): the caller
 * exits, and the next process recovers from the journal. Rejects with a sentence when it cannot start.
 */
export async function startServer(
  config: ServerConfig,
  log: Logger,
  onFatal: (error: unknown) => void,
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
  })
  const notices = openNotices(db, directory, () => audiences.refreshNotices())
  today.wall = audiences.wall
  const { health, kioskKeys } = openKiosks({ config, db, directory, log, ...late })
  const world = { config, db, directory, log, today, ...late, policy: () => policy, health: () => health }
  const warnings: Warnings = warningsOf(world)
  const metrics = openMetrics(() => ({ ...audiences.counts(), ...health.counts(), ...media.counts() }))
  const audience = audienceOf({ ...memory, audiences, staff, staffCalls, today, state: () => host.state })
  const host: RoutingHost = new RoutingHost({
    journal: metrics.timed(postgresJournal(db)),
    media,
    audience,
    clock: systemClock(platform),
    log: both(hostLog(log), metrics.log),
    onFatal,
  })
  await staffCalls.start()
  await host.start()
  memory.heldCalls.begin(host.state)
  media.start()
  const { policy, city } = await startCity({ config, db, directory, host, audiences, log, onFatal })
  await Promise.all([today.start(), notices.start(), health.start(), kioskKeys.start(), messages.start()])
  await warnings.start()
  const signIns = await openSignIns({ config, db, directory, log, host, onFatal })
  const shared = { config, db, directory, host, policy, city, audiences, notices, warnings, signIns, kioskKeys }
  const pathTests = new PathTests({ ...platform, links: media.links, mediaSecret: config.mediaSecret })
  const parts: Parts = { ...shared, ...memory, staff, staffCalls, media, health, messages, pathTests, onFatal }
  const http = await openRoutes(parts, log, metrics.registry, () => pool.query('select 1'))
  const io = openSockets(parts, http)
  const background = startBackground(config, log, db, policy)
  await http.listen({ host: config.host, port: config.port })
  const { port } = http.server.address() as AddressInfo
  const stopping = [signIns, warnings, pathTests, media, audiences, notices, health, kioskKeys, staff, today]
  const stopped = { host, policy, city, db, unlock }
  return {
    url: `http://${config.host}:${port}`,
    stop: () => stopAll({ ...stopped, parts: stopping, background, io, http }),
  }
}

type Stopped = {
  readonly host: RoutingHost
  readonly policy: PolicyInForce
  readonly city: CityInForce
  readonly parts: readonly { stop(): void }[]
  readonly background: Background
  readonly io: SocketServer
  readonly http: FastifyInstance
  readonly db: Database
  readonly unlock: () => Promise<void>
}

async function stopAll({ host, policy, city, parts, background, io, http, db, unlock }: Stopped): Promise<void> {
  // The engine first, so that nobody is booked as lost by an orderly stop: the next start gives grace anyway.
  await host.stop()
  await city.stop()
  await policy.stop()
  for (const part of parts) part.stop()
  await Promise.all([background.stop(), io.close()])
  await http.close()
  await db.destroy()
  await unlock()
}

type Parts = MemoryOfCalls & {
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
  readonly kioskKeys: KioskKeys
  readonly messages: StaffMessages
  readonly pathTests: PathTests
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

/** A room in which a kiosk only tries the way is no call, and the engine hears nothing of it. */
function ofCall(roomId: string, tell: (callId: string) => void): void {
  if (!isPathTest(roomId)) tell(roomId)
}

function openMedia(
  config: ServerConfig,
  log: Logger,
  late: () => { readonly host: RoutingHost; readonly memory: MemoryOfCalls },
): SfuMedia {
  const count = config.sfus.length
  const submit = (event: RoutingEventBody) => void late().host.submit(event)
  const windowOf = (callId: string) => late().memory.shownWindows.agentOf(callId)
  const links = config.sfus.map(
    (sfu, index) =>
      new SfuLink({
        ...sfu,
        auth: () => ({ ...controlAuth(config.mediaSecret, Date.now()) }),
        wantedRooms: () => wantedRooms(late().host.state, { index, count }, windowOf),
        onFlowing: (roomId) => ofCall(roomId, (callId) => submit({ type: 'media.flowed', callId })),
        onLost: (roomId) => ofCall(roomId, (callId) => submit({ type: 'media.lost', callId })),
        onNews: (message, facts) => log.info(facts, message),
      }),
  )
  return new SfuMedia(links)
}

async function openRoutes(
  parts: Parts,
  log: Logger,
  registry: Registry,
  askDatabase: () => Promise<unknown>,
): Promise<FastifyInstance> {
  const { config, db, directory, host, policy, audiences, media, signIns } = parts
  const { identify } = signIns
  const { hasSecureCookies, pagesDir } = config
  const http = await openHttp({ log, connectUrls: config.sfus.map(({ url }) => url), isHttps: hasSecureCookies })
  const missing = async () => {
    const what = missingPages(pagesDir)
    if (!host.isRunning) what.push('the engine is not running')
    if (!media.links.some((link) => link.isConnected)) what.push('no SFU is connected')
    if (directory.kiosks.size === 0) what.push(NO_KIOSK)
    if (!policy.isLoaded) what.push('no policy is loaded (npm run policy -- load FILE)')
    await askDatabase().catch(() => what.push('the database does not answer'))
    return what
  }
  addHealthRoutes(http, { registry, missing })
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
      addKioskKeyRoutes(api, { keys: parts.kioskKeys, identify })
      addDeskRoutes(api, { db, directory, state: () => host.state, identify })
      addCountedRoutes(api, { db, directory, policy, state: () => host.state, identify, config })
      addExplanationRoute(api, { db, directory, state: () => host.state, identify })
      addMyCallsRoute(api, { db, directory, policy, identify })
      addKnowledgeRoutes(api, { db, directory, identify, now: () => Date.now() })
      addGuidesRoute(api, { guides, identify })
      addAdminRoutes(api, { db, identify, followNow: () => parts.city.followNow(), now: () => Date.now() })
      addPolicyRoute(api, { db, state: () => host.state, identify, warnings: () => policy.warningRules })
      done()
    },
    { prefix: '/api/v1' },
  )
  await addPages(http, pagesDir)
  await addGuidePictures(http, config.guidesDir)
  return http
}

function openSockets(parts: Parts, http: FastifyInstance): SocketServer {
  const { config, db, directory, host, audiences, notices, media, signIns, staff, staffCalls, onFatal } = parts
  const { identify } = signIns
  const io = createSocketServer(http.server, { allowedOrigins: config.allowedOrigins, isMissingOriginAllowed: true })
  const invite: Invite = (callId, participant) => {
    const link = media.linkOf(callId)
    if (link === undefined) throw new Refusal<ErrorCode>('no-media', 'there is no SFU')
    const participantId = participantOf(participant)
    const role = participant === 'caller' ? ('caller' as const) : ('agent' as const)
    const claims = { sfuId: link.sfuId, roomId: callId, participantId, role }
    return { sfuUrl: link.url, ticket: issueTicket(config.mediaSecret, claims, Date.now()) }
  }
  const bindOptions = { onBug: (error: unknown) => onFatal(error), checkOutgoing: config.checkOutgoing }
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
  const shared = { ...inCalls, directory, notes, identify, invite, pathTests, bindOptions }
  const door = { directory, keys: parts.kioskKeys, areDeviceKeysTaken: config.areDeviceKeysTaken }
  serveCallers(io.of('/caller'), { ...shared, ...ended, door, secret, staff, staffCalls, hearing, health })
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
    floor,
    supervision,
    identify,
    bindOptions,
  })
  signIns.follow(io)
  return io
}

const platform = {
  now: () => Date.now(),
  setTimer(wake: () => void, ms: number) {
    const timer = setTimeout(wake, ms)
    return () => clearTimeout(timer)
  },
}

function both(...logs: HostLog[]): HostLog {
  return { event: (event, refusal) => logs.forEach((each) => each.event(event, refusal)) }
}
