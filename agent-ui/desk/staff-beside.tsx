/** The employee of the place beside the citizen: who it is, what they said beforehand, and when they have gone. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { staffNoteTexts, staffText } from '../text/staff-text.ts'
import { t } from '../text/language.ts'

export function StaffBeside({ call }: { call: CallForAgent }): JSX.Element | null {
  const { staff } = call
  if (staff === null) return null
  const notes = staffNoteTexts(staff)
  return (
    <div class={`staff-beside ${staff.hasLeft ? 'is-gone' : ''}`}>
      <p class="staff-who" role="status">
        <Icon name="person" />
        <span>{staffText(staff)}</span>
      </p>
      {notes.length > 0 && (
        <ul class="staff-note" aria-label={t('staff.note')}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
