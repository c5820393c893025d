/**
 * A step's private copy of the state. Writing a call, a join or an agent here also writes every list it is found by, so
 * no rule has to think of them; what the lists say follows from the entity alone ({@link ./index-of.ts}).
 */
import { FoundBy } from './collections/found-by.ts'
import { PersistentMap } from './collections/persistent-map.ts'
import { SortedList } from './collections/sorted-list.ts'
import type { CallRecord, Effect, Fact } from './effect.ts'
import type { Hours } from './hours.ts'
import * as indexOf from './index-of.ts'
import type { Policy } from './policy.ts'
import type { ClosedSite } from './sites.ts'
import type {
  Agent,
  Call,
  DaySkill,
  Entry,
  Instant,
  Join,
  Line,
  PlaceInLine,
  Pool,
  QueueState,
  RecentMean,
  ServiceState,
  State,
} from './state.ts'
import { NO_QUEUE_STATE } from './state.ts'

export class Draft {
  readonly at: Instant
  policy: Policy
  formerPolicies: Readonly<Record<string, Policy>>
  hours: Hours
  closedSites: PersistentMap<ClosedSite>
  calls: PersistentMap<Call>
  joins: PersistentMap<Join>
  agents: PersistentMap<Agent>
  keptDaySkills: PersistentMap<readonly DaySkill[]>
  queues: PersistentMap<QueueState>
  services: PersistentMap<ServiceState>
  siteWaits: PersistentMap<RecentMean>
  cityWait: RecentMean
  centreLevels: PersistentMap<RecentMean>
  openLending: readonly string[]
  nextOrdinal: number
  nextPoolOrdinal: number
  callIdOfKiosk: FoundBy
  callIdOfTicket: FoundBy
  lines: PersistentMap<Line>
  pools: PersistentMap<Pool>
  readyPools: SortedList<Entry>
  callDeadlines: SortedList<Entry>
  agentDeadlines: SortedList<Entry>

  readonly effects: Effect[] = []
  readonly facts: Fact[] = []
  readonly records: CallRecord[] = []
  /** Whose view changed, for the host to tell; some more than once. */
  readonly touchedCalls: string[] = []
  readonly touchedAgents: string[] = []
  readonly touchedQueues: string[] = []
  /** Where a pair may have become possible: lines that got somebody, pools that got somebody ready. */
  readonly freshLines: string[] = []
  readonly freshPools = new Map<string, Pool>()
  /** A rule changed for all: any pair may have become possible. */
  isEverythingFresh = false
  /** Lines that changed and hold tickets that are away. */
  readonly changedAwayLines: string[] = []

  constructor(before: State, at: Instant) {
    this.at = at
    this.policy = before.policy
    this.formerPolicies = before.formerPolicies
    this.hours = before.hours
    this.closedSites = before.closedSites
    this.calls = before.calls
    this.joins = before.joins
    this.agents = before.agents
    this.keptDaySkills = before.keptDaySkills
    this.queues = before.queues
    this.services = before.services
    this.siteWaits = before.siteWaits
    this.cityWait = before.cityWait
    this.centreLevels = before.centreLevels
    this.openLending = before.openLending
    this.nextOrdinal = before.nextOrdinal
    this.nextPoolOrdinal = before.nextPoolOrdinal
    this.callIdOfKiosk = before.callIdOfKiosk
    this.callIdOfTicket = before.callIdOfTicket
    this.lines = before.lines
    this.pools = before.pools
    this.readyPools = before.readyPools
    this.callDeadlines = before.callDeadlines
    this.agentDeadlines = before.agentDeadlines
  }

  /** Every list made anew from the entities: after a change of policy, and from a snapshot. */
  reindex(): void {
    const { calls, joins, agents, queues } = this
    this.calls = PersistentMap.empty()
    this.joins = PersistentMap.empty()
    this.agents = PersistentMap.empty()
    this.callIdOfKiosk = FoundBy.empty()
    this.callIdOfTicket = FoundBy.empty()
    this.lines = PersistentMap.empty()
    this.pools = PersistentMap.empty()
    this.readyPools = SortedList.empty()
    this.callDeadlines = SortedList.empty()
    this.agentDeadlines = SortedList.empty()
    this.queues = PersistentMap.empty()
    queues.forEach(({ isPaused }, id) => {
      if (isPaused) this.queues = this.queues.with(id, { ...NO_QUEUE_STATE, isPaused })
    })
    calls.forEach((call) => this.putCall(call))
    joins.forEach((join) => this.putJoin(join))
    agents.forEach((agent) => this.putAgent(agent))
  }

  takeOrdinal(): number {
    this.nextOrdinal += 1
    return this.nextOrdinal - 1
  }

  /** The policy a call follows: today's, or a former one where those who waited were to keep it. */
  policyOf(call: { readonly policyVersion: string }): Policy {
    return this.formerPolicies[call.policyVersion] ?? this.policy
  }

