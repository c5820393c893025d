/** Everybody else in the call beside the citizen: seen small, and heard. */
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { RemoteView } from '#sfu/client/remote-views.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { colleagueViews, soundWanted } from './call-media.ts'

export function Colleagues({ call }: { call: CallForAgent }): JSX.Element | null {
  const seen = colleagueViews.value.flatMap((remote) => {
    const person = call.others.find(({ participantId }) => participantId === remote.participantId)
    return person === undefined ? [] : [{ remote, name: person.name }]
  })
  if (seen.length === 0) return null
  return (
    <ul class="colleagues">
      {seen.map(({ remote, name }) => (
        <li key={remote.participantId}>
          <Colleague remote={remote} name={name} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  )
}

function Colleague({ remote: { stream }, name }: { remote: RemoteView; name: string }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  const wanted = soundWanted.value
  useEffect(() => {
    const element = video.current
    if (element === null) return
    if (element.srcObject !== stream) element.srcObject = stream
    // Where the browser wants a press first, the citizen's picture asks for it.
    element.play().catch(() => undefined)
  }, [stream, wanted])
  return <video ref={video} autoplay playsInline aria-label={name} />
}
