/** Whose picture is whose: the people the server tells of, and the streams that come from the media room. Pure. */
import type { OtherInCall } from '#server/contract/views.ts'
import type { ConversationScreen } from './screen.ts'

export type Seat<Stream> = {
  readonly participantId: string
  readonly firstName: string
  /** Null for whoever has the call. */
  readonly role: OtherInCall['role'] | null
  /** Undefined as long as nothing of them has come. */
  readonly remote: Stream | undefined
}

type People = Pick<ConversationScreen, 'agentFirstName' | 'agentParticipantId' | 'others'>

/**
 * Everybody in the call, whoever has it first. A stream of somebody who is not known yet stands for whoever has the
 * call, where that one has none: the media room may be ahead of the view.
 */
export function seatsOf<Stream extends { readonly participantId: string }>(
  { agentFirstName, agentParticipantId, others }: People,
  remotes: readonly Stream[],
): readonly Seat<Stream>[] {
  const streamOf = (id: string) => remotes.find(({ participantId }) => participantId === id)
  const isKnown = (id: string) => others.some(({ participantId }) => participantId === id)
  const main = streamOf(agentParticipantId) ?? remotes.find(({ participantId }) => !isKnown(participantId))
  return [
    { participantId: agentParticipantId, firstName: agentFirstName, role: null, remote: main },
    ...others.map(({ participantId, firstName, role }) => ({
      participantId,
      firstName,
      role,
      remote: streamOf(participantId),
    })),
  ]
}
