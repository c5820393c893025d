/**
 * The server as the kiosk sees it, on a free port of the loopback: the built page under the real policy, and the
 * caller's contract, with a call that does what the test says.
 */
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import Fastify from 'fastify'
import type { Socket } from 'socket.io'
import { bind, tell } from '#sfu/binding/bind.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import { Refusal, type Body, type EventBody, type Handlers } from '#sfu/contract/wire.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId, KioskId, MatterId, ServiceId, SiteId } from '#server/contract/ids.ts'
import type { CallerCallView, MatterView } from '#server/contract/views.ts'

export const POLICY = [
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

const PAGE_DIR = fileURLToPath(new URL('../../dist/kiosk', import.meta.url))

type CallerRequests = typeof callerRequests
type Snapshot = EventBody<typeof callerEvents, 'view.changed'>
type Asked = { readonly [K in keyof CallerRequests]: Body<CallerRequests, K>[] }

export type KioskServer = {
  readonly origin: string
  readonly pageUrl: string
  /** Every request made so far, by name. */
  readonly asked: Asked
  call: CallerCallView | null
  /** Thrown at the door while set. */
  doorCode: string | null
  /** Thrown by `call.start` while set. */
  startCode: string | null
  /** Awaited before `call.start` is answered. */
  holdStart: Promise<void> | null
  /** Tells the newest view. `call` replaces the call, or what is given of it. */
  show(call: CallerCallView | null): void
  /** The call in line goes on: `position` null means that somebody is being asked. */
  moveTo(position: number | null): void
  connectTo(agentFirstName: string, more?: { readonly isAgentLost?: boolean }): void
  end(outcome: 'answered' | 'abandoned' | 'refused' | 'failed', endReason: EndReason): void
  tellReplaced(): void
  /** No connection is taken any more, and those there are are cut. */
  goAway(): void
  comeBack(): void
  close(): Promise<void>
}
type EndReason = (CallerCallView & { status: 'ended' })['endReason']

const labels = (da: string, en: string) => ({ da, en })
const matter = (matterId: string, serviceId: string, da: string, en: string): MatterView => ({
  matterId: matterId as MatterId,
  serviceId: serviceId as ServiceId,
  labels: labels(da, en),
})

const matters: readonly MatterView[] = [
  matter('passport', 'citizen', 'Pas og kørekort', 'Passport and driving licence'),
  matter('moving', 'citizen', 'Flytning og CPR', 'Moving and CPR'),
  matter('mitid', 'citizen', 'MitID og Digital Post', 'MitID and Digital Post'),
  matter('pension', 'citizen', 'Pension og boligstøtte', 'Pension and housing benefit'),
  matter('other-authority', 'citizen', 'Skat og Udbetaling Danmark', 'Tax and Udbetaling Danmark'),
  matter('loans', 'library', 'Lån og e-bøger', 'Loans and e-books'),
  matter('homework', 'library', 'Lektiehjælp', 'Homework help'),
  matter('events', 'culture', 'Arrangementer og lokaler', 'Events and rooms'),
]

/** Starts it. The page must have been built. */
export async function startKioskServer(): Promise<KioskServer> {
  if (!existsSync(PAGE_DIR)) throw new Error('build the kiosk page first: vite build --config caller-ui/vite.config.ts')
  const app = Fastify()
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', POLICY)
  })
  await app.register(fastifyStatic, { root: PAGE_DIR, prefix: '/kiosk/' })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const io = createSocketServer(app.server, { allowedOrigins: [origin], isMissingOriginAllowed: false })
  const callers = io.of('/caller')

  let version = 1
  let isAway = false
  const snapshot = (): Snapshot => ({
    version,
    at: Date.now(),
    view: {
      kioskId: 'sundby-1' as KioskId,
      siteId: 'sundby' as SiteId,
      siteName: 'Sundby Bibliotek',
      siteType: 'library',
      defaultLanguage: 'da',
      matters: [...matters],
      call: server.call,
    },
  })
  const asked: Asked = { hello: [], 'call.start': [], 'call.refine': [], 'call.hang-up': [], 'media.ticket': [] }
  const changed = (): Snapshot => {
    version += 1
    return snapshot()
  }
  const handlers: Handlers<CallerRequests, Socket> = {
    hello: (_socket, body) => {
      asked.hello.push(body)
      return snapshot()
    },
    'call.start': async (_socket, body) => {
      asked['call.start'].push(body)
      await server.holdStart
      if (server.startCode !== null) throw new Refusal(server.startCode, 'as the test wishes')
      server.call = inLine(body.callId)
      return changed()
    },
    'call.refine': (_socket, body) => {
      asked['call.refine'].push(body)
      const { call } = server
      if (call?.callId !== body.callId || call.status === 'ended') throw new Refusal('unknown-call', 'no such call')
      server.call = {
        ...call,
        language: body.language ?? call.language,
        isLanguageChosen: body.language !== undefined || call.isLanguageChosen,
        matterId: body.matterId ?? call.matterId,
      }
      return changed()
    },
    'call.hang-up': (_socket, body) => {
      asked['call.hang-up'].push(body)
      const { call } = server
      if (call?.callId !== body.callId || call.status === 'ended') return snapshot()
      const outcome = call.status === 'connected' ? 'answered' : 'abandoned'
      server.call = ended(body.callId, outcome, 'caller-hung-up')
      return changed()
    },
    'media.ticket': (_socket, body) => {
      asked['media.ticket'].push(body)
      // Nobody listens there: the page tries, and shows that somebody is on the way.
      return { sfuUrl: 'http://127.0.0.1:9', ticket: 'bm8tdGlja2V0LWF0LWFsbA.bm8' }
    },
  }
  const bound = bind(callerRequests, handlers, {
    checkOutgoing: true,
    onBug: (bug) => {
      throw bug
    },
  })
  callers.use((socket, next) => {
    if (isAway) return socket.conn.close()
    if (server.doorCode === null) return next()
    next(Object.assign(new Error('not here'), { data: { code: server.doorCode } }))
  })
  callers.on('connection', (socket) => bound(socket, socket))

  const server: KioskServer = {
    origin,
    pageUrl: `${origin}/kiosk/`,
    asked,
    call: null,
    doorCode: null,
    startCode: null,
    holdStart: null,
    show(call) {
      server.call = call
      tell(callers, callerEvents, 'view.changed', changed(), { checkOutgoing: true })
    },
    moveTo(position) {
      const facts = factsOf(server.call)
      server.show(position === null ? { status: 'offered', ...facts } : { status: 'waiting', ...facts, position })
    },
    connectTo(agentFirstName, { isAgentLost = false } = {}) {
      const facts = factsOf(server.call)
      const centreName = 'Borgerservice, Hans Nansens Gård'
      server.show({ status: 'connected', ...facts, connectedAt: Date.now(), agentFirstName, centreName, isAgentLost })
    },
    end(outcome, endReason) {
      server.show(ended(factsOf(server.call).callId, outcome, endReason))
    },
    tellReplaced() {
      tell(callers, callerEvents, 'connection.replaced', {})
      callers.disconnectSockets(true)
    },
    goAway() {
      isAway = true
      callers.disconnectSockets(true)
    },
    comeBack() {
      isAway = false
    },
    async close() {
      await io.close()
      await app.close()
    },
  }
  return server
}

const inLine = (callId: CallId, position = 2): CallerCallView => ({
  status: 'waiting',
  callId,
  queuedAt: Date.now(),
  language: 'da',
  isLanguageChosen: false,
  matterId: null,
  position,
})

const ended = (
  callId: CallId,
  outcome: (CallerCallView & { status: 'ended' })['outcome'],
  endReason: EndReason,
): CallerCallView => ({ status: 'ended', callId, outcome, endReason, endedAt: Date.now() })

function factsOf(call: CallerCallView | null) {
  if (call === null || call.status === 'ended') throw new Error('there is no call to go on with')
  const { callId, queuedAt, language, isLanguageChosen, matterId } = call
  return { callId, queuedAt, language, isLanguageChosen, matterId }
}
