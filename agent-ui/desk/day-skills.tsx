/** [R45] What a supervisor gave the agent for the day, or took: said between calls, for other calls come by it. */
import type { JSX } from 'preact'
import type { AgentView } from '#server/contract/views.ts'
import { daySkillText } from '../text/day-skill-text.ts'
import { t } from '../text/language.ts'

export function DaySkills({ view }: { view: AgentView }): JSX.Element | null {
  const { daySkills = [], queues } = view
  if (daySkills.length === 0) return null
  return (
    <section class="card own-skills" aria-labelledby="day-skills-title">
      <h2 id="day-skills-title">{t('daySkill.today')}</h2>
      <ul class="day-skills">
        {daySkills.map((skill) => (
          <li key={skill.attribute}>{daySkillText(skill, queues)}</li>
        ))}
      </ul>
    </section>
  )
}
