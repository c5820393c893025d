/** [R45] What must be true of the skills that were given or taken for the day. Kept over the run: what is forgotten shows in no state. */
import type { EventOf, RoutingEvent } from '../event.ts'
import { placeInLine } from '../index-of.ts'
import type { Agent, State } from '../state.ts'
import { isAble, must } from './rules.ts'

type Set = Pick<EventOf<'agent.skill-set'>, 'level' | 'until'>

export class DaySkills {
  /** What holds of each agent, whether they are signed in or not. */
  readonly #set = new Map<string, Map<string, Set>>()
  readonly #own = new Map<string, Readonly<Record<string, number>>>()

  check(before: State, event: RoutingEvent, state: State): void {
    this.#note(before, event)
    for (const skills of this.#set.values()) {
      for (const [attribute, { until }] of skills) if (until <= state.at && isSettled(event)) skills.delete(attribute)
    }
    for (const agent of state.agents.values()) this.#checkAgent(agent, event)
    for (const call of state.calls.values()) {
      const place = placeInLine(call)
      // Of whoever is lost, or was called and has not come, it is looked at when they are back.
      if ((place !== 'here' && place !== 'away') || call.preferred === null) continue
      const agent = state.agents.get(call.preferred.agentId)
      const isSet = event.type === 'agent.skill-set' && event.agentId === agent?.id
      must(!isSet || isAble(agent, call.needs), () => `${call.id} waits for ${agent?.id}, who cannot take it any more`)
    }
  }

  #note(before: State, event: RoutingEvent): void {
    if (event.type === 'agent.signed-in') this.#own.set(event.agentId, event.attributes)
    if (event.type === 'agent.skill-set') {
      const { agentId, attribute, level, until } = event
      must(before.policy.attributes[attribute] === 'skill', () => `${agentId} was given ${attribute}`)
      const skills = this.#set.get(agentId) ?? new Map<string, Set>()
      this.#set.set(agentId, skills.set(attribute, { level, until }))
    }
    if (event.type === 'agent.skill-restored') this.#set.get(event.agentId)?.delete(event.attribute)
  }

  #checkAgent({ id, attributes }: Agent, event: RoutingEvent): void {
    if (!isSettled(event)) return
    const expected: Record<string, number> = { ...this.#own.get(id) }
    for (const [attribute, { level }] of this.#set.get(id) ?? []) {
      if (level > 0) expected[attribute] = level
      else delete expected[attribute]
    }
    const names = new Set([...Object.keys(expected), ...Object.keys(attributes)])
    for (const name of names) {
      must(attributes[name] === expected[name], () => `${id} has ${name} at ${attributes[name]}, not ${expected[name]}`)
    }
  }
}

/** After a restart the deadlines of the time between are ticked next. */
function isSettled({ type }: RoutingEvent): boolean {
  return type !== 'server.restarted'
}
