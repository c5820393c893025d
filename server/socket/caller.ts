/** The kiosks' side of the server: translates what a page asks into events, and answers with the whole view. */
import type { Namespace, Socket } from 'socket.io'
import { tell, type BindOptions } from '#sfu/binding/bind.ts'
import { Refusal, type Body, type Handlers } from '#sfu/contract/wire.ts'
import { callerEvents, callerRequests } from '#server/contract/caller-socket.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { awaitedOf } from '#server/routing/promised.ts'
import type { Call } from '#server/routing/state.ts'
import type { Rating } from '#server/store/ratings.ts'
import { isTicketKey, newTicket } from '#server/auth/ticket-keys.ts'
import type { CallerView } from '#server/contract/views.ts'
import type { StaffMember } from '#server/store/staff.ts'
import { besideOf, deskOf, dropBesideNote, keepBesideNote } from './caller-desk.ts'
import { CLASS_OF_STAFF, CLASSES_OF_CALLERS, firstCallIdOf, phoneIdOf, type CallerDevice } from './caller-view.ts'
import { isPromisedAt, promisedOn } from './caller-callbacks.ts'
import type { StaffAtKiosks } from './caller-staff.ts'
import type { PathTests } from './path-tests.ts'
import type { Captions } from './captions.ts'
import { bindGuarded, guardNamespace, type AccessLog, type Entry, type EventGate } from './gate.ts'
import { kioskOf, seatMachine, type KioskDoor } from './kiosk-door.ts'
import type { KioskHealth } from './kiosk-health.ts'
import type { Hearing } from './hearing.ts'
import type { JoinNotes } from './join-notes.ts'
import { hasGivenAllPlaces, queueOfDevice } from './line-view.ts'
import { must, type Invite } from './outcome.ts'
import { ownsAsDevice } from './own-calls.ts'
import { listenerOfKiosk } from './shown-in-calls.ts'
import { callerShownHandlers, type ShownParts } from './shown-requests.ts'
import type { StaffCalls } from './staff-calls.ts'

export type CallerParts = ShownParts & {
  readonly door: KioskDoor
  readonly captions: Captions
  readonly directory: Directory
  /** For the keys of tickets. */
  readonly secret: string
  /** Whether this server is about to end, and lets nobody new in. */
  readonly isClosing: () => boolean
  /** Whether there has been a call of this id and it is over. */
  readonly isEndedCall: (callId: string) => Promise<boolean>
  /** Who answered the last call of the ticket that the citizen of a new call had before. */
  readonly agentOfTicket: (ticket: string, callId: string) => Promise<string | null>
  /** Keeps how a citizen found a call; whether it is what was said of that call first. */
  readonly keepRating: (rating: Rating) => Promise<boolean>
  readonly staff: StaffAtKiosks
  readonly health: KioskHealth
  readonly pathTests: PathTests
  readonly staffCalls: StaffCalls
  readonly hearing: Hearing
  readonly notes: JoinNotes
  /** Who a connection's cookie says it is: an agent calls from their own desk. */
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
  readonly invite: Invite
  readonly access: AccessLog
  readonly bindOptions: BindOptions
}

/** A ticket's key is longer than any name and shorter than any attack. */
const KEY_CHARACTERS_MAX = 128

const TICKET_TRIES_MAX = 20

/** How long after its end a call can be rated, in ms. Longer, and the next at the screen answers for the last. */
const RATED_WITHIN_MS = 5 * 60_000

