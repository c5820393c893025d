/** A state as text, all of it but what numbers the pools: two states of one text cannot be told apart from outside. */
import type { State } from '../state.ts'

const byId = <T>(entries: Iterable<[string, T]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))

export function plainOf(state: State): string {
  return JSON.stringify({
    at: state.at,
    policy: state.policy,
    formerPolicies: state.formerPolicies,
    hours: state.hours,
    closedSites: byId(state.closedSites),
    calls: byId(state.calls),
    joins: byId(state.joins),
    agents: byId(state.agents),
    keptDaySkills: byId(state.keptDaySkills),
    queues: byId(state.queues).filter(([, { callersCount, isPaused }]) => callersCount > 0 || isPaused),
    services: byId(state.services),
    siteWaits: byId(state.siteWaits),
    cityWait: state.cityWait,
    centreLevels: byId(state.centreLevels),
    openLending: state.openLending,
    nextOrdinal: state.nextOrdinal,
    lines: byId(state.lines).map(([key, line]) => [key, [...line.here], [...line.away]]),
    kiosks: state.callIdOfKiosk.entries(),
    tickets: state.callIdOfTicket.entries(),
    callDeadlines: [...state.callDeadlines],
    agentDeadlines: [...state.agentDeadlines],
  })
}
