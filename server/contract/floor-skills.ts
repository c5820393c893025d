/** [R45] Skills for the day: what an agent has, and what a supervisor gives them or takes until the city's day is over. */
import { Type, type Static } from 'typebox'
import { AgentId, Skill } from './ids.ts'
import { strict } from './shapes.ts'

const Level = Type.Integer({ minimum: 0, maximum: 5 })

export const SkillsOf = Type.Object({ agentId: AgentId }, strict)

/** Every skill of the policy, by its word: the level that counts now, and the agent's own; 0: none. */
export const AgentSkills = Type.Object(
  {
    skills: Type.Array(Type.Object({ attribute: Skill, level: Level, ownLevel: Level }, strict), { maxItems: 500 }),
  },
  strict,
)
export type AgentSkills = Static<typeof AgentSkills>

/** `level` 0 takes the skill; null lets their own count again. */
export const SkillOrder = Type.Object(
  { agentId: AgentId, attribute: Skill, level: Type.Union([Level, Type.Null()]) },
  strict,
)
export type SkillOrder = Static<typeof SkillOrder>