/** Serves the namespace of the kiosks, of the phones that took a call over, and of the desks beside a citizen. */
export function serveCallers(namespace: Namespace, parts: CallerParts): void {
  const roleOf = ({ device }: CallerDevice) => device
  const owns = (...asked: Parameters<EventGate<CallerDevice>['owns']>) => ownsAsDevice(parts.host.state, ...asked)
  const idOf = ({ kioskId }: CallerDevice) => kioskId
  const gate = { audience: '/caller', roleOf, idOf, owns, access: parts.access } as const
  const bindCaller = bindGuarded(gate, callerRequests, callerHandlers(parts), parts.bindOptions)
  const identify = async (auth: Auth, { handshake }: Socket): Promise<Entry<CallerDevice>> => {
    if (!parts.host.isRunning) return { refused: 'not-ready' }
    if (auth['isBeside'] === true) return deskOf(parts.directory, await parts.identify(handshake.headers.cookie))
    return auth['ticket'] === undefined ? kioskOf(parts.door, auth) : phoneOf(parts, auth)
  }
  guardNamespace(namespace, { identify, roleOf }, (socket, device) => {
    seat(socket, device, parts)
    bindCaller(socket, device)
  })
}

type Auth = Readonly<Record<string, unknown>>

/** A phone with the ticket and its key off the screen: it is there for this one call. */
function phoneOf({ host, directory, secret }: CallerParts, auth: Auth): Entry<CallerDevice> {
  const key = auth['ticketKey']
  const callId = host.state.callIdOfTicket.get(String(auth['ticket']))
  const call = callId === undefined ? undefined : host.state.calls.get(callId)
  const site = call === undefined ? undefined : directory.sites.get(call.siteId)
  const isKnown = typeof key === 'string' && key.length <= KEY_CHARACTERS_MAX
  if (call === undefined || site === undefined || !isKnown || !isTicketKey(secret, firstCallIdOf(call), key)) {
    return { refused: 'unknown-ticket' }
  }
  const serviceId = directory.queues.get(call.queueId)?.serviceId ?? ''
  const kioskId = phoneIdOf(firstCallIdOf(call))
  return { who: { device: 'phone', kioskId, site, serviceId, language: call.language, pxPerMm: null } }
}

function seat(socket: Socket, device: CallerDevice, parts: CallerParts): void {
  const { audiences, host, staff, shownInCalls, captions, bindOptions } = parts
  const endStaff = staff.seat(device)
  const endMachine = seatMachine(parts.door, device, {
    order: (order) => tell(socket, callerEvents, 'machine.ordered', { order }, bindOptions),
    close: () => socket.disconnect(true),
  })
  const leave = audiences.seatKiosk(device, {
    tell: (snapshot) => tell(socket, callerEvents, 'view.changed', snapshot, bindOptions),
    close: (reason) => {
      // A kiosk that the city has no more is told so when it knocks again.
      if (reason === 'replaced') tell(socket, callerEvents, 'connection.replaced', {})
      socket.disconnect(true)
    },
  })
  const endMoves = shownInCalls.listen(listenerOfKiosk(device.kioskId), (move) =>
    tell(socket, callerEvents, 'shown.moved', move, bindOptions),
  )
  const endCaptions = captions.listen(listenerOfKiosk(device.kioskId), (said) =>
    tell(socket, callerEvents, 'caption.said', said, bindOptions),
  )
  socket.on('disconnect', () => {
    endMoves()
    endCaptions()
    endStaff()
    endMachine()
    // A page that was replaced has left nothing behind: the newer one holds the call.
    if (!leave()) return
    const callId = host.state.callIdOfKiosk.get(device.kioskId)
    if (callId !== undefined) void host.submit({ type: 'caller.lost', callId })
  })
}

