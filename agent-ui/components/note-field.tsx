/** A note of some lines: says how much room is left when it becomes little, and that a CPR number does not belong in it. */
import type { JSX } from 'preact'
import { hasCprNumber } from '../model/cpr-number.ts'
import { t } from '../text/language.ts'
import { Icon } from './icons.tsx'

/** The share of its room from which on a note tells what is left. */
const TELL_LEFT_SHARE = 0.2

type Props = {
  readonly id: string
  readonly className: string
  readonly label: string
  readonly hint: string
  readonly leftText: (count: number) => string
  readonly rows: number
  readonly lengthMax: number
  readonly note: string
  readonly onWrite: (note: string) => void
  readonly onDone?: () => void
}

export function NoteField(props: Props): JSX.Element {
  const { id, className, label, hint, leftText, rows, lengthMax, note, onWrite, onDone } = props
  const leftCount = lengthMax - note.length
  return (
    <div class={className}>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        maxLength={lengthMax}
        autocomplete="off"
        value={note}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onWrite(event.currentTarget.value)}
        onBlur={onDone}
      />
      <p id={`${id}-hint`} class="quiet">
        {hint}
        {leftCount <= lengthMax * TELL_LEFT_SHARE && ` ${leftText(leftCount)}`}
      </p>
      {hasCprNumber(note) && (
        <p class="after-warning" role="alert">
          <Icon name="warning" />
          <span>{t('after.cpr')}</span>
        </p>
      )}
    </div>
  )
}
