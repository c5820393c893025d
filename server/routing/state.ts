/**
 * What the engine knows. Everything it will ever decide from is here and nowhere else: policy, hours and deadlines are
 * state too. A state never changes; each step gives a new one that shares what did not change.
 *
 * A call:   waiting → offered → connected → (gone). `offered → waiting` on decline, expiry or withdrawal,
 *           `connected → waiting` when its last agent is lost. An ended call leaves the state.
 * An agent: idle → offered → in-call → wrap-up → idle. A signed-out agent leaves the state.
 */
import type { Agent, DaySkill } from './agent-state.ts'
import { ANYONE, type AskedIn, type JoinTarget, type UnmetJoin } from './asked-in.ts'
import type { Callback } from './promised.ts'
import { FoundBy } from './collections/found-by.ts'
import { PersistentMap } from './collections/persistent-map.ts'
import { SortedList, type Sorted } from './collections/sorted-list.ts'
import { ALWAYS_OPEN, type Hours } from './hours.ts'
import { PLAIN_POLICY, type Policy, type Requirement } from './policy.ts'
import type { HandlingEstimate, PatienceEstimate } from './queueing/learned.ts'
import type { ClosedSite } from './sites.ts'
import type { Supervisor } from './supervision.ts'

/** Milliseconds since 1970, given by the host; the engine has no clock. */
export type Instant = number

/** How a citizen talks. Signing needs an agent who signs; the others ask for what the policy says. */
export type Mode = 'video' | 'voice' | 'text' | 'signing'

export type Offer = {
  readonly id: string
  readonly agentId: string
  readonly madeAt: Instant
  readonly expiresAt: Instant
  /** [R44] The agent took it themselves, whatever skills it asks for. */
  readonly isByHand: boolean
}

/**
 * [R29] Where the citizen of a waiting call is. The place belongs to the ticket: somebody who is away, was called or
 * did not come in time has left the kiosk free for others.
 */
export type Presence =
  | { readonly kind: 'here' }
  | {
      readonly kind: 'away'
      readonly since: Instant
      readonly isRungAtKiosk: boolean
      /** Not called before this, where the line is closed until then. */
      readonly notBefore: Instant | null
    }
  | { readonly kind: 'called'; readonly since: Instant; readonly until: Instant; readonly isRungAtKiosk: boolean }
  | { readonly kind: 'lapsed'; readonly since: Instant; readonly until: Instant }

export type CallFacts = {
  readonly id: string
  /** Grows with each arrival, so that no two calls are alike in order. */
  readonly ordinal: number
  /** Where the citizen is, or was last. */
  readonly kioskId: string
  readonly siteId: string
  /** At the citizen's own phone, not at a kiosk. */
  readonly isOnOwnDevice: boolean
  /** [R41] The agent at whose desk the citizen is, and who is in the call beside them; null for all other calls. */
  readonly besideAgentId: string | null
  readonly queueId: string
  readonly classId: string
  readonly mode: Mode
  readonly language: string
  readonly isLanguageChosen: boolean
  /** The citizen wants an interpreter with whoever answers, now rather than later ([R20]). */
  readonly isInterpreterWanted: boolean
  readonly matterId: string | null
  /** Short, unique among open calls: what the citizen keeps. */
  readonly ticket: string
  /** Never rewritten. */
  readonly arrivedAt: Instant
  /** The place in line: `arrivedAt`, less the help its site got ([R22]). Rewritten by a move to the front alone ([R42]). */
  readonly placeAt: Instant
  /** The policy whose requirements the call follows. */
  readonly policyVersion: string
  /** What an agent must have now, and how many of its requirements have expired. */
  readonly needs: readonly Requirement[]
  readonly stepsOpenedCount: number
  readonly stepEndsAt: Instant | null
  /** The way beside the language or signing that is wanted, once it is open. */
  readonly branch: 'interpreter' | 'callback' | null
  readonly preferred: { readonly agentId: string; readonly until: Instant } | null
  /** Which line the call stands in while it waits: equal for calls that differ only in age. */
  readonly lineKey: string
  readonly presence: Presence
  /** When its queue closes for good for those inside, where it does. */
  readonly servedUntil: Instant | null
  /** [R40] What was promised on the ticket of a call that is over, and that this is; null for every other. */
  readonly callback: Callback | null
  readonly promise: { readonly toldAt: Instant; readonly p50Ms: number; readonly p80Ms: number } | null
  readonly offerCount: number
  /** When both sides first had picture or sound. */
  readonly answeredAt: Instant | null
  /** When the kiosk's connection was lost, while it is. */
  readonly lostAt: Instant | null
}