function callerHandlers(parts: CallerParts): Handlers<typeof callerRequests, CallerDevice> {
  const { host, audiences, staff } = parts
  const requests = new CallerRequests(parts)
  return {
    hello: (device) => requests.hello(device),
    'call.start': (device, body) => requests.start(device, body),
    'call.refine': (device, body) => requests.refine(device, body),
    'call.say-hearing': (device, { callId, hasTrouble }) => {
      const { status } = requests.ownCall(device, callId)
      if (status !== 'connected') throw new Refusal<ErrorCode>('wrong-state', 'nobody talks with them yet')
      if (parts.hearing.say(callId, hasTrouble)) audiences.refreshCall(callId)
      return audiences.callerSnapshot(device)
    },
    'join.decline': async (device, { callId, joinId }) => {
      requests.ownCall(device, callId)
      const join = host.state.joins.get(joinId)
      // Over already, or somebody is in: asking again changes nothing.
      if (join !== undefined && join.callId !== callId) {
        throw new Refusal<ErrorCode>('unknown-call', 'this device has no such call')
      }
      must(await host.submit({ type: 'join.cancelled', joinId, isByCaller: true }))
      return audiences.callerSnapshot(device)
    },
    ...callerShownHandlers(parts, (device, callId) => requests.ownCall(device, callId)),
    'rating.give': (device, body) => requests.rate(device, body),
    'call.step-away': async (device, { callId, isRungAtKiosk }) => {
      const call = host.state.calls.get(callId)
      // Away already: asking again changes nothing.
      if (call?.status === 'waiting' && call.presence.kind !== 'here') return audiences.callerSnapshot(device)
      requests.ownCall(device, callId)
      must(await host.submit({ type: 'caller.stepped-away', callId, isRungAtKiosk }))
      await requests.leaveStaff(callId)
      return audiences.callerSnapshot(device)
    },
    'ticket.take-up': async (device, { ticket, isAtOnce = false }) => {
      const promised = isAtOnce ? undefined : promisedOn(host.state, device, ticket)
      if (promised === undefined) await requests.takeUp(device, ticket)
      audiences.forgetLast(device.kioskId)
      if (promised !== undefined) audiences.showKept(device.kioskId, promised.id)
      return audiences.callerSnapshot(device)
    },
    'call.hang-up': async (device, { callId }) => {
      // Over already: asking again changes nothing.
      if (host.state.callIdOfKiosk.get(device.kioskId) === callId || isPromisedAt(parts, device, callId)) {
        must(await host.submit({ type: 'caller.hung-up', callId }), ['unknown-call'])
      }
      return audiences.callerSnapshot(device)
    },
    'media.ticket': (device, { callId }) => parts.invite(requests.ownCall(device, callId).id, 'caller'),
    'staff.sign-in': async (device, { way }) => {
      await staff.signIn(device, way)
      return audiences.callerSnapshot(device)
    },
    'machine.report': (device, report) => parts.health.report(device, report),
    'machine.test-path': (device) => parts.pathTests.begin(device.kioskId),
    'machine.path-tested': (device) => {
      parts.pathTests.end(device.kioskId)
      return {}
    },
    'staff.sign-out': (device) => {
      staff.signOut(device)
      return audiences.callerSnapshot(device)
    },
    // No session is asked for: to go takes nothing from anybody, and the page may have been loaded anew meanwhile.
    'staff.leave-call': async (device, { callId }) => {
      await requests.leaveStaff(requests.ownCall(device, callId).id)
      staff.signOut(device)
      return audiences.callerSnapshot(device)
    },
  }
}

class CallerRequests {
  readonly #parts: CallerParts

  constructor(parts: CallerParts) {
    this.#parts = parts
  }

  /** The device's own open call of that id; somebody else's is as unknown as none. */
  ownCall(device: CallerDevice, callId: string): Call {
    const { state } = this.#parts.host
    const call = state.calls.get(callId)
    if (call !== undefined && state.callIdOfKiosk.get(device.kioskId) === callId) return call
    throw new Refusal<ErrorCode>('unknown-call', 'this device has no such call')
  }

  async hello(device: CallerDevice) {
    const { host, audiences } = this.#parts
    const callId = host.state.callIdOfKiosk.get(device.kioskId)
    if (callId !== undefined) must(await host.submit({ type: 'caller.returned', callId }), ['unknown-call'])
    else if (device.device === 'phone') {
      const firstCallId = device.kioskId.slice(phoneIdOf('').length)
      const call = host.state.calls.get(firstCallId) ?? audiences.callbackOfFirst(firstCallId)
      // [R40] Who looks at what was promised has not come yet.
      if (call !== undefined && (isToBeCalled(call) || awaitedOf(call) !== null))
        audiences.showKept(device.kioskId, call.id)
      else if (call !== undefined) await this.takeUp(device, call.ticket)
    }
    return audiences.callerSnapshot(device)
  }

