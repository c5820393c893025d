/** [R43] How a supervisor in a call is told to those who are in it: always, and by name. */
import { supervisorParticipant } from '#server/media/participants.ts'
import type { Call, ConnectedCall } from '#server/routing/state.ts'
import type { Directory } from '#server/store/directory.ts'

/** Listening and whispering are one to the citizen, who is heard in both. */
export function supervisorForCitizen({ people }: Directory, { supervisor }: ConnectedCall) {
  if (supervisor === null) return {}
  const { id, kind } = supervisor
  return { supervisor: { firstName: people.get(id)?.firstName ?? '–', hasJoined: kind === 'join' } }
}

/** Whoever has joined has a place among the others, where their picture and voice belong. */
export function joinedSupervisor({ people }: Directory, { supervisor }: ConnectedCall) {
  if (supervisor?.kind !== 'join') return []
  const { id } = supervisor
  return [
    { participantId: supervisorParticipant(id), firstName: people.get(id)?.firstName ?? '–', role: 'staff' as const },
  ]
}

export function supervisorForAgent({ people }: Directory, call: Call) {
  if (call.status !== 'connected' || call.supervisor === null) return {}
  const { id, kind } = call.supervisor
  return { supervisor: { name: people.get(id)?.name ?? '–', participantId: supervisorParticipant(id), kind } }
}
