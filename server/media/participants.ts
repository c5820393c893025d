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
