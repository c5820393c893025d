/** Everybody else in the call beside the citizen: seen small, and heard. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import { colleagueViews } from './call-media.ts'
import { LivePicture } from './live-picture.tsx'

interface Person {
  readonly participantId: string
  readonly name: string
}

export function Colleagues({ call }: { call: CallForAgent }): JSX.Element | null {
  // Whoever only listens sends nothing; of the others the voice has to be played somewhere.
  const { supervisor } = call
  return <Faces people={supervisor === undefined ? call.others : [...call.others, supervisor]} />
}

/** Those of `people` who are seen just now, each with their name. */
export function Faces({ people }: { people: readonly Person[] }): JSX.Element | null {
  const seen = colleagueViews.value.flatMap((remote) => {
    const person = people.find(({ participantId }) => participantId === remote.participantId)
    return person === undefined ? [] : [{ remote, name: person.name }]
  })
  if (seen.length === 0) return null
  return (
    <ul class="colleagues">
      {seen.map(({ remote, name }) => (
        <li key={remote.participantId}>
          {/* Where the browser wants a press first, the citizen's picture asks for it. */}
          <LivePicture stream={remote.stream} label={name} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  )
}
