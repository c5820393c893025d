/**
 * Who is told what, and when. A view is told whole and only when it differs from the last one told; what
 * touches many at once (the lines of a queue, the wall of a supervisor) is gathered for a moment first.
 */
import type { Audience, EndedRecord } from '#server/host/ports.ts'
import type { QueueTotals } from '#server/contract/http.ts'
import { SUPERVISOR_VIEW_EVERY_MS } from '#server/contract/supervisor-socket.ts'
import type { AgentView, CallerView, SupervisorView } from '#server/contract/views.ts'
import type { Directory, Kiosk, Person } from '#server/store/directory.ts'
import type { State } from '#server/routing/state.ts'
import { isAble } from '#server/routing/state.ts'
import { indexer } from './state-index.ts'
import { agentView, callerView, supervisorView } from './views.ts'

export type Snapshot<View> = { version: number; at: number; view: View }

/** One page that is told views. */
export type Listener<View> = { tell(snapshot: Snapshot<View>): void; close(reason: 'replaced' | 'signed-out'): void }

/** A change of a line is shown to those it only concerns as news within this time. */
const QUEUE_NEWS_EVERY_MS = 250

export type AudienceParts = {
  readonly directory: Directory
  readonly state: () => State
  readonly version: () => number
  readonly now: () => number
  /** The totals since midnight, as fresh as they are. */
  readonly today: () => ReadonlyMap<string, QueueTotals>
}

type Seat<View> = { readonly listener: Listener<View>; told: string }

export class Audiences implements Audience {
  readonly #parts: AudienceParts
  readonly #index = indexer()
  readonly #kiosks = new Map<string, Seat<CallerView>>()
  readonly #agents = new Map<string, Seat<AgentView>>()
  readonly #supervisors = new Set<Seat<SupervisorView>>()
  readonly #endedOfKiosk = new Map<string, EndedRecord>()
  readonly #queueNews = new Set<string>()
  #queueTimer: NodeJS.Timeout | undefined
  #wallTimer: NodeJS.Timeout | undefined

  constructor(parts: AudienceParts) {
    this.#parts = parts
  }

  changed(change: Parameters<Audience['changed']>[0]): void {
    const state = this.#parts.state()
    for (const record of change.ended) this.#endedOfKiosk.set(record.kioskId, record)
    const kiosks = new Set(change.ended.map(({ kioskId }) => kioskId))
    for (const call of state.calls.values()) {
      if (change.calls.has(call.id) || change.queues.has(call.queueId)) kiosks.add(call.kioskId)
    }
    for (const kioskId of kiosks) this.#tellKiosk(kioskId)
    for (const agentId of change.agents) this.#tellAgent(agentId)
    for (const queueId of change.queues) this.#queueNews.add(queueId)
    this.#queueTimer ??= setTimeout(() => this.#tellQueueNews(), QUEUE_NEWS_EVERY_MS)
    this.refreshWall()
  }

  /** The supervisors' view may have changed. */
  refreshWall(): void {
    if (this.#supervisors.size === 0) return
    this.#wallTimer ??= setTimeout(() => {
      this.#wallTimer = undefined
      const snapshot = this.supervisorSnapshot()
      for (const seat of this.#supervisors) tellIfNew(seat, snapshot)
    }, SUPERVISOR_VIEW_EVERY_MS)
  }

  /** The newest connection of a kiosk takes its seat. Returns what to do when it is gone: whether it still had the seat. */
  seatKiosk(kioskId: string, listener: Listener<CallerView>): () => boolean {
    return takeSeat(this.#kiosks, kioskId, listener, () => this.refreshWall())
  }

  /** The newest connection of an agent takes the seat, as for kiosks. */
  seatAgent(agentId: string, listener: Listener<AgentView>): () => boolean {
    return takeSeat(this.#agents, agentId, listener, () => this.refreshWall())
  }

  seatSupervisor(listener: Listener<SupervisorView>): () => void {
    const seat = { listener, told: '' }
    this.#supervisors.add(seat)
    return () => void this.#supervisors.delete(seat)
  }

  /** Signed out: the page is told and closed. */
  dismissAgent(agentId: string): void {
    this.#agents.get(agentId)?.listener.close('signed-out')
    this.#agents.delete(agentId)
  }

  /** A new press: what became of the last call is not shown any more. */
  forgetEnded(kioskId: string): void {
    this.#endedOfKiosk.delete(kioskId)
  }

  get kiosksOnlineCount(): number {
    return this.#kiosks.size
  }

  callerSnapshot(kiosk: Kiosk): Snapshot<CallerView> {
    const { directory, state } = this.#parts
    const ended = this.#endedOfKiosk.get(kiosk.kioskId)
    return this.#stamp(callerView(directory, this.#index(state()), state(), kiosk, ended))
  }

  agentSnapshot(person: Person): Snapshot<AgentView> | undefined {
    const { directory, state } = this.#parts
    const view = agentView(directory, this.#index(state()), state(), person)
    return view === undefined ? undefined : this.#stamp(view)
  }

  supervisorSnapshot(): Snapshot<SupervisorView> {
    const { directory, state, today } = this.#parts
    return this.#stamp(supervisorView(directory, this.#index(state()), state(), today(), this.kiosksOnlineCount))
  }

  /** Counts for Prometheus. */
  counts() {
    const state = this.#parts.state()
    const counts = { waiting: 0, offered: 0, connected: 0, agentsSignedIn: state.agents.size }
    for (const call of state.calls.values()) counts[call.status] += 1
    return counts
  }

  stop(): void {
    clearTimeout(this.#queueTimer)
    clearTimeout(this.#wallTimer)
  }

  #stamp<View>(view: View): Snapshot<View> {
    return { version: this.#parts.version(), at: this.#parts.now(), view }
  }

  #tellKiosk(kioskId: string): void {
    const seat = this.#kiosks.get(kioskId)
    const kiosk = this.#parts.directory.kiosks.get(kioskId)
    if (seat !== undefined && kiosk !== undefined) tellIfNew(seat, this.callerSnapshot(kiosk))
  }

  #tellAgent(agentId: string): void {
    const seat = this.#agents.get(agentId)
    const person = this.#parts.directory.people.get(agentId)
    const snapshot = seat === undefined || person === undefined ? undefined : this.agentSnapshot(person)
    if (seat !== undefined && snapshot !== undefined) tellIfNew(seat, snapshot)
  }

  #tellQueueNews(): void {
    this.#queueTimer = undefined
    const { policy, agents } = this.#parts.state()
    const queues = [...this.#queueNews].flatMap((queueId) => policy.queues[queueId] ?? [])
    this.#queueNews.clear()
    for (const agentId of this.#agents.keys()) {
      const agent = agents.get(agentId)
      if (agent !== undefined && queues.some((queue) => isAble(agent, queue))) this.#tellAgent(agentId)
    }
  }
}

function tellIfNew<View>(seat: Seat<View>, snapshot: Snapshot<View>): void {
  const told = JSON.stringify(snapshot.view)
  if (told === seat.told) return
  seat.told = told
  seat.listener.tell(snapshot)
}

function takeSeat<View>(
  seats: Map<string, Seat<View>>,
  id: string,
  listener: Listener<View>,
  onChange: () => void,
): () => boolean {
  const seat = { listener, told: '' }
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
