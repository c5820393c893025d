/** How those are called who write in a call. Pure. */
import type { OtherInCall } from '#server/contract/views.ts'

/** First names by the id in the media room. */
export type Writers = ReadonlyMap<string, string>

export type PeopleInCall = {
  readonly agentFirstName: string
  readonly agentParticipantId: string
  readonly others: readonly Pick<OtherInCall, 'participantId' | 'firstName'>[]
}

/** Those known until now and those who are there: what somebody wrote keeps their name when they have left. */
export function writersAfter(known: Writers, { agentFirstName, agentParticipantId, others }: PeopleInCall): Writers {
  return new Map([
    ...known,
    [agentParticipantId, agentFirstName],
    ...others.map(({ participantId, firstName }) => [participantId, firstName] as const),
  ])
}
