/** [R45] Skills for the day: given to an agent at a level, or taken from them, until the day is over or they have their own again. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AgentSkills } from '#server/contract/floor-skills.ts'
import type { AgentId, Skill } from '#server/contract/ids.ts'
import type { AgentForSupervisor, SupervisorView } from '#server/contract/views.ts'
import { attributeText, levelTexts } from '../text/attribute-text.ts'
import { daySkillText } from '../text/day-skill-text.ts'
import { t } from '../text/language.ts'
import { newAsking } from './floor-ask.ts'
import { askFloor } from './floor-state.ts'

const { isBusy, fault, ask } = newAsking()
const agentId = signal('')
const skills = signal<AgentSkills['skills'] | null>(null)
const attribute = signal('')
const level = signal('3')

export function SkillForm({ floor }: { floor: SupervisorView }): JSX.Element {
  const { agents, queues } = floor
  const named = agents.toSorted((a, b) => a.name.localeCompare(b.name))
  const isThere = agents.some((agent) => agent.agentId === agentId.value)
  const chosen = skills.value?.find((skill) => skill.attribute === attribute.value)
  return (
    <form class="notices-form" aria-labelledby="skills-title" onSubmit={submit}>
      <h3 id="skills-title">{t('daySkill.title')}</h3>
      <label>
        {t('agents.name')}
        <select value={isThere ? agentId.value : ''} onChange={(event) => chooseAgent(event.currentTarget.value)}>
          <option value="">{t('stepIn.chooseAgent')}</option>
          {named.map((agent) => (
            <option key={agent.agentId} value={agent.agentId}>
              {agent.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('daySkill.skill')}
        <select
          value={chosen === undefined ? '' : attribute.value}
          disabled={skills.value === null}
          onChange={(event) => (attribute.value = event.currentTarget.value)}
        >
          <option value="">{t('daySkill.choose')}</option>
          {(skills.value ?? []).map((skill) => (
            <option key={skill.attribute} value={skill.attribute}>
              {attributeText(skill.attribute, queues)} (
              {skill.level === 0 ? t('daySkill.none') : t('level.short', { level: skill.level })})
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('daySkill.level')}
        <select value={level.value} onChange={(event) => (level.value = event.currentTarget.value)}>
          {levelTexts().map((each) => (
            <option key={each.level} value={String(each.level)}>
              {each.text}
            </option>
          ))}
          <option value="0">{t('daySkill.take')}</option>
        </select>
      </label>
      <button type="submit" disabled={!isThere || chosen === undefined || isBusy.value}>
        {t('daySkill.set')}
      </button>
      <p class="quiet waiting-hint">{t('daySkill.hint')}</p>
      <Standing agents={named} floor={floor} />
      {fault.value !== null && (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      )}
    </form>
  )
}

/** What is so for today: whose, what, until when, and by whom. */
function Standing({ agents, floor }: { agents: readonly AgentForSupervisor[]; floor: SupervisorView }): JSX.Element {
  const all = agents.flatMap((agent) => (agent.daySkills ?? []).map((skill) => ({ agent, skill })))
  return (
    <ul class="notices-list day-skills" aria-labelledby="skills-title" hidden={all.length === 0}>
      {all.map(({ agent, skill }) => (
        <li key={`${agent.agentId} ${skill.attribute}`}>
          <div>
            <strong>{agent.name}</strong>
            <p class="quiet">{daySkillText(skill, floor.queues)}</p>
          </div>
          <button
            type="button"
            aria-label={t('daySkill.restoreOf', {
              name: agent.name,
              skill: attributeText(skill.attribute, floor.queues),
            })}
            disabled={isBusy.value}
            onClick={() => order(agent.agentId, skill.attribute, null)}
          >
            {t('daySkill.restore')}
          </button>
        </li>
      ))}
    </ul>
  )
}

function chooseAgent(id: string): void {
  agentId.value = id
  attribute.value = ''
  skills.value = null
  if (id !== '') void ask(() => fetchSkills(id as AgentId), { 'unknown-agent': t('stepIn.agentGone') })
}

async function fetchSkills(id: AgentId): Promise<void> {
  const reply = await askFloor('agent.skills', { agentId: id })
  if ((agentId.value as string) === (id as string)) skills.value = reply.skills
}

function order(id: AgentId, skill: Skill, to: number | null): void {
  const words = { 'unknown-agent': t('stepIn.agentGone'), 'not-allowed': t('daySkill.notASkill') }
  void ask(async () => {
    await askFloor('agent.set-skill', { agentId: id, attribute: skill, level: to })
    if ((agentId.value as string) === (id as string)) await fetchSkills(id)
  }, words)
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  const skill = skills.value?.find((known) => known.attribute === attribute.value)
  if (skill === undefined || agentId.value === '') return
  order(agentId.value as string as AgentId, skill.attribute, Number(level.value))
}
