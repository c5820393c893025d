/** An employee is signed in: what the specialist should know beforehand, and the call, together with the citizen. */
import type { StaffNoteWord } from '#server/contract/caller-staff.ts'
import { STAFF_NOTE_WORDS } from '#server/contract/staff-words.ts'
import { Button } from '../components/button.tsx'
import { Heading } from '../components/heading.tsx'
import type { StaffReadyScreen } from '../model/staff-entry.ts'
import { t } from '../text/language.ts'
import './staff.css'

type Props = {
  readonly screen: StaffReadyScreen
  readonly onWord: (word: StaffNoteWord) => void
  readonly onCall: () => void
  readonly onSignOut: () => void
}

const noteWords = {
  'little-danish': 'employee.little-danish',
  'hears-badly': 'employee.hears-badly',
  'sees-badly': 'employee.sees-badly',
  'has-papers': 'employee.has-papers',
  'took-number': 'employee.took-number',
  'is-upset': 'employee.is-upset',
} as const satisfies Record<StaffNoteWord, string>

export function StaffReady({ screen, onWord, onCall, onSignOut }: Props) {
  const { firstName: name, placeName, note, isReachable, isCalling } = screen
  return (
    <main class="screen staff-ready">
      <div class="pitch">
        <Heading>{t('employee.hello', { name })}</Heading>
        <p class="lead">{placeName}</p>
      </div>
      <section class="note" aria-labelledby="staff-note">
        <h2 id="staff-note">{t('employee.note')}</h2>
        <p class="aside">{t('employee.note-what')}</p>
        <div class="note-words">
          {STAFF_NOTE_WORDS.map((word) => (
            <Button key={word} look="quiet" isPressed={note.words.includes(word)} onPress={() => onWord(word)}>
              {t(noteWords[word])}
            </Button>
          ))}
        </div>
      </section>
      <footer class="actions">
        <Button look="quiet" onPress={onSignOut}>
          {t('employee.sign-out')}
        </Button>
        <Button look="call" icon="call" onPress={onCall} isDisabled={!isReachable} isBusy={isCalling}>
          {isCalling ? t('idle.calling') : t('employee.call')}
        </Button>
      </footer>
    </main>
  )
}
