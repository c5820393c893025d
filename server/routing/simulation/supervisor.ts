/**
 * A supervisor who steps in now and then: takes a call, gives a skill for the day or closes a site, each in turn and without a draw by
 * chance, so that what the seeds lead to otherwise stays as lucky as it was.
 */
import type { RoutingEventBody } from '../event.ts'
import type { State } from '../state.ts'
import { SERVICES, SITES } from './city.ts'

const BY = 'lone'

export class SteppingIn {
  #count = 0

  /** What they do next, to whoever is there. */
  next(state: State): RoutingEventBody {
    this.#count += 1
    const turn = Math.floor(this.#count / 3)
    if (this.#count % 3 === 0) return closeSite(state, turn)
    const agents = [...state.agents.values()].sort((a, b) => a.ordinal - b.ordinal)
    const agentId = agents[this.#count % Math.max(1, agents.length)]?.id ?? 'nobody'
    return this.#count % 3 === 1 ? takeByHand(state, agentId, turn) : skillForDay(state, agentId, turn)
  }
}

/** [R44] By somebody at work, whatever they are at: most may, and some may not. Mostly a call that waits. */
function takeByHand(state: State, byId: string, turn: number): RoutingEventBody {
  const calls = [...state.calls.values()].sort((a, b) => a.ordinal - b.ordinal)
  const waiting = calls.filter(({ status }) => status === 'waiting')
  const among = waiting.length === 0 || turn % 4 === 3 ? calls : waiting
  return { type: 'call.taken', callId: among[turn % Math.max(1, among.length)]?.id ?? 'none', byId }
}

/** [R45] Given, taken and restored; now and then what is no skill, and for longer than a day. */
function skillForDay({ at, calls }: State, agentId: string, turn: number): RoutingEventBody {
  const until = at + (turn % 13 === 12 ? 200_000_000 : turn % 4 === 1 ? 3_600_000 : 5_000 + (turn % 7) * 30_000)
  // Somebody for whom a call is kept is so for seconds only, and would hardly be met otherwise.
  const kept = [...calls.values()].find(({ status, preferred }) => status === 'waiting' && preferred !== null)
  if (kept?.preferred) {
    const [service = 'citizen'] = kept.queueId.split('.')
    return { type: 'agent.skill-set', agentId: kept.preferred.agentId, attribute: service, level: 0, until, byId: BY }
  }
  const attribute = turn % 5 === 3 ? 'so' : (SERVICES[turn % SERVICES.length] ?? 'citizen')
  if (turn % 6 === 5) return { type: 'agent.skill-restored', agentId, attribute, byId: BY }
  return { type: 'agent.skill-set', agentId, attribute, level: turn % 3 === 0 ? 0 : 1 + (turn % 5), until, byId: BY }
}

/** [R46] For a time, or until it is opened, which is soon; now and then until a moment that is over. */
function closeSite({ at, closedSites }: State, turn: number): RoutingEventBody {
  const siteId = SITES[turn % SITES.length] ?? 'airport'
  if (closedSites.has(siteId) && turn % 3 !== 0) return { type: 'site.opened', siteId, byId: BY }
  const until = turn % 3 === 1 ? null : at + (turn % 8 === 7 ? -1 : 3_000 + (turn % 5) * 20_000)
  return { type: 'site.closed', siteId, until, noticeId: `notice-${turn}`, byId: BY }
}