  queueState(queueId: string): QueueState {
    return this.queues.get(queueId) ?? NO_QUEUE_STATE
  }

  /** `before` is the call as it stands now, for whoever has it at hand. */
  putCall(call: Call, before: Call | undefined = this.calls.get(call.id)): void {
    this.calls = before === undefined ? this.calls.add(call.id, call) : this.calls.replace(call.id, call)
    this.#relist(before, call)
    if (before !== undefined) this.touchedQueues.push(before.queueId)
    this.touchedCalls.push(call.id)
    this.touchedQueues.push(call.queueId)
  }

  /** `call` is the call as it stands now. */
  removeCall(call: Call): void {
    this.calls = this.calls.remove(call.id)
    this.#relist(call, undefined)
    this.touchedCalls.push(call.id)
    this.touchedQueues.push(call.queueId)
  }

  putJoin(join: Join): void {
    const before = this.joins.get(join.id)
    this.joins = this.joins.with(join.id, join)
    this.#moveDeadline('callDeadlines', join, indexOf.joinDeadline(before), indexOf.joinDeadline(join))
    if (before?.offer === null) this.#leaveLine(before.lineKey, 'here', indexOf.joinEntry(before))
    if (join.offer === null) {
      this.#enterLine(join.lineKey, 'here', indexOf.joinEntry(join), () =>
        indexOf.lineOfJoin(join, this.policy.version),
      )
    }
    this.touchAllIn(join.callId)
  }

  removeJoin(join: Join): void {
    const before = this.joins.get(join.id)
    this.joins = this.joins.without(join.id)
    this.#moveDeadline('callDeadlines', join, indexOf.joinDeadline(before), Number.POSITIVE_INFINITY)
    if (before?.offer === null) this.#leaveLine(before.lineKey, 'here', indexOf.joinEntry(before))
    this.touchAllIn(join.callId)
  }

  /** The citizen and everybody who talks to them: they see who is asked in, and who is on hold. */
  touchAllIn(callId: string): void {
    this.touchedCalls.push(callId)
    const call = this.calls.get(callId)
    if (call?.status !== 'connected') return
    this.touchedAgents.push(call.agentId, ...call.joined.map(({ agentId }) => agentId))
  }

  /** `before` is the agent as known now, for whoever has it at hand. */
  putAgent(agent: Agent, before: Agent | undefined = this.agents.get(agent.id)): void {
    this.agents = before === undefined ? this.agents.add(agent.id, agent) : this.agents.replace(agent.id, agent)
    this.#repool(before, agent)
    this.touchedAgents.push(agent.id)
  }

  removeAgent(agentId: string): void {
    const before = this.agents.get(agentId)
    this.agents = this.agents.without(agentId)
    this.#repool(before, undefined)
    this.touchedAgents.push(agentId)
  }

  #relist(before: Call | undefined, after: Call | undefined): void {
    const { policy } = this
    const either = after ?? before
    if (either === undefined) return
    const deadlineBefore = indexOf.callDeadline(before, policy)
    this.#moveDeadline('callDeadlines', either, deadlineBefore, indexOf.callDeadline(after, policy))
    const kioskBefore = indexOf.kioskOf(before)
    const kioskAfter = indexOf.kioskOf(after)
    if (kioskBefore !== kioskAfter) {
      if (kioskBefore !== undefined) this.callIdOfKiosk = this.callIdOfKiosk.remove(kioskBefore)
      if (kioskAfter !== undefined && after !== undefined) {
        this.callIdOfKiosk = this.callIdOfKiosk.add(kioskAfter, after.id)
      }
    }
    if (before === undefined && after !== undefined)
      this.callIdOfTicket = this.callIdOfTicket.add(after.ticket, after.id)
    if (after === undefined && before !== undefined) this.callIdOfTicket = this.callIdOfTicket.remove(before.ticket)
    const placeBefore = indexOf.placeInLine(before)
    const placeAfter = indexOf.placeInLine(after)
    const isElsewhere = before?.lineKey !== after?.lineKey || before?.placeAt !== after?.placeAt
    if (isElsewhere || placeBefore !== placeAfter) {
      if (before !== undefined && placeBefore !== undefined) {
        this.#leaveLine(before.lineKey, placeBefore, indexOf.callEntry(before))
      }
      if (after !== undefined && placeAfter !== undefined) {
        this.#enterLine(after.lineKey, placeAfter, indexOf.callEntry(after), () => indexOf.lineOfCall(after))
      }
    }
    this.#count(before, after, placeBefore, placeAfter)
  }

  #count(before: Call | undefined, after: Call | undefined, placeBefore: unknown, placeAfter: unknown): void {
    const callersBefore = Number(indexOf.takesRoom(before))
    const callersAfter = Number(indexOf.takesRoom(after))
    const offerableBefore = placeBefore === 'here' ? 1 : 0
    const offerableAfter = placeAfter === 'here' ? 1 : 0
    if (before !== undefined && before.queueId === after?.queueId) {
      this.#addToQueue(before.queueId, callersAfter - callersBefore, offerableAfter - offerableBefore)
      return
    }
    if (before !== undefined) this.#addToQueue(before.queueId, -callersBefore, -offerableBefore)
    if (after !== undefined) this.#addToQueue(after.queueId, callersAfter, offerableAfter)
  }

  #addToQueue(queueId: string, callers: number, offerable: number): void {
    if (callers === 0 && offerable === 0) return
    this.queues = this.queues.update(queueId, (before = NO_QUEUE_STATE) => ({
      callersCount: before.callersCount + callers,
      offerableCount: before.offerableCount + offerable,
      isPaused: before.isPaused,
    }))
  }

  #enterLine(key: string, place: PlaceInLine, entry: Entry, open: () => Line): void {
    this.lines = this.lines.update(key, (line = open()) => this.#withList(line, place, line[place].with(entry)))
    this.freshLines.push(key)
  }

  #leaveLine(key: string, place: PlaceInLine, entry: Entry): void {
    this.lines = this.lines.update(key, (line) => {
      const left = line === undefined ? undefined : this.#withList(line, place, line[place].without(entry))
      return left === undefined || left.here.size + left.lost.size + left.away.size === 0 ? undefined : left
    })
  }

  #withList(line: Line, place: PlaceInLine, list: SortedList<Entry>): Line {
    const changed = {
      ...line,
      here: place === 'here' ? list : line.here,
      lost: place === 'lost' ? list : line.lost,
      away: place === 'away' ? list : line.away,
    }
    if (changed.away.size > 0) this.changedAwayLines.push(changed.key)
    return changed
  }

  #repool(before: Agent | undefined, after: Agent | undefined): void {
    const graceMs = this.policy.graceMs
    const either = after ?? before
    if (either === undefined) return
    const deadlineBefore = indexOf.agentDeadline(before, graceMs)
    this.#moveDeadline('agentDeadlines', either, deadlineBefore, indexOf.agentDeadline(after, graceMs))
    if (before !== undefined && before.poolKey !== after?.poolKey) this.#changePool(before.poolKey, before, undefined)
    if (after === undefined) return
    if (before?.poolKey !== after.poolKey && !this.pools.has(after.poolKey)) {
      this.pools = this.pools.with(after.poolKey, indexOf.newPool(after, this.nextPoolOrdinal))
      this.nextPoolOrdinal += 1
    }
    this.#changePool(after.poolKey, before?.poolKey === after.poolKey ? before : undefined, after)
  }

  #changePool(key: string, before: Agent | undefined, after: Agent | undefined): void {
    this.pools = this.pools.update(key, (pool) => {
      if (pool === undefined) return undefined
      const changed = indexOf.poolAfter(pool, before, after)
      if (changed !== pool) this.#notePool(pool, changed)
      return changed.signedInCount === 0 ? undefined : changed
    })
  }

  #notePool(before: Pool, after: Pool): void {
    const isMore = after.ready.size > before.ready.size || after.resting.size > before.resting.size
    if (isMore || this.freshPools.has(after.key)) this.freshPools.set(after.key, after)
    if (before.ready.size === 0 && after.ready.size > 0) {
      this.readyPools = this.readyPools.with(indexOf.poolEntry(after))
    } else if (before.ready.size > 0 && after.ready.size === 0) {
      this.readyPools = this.readyPools.without(indexOf.poolEntry(after))
    }
  }

  #moveDeadline(
    list: 'callDeadlines' | 'agentDeadlines',
    { id, ordinal }: { readonly id: string; readonly ordinal: number },
    before: Instant,
    after: Instant,
  ): void {
    if (before === after) return
    if (before !== Number.POSITIVE_INFINITY) this[list] = this[list].without({ rank: before, ordinal })
    if (after !== Number.POSITIVE_INFINITY) this[list] = this[list].with({ rank: after, ordinal, id })
  }

  finish(): State {
    return {
      at: this.at,
      policy: this.policy,
      formerPolicies: this.formerPolicies,
      hours: this.hours,
      closedSites: this.closedSites,
      calls: this.calls,
      joins: this.joins,
      agents: this.agents,
      keptDaySkills: this.keptDaySkills,
      queues: this.queues,
      services: this.services,
      siteWaits: this.siteWaits,
      cityWait: this.cityWait,
      centreLevels: this.centreLevels,
      openLending: this.openLending,
      nextOrdinal: this.nextOrdinal,
      nextPoolOrdinal: this.nextPoolOrdinal,
      callIdOfKiosk: this.callIdOfKiosk,
      callIdOfTicket: this.callIdOfTicket,
      lines: this.lines,
      pools: this.pools,
      readyPools: this.readyPools,
      callDeadlines: this.callDeadlines,
      agentDeadlines: this.agentDeadlines,
    }
  }
}
