/**
 * Who is told what, and when. A view is told whole and only when it differs from the last one told. Those whom a
 * change is about are told at once, agents first: an offer rings. What touches many (places in a line, the desks' queues,
 * the supervisors' wall, `wall.ts`) is gathered for a moment, and told a few at a time.
 */
import type { Audience, EndedRecord, OfferFact } from '#server/host/ports.ts'
import type { StaffMessageView } from '#server/contract/staff-messages.ts'
import type { AgentView, CallerView, SupervisorView } from '#server/contract/views.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { closedSiteAt } from '#server/routing/sites.ts'
import type { Call, State } from '#server/routing/state.ts'
import { isAble } from '#server/routing/state.ts'
import { prospectsOf } from '#server/routing/wait.ts'
import { agentView } from './agent-view.ts'
import { IDLE_NEWS_EVERY_MS, IdleNews } from './idle-news.ts'
import { pausedLine, queueOfDevice } from './line-view.ts'
import type { StaffMember } from '#server/store/staff.ts'
import type { Today } from '#server/store/today-figures.ts'
import { callerView, firstCallIdOf, phoneIdOf, type Aftermath, type CallerDevice } from './caller-view.ts'
import type { KioskHealth } from './kiosk-health.ts'
import type { NoticeBoard } from './notice-board.ts'
import type { ShownInCall } from './shown-in-calls.ts'
import type { NoteOf } from './people-view.ts'
import type { StaffOfCall } from './staff-calls.ts'
import { queueGauges, StateIndex } from './state-index.ts'
import { supervisorView } from './supervisor-view.ts'
import { tellSome } from './tell-some.ts'
import type { Warnings } from '#server/warnings/warnings.ts'
import { Wall } from './wall.ts'

export type Snapshot<View> = { version: number; at: number; view: View }

/** One page that is told views. */
export type Listener<View> = { tell(snapshot: Snapshot<View>): void; close(reason: 'replaced' | 'signed-out'): void }

/** A change of a line is shown to those it only concerns as news within this time. Sooner costs more for each who waits. */
const QUEUE_NEWS_EVERY_MS = 250

export type AudienceParts = {
  readonly directory: Directory
  /** For the keys of tickets. */
  readonly secret: string
  readonly state: () => State
  readonly version: () => number
  readonly now: () => number
  readonly notices: () => NoticeBoard
  readonly health: () => KioskHealth
  readonly warnings: () => Warnings
  /** The figures of the day, as fresh as they are. */
  readonly today: () => Today
  /** Who is signed in on a connection of a kiosk. */
  readonly staffAt: (device: CallerDevice) => StaffMember | undefined
  readonly staffOfCall: StaffOfCall
  readonly hasTroubleHearing: (callId: string) => boolean
  readonly shownIn: (callId: string) => ShownInCall | undefined
  readonly noteOf: NoteOf
  /** The agents who look at a still of the citizen's picture. */
  readonly stillsOf: (callId: string) => readonly string[]
  /** When this server ends at the latest; null while it does not end. */
  readonly closesAt: () => number | null
  /** What supervisors wrote to an agent. */
  readonly messagesTo: (agentId: string) => readonly StaffMessageView[]
}

type Seat<View> = { readonly listener: Listener<View>; told: string }
type CallerSeat = Seat<CallerView> & { readonly device: CallerDevice }

/** `phoneId`: of a callback, whose ticket may be open on a phone while its place is elsewhere. */
type Place = { kioskId: string; phoneId: string | null; siteId: string; isCalled: boolean; isHere: boolean }

/** How long a kiosk shows the ticket of somebody who left with it. Longer, and the next one reads it. */
const KEPT_SHOWN_MS = 60_000

export class Audiences implements Audience {
  readonly #parts: AudienceParts
  readonly #index = new StateIndex()
  readonly #kiosks = new Map<string, CallerSeat>()
  readonly #agents = new Map<string, Seat<AgentView>>()
  /** What supervisors watch. */
  readonly wall: Wall
  /** What a device shows of a call that is not its own any more. */
  readonly #aftermathOf = new Map<string, Aftermath>()
  /** Where each open call was last told to be. */
  readonly #placeOf = new Map<string, Place>()
  /** The last offer of each agent, for why it was theirs. */
  readonly #offerOf = new Map<string, OfferFact>()
  #prospects: { state: State; of: ReturnType<typeof prospectsOf> } | undefined
  readonly #queueNews = new Set<string>()
  /** Who is still to hear the news, each once however much has happened since. */
  readonly #kiosksToTell = new Set<string>()
  readonly #agentsToTell = new Set<string>()
  readonly #idleNews = new IdleNews()
  #idleTimer: NodeJS.Timeout | undefined
  #queueTimer: NodeJS.Timeout | undefined
  #newsTurn: NodeJS.Immediate | undefined

