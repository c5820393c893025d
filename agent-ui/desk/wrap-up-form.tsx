/** What came of the call: outcomes, solved or not, a note. All of it may be left out, and all of it keeps itself. */
import type { JSX } from 'preact'
import { NOTE_LENGTH_MAX, type WrapUpSheet } from '#server/contract/wrap-up.ts'
import { Icon } from '../components/icons.tsx'
import { NoteField } from '../components/note-field.tsx'
import { label, t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { CallbackPromise } from './callback-promise.tsx'
import { form, openSheetAgain, saveNow, saving, sheet, toggleOutcome, write } from './wrap-up-state.ts'

export function WrapUpForm(): JSX.Element {
  const { value } = sheet
  switch (value.kind) {
    case 'loading':
      return (
        <p class="wrap-up-form-state" role="status" aria-busy="true">
          <span class="spinner" aria-hidden="true" />
          {t('after.loading')}
        </p>
      )
    case 'failed':
      return (
        <div class="wrap-up-form-state" role="alert">
          <Icon name="warning" />
          <p>
            {t('after.failed')} {errorText(value.code)}
          </p>
          <button type="button" onClick={openSheetAgain}>
            {t('page.tryAgain')}
          </button>
        </div>
      )
    case 'open':
      return <Fields sheet={value.sheet} />
  }
}

function Fields({ sheet }: { sheet: WrapUpSheet }): JSX.Element {
  const { outcomes, notesKeptDays, callback } = sheet
  return (
    <form class="wrap-up-form" aria-label={t('after.form')} onSubmit={(event) => event.preventDefault()}>
      {outcomes.length > 0 && <Outcomes outcomes={outcomes} />}
      <Solved />
      <Note notesKeptDays={notesKeptDays} />
      <Saved />
      {callback !== undefined && <CallbackPromise key={sheet.callId} of={sheet} callback={callback} />}
    </form>
  )
}

function Outcomes({ outcomes }: Pick<WrapUpSheet, 'outcomes'>): JSX.Element {
  const { outcomeCodes } = form.value
  return (
    <fieldset class="after-outcomes">
      <legend>{t('after.outcomes')}</legend>
      <ul>
        {outcomes.map(({ code, labels }) => (
          <li key={code}>
            <label class="after-outcome">
              <input type="checkbox" checked={outcomeCodes.includes(code)} onChange={() => toggleOutcome(code)} />
              <span>{label(labels)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

const answers = [
  { key: 'yes', value: true, words: 'after.yes' },
  { key: 'no', value: false, words: 'after.no' },
  { key: 'unsaid', value: null, words: 'after.unsaid' },
] as const

function Solved(): JSX.Element {
  return (
    <fieldset class="after-solved">
      <legend>{t('after.solved')}</legend>
      {answers.map(({ key, value, words }) => (
        <label key={key} class="after-outcome">
          <input
            type="radio"
            name="solved-first"
            checked={form.value.isSolvedFirst === value}
            onChange={() => write({ isSolvedFirst: value })}
          />
          <span>{t(words)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Note({ notesKeptDays }: Pick<WrapUpSheet, 'notesKeptDays'>): JSX.Element {
  return (
    <NoteField
      id="after-note"
      className="after-note"
      label={t('after.note')}
      hint={t('after.noteHint', { days: notesKeptDays })}
      leftText={(count) => t('after.noteLeft', { count })}
      rows={4}
      lengthMax={NOTE_LENGTH_MAX}
      note={form.value.note}
      onWrite={(note) => write({ note })}
      onDone={saveNow}
    />
  )
}

/** Whether the server has it. Said quietly: nobody has to wait for it. */
function Saved(): JSX.Element {
  const { value } = saving
  return (
    <p class="after-saved quiet" role="status">
      {value.kind === 'saved' && (
        <>
          <Icon name="check" />
          {t('after.saved')}
        </>
      )}
      {value.kind === 'unsaved' && t('after.saving')}
      {value.kind === 'failed' && (
        <>
          <Icon name="warning" />
          <span>
            {t('after.notSaved')} {errorText(value.code)}
          </span>
          <button type="button" class="plain" onClick={saveNow}>
            {t('page.tryAgain')}
          </button>
        </>
      )}
    </p>
  )
}
