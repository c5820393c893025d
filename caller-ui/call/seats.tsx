/** Several people at once: a picture of each, with the name and what they are there for. */
import type { Seat } from '../model/seats.ts'
import type { Remote } from '../session/remotes.ts'
import { t } from '../text/language.ts'
import { roleWords } from '../text/people-words.ts'
import { LivePicture } from './live-picture.tsx'
import { SpeakingRing } from './speaking-ring.tsx'

/** In signing all are equally large, for hands are read from each; else whoever has the call is largest. */
export function Seats({ seats, isEqual }: { readonly seats: readonly Seat<Remote>[]; readonly isEqual: boolean }) {
  return (
    <ul class={isEqual ? 'seats equal' : 'seats'} data-count={Math.min(seats.length, 4)}>
      {seats.map((seat) => (
        <li key={seat.participantId} class="seat">
          <Person seat={seat} />
        </li>
      ))}
    </ul>
  )
}

function Person({ seat: { firstName: name, role, remote } }: { readonly seat: Seat<Remote> }) {
  const caption = role === null ? name : roleWords({ firstName: name, role })
  const isSeen = remote?.isCameraOn ?? false
  return (
    <>
      {remote === undefined ? null : (
        <>
          <LivePicture stream={remote.stream} label={t('conversation.agent-picture', { name: caption })} />
          <SpeakingRing level={remote.level} />
        </>
      )}
      {isSeen ? null : (
        <span class="unseen">
          <span class="initial" aria-hidden="true">
            {name.slice(0, 1)}
          </span>
          <span>{t(remote === undefined ? 'conversation.connecting' : 'people.sound-only', { name })}</span>
        </span>
      )}
      <span class="caption">{caption}</span>
    </>
  )
}