  async takeUp(device: CallerDevice, ticket: string): Promise<void> {
    const { siteId } = device.site
    const { kioskId } = device
    const isOwnDevice = device.device === 'phone'
    const { host } = this.#parts
    const callId = host.state.callIdOfTicket.get(ticket)
    must(await host.submit({ type: 'ticket.taken-up', ticket, kioskId, siteId, isOwnDevice }))
    // Whoever stood beside the citizen stands at the screen they came from.
    if (callId !== undefined) await this.leaveStaff(callId)
  }

  /** The employee is not in the call any more, which goes on as it is. */
  async leaveStaff(callId: string): Promise<void> {
    const { staffCalls, audiences } = this.#parts
    if (await staffCalls.leave(callId)) audiences.refreshCall(callId)
  }

  async start(device: CallerDevice, body: CallStart) {
    const { host, directory, audiences, agentOfTicket, staffCalls, notes } = this.#parts
    const { callId, earlierTicket } = body
    const isNew = !host.state.calls.has(callId)
    if (isNew && (await this.#parts.isEndedCall(callId))) {
      throw new Refusal<ErrorCode>('call-ended', 'this call is over')
    }
    if (isNew && this.#parts.isClosing()) throw new Refusal<ErrorCode>('not-ready', 'closed for maintenance')
    assertClass(body.classId ?? null)
    const beside = besideOf(device, body.beside)
    const { kioskId, site } = device
    const serviceId = this.#serviceOf(body.beside?.matterId ?? null) ?? device.serviceId
    const { language = device.language, mode = 'video', isForNextOpening = false } = body
    const queueId = queueFor(directory, serviceId, language)
    if (isNew) audiences.forgetLast(kioskId)
    const staff = isNew ? await this.#beginStaff(device, body) : undefined
    // Whoever has the offer by the time the engine answers sees the note with it: so it is there before.
    const isNoteNew =
      (isNew || host.state.callIdOfKiosk.get(kioskId) === callId) && keepBesideNote(notes, callId, body.beside)
    const refusal = await host.submit({
      type: 'call.arrived',
      callId,
      kioskId,
      siteId: site.siteId,
      queueId,
      language,
      ticket: this.#freeTicket(),
      classId: body.classId ?? (staff === undefined && beside === undefined ? null : this.#classOfStaff()),
      mode,
      preferredAgentId: earlierTicket === undefined ? null : await agentOfTicket(earlierTicket, callId),
      staffId: staff?.staffId ?? null,
      ...(beside === undefined ? {} : { beside }),
      isForNextOpening: isForNextOpening && !hasGivenAllPlaces(host.state, kioskId, Date.now()),
    })
    if (!host.state.calls.has(callId)) {
      if (refusal !== undefined) staffCalls.end([callId])
      dropBesideNote(notes, callId)
    } else if (isNoteNew && !isNew) audiences.refreshCall(callId)
    must(refusal)
    const placed = host.state.calls.get(callId)
    // Nobody has left a place here: they take it along from the start.
    if (placed !== undefined && isToBeCalled(placed)) audiences.showKept(kioskId, callId)
    const snapshot = audiences.callerSnapshot(device)
    this.#keepPromise(snapshot.view.call)
    return snapshot
  }

  /** The service of a matter; undefined where none was said. Throws where the city has no such matter. */
  #serviceOf(matterId: string | null): string | undefined {
    if (matterId === null) return undefined
    const matter = this.#parts.directory.matters.find((known) => known.matterId === matterId)
    if (matter === undefined) throw new Refusal<ErrorCode>('unknown-matter', 'no such matter')
    return matter.serviceId
  }

  /** The employee who calls together with the citizen, kept with the call before it is in line. */
  async #beginStaff(device: CallerDevice, { callId, withStaff }: CallStart): Promise<StaffMember | undefined> {
    if (withStaff === undefined) return undefined
    const staff = this.#parts.staff.at(device)
    if (staff === undefined) throw new Refusal<ErrorCode>('not-allowed', 'no employee is signed in here')
    await this.#parts.staffCalls.begin(callId, staff, withStaff.note)
    return staff
  }

  /** What a call with an employee is worth is the policy's to say; without such a class it is a call like any. */
  #classOfStaff(): string | null {
    return this.#parts.host.state.policy.classes[CLASS_OF_STAFF] === undefined ? null : CLASS_OF_STAFF
  }

