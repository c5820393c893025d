/** [R45] A supervisor gives an agent a skill for the day, takes one, or lets their own count again. */
import type { DaySkillView } from '#server/contract/agent-views.ts'
import type { AgentSkills } from '#server/contract/floor-skills.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import type { RoutingHost } from '#server/host/routing-host.ts'
import type { Agent } from '#server/routing/state.ts'
import { endOfCityDay } from '#server/store/own-day.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { Handlers } from '#sfu/contract/wire.ts'
import { branded } from './branded.ts'
import { must } from './outcome.ts'
import type { Wall } from './wall.ts'

export type SkillParts = {
  readonly host: Pick<RoutingHost, 'state' | 'submit'>
  readonly wall: Pick<Wall, 'snapshot'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type Actions = 'agent.skills' | 'agent.set-skill'

/** The handlers of skills for the day. They throw the engine's refusals. */
export function skillHandlers({
  host,
  wall,
  now,
}: SkillParts): Pick<Handlers<typeof supervisorRequests, Person>, Actions> {
  return {
    'agent.skills': (_person, { agentId }) => {
      const { agents, policy } = host.state
      const agent = agents.get(agentId)
      if (agent === undefined) must('unknown-agent')
      const skills = Object.entries(policy.attributes).filter(([, kind]) => kind === 'skill')
      return branded<AgentSkills>({
        skills: skills.map(([attribute]) => ({
          attribute,
          level: agent?.attributes[attribute] ?? 0,
          ownLevel: agent?.ownAttributes[attribute] ?? 0,
        })),
      })
    },
    'agent.set-skill': async ({ agentId: byId }, { agentId, attribute, level }) => {
      const known = host.state.agents.get(agentId)?.daySkills.find((one) => one.attribute === attribute)
      const until = endOfCityDay(now())
      const isSo = level === null ? false : known?.level === level && known.until === until
      if (level === null) must(await host.submit({ type: 'agent.skill-restored', agentId, attribute, byId }))
      else if (!isSo) must(await host.submit({ type: 'agent.skill-set', agentId, attribute, level, until, byId }))
      return wall.snapshot()
    },
  }
}

/** What an agent was given or had taken for the day, as they and their supervisors see it; nothing where there is none. */
export function daySkillsView({ people }: Pick<Directory, 'people'>, { daySkills }: Agent) {
  if (daySkills.length === 0) return {}
  const named = daySkills.map(({ attribute, level, until, byId }) => {
    return { attribute, level, until, byName: people.get(byId)?.name ?? '–' }
  })
  return { daySkills: branded<DaySkillView[]>(named) }
}
