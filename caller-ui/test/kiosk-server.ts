/**
 * The server as the kiosk sees it, on a free port of the loopback: the built page under the real policy, and the
 * caller's contract, with a call that does what the test says.
 */
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Namespace, Server, Socket } from 'socket.io'
import { bind, tell } from '#sfu/binding/bind.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import { Refusal, type Body, type EventBody, type Handlers, type Reply } from '#sfu/contract/wire.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import { LANGUAGES, type ClassId, type KioskId, type Language, type SiteId } from '#server/contract/ids.ts'
import type { CalledTicket, CallerCallView, CallerView, Joining } from '#server/contract/views.ts'
import type { ShownMove } from '#server/contract/shown.ts'
import { POLICY } from './page-policy.ts'
import { serveFiles, type ChangedFile, type HeldFiles } from './served-files.ts'
import { matters, noHelp, openLine } from './scripted-place.ts'
import { shownHandlers } from './scripted-shown.ts'
import {
  MAJA,
  ended,
  factsOf,
  here,
  inCall,
  inLine,
  joining,
  kept,
  refined,
  type EndReason,
  type InCall,
  type InLine,
  type Kept,
  type Outcome,
} from './scripted-call.ts'

type CallerRequests = typeof callerRequests
type Snapshot = EventBody<typeof callerEvents, 'view.changed'>
type Asked = { readonly [K in keyof CallerRequests]: Body<CallerRequests, K>[] }

export class KioskServer {
  readonly origin: string
  readonly pageUrl: string
  /** Every request made so far, by name. */
  readonly asked: Asked = {
    hello: [],
    'call.start': [],
    'call.refine': [],
    'call.step-away': [],
    'call.say-hearing': [],
    'join.decline': [],
    'rating.give': [],
    'ticket.take-up': [],
    'call.hang-up': [],
    'staff.sign-in': [],
    'staff.sign-out': [],
    'machine.report': [],
    'machine.test-path': [],
    'machine.path-tested': [],
    'staff.leave-call': [],
    'shown.close': [],
    'shown.scroll': [],
    'media.ticket': [],
  }
  /** What each connection said of itself at the door. */
  readonly doors: Readonly<Record<string, unknown>>[] = []
  device: CallerView['device'] = 'kiosk'
  call: CallerCallView | null = null
  calledTickets: CalledTicket[] = []
  /** Who is signed in here. */
  staff: CallerView['staff'] = null
  /** What may be asked for here. */
  classIds = ['ordinary', 'more-time', 'unsafe', 'unwell'] as ClassId[]
  /** The kiosk's own, which every person finds. */
  defaultLanguage: Language = 'da'
  /** What calls can be held in. */
  spokenLanguages: CallerView['spokenLanguages'] = LANGUAGES.map((language) => ({
    language,
    isInterpreted: language !== 'da' && language !== 'en',
  }))
  pxPerMm: number | null = null
  /** Of the kiosk's own queue. */
  lineView: CallerView['line'] = openLine
  help: CallerView['help'] = noHelp
  /** What the staff says. */
  notices: CallerView['notices'] = []
  freshUntil: number | null = null
  isWaitTold = true
  /** Places that can be taken up, by their tickets. */
  readonly places = new Map<string, InLine>()
  /** [R40] Callbacks that were promised, by their tickets: shown before they are taken up. */
  readonly promises = new Map<string, Kept>()
  /** Thrown at the door while set. */
  doorCode: string | null = null
  /** Thrown by `call.start` while set. */
  startCode: string | null = null
  /** Thrown by `call.step-away` while set. */
  stepAwayCode: string | null = null
  /** Thrown by `rating.give` while set. */
  ratingCode: string | null = null
  /** Thrown by `staff.sign-in` while set. */
  staffCode: string | null = null
  /** How a press ends instead of getting into line, while set. */
  startEnd: { readonly outcome: Outcome; readonly endReason: EndReason; readonly opensAt?: number } | null = null
  /** Awaited before these files are sent, or before they are said not to be there. */
  heldFiles: HeldFiles | null = null
  changedFiles: readonly ChangedFile[] = []
  /** What a kiosk hears when it reports itself. */
  orders: Reply<CallerRequests, 'machine.report'> = { isOutOfOrder: false, build: '' }
  /** Thrown by `machine.test-path` while set: without an SFU there is nothing to try. */
  pathTestCode: string | null = 'no-media'
  /** Awaited before `call.start` is answered. */
  holdStart: Promise<void> | null = null
  readonly #app: FastifyInstance
  readonly #io: Server
  readonly #callers: Namespace
  #version = 1
  #isAway = false

