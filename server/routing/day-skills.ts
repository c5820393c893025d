/** [R45] A supervisor gives an agent a skill for the day, or takes one away: until it is over or restored. */
import { endPreferencesFor } from './agent.ts'
import { withDaySkills } from './day-skills-kept.ts'
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { poolKeyOf } from './index-of.ts'
import { LEVEL_MAX, LEVEL_MIN } from './policy.ts'
import type { Agent, DaySkill } from './state.ts'
import { hasAll } from './state.ts'

/** A day is no longer, on that of the change to winter time either, and «until the end of it» is not for good. In ms. */
export const DAY_SKILL_MS_MAX = 26 * 3_600_000

/**
 * Refused: `not-allowed` for what is no skill in the policy (languages and signing are what somebody has, and nobody is given), `wrong-state` for
 * a level or an end that there is not.
 */
export function setDaySkill(draft: Draft, agent: Agent, event: EventOf<'agent.skill-set'>): RoutingRefusal | undefined {
  const { attribute, level, until, byId } = event
  if (draft.policy.attributes[attribute] !== 'skill') return 'not-allowed'
  const isLevel = level === 0 || (Number.isInteger(level) && level >= LEVEL_MIN && level <= LEVEL_MAX)
  if (!isLevel || until <= draft.at || until > draft.at + DAY_SKILL_MS_MAX) return 'wrong-state'
  const others = agent.daySkills.filter((known) => known.attribute !== attribute)
  putDaySkills(draft, agent, [...others, { attribute, level, until, byId }])
  return undefined
}

/** What somebody has of their own, again. What is so already is no mistake. */
export function restoreSkill(draft: Draft, agent: Agent, attribute: string): void {
  const left = agent.daySkills.filter((known) => known.attribute !== attribute)
  if (left.length < agent.daySkills.length) putDaySkills(draft, agent, left)
}

/** The day is over for some of what an agent was given, or had taken. */
export function endDaySkills(draft: Draft, agentId: string): void {
  const agent = draft.agents.get(agentId)
  if (agent === undefined) return
  const over = agent.daySkills.filter(({ until }) => until <= draft.at)
  if (over.length === 0) return
  putDaySkills(
    draft,
    agent,
    agent.daySkills.filter(({ until }) => until > draft.at),
  )
  for (const { attribute } of over) draft.facts.push({ type: 'day-skill.ended', agentId, attribute })
}

/** An offer on the screen and a call of theirs go on: only what is offered from now on goes by it. */
function putDaySkills(draft: Draft, agent: Agent, daySkills: readonly DaySkill[]): void {
  const attributes = withDaySkills(agent.ownAttributes, daySkills)
  const poolKey = poolKeyOf(agent.centreId, attributes)
  draft.putAgent({ ...agent, daySkills, attributes, poolKey }, agent)
  endPreferencesFor(draft, agent.id, ({ needs }) => !hasAll(attributes, needs))
}
