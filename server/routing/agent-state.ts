/** An agent as the engine knows them. Availability is chosen by the agent, work is imposed. */
import type { Instant } from './state.ts'

export type Work =
  | { readonly kind: 'idle'; readonly since: Instant }
  | { readonly kind: 'offered'; readonly callId: string; readonly offerId: string; readonly joinId: string | null }
  | { readonly kind: 'in-call'; readonly callId: string; readonly since: Instant }
  | {
      readonly kind: 'wrap-up'
      readonly callId: string
      readonly queueId: string
      readonly acceptedAt: Instant
      readonly since: Instant
      readonly endsAt: Instant
    }

export type ChosenAwayReason = 'break' | 'meeting' | 'other-work'
export type AwayReason =
  ChosenAwayReason | 'not-responding' | 'declined' | 'connection-lost' | 'just-signed-in' | 'with-citizen'

/** [R45] A skill that a supervisor gave somebody, or took from them (level 0), until a moment. */
export type DaySkill = {
  readonly attribute: string
  readonly level: number
  readonly until: Instant
  readonly byId: string
}

export type Agent = {
  readonly id: string
  readonly ordinal: number
  readonly centreId: string
  /** What the agent has now, each at a level from 1 to 5: their own, and what was given or taken for the day ([R45]). */
  readonly attributes: Readonly<Record<string, number>>
  /** What they signed in with. */
  readonly ownAttributes: Readonly<Record<string, number>>
  /** [R45] Of each skill at most one. */
  readonly daySkills: readonly DaySkill[]
  /** Agents alike in attributes and centre share a pool. */
  readonly poolKey: string
  /** Why the agent takes no calls, or null while available. */
  readonly awayReason: AwayReason | null
  /** When the agent's connection was lost, while it is. */
  readonly lostAt: Instant | null
  /** [R41] The call that they opened beside a citizen, until it ends. */
  readonly besideCallId: string | null
  /** Imposed by the engine. */
  readonly work: Work
  /** [R24] Until when an idle agent is left in peace. */
  readonly restsUntil: Instant | null
  /** The share of time in calls, and the moment it was true. */
  readonly occupancy: { readonly share: number; readonly at: Instant }
}

/** Whether an agent may be given a new call now: available, connected, doing nothing and not resting. */
export function isReady(agent: Agent): boolean {
  return isFree(agent) && agent.restsUntil === null
}

/** Ready, or resting: somebody in danger may ask for them too. */
export function isFree(agent: Agent): boolean {
  return agent.awayReason === null && agent.lostAt === null && agent.work.kind === 'idle'
}
