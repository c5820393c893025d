/** The words for the employee of the place who called together with the citizen. */
import type { StaffNoteWord } from '#server/contract/caller-staff.ts'
import type { CallForAgent } from '#server/contract/views.ts'
import { t } from './language.ts'

const noteWords = {
  'little-danish': 'staffNote.littleDanish',
  'hears-badly': 'staffNote.hearsBadly',
  'sees-badly': 'staffNote.seesBadly',
  'has-papers': 'staffNote.hasPapers',
  'took-number': 'staffNote.tookNumber',
  'is-upset': 'staffNote.isUpset',
} as const satisfies Record<StaffNoteWord, string>

type Staff = NonNullable<CallForAgent['staff']>

/** Who stands beside the citizen, or stood there. */
export function staffText({ name, placeName: place, hasLeft, isAtOwnDesk }: Staff): string {
  if (isAtOwnDesk) return t('staff.atOwnDesk', { name, place })
  return hasLeft ? t('staff.hasLeft', { name, place }) : t('staff.beside', { name, place })
}

/** What they said for the specialist, each a few words; empty for most. */
export function staffNoteTexts({ note }: Staff): string[] {
  if (note === null) return []
  const prepared = note.words.map((word) => t(noteWords[word]))
  return note.text === '' ? prepared : [...prepared, note.text]
}