  private constructor(app: FastifyInstance) {
    this.#app = app
    this.origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    this.pageUrl = `${this.origin}/kiosk/`
    this.#io = createSocketServer(app.server, { allowedOrigins: [this.origin], isMissingOriginAllowed: false })
    this.#callers = this.#io.of('/caller')
    this.#serve()
  }

  /** Serves the page that was built into `pageDir`, on a free port or on this one. */
  static async start(pageDir: string, port = 0): Promise<KioskServer> {
    const app = Fastify()
    app.addHook('onSend', async (_request, reply) => void reply.header('content-security-policy', POLICY))
    // No page here enrols a screen: one that is nobody stays as it is.
    app.head('/agent/enrol.html', (_request, reply) => reply.status(204).send())
    // Nothing is asked before the server stands.
    await serveFiles(app, pageDir, () => server)
    await app.listen({ port, host: '127.0.0.1' })
    const server = new KioskServer(app)
    return server
  }

  /** Tells the newest view, with this call in it. */
  show(call: CallerCallView | null): void {
    this.call = call
    tell(this.#callers, callerEvents, 'view.changed', this.#changed(), { checkOutgoing: true })
  }

  /** The line goes on: `position` null means that somebody is being asked. */
  moveTo(position: number | null): void {
    if (position === null) this.show({ status: 'offered', ...factsOf(this.call) })
    else this.line({ positionMin: position, positionMax: position })
  }

  /** The call waits, and this is different from now on. */
  line(what: Partial<InLine>): void {
    this.show(inLine({ ...here(this.call), ...what }))
  }

  connectTo(agentFirstName: string, { isAgentLost = false } = {}): void {
    this.show(inCall(factsOf(this.call), { agentFirstName, isAgentLost }))
  }

  /** The conversation goes on, and this is different from now on. */
  converse(what: Partial<InCall>): void {
    const { call } = this
    this.show(inCall(factsOf(call), { ...(call?.status === 'connected' ? call : {}), ...what }))
  }

  /** The agent puts the call on hold, `heldMs` ago. */
  hold(byFirstName: string, heldMs = 0): void {
    this.converse({ hold: { since: Date.now() - heldMs, byFirstName } })
  }

  /** The agent's hand in what is shown, and how far they have scrolled. */
  move(what: Omit<ShownMove, 'callId'>): void {
    tell(this.#callers, callerEvents, 'shown.moved', { callId: factsOf(this.call).callId, ...what })
  }

  /** Somebody types what is said. */
  caption(byFirstName: string, text: string, isDone = false): void {
    tell(this.#callers, callerEvents, 'caption.said', { callId: factsOf(this.call).callId, byFirstName, text, isDone })
  }

  resume(): void {
    this.converse({ hold: null })
  }

  /** Somebody is looked for, since `sinceMs` ago. */
  look(what: Partial<Joining>, sinceMs = 0): void {
    this.converse({ joining: [joining({ since: Date.now() - sinceMs, ...what })] })
  }

  end(outcome: Outcome, endReason: EndReason, opensAt: number | null = null): void {
    this.show(ended(factsOf(this.call).callId, outcome, endReason, opensAt))
  }

  /** These tickets are called at the kiosk's site. */
  callTickets(...called: { readonly ticket: string; readonly isRungHere: boolean }[]): void {
    this.calledTickets = called.map(({ ticket, isRungHere }) => ({
      ticketStart: ticket.slice(0, 3),
      until: Date.now() + 180_000,
      isRungHere,
    }))
    this.show(this.call)
  }

  /** The place leaves the screen by itself: closed for today, or nobody was there any more. */
  keepPlace(notBefore: number | null = null): void {
    const call = here(this.call)
    this.places.set(call.ticket, inLine(call))
    this.show(kept(call, true, notBefore))
  }

  tellReplaced(): void {
    tell(this.#callers, callerEvents, 'connection.replaced', {})
    this.#callers.disconnectSockets(true)
  }

  /** No connection is taken any more, and those there are are cut. */
  goAway(): void {
    this.#isAway = true
    this.#callers.disconnectSockets(true)
  }

  comeBack(): void {
    this.#isAway = false
  }

  async close(): Promise<void> {
    await this.#io.close()
    await this.#app.close()
  }

  #serve(): void {
    const bound = bind(callerRequests, this.#handlers(), {
      checkOutgoing: true,
      onBug: (bug) => {
        throw bug
      },
    })
    this.#callers.use((socket, next) => {
      this.doors.push(socket.handshake.auth)
      if (this.#isAway) return socket.conn.close()
      if (this.doorCode === null) return next()
      next(Object.assign(new Error('not here'), { data: { code: this.doorCode } }))
    })
    this.#callers.on('connection', (socket) => bound(socket, socket))
  }

  #handlers(): Handlers<CallerRequests, Socket> {
    return {
      hello: (_socket, body) => {
        this.asked.hello.push(body)
        // A phone that comes back takes its place up again.
        const place = this.call?.status === 'kept' ? this.places.get(this.call.ticket) : undefined
        if (this.device === 'phone' && place !== undefined) this.call = place
        return this.#snapshot()
      },
      'call.start': async (_socket, body) => {
        this.asked['call.start'].push(body)
        await this.holdStart
        if (this.startCode !== null) throw new Refusal(this.startCode, 'as the test wishes')
        const { callId, classId, language = 'da', mode = 'video', withStaff, isForNextOpening } = body
        if (withStaff !== undefined && this.staff === null) throw new Refusal('not-allowed', 'nobody is signed in')
        const staff = withStaff === undefined ? null : this.staff
        if (classId !== undefined && !this.classIds.includes(classId))
          throw new Refusal('unknown-class', 'as the test wishes')
        if (this.startEnd !== null) {
          const { outcome, endReason, opensAt = null } = this.startEnd
          this.call = ended(callId, outcome, endReason, opensAt)
        } else if (isForNextOpening && !this.lineView.isOpen) {
          this.call = kept(inLine({ callId }), true, this.lineView.opensAt)
        } else this.call = inLine({ callId, language, mode, staff, ...(classId === undefined ? {} : { classId }) })
        return this.#changed()
      },
      'call.refine': (_socket, body) => {
        this.asked['call.refine'].push(body)
        this.call = refined(this.call, body)
        return this.#changed()
      },
      'call.step-away': (_socket, body) => {
        this.asked['call.step-away'].push(body)
        if (this.stepAwayCode !== null) throw new Refusal(this.stepAwayCode, 'as the test wishes')
        const call = here(this.call)
        this.places.set(call.ticket, inLine(call))
        this.call = kept(call, body.isRungAtKiosk)
        return this.#changed()
      },
      'call.say-hearing': (_socket, body) => {
        this.asked['call.say-hearing'].push(body)
        return this.#snapshot()
      },
      'join.decline': (_socket, body) => {
        this.asked['join.decline'].push(body)
        const { call } = this
        if (call?.status !== 'connected') throw new Refusal('unknown-call', 'there is no conversation')
        this.call = { ...call, joining: call.joining.filter(({ joinId }) => joinId !== body.joinId) }
        return this.#changed()
      },
      'rating.give': (_socket, body) => {
        this.asked['rating.give'].push(body)
        if (this.ratingCode !== null) throw new Refusal(this.ratingCode, 'as the test wishes')
        return {}
      },
      'ticket.take-up': (_socket, body) => {
        this.asked['ticket.take-up'].push(body)
        const promise = this.promises.get(body.ticket)
        if (promise !== undefined && body.isAtOnce !== true) {
          this.call = promise
          return this.#changed()
        }
        const place = this.places.get(body.ticket)
        if (place === undefined) throw new Refusal('unknown-ticket', 'no such place')
        this.places.delete(body.ticket)
        this.calledTickets = this.calledTickets.filter(({ ticketStart }) => !body.ticket.startsWith(ticketStart))
        this.call = place
        return this.#changed()
      },
      'call.hang-up': (_socket, body) => {
        this.asked['call.hang-up'].push(body)
        const { call } = this
        if (call?.callId !== body.callId || call.status === 'ended' || call.status === 'kept') return this.#snapshot()
        this.call = ended(body.callId, call.status === 'connected' ? 'answered' : 'abandoned', 'caller-hung-up')
        return this.#changed()
      },
      'staff.sign-in': (_socket, body) => {
        this.asked['staff.sign-in'].push(body)
        if (this.staffCode !== null) throw new Refusal(this.staffCode, 'as the test wishes')
        this.staff = MAJA
        return this.#changed()
      },
      'machine.report': (_socket, body) => {
        this.asked['machine.report'].push(body)
        return this.orders
      },
      'machine.test-path': (_socket, body) => {
        this.asked['machine.test-path'].push(body)
        if (this.pathTestCode !== null) throw new Refusal(this.pathTestCode, 'as the test wishes')
        // Nobody listens there: no way is found.
        const ticket = 'bm8tdGlja2V0LWF0LWFsbA.bm8'
        return { sfuUrl: 'http://127.0.0.1:9', sendTicket: ticket, receiveTicket: ticket }
      },
      'machine.path-tested': (_socket, body) => {
        this.asked['machine.path-tested'].push(body)
        return {}
      },
      'staff.sign-out': (_socket, body) => {
        this.asked['staff.sign-out'].push(body)
        this.staff = null
        return this.#changed()
      },
      'staff.leave-call': (_socket, body) => {
        this.asked['staff.leave-call'].push(body)
        this.staff = null
        this.call = { ...here(this.call), staff: null }
        return this.#changed()
      },
      ...shownHandlers(this, () => this.#changed()),
      'media.ticket': (_socket, body) => {
        this.asked['media.ticket'].push(body)
        // Nobody listens there: the page tries, and shows that somebody is on the way.
        return { sfuUrl: 'http://127.0.0.1:9', ticket: 'bm8tdGlja2V0LWF0LWFsbA.bm8' }
      },
    }
  }

  #changed(): Snapshot {
    this.#version += 1
    return this.#snapshot()
  }

  #snapshot(): Snapshot {
    return {
      version: this.#version,
      at: Date.now(),
      view: {
        device: this.device,
        kioskId: 'sundby-1' as KioskId,
        siteId: 'sundby' as SiteId,
        siteName: 'Sundby Bibliotek',
        siteType: 'library',
        defaultLanguage: this.defaultLanguage,
        spokenLanguages: [...this.spokenLanguages],
        pxPerMm: this.pxPerMm,
        isWaitTold: this.isWaitTold,
        matters: [...matters],
        classIds: this.classIds,
        calledTickets: this.calledTickets,
        notices: this.notices,
        line: this.lineView,
        help: this.help,
        freshUntil: this.freshUntil,
        staff: this.staff,
        call: this.call,
      },
    }
  }
}
