/** A state as plain data and back, for keeping and for comparing. Only what cannot be worked out from the rest. */
import { PersistentMap } from './collections/persistent-map.ts'
import { Draft } from './draft.ts'
import type { Hours } from './hours.ts'
import type { Policy } from './policy.ts'
import type { ClosedSite } from './sites.ts'
import type { Agent, Call, DaySkill, Join, RecentMean, ServiceState, State } from './state.ts'
import { emptyState, NO_QUEUE_STATE } from './state.ts'

/** Raised when the shape of the state changes; an older snapshot is then not read but folded anew from the journal. */
export const SNAPSHOT_VERSION = 12

export type Snapshot = {
  readonly version: number
  readonly at: number
  readonly policy: Policy
  readonly formerPolicies: Readonly<Record<string, Policy>>
  readonly hours: Hours
  readonly closedSites: readonly (readonly [string, ClosedSite])[]
  readonly calls: readonly Call[]
  readonly joins: readonly Join[]
  readonly agents: readonly Agent[]
  readonly keptDaySkills: readonly (readonly [string, readonly DaySkill[]])[]
  readonly pausedQueueIds: readonly string[]
  readonly services: readonly (readonly [string, ServiceState])[]
  readonly siteWaits: readonly (readonly [string, RecentMean])[]
  readonly cityWait: RecentMean
  readonly centreLevels: readonly (readonly [string, RecentMean])[]
  readonly openLending: readonly string[]
  readonly nextOrdinal: number
}

/** The whole state as JSON-ready data, calls and agents in the order in which they came. */
export function toSnapshot(state: State): Snapshot {
  const { at, policy, formerPolicies, hours, cityWait, openLending, nextOrdinal } = state
  const byOrdinal = (a: { ordinal: number }, b: { ordinal: number }) => a.ordinal - b.ordinal
  return {
    version: SNAPSHOT_VERSION,
    at,
    policy,
    formerPolicies,
    hours,
    closedSites: [...state.closedSites],
    calls: [...state.calls.values()].sort(byOrdinal),
    joins: [...state.joins.values()].sort(byOrdinal),
    agents: [...state.agents.values()].sort(byOrdinal),
    keptDaySkills: [...state.keptDaySkills],
    pausedQueueIds: [...state.queues].flatMap(([id, { isPaused }]) => (isPaused ? [id] : [])),
    services: [...state.services],
    siteWaits: [...state.siteWaits],
    cityWait,
    centreLevels: [...state.centreLevels],
    openLending,
    nextOrdinal,
  }
}

/** The state a snapshot was made of. Throws where the snapshot is of another version. */
export function fromSnapshot(snapshot: Snapshot): State {
  if (snapshot.version !== SNAPSHOT_VERSION) throw new Error(`snapshot version ${snapshot.version} is not known`)
  const { at, policy, formerPolicies, hours, cityWait, openLending, nextOrdinal } = snapshot
  const plain: State = {
    ...emptyState(),
    at,
    policy,
    formerPolicies,
    hours,
    closedSites: PersistentMap.from(snapshot.closedSites),
    calls: PersistentMap.from(snapshot.calls.map((call) => [call.id, call] as const)),
    joins: PersistentMap.from(snapshot.joins.map((join) => [join.id, join] as const)),
    agents: PersistentMap.from(snapshot.agents.map((agent) => [agent.id, agent] as const)),
    keptDaySkills: PersistentMap.from(snapshot.keptDaySkills),
    queues: PersistentMap.from(
      snapshot.pausedQueueIds.map((id) => [id, { ...NO_QUEUE_STATE, isPaused: true }] as const),
    ),
    services: PersistentMap.from(snapshot.services),
    siteWaits: PersistentMap.from(snapshot.siteWaits),
    cityWait,
    centreLevels: PersistentMap.from(snapshot.centreLevels),
    openLending,
    nextOrdinal,
  }
  const draft = new Draft(plain, at)
  draft.reindex()
  return draft.finish()
}
