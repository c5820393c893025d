/** [R45] Skills for the day, over signing out and in again. */
import type { Draft } from './draft.ts'
import type { Agent, DaySkill } from './state.ts'

/** What somebody has who has `own`, and was given or had taken from them `daySkills`. */
export function withDaySkills(
  own: Readonly<Record<string, number>>,
  daySkills: readonly DaySkill[],
): Readonly<Record<string, number>> {
  if (daySkills.length === 0) return own
  const attributes = { ...own }
  for (const { attribute, level } of daySkills) {
    if (level === 0) delete attributes[attribute]
    else attributes[attribute] = level
  }
  return attributes
}

/** Somebody signs out: what they have for the day is theirs when they come back. What is over of others is let go of. */
export function keepDaySkills(draft: Draft, { id, daySkills }: Agent): void {
  draft.keptDaySkills.forEach((kept, agentId) => {
    if (kept.every(({ until }) => until <= draft.at)) draft.keptDaySkills = draft.keptDaySkills.without(agentId)
  })
  if (daySkills.length > 0) draft.keptDaySkills = draft.keptDaySkills.with(id, daySkills)
}

/** What somebody who signs in has for the day still; it is kept with them from now on. */
export function keptDaySkillsOf(draft: Draft, agentId: string): readonly DaySkill[] {
  const kept = draft.keptDaySkills.get(agentId)
  if (kept === undefined) return []
  draft.keptDaySkills = draft.keptDaySkills.without(agentId)
  return kept.filter(({ until }) => until > draft.at)
}
