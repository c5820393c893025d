/** Figures of agents' time for tests, with what the server's own formulas make of them. */
import { AGENT_FIGURES, DEFINITIONS_VERSION } from '#server/figures/definitions.ts'
import { agentRowOf } from '#server/figures/report.ts'
import { AGENT_SUMS, type AgentSums } from '#server/figures/sums.ts'
import type { AgentReportReply, AgentReportRow } from '#server/contract/reports.ts'
import { addDays, startOfDay } from '../model/copenhagen-time.ts'

const HOUR_MS = 3_600_000
const NOTHING = Object.fromEntries(AGENT_SUMS.map((name) => [name, 0])) as AgentSums

const PEOPLE = [
  { agentId: 'zoe-aakesson', name: 'Zoe Åkesson' },
  { agentId: 'sara-holm', name: 'Sara Holm' },
  { agentId: 'amal-hassan', name: 'Amal Hassan' },
]

function rowOf(agentId: string, at: AgentReportRow['at'], calls: number): AgentReportRow {
  const some = {
    ...{ handlings: calls, handedOver: 2, inCallMs: calls * 361_000, wrapUpMs: calls * 74_000, idleMs: 9 * HOUR_MS },
    ...{ awayMs: HOUR_MS, offersMade: calls + 4, offersAccepted: calls, offersExpired: 3, offersCallerLeft: 1 },
    offerAnswerMs: calls * 6_000,
  }
  return agentRowOf({ at, agentId, sums: { ...NOTHING, ...some } })
}

/** What `who` may see of what three people did: a supervisor all of them, anybody else themselves. */
export function agentsFor(query: Record<string, string>, who: { agentId: string; role: string }): AgentReportReply {
  const agents = who.role === 'supervisor' ? PEOPLE : PEOPLE.filter(({ agentId }) => agentId === who.agentId)
  const days = query['interval'] === 'day' ? [0, 1, 2].map((day) => addDays(query['from'] ?? '', day)) : [null]
  return {
    definitionsVersion: DEFINITIONS_VERSION,
    definitions: AGENT_FIGURES.map(({ name, kind, formula }) => ({ name, kind, formula })),
    ...{ asOf: 0, from: startOfDay(query['from'] ?? '') ?? 0, to: startOfDay(query['to'] ?? '') ?? 0, agents },
    rows: days.flatMap((day, i) => agents.map(({ agentId }, j) => rowOf(agentId, day, 31 - 4 * j - i))),
  }
}
