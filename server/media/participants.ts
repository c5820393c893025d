/** What people are called in a media room, where nobody has another name. */

/** The caller's name in every media room. */
export const CALLER_PARTICIPANT = 'caller'

/** An agent's name in a media room. */
export function agentParticipant(agentId: string): string {
  return `agent-${agentId}`
}

/** [R43] The name of a supervisor who listens, whispers or has joined. */
export function supervisorParticipant(supervisorId: string): string {
  return `supervisor-${supervisorId}`
}

/** Somebody who may be in a call's media room. */
export type Invited = 'caller' | { readonly agentId: string } | { readonly supervisorId: string }

/** Their name there. */
export function participantOf(invited: Invited): string {
  if (invited === 'caller') return CALLER_PARTICIPANT
  return 'agentId' in invited ? agentParticipant(invited.agentId) : supervisorParticipant(invited.supervisorId)
}
