/** What the SFU does not do for a page, whatever mediasoup makes of it. */
import type { mediaRequests } from '#sfu/contract/media.ts'
import type { ParticipantId } from '#sfu/contract/ids.ts'
import { Refusal, type Body } from '#sfu/contract/wire.ts'
import type { Participant, Source } from './participant.ts'

type MediaRequests = typeof mediaRequests

/** Runs what mediasoup may refuse because of what the page sent. */
export async function orRefused<R>(attempt: Promise<R>): Promise<R> {
  try {
    return await attempt
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('media-refused', error instanceof Error ? error.message.slice(0, 200) : 'mediasoup refused it')
  }
}

/** What mediasoup itself lets pass: a picture that calls itself sound, or a track that sends nothing. */
export function refuseMislabelled({ kind, source, rtpParameters }: Body<MediaRequests, 'produce'>): void {
  const isOfKind = rtpParameters.codecs.every(({ mimeType }) => mimeType.startsWith(`${kind}/`))
  if (!isOfKind || (kind === 'audio') !== (source === 'microphone')) {
    throw new Refusal('media-refused', 'a microphone sends audio, a camera or a screen sends video')
  }
  const encodingsCount = (rtpParameters.encodings ?? []).length
  if (encodingsCount === 0) throw new Refusal('media-refused', 'there is no encoding')
  if (source === 'screen' && encodingsCount > 1) throw new Refusal('media-refused', 'a screen is sent in one size')
}

/** A window of a screen is sent by the one whom the server has named, who is an agent. */
export function refuseScreen(who: Pick<Participant, 'id' | 'role'>, source: Source, named: ParticipantId | null): void {
  if (source !== 'screen' || (who.role === 'agent' && who.id === named)) return
  throw new Refusal('screen-not-allowed', 'the server has not named this participant')
}