  constructor(parts: AudienceParts) {
    this.#parts = parts
    this.wall = new Wall(() => this.#supervisorView(), parts.now)
  }

  changed(change: Parameters<Audience['changed']>[0]): void {
    const state = this.#parts.state()
    this.#index.take(state, change)
    for (const record of change.ended) this.#keepEnded(record)
    for (const offer of change.offers) this.#offerOf.set(offer.agentId, offer)
    for (const agentId of change.agents) this.#tellAgent(agentId)
    const kiosks = new Set(change.ended.map(({ kioskId }) => kioskId))
    for (const callId of change.calls) this.#addDevicesOf(callId, state.calls.get(callId), kiosks)
    for (const kioskId of kiosks) this.#tellKiosk(kioskId)
    for (const queueId of change.queues) this.#queueNews.add(queueId)
    if (this.#queueNews.size > 0) this.#queueTimer ??= setTimeout(() => this.#gatherNews(), QUEUE_NEWS_EVERY_MS)
    this.#idleTimer ??= setTimeout(() => this.#gatherIdleNews(), IDLE_NEWS_EVERY_MS)
    this.wall.refresh()
  }

  /** Shown until the next press; of a phone that has gone, nobody would see it. */
  #keepEnded(record: EndedRecord): void {
    const { kioskId } = record
    const isShown = this.#kiosks.has(kioskId) || this.#parts.directory.kiosks.has(kioskId)
    if (isShown) this.#aftermathOf.set(kioskId, { kind: 'ended', record })
  }

  /** The device of a call and the one it was at before; of a ticket that is called, or was, every kiosk of its site. */
  #addDevicesOf(callId: string, call: Call | undefined, kioskIds: Set<string>): void {
    const before = this.#placeOf.get(callId)
    const isCalled = call?.presence.kind === 'called'
    if (before !== undefined) kioskIds.add(before.kioskId)
    if (before?.phoneId != null) kioskIds.add(before.phoneId)
    if (call === undefined) this.#placeOf.delete(callId)
    else {
      const { kioskId, siteId, presence } = call
      kioskIds.add(kioskId)
      // Stepped away, or deferred at closing: the screen shows once more what the citizen takes along.
      if (presence.kind !== 'here' && before?.isHere === true) this.showKept(kioskId, callId)
      const phoneId = call.callback === null ? null : phoneIdOf(firstCallIdOf(call))
      if (phoneId !== null) kioskIds.add(phoneId)
      this.#placeOf.set(callId, { kioskId, phoneId, siteId, isCalled, isHere: presence.kind === 'here' })
    }
    if (!isCalled && before?.isCalled !== true) return
    for (const [kioskId, { device }] of this.#kiosks) {
      const { siteId } = device.site
      if (siteId === call?.siteId || siteId === before?.siteId) kioskIds.add(kioskId)
    }
  }