  #freeTicket(): string {
    const { callIdOfTicket } = this.#parts.host.state
    for (let i = 0; i < TICKET_TRIES_MAX; i += 1) {
      const ticket = newTicket()
      if (!callIdOfTicket.has(ticket)) return ticket
    }
    throw new Refusal<ErrorCode>('not-ready', 'no free ticket was found')
  }

  /** What is told of the wait for the first time is kept, so that it can be measured against what came. */
  #keepPromise(call: CallerView['call']): void {
    if (call?.status !== 'waiting' || call.wait === null || call.wait.p80Ms === 0) return
    const { callId } = call
    // Where it is not kept any more, because the call was just offered or ended, there is nothing to measure.
    void this.#parts.host.submit({ type: 'promise.told', callId, ...call.wait })
  }

  /** Of the call that ended here last and was answered, once. */
  async rate(device: CallerDevice, { callId, face }: Rated) {
    const { audiences, keepRating } = this.#parts
    const record = audiences.lastEnded(device.kioskId)
    if (record?.callId !== callId) throw new Refusal<ErrorCode>('unknown-call', 'no such call ended at this device')
    const at = Date.now()
    const isToBeRated = record.outcome === 'answered' && at - record.at <= RATED_WITHIN_MS
    const { queueId } = record
    const isKept = isToBeRated && (await keepRating({ callId, siteId: device.site.siteId, queueId, face, at }))
    if (!isKept) throw new Refusal<ErrorCode>('wrong-state', 'this call is not to be rated, or not any more')
    return {}
  }

  async refine(device: CallerDevice, body: Refinement) {
    const { host, directory, audiences } = this.#parts
    const call = this.ownCall(device, body.callId)
    const matterId = body.matterId ?? call.matterId
    const matter = directory.matters.find((known) => known.matterId === matterId)
    if (matterId !== null && matter === undefined) throw new Refusal<ErrorCode>('unknown-matter', 'no such matter')
    assertClass(body.classId ?? null)
    const language = body.language ?? call.language
    const queueId = queueFor(directory, matter?.serviceId ?? device.serviceId, language)
    const isLanguageChosen = body.language !== undefined || call.isLanguageChosen
    const { classId = null, mode = call.mode, isInterpreterWanted = call.isInterpreterWanted } = body
    const said = { queueId, language, isLanguageChosen, isInterpreterWanted, matterId, classId, mode }
    must(await host.submit({ type: 'call.refined', callId: call.id, ...said }))
    return audiences.callerSnapshot(device)
  }
}

type Rated = Body<typeof callerRequests, 'rating.give'>

/** The line was closed until then: whoever looks in before is shown when, and is called. */
function isToBeCalled({ presence }: Call): boolean {
  return presence.kind === 'away' && presence.notBefore !== null && presence.notBefore > Date.now()
}

type CallStart = Body<typeof callerRequests, 'call.start'>
type Refinement = Body<typeof callerRequests, 'call.refine'>

function assertClass(classId: string | null): void {
  if (classId === null || CLASSES_OF_CALLERS.includes(classId)) return
  throw new Refusal<ErrorCode>('unknown-class', 'no such class can be asked for here')
}

/** The queue of a service in a language. */
function queueFor(directory: Directory, serviceId: string, language: string): string {
  const queue = queueOfDevice(directory, { serviceId, language })
  if (queue !== undefined) return queue.id
  throw new Refusal<ErrorCode>('unknown-matter', `no queue takes ${serviceId} in ${language}`)
}