export type Call =
  | (CallFacts & { readonly status: 'waiting' })
  | (CallFacts & { readonly status: 'offered'; readonly offer: Offer })
  | (CallFacts & {
      readonly status: 'connected'
      readonly agentId: string
      readonly offerId: string
      readonly acceptedAt: Instant
      /** How they came into it; null where they took it from the line. */
      readonly askedIn: AskedIn | null
      /** Others in the call: a specialist, an interpreter. */
      readonly joined: readonly Joined[]
      /** [R33] While the citizen is on hold: by whom, and when it ends by itself. */
      readonly hold: { readonly agentId: string; readonly since: Instant; readonly endsAt: Instant } | null
      /** [R38] Until somebody is asked anew. */
      readonly unmet: UnmetJoin | null
      readonly supervisor: Supervisor | null
    })

/** Somebody who was asked into a call, how, and since when they are in it. */
export type Joined = {
  readonly agentId: string
  readonly offerId: string
  readonly since: Instant
  readonly askedIn: AskedIn
}

export type WaitingCall = Extract<Call, { status: 'waiting' }>
export type OfferedCall = Extract<Call, { status: 'offered' }>
export type ConnectedCall = Extract<Call, { status: 'connected' }>

/** [R26] Somebody is asked into a running call. */
export type Join = {
  readonly id: string
  readonly ordinal: number
  readonly callId: string
  readonly queueId: string
  readonly classId: string
  readonly needs: readonly Requirement[]
  readonly target: JoinTarget
  readonly askedAt: Instant
  readonly askedById: string
  /** [R34] Who leaves when somebody comes in; null where everybody stays. */
  readonly handedOverBy: string | null
  /** [R34] When the search is given up; null where it goes on with the call. */
  readonly endsAt: Instant | null
  readonly lineKey: string
  readonly offer: Offer | null
}

export type { Agent, AwayReason, ChosenAwayReason, DaySkill, Work } from './agent-state.ts'
export { isFree, isReady } from './agent-state.ts'

/** A call, a join or an agent in a list, by the moment that orders it. */
export type Entry = Sorted & { readonly id: string }

/** Calls that differ only in age: whoever can take one can take all. */
export type Line = {
  readonly key: string
  readonly queueId: string
  readonly classId: string
  readonly policyVersion: string
  readonly needs: readonly Requirement[]
  /** A mark for each attribute that is needed: an agent who lacks one of them lacks an attribute. */
  readonly needsMarks: number
  readonly isJoin: boolean
  /** [R37] Of a join: who may come. */
  readonly target: JoinTarget
  readonly preferredAgentId: string | null
  /** Those who can be offered, by their place. */
  readonly here: SortedList<Entry>
  /** Those whose connection is lost: before others as ever, and not offered until they are back. */
  readonly lost: SortedList<Entry>
  /** Those whose ticket is away and not called yet, by their place. */
  readonly away: SortedList<Entry>
}

export type PlaceInLine = 'here' | 'lost' | 'away'

/** Agents of one centre with the same attributes. */
export type Pool = {
  readonly key: string
  readonly ordinal: number
  readonly centreId: string
  readonly attributes: Readonly<Record<string, number>>
  /** A mark for each attribute, as in a line. */
  readonly marks: number
  /** All levels added up: the fewer, the less is wasted on a call. */
  readonly levelSum: number
  /** By the moment since which they are idle. */
  readonly ready: SortedList<Entry>
  readonly resting: SortedList<Entry>
  /** Available and connected, whatever they do: those who share the work. */
  readonly workingCount: number
  readonly signedInCount: number
}

export type QueueState = {
  /** Not in conversation: waiting, offered, or away with a ticket. */
  readonly callersCount: number
  /** Of these, those who could be offered now. */
  readonly offerableCount: number
  readonly isPaused: boolean
}

/** What was learned of a service. */
export type ServiceState = { readonly handling: HandlingEstimate; readonly patience: PatienceEstimate }

/** A mean that forgets: of a site's waits in ms, or of a centre's answers in time (1) and too late (0). */
export type RecentMean = { readonly mean: number; readonly weight: number }

export type State = {
  /** The time of the last event: events never go back. */
  readonly at: Instant
  readonly policy: Policy
  /** Former policies that waiting calls still follow. */
  readonly formerPolicies: Readonly<Record<string, Policy>>
  readonly hours: Hours
  /** [R46] By site. */
  readonly closedSites: PersistentMap<ClosedSite>
  readonly calls: PersistentMap<Call>
  readonly joins: PersistentMap<Join>
  readonly agents: PersistentMap<Agent>
  /** [R45] Of those who are signed out, until they are back or the day is over. */
  readonly keptDaySkills: PersistentMap<readonly DaySkill[]>
  readonly queues: PersistentMap<QueueState>
  readonly services: PersistentMap<ServiceState>
  readonly siteWaits: PersistentMap<RecentMean>
  readonly cityWait: RecentMean
  readonly centreLevels: PersistentMap<RecentMean>
  /** The lending rules that are open. */
  readonly openLending: readonly string[]
  readonly nextOrdinal: number
  /** From here on: worked out from the above, for finding things without looking at everything. */
  readonly nextPoolOrdinal: number
  readonly callIdOfKiosk: FoundBy
  readonly callIdOfTicket: FoundBy
  readonly lines: PersistentMap<Line>
  readonly pools: PersistentMap<Pool>
  /** Pools that have somebody ready, the least skilled first. */
  readonly readyPools: SortedList<Entry>
  readonly callDeadlines: SortedList<Entry>
  readonly agentDeadlines: SortedList<Entry>
}

