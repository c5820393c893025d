/** Who asked somebody into the call, for what, and what they wrote along: read before the picture opens, and in the call. */
import type { JSX } from 'preact'
import type { AskedInView } from '#server/contract/joins.ts'
import { Icon } from '../components/icons.tsx'
import { askedInText } from '../text/join-text.ts'
import { t } from '../text/language.ts'

interface AskedInProps {
  readonly askedIn: AskedInView
  /** The name of whoever came; absent for whoever reads it. */
  readonly whom?: string
}

export function AskedIn({ askedIn, whom }: AskedInProps): JSX.Element {
  return (
    <div class="asked-in">
      <p class="asked-in-by">
        <Icon name="person" />
        <span>
          {whom !== undefined && <strong>{whom}: </strong>}
          {askedInText(askedIn, whom !== undefined)}
        </span>
      </p>
      <HandOverNote note={askedIn.note} />
    </div>
  )
}

/** The words of a colleague, as they wrote them. It can be scrolled by the keyboard where it is long. */
export function HandOverNote({ note }: { note: string | null }): JSX.Element | null {
  if (note === null) return null
  return (
    <blockquote class="hand-over" tabIndex={0} aria-label={t('people.noteFrom')}>
      {note}
    </blockquote>
  )
}