  /** The citizen left with the ticket: the kiosk shows it once more, and then is anybody's. */
  showKept(kioskId: string, callId: string): void {
    const kept: Aftermath = { kind: 'kept', callId }
    this.#aftermathOf.set(kioskId, kept)
    // A phone is nobody else's.
    if (this.#kiosks.get(kioskId)?.device.device !== 'kiosk') return
    setTimeout(() => {
      if (this.#aftermathOf.get(kioskId) !== kept) return
      this.#aftermathOf.delete(kioskId)
      this.#tellKiosk(kioskId)
    }, KEPT_SHOWN_MS).unref()
  }

  /** Nobody new is let in from now on: whoever is at a desk hears of it at once, and screens as they hear of notices. */
  refreshAll(): void {
    for (const agentId of this.#agents.keys()) this.#tellAgent(agentId)
    this.refreshNotices()
  }

  /** The staff said something, or took it back: every screen is looked at, and told where it is news there. */
  refreshNotices(): void {
    for (const kioskId of this.#kiosks.keys()) this.#kiosksToTell.add(kioskId)
    this.#newsTurn ??= setImmediate(() => this.#tellNews())
    this.wall.refresh()
  }

  /** The city was changed: every device and agent is looked at with what holds now, and kiosks that are no more are closed. */
  refreshCity(): void {
    const { kiosks, sites } = this.#parts.directory
    for (const [kioskId, { device, listener }] of this.#kiosks) {
      const known = kiosks.get(kioskId)
      if (known !== undefined) Object.assign(device, known)
      else if (device.device === 'kiosk') listener.close('signed-out')
      else Object.assign(device, { site: sites.get(device.site.siteId) ?? device.site })
    }
    for (const agentId of this.#agents.keys()) this.#agentsToTell.add(agentId)
    this.refreshNotices()
  }

  /** The newest connection of a device takes its seat. Returns what to do when it is gone: whether it still had the seat. */
  seatKiosk(device: CallerDevice, listener: Listener<CallerView>): () => boolean {
    const leave = takeSeat(this.#kiosks, device.kioskId, { listener, told: '', device }, () => this.wall.refresh())
    return () => {
      const hadSeat = leave()
      // A phone comes once, and a desk for one call: what it was shown is of no use to anybody.
      if (hadSeat && device.device !== 'kiosk') this.#aftermathOf.delete(device.kioskId)
      return hadSeat
    }
  }

  /** The newest connection of an agent takes the seat, as for kiosks. */
  seatAgent(agentId: string, listener: Listener<AgentView>): () => boolean {
    return takeSeat(this.#agents, agentId, { listener, told: '' }, () => this.wall.refresh())
  }

  /** Signed out: the page is told and closed. */
  dismissAgent(agentId: string): void {
    this.#agents.get(agentId)?.listener.close('signed-out')
    this.#agents.delete(agentId)
    this.#offerOf.delete(agentId)
  }

  /** The call that ended last at a device, as long as the device shows it. */
  lastEnded(kioskId: string): EndedRecord | undefined {
    const after = this.#aftermathOf.get(kioskId)
    return after?.kind === 'ended' ? after.record : undefined
  }

  /** The call whose ticket a device shows that is not its own any more, or not yet. */
  keptAt(kioskId: string): string | undefined {
    const after = this.#aftermathOf.get(kioskId)
    return after?.kind === 'kept' ? after.callId : undefined
  }

  /** [R40] The callback on the ticket whose first call this was. */
  callbackOfFirst(callId: string): Call | undefined {
    return this.#index.of(this.#parts.state()).callbackOfFirst(callId)
  }

  /** A new press: what became of the last call is not shown any more. */
  forgetLast(kioskId: string): void {
    this.#aftermathOf.delete(kioskId)
  }

  /** Something beside the engine has changed about a kiosk, or about the call that is there. */
  refreshKiosk(kioskId: string): void {
    this.#tellKiosk(kioskId)
  }

  refreshAgent(agentId: string): void {
    this.#tellAgent(agentId)
  }

  /** Something beside the engine has changed about a call: whoever has it is told, on both sides. */
  refreshCall(callId: string): void {
    const call = this.#parts.state().calls.get(callId)
    if (call === undefined) return
    this.#tellKiosk(call.kioskId)
    if (call.status === 'offered') this.#tellAgent(call.offer.agentId)
    if (call.status !== 'connected') return
    for (const agentId of [call.agentId, ...call.joined.map((joined) => joined.agentId)]) this.#tellAgent(agentId)
  }

  /** By what things are found in the state as it is now. */
  get index(): StateIndex {
    return this.#index.of(this.#parts.state())
  }

  get kiosksOnlineCount(): number {
    return [...this.#kiosks.values()].filter(({ device }) => device.device !== 'desk').length
  }

  callerSnapshot(device: CallerDevice): Snapshot<CallerView> {
    const { directory, secret, staffAt, staffOfCall, shownIn, stillsOf } = this.#parts
    const state = this.#parts.state()
    const known = { directory, secret, staffAt, staffOfCall, shownIn, stillsOf }
    const { at, prospect } = { at: this.#at(state), prospect: this.#prospectsOf(state) }
    const { kioskId } = device
    const noticesAt = (siteId: string, queueId: string | undefined) =>
      this.#parts.notices().shownAt({ kioskId, siteId, queueId }, closedSiteAt(state.closedSites, siteId, at)?.noticeId)
    const parts = { ...known, state, at, index: this.#index.of(state), prospect, noticesAt }
    const view = callerView(parts, device, this.#aftermathOf.get(device.kioskId))
    return this.#stamp(this.#parts.closesAt() === null ? view : { ...view, line: pausedLine(view.line) })
  }

  /** Worked out once for each state: all who wait ask the same. */
  #prospectsOf(state: State): ReturnType<typeof prospectsOf> {
    if (this.#prospects?.state !== state) this.#prospects = { state, of: prospectsOf(state, this.#at(state)) }
    return this.#prospects.of
  }

  /** Now, but never before the last event. */
  #at(state: State): number {
    return Math.max(this.#parts.now(), state.at)
  }

  agentSnapshot(person: Person): Snapshot<AgentView> | undefined {
    const { directory, staffOfCall, hasTroubleHearing, shownIn, noteOf, messagesTo, closesAt } = this.#parts
    const state = this.#parts.state()
    const index = this.#index.of(state)
    const known = { directory, staffOfCall, hasTroubleHearing, shownIn, noteOf, messagesTo }
    const parts = { ...known, state, index, closesAt: closesAt() }
    const view = agentView(parts, person, this.#offerOf.get(person.agentId))
    return view === undefined ? undefined : this.#stamp(view)
  }

  #supervisorView(): SupervisorView {
    const { directory } = this.#parts
    const state = this.#parts.state()
    const index = this.#index.of(state)
    const { kiosksOnlineCount } = this
    const { at, today, notices } = { at: this.#at(state), today: this.#parts.today(), notices: this.#parts.notices() }
    const parts = { directory, index, state, at, today, kiosksOnlineCount, notices: notices.forSupervisor() }
    const { open: warnings } = this.#parts.warnings()
    const kiosks = this.#parts.health().forSupervisor()
    return supervisorView({ ...parts, warnings, kiosks, isOnline: (kioskId) => this.#kiosks.has(kioskId) })
  }

  /** Counts for Prometheus. */
  counts() {
    const state = this.#parts.state()
    const counts = { waiting: 0, offered: 0, connected: 0, agentsSignedIn: state.agents.size }
    for (const call of state.calls.values()) counts[call.status] += 1
    return { ...counts, queues: queueGauges(state, this.#index.of(state), this.#at(state)) }
  }

  stop(): void {
    clearTimeout(this.#queueTimer)
    clearTimeout(this.#idleTimer)
    clearImmediate(this.#newsTurn)
    this.wall.stop()
  }

  #stamp<View>(view: View): Snapshot<View> {
    return { version: this.#parts.version(), at: this.#parts.now(), view }
  }

  #tellKiosk(kioskId: string): void {
    const seat = this.#kiosks.get(kioskId)
    if (seat !== undefined) tellIfNew(seat, this.callerSnapshot(seat.device))
  }

  #tellAgent(agentId: string): void {
    const seat = this.#agents.get(agentId)
    const person = this.#parts.directory.people.get(agentId)
    const snapshot = seat === undefined || person === undefined ? undefined : this.agentSnapshot(person)
    if (seat !== undefined && snapshot !== undefined) tellIfNew(seat, snapshot)
  }

  /** Whom the news of the queues concerns: those who wait, and the agents who could take them. */
  #gatherNews(): void {
    this.#queueTimer = undefined
    const state = this.#parts.state()
    const index = this.#index.of(state)
    for (const queueId of this.#queueNews)
      for (const call of index.lineOf(queueId)) this.#kiosksToTell.add(call.kioskId)
    const queues = [...this.#queueNews].flatMap((queueId) => state.policy.queues[queueId] ?? [])
    this.#queueNews.clear()
    for (const agentId of this.#agents.keys()) {
      const agent = state.agents.get(agentId)
      if (agent !== undefined && queues.some((queue) => isAble(agent, queue))) this.#agentsToTell.add(agentId)
    }
    this.#newsTurn ??= setImmediate(() => this.#tellNews())
  }

  /** Whom it concerns, of those at whose screen nobody is; of all screens, where hours or rules have changed. */
  #gatherIdleNews(): void {
    this.#idleTimer = undefined
    const state = this.#parts.state()
    const news = this.#idleNews.take(state, this.#index.of(state))
    if (news !== 'everyone' && news.size === 0) return
    for (const [kioskId, { device }] of this.#kiosks) {
      const queueId = queueOfDevice(this.#parts.directory, device)?.id ?? ''
      const isConcerned = news === 'everyone' || (news.has(queueId) && !state.callIdOfKiosk.has(kioskId))
      if (isConcerned) this.#kiosksToTell.add(kioskId)
    }
    this.#newsTurn ??= setImmediate(() => this.#tellNews())
  }

  #tellNews(): void {
    this.#newsTurn = undefined
    tellSome(this.#kiosksToTell, (kioskId) => this.#tellKiosk(kioskId))
    tellSome(this.#agentsToTell, (agentId) => this.#tellAgent(agentId))
    const leftCount = this.#kiosksToTell.size + this.#agentsToTell.size
    if (leftCount > 0) this.#newsTurn = setImmediate(() => this.#tellNews())
  }
}

function tellIfNew<View>(seat: Seat<View>, snapshot: Snapshot<View>): void {
  const told = JSON.stringify(snapshot.view)
  if (told === seat.told) return
  seat.told = told
  seat.listener.tell(snapshot)
}

function takeSeat<S extends { readonly listener: Listener<never> }>(
  seats: Map<string, S>,
  id: string,
  seat: S,
  onChange: () => void,
): () => boolean {
  const before = seats.get(id)
  seats.set(id, seat)
  before?.listener.close('replaced')
  onChange()
  return () => {
    if (seats.get(id) !== seat) return false
    seats.delete(id)
    onChange()
    return true
  }
}
