/** How an agent's state is put: one name, whatever the availability and the work together come to. */
import type { AgentForSupervisor, AgentView, AwayReason } from '#server/contract/views.ts'

export type Status =
  | { readonly kind: 'ready' | 'ringing' | 'in-call' | 'wrap-up' | 'disconnected' }
  | { readonly kind: 'away'; readonly reason: AwayReason }

/** How the status looks at a glance; the words beside it say the same. */
export type Tone = 'good' | 'busy' | 'away' | 'alarm'

type Work = AgentForSupervisor['work']

function statusOf(work: Work, isAway: boolean, reason: AwayReason | null): Status {
  switch (work) {
    case 'offered':
      return { kind: 'ringing' }
    case 'in-call':
    case 'wrap-up':
      return { kind: work }
    case 'idle':
      return isAway ? { kind: 'away', reason: reason ?? 'other-work' } : { kind: 'ready' }
  }
}

/** The status of the agent who looks at the desk, and since when it is so. */
export function agentStatus(view: AgentView): { readonly status: Status; readonly since: number } {
  const { work } = view
  const since = work.kind === 'offered' ? work.madeAt : work.since
  return { status: statusOf(work.kind, view.availability === 'away', view.awayReason), since }
}

/** The status of an agent as the supervisor sees it. A lost connection is only news while nobody is spoken to. */
export function floorStatus(agent: AgentForSupervisor): Status {
  if (!agent.isConnected && agent.work === 'idle') return { kind: 'disconnected' }
  return statusOf(agent.work, agent.availability === 'away', agent.awayReason)
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
    case 'away':
      return isImposed(status.reason) ? 'alarm' : 'away'
  }
}

/** Whether the engine set this reason, rather than the agent. */
export function isImposed(reason: AwayReason): boolean {
  return reason === 'not-responding' || reason === 'declined' || reason === 'connection-lost'
}