export type EndReason =
  | 'caller-hung-up'
  | 'agent-hung-up'
  | 'caller-lost'
  | 'queue-full'
  | 'queue-closed'
  | 'site-closed'
  | 'queue-paused'
  | 'last-entry'
  | 'ticket-lapsed'
  | 'media-lost'

/** Closed, full and paused mean: never let in. Expired: the ticket was called and nobody came. */
export type Outcome = 'answered' | 'abandoned' | 'full' | 'closed' | 'paused' | 'expired' | 'failed'

export const NO_QUEUE_STATE: QueueState = { callersCount: 0, offerableCount: 0, isPaused: false }
export const NOTHING_RECENT: RecentMean = { mean: 0, weight: 0 }
export const HERE: Presence = { kind: 'here' }

/** What a call keeps from one status to the next. Written out: for every offer, taking fields out of a copy costs many times as much. */
export function factsOf(call: CallFacts): CallFacts {
  return {
    id: call.id,
    ordinal: call.ordinal,
    kioskId: call.kioskId,
    siteId: call.siteId,
    isOnOwnDevice: call.isOnOwnDevice,
    besideAgentId: call.besideAgentId,
    queueId: call.queueId,
    classId: call.classId,
    mode: call.mode,
    language: call.language,
    isLanguageChosen: call.isLanguageChosen,
    isInterpreterWanted: call.isInterpreterWanted,
    matterId: call.matterId,
    ticket: call.ticket,
    arrivedAt: call.arrivedAt,
    placeAt: call.placeAt,
    policyVersion: call.policyVersion,
    needs: call.needs,
    stepsOpenedCount: call.stepsOpenedCount,
    stepEndsAt: call.stepEndsAt,
    branch: call.branch,
    preferred: call.preferred,
    lineKey: call.lineKey,
    presence: call.presence,
    servedUntil: call.servedUntil,
    callback: call.callback,
    promise: call.promise,
    offerCount: call.offerCount,
    answeredAt: call.answeredAt,
    lostAt: call.lostAt,
  }
}

/** A line that nobody stands in: what others are made from. */
export const NO_LINE: Line = {
  key: '',
  queueId: '',
  classId: '',
  policyVersion: '',
  needs: [],
  needsMarks: 0,
  isJoin: false,
  target: ANYONE,
  preferredAgentId: null,
  here: SortedList.empty(),
  lost: SortedList.empty(),
  away: SortedList.empty(),
}

/** The state before anything happened: no queue, nobody in it. */
export function emptyState(): State {
  return {
    at: 0,
    policy: PLAIN_POLICY,
    formerPolicies: {},
    hours: ALWAYS_OPEN,
    closedSites: PersistentMap.empty(),
    calls: PersistentMap.empty(),
    joins: PersistentMap.empty(),
    agents: PersistentMap.empty(),
    keptDaySkills: PersistentMap.empty(),
    queues: PersistentMap.empty(),
    services: PersistentMap.empty(),
    siteWaits: PersistentMap.empty(),
    cityWait: NOTHING_RECENT,
    centreLevels: PersistentMap.empty(),
    openLending: [],
    nextOrdinal: 1,
    nextPoolOrdinal: 1,
    callIdOfKiosk: FoundBy.empty(),
    callIdOfTicket: FoundBy.empty(),
    lines: PersistentMap.empty(),
    pools: PersistentMap.empty(),
    readyPools: SortedList.empty(),
    callDeadlines: SortedList.empty(),
    agentDeadlines: SortedList.empty(),
  }
}

/** Whether an agent is one of those who talk with the citizen of a call. */
export function isInCall(call: Call | undefined, agentId: string): call is ConnectedCall {
  if (call?.status !== 'connected') return false
  return call.agentId === agentId || call.joined.some((joined) => joined.agentId === agentId)
}

export function hasAll(attributes: Readonly<Record<string, number>>, needs: readonly Requirement[]): boolean {
  for (let i = 0; i < needs.length; i += 1) {
    const { attribute, levelMin } = needs[i] as Requirement
    if ((attributes[attribute] ?? 0) < levelMin) return false
  }
  return true
}

/** Whether an agent may take calls of a queue at last, when every skill that can give way has. */
export function isAble(agent: Agent, queue: { readonly requirements: readonly Requirement[] }): boolean {
  const has = ({ attribute, levelMin }: Requirement) => (agent.attributes[attribute] ?? 0) >= levelMin
  return queue.requirements.every((need) => need.expiry?.onExpiry === 'relax' || has(need))
}
