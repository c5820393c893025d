/** [R45] The words for a skill that somebody has, or has not, for the day. */
import type { DaySkillView } from '#server/contract/views.ts'
import type { NamedQueue } from '../model/attributes.ts'
import { attributeText } from './attribute-text.ts'
import { t } from './language.ts'

/** `Bibliotek, trin 3, til midnat. Givet af Lone Bruun.` It ends with the city's day, whenever it was given. */
export function daySkillText({ attribute, level, byName }: DaySkillView, queues: readonly NamedQueue[]): string {
  const skill = attributeText(attribute, queues)
  if (level === 0) return t('daySkill.taken', { skill, name: byName })
  return t('daySkill.given', { skill, level: t('level.short', { level }), name: byName })
}
