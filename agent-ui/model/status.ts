/** How an agent's state is put: one name, whatever the availability and the work together come to. */
import type { AgentForSupervisor, AgentView, AwayReason } from '#server/contract/views.ts'

export type Status =
  | { readonly kind: 'ready' | 'ringing' | 'in-call' | 'wrap-up' | 'disconnected' }
  /** Ready, but for a pause after much work, in which no ordinary call comes. */
  | { readonly kind: 'resting'; readonly until: number }
  | { readonly kind: 'away'; readonly reason: AwayReason }

/** How the status looks at a glance; the words beside it say the same. */
export type Tone = 'good' | 'busy' | 'away' | 'alarm'

type Work = AgentForSupervisor['work']

interface Availability {
  readonly availability: AgentView['availability']
  readonly awayReason: AwayReason | null
}

/** `restsUntil`: null where the work is not idle. */
function statusOf(work: Work, restsUntil: number | null, { availability, awayReason }: Availability): Status {
  switch (work) {
    case 'offered':
      return { kind: 'ringing' }
    case 'in-call':
    case 'wrap-up':
      return { kind: work }
    case 'idle':
      if (availability === 'away') return { kind: 'away', reason: awayReason ?? 'other-work' }
      return restsUntil === null ? { kind: 'ready' } : { kind: 'resting', until: restsUntil }
  }
}

/** The status of the agent who looks at the desk, and since when it is so. */
export function agentStatus(view: AgentView): { readonly status: Status; readonly since: number } {
  const { work } = view
  const since = work.kind === 'offered' ? work.madeAt : work.since
  const restsUntil = work.kind === 'idle' ? work.restsUntil : null
  return { status: statusOf(work.kind, restsUntil, view), since }
}

/** The status of an agent as the supervisor sees it. A lost connection is only news while nobody is spoken to. */
export function floorStatus(agent: AgentForSupervisor): Status {
  if (!agent.isConnected && agent.work === 'idle') return { kind: 'disconnected' }
  return statusOf(agent.work, agent.restsUntil, agent)
}

/** The tone that goes with a status. */
export function toneOf(status: Status): Tone {
  switch (status.kind) {
    case 'ready':
      return 'good'
    case 'ringing':
    case 'in-call':
    case 'wrap-up':
      return 'busy'
    case 'disconnected':
      return 'alarm'
    case 'resting':
      return 'away'
    case 'away':
      return isImposed(status.reason) ? 'alarm' : 'away'
  }
}

/** Whether the engine set this reason, rather than the agent. */
export function isImposed(reason: AwayReason): boolean {
  return reason === 'not-responding' || reason === 'declined' || reason === 'connection-lost'
}
