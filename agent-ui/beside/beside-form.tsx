/** What the citizen wants, said by both before the call: a matter, a language, what they need, and a note for the specialist. */
import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { BESIDE_NOTE_CHARACTERS_MAX } from '#server/contract/staff-words.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { NoteField } from '../components/note-field.tsx'
import { lineText } from '../text/beside-text.ts'
import { classNameText } from '../text/class-text.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { callTogether, change, closeBeside, form, isAsking } from './beside-state.ts'

/** What a citizen may be: the rule for staff stands where nothing of this is chosen. */
const USUAL = 'ordinary'

export function BesideForm({ view }: { view: CallerView }): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const line = lineText(view.line)
  return (
    <form
      class="card beside-form"
      aria-labelledby="beside-title"
      onSubmit={(event) => {
        event.preventDefault()
        void callTogether()
      }}
    >
      <header>
        <h1 id="beside-title" ref={title} tabIndex={-1}>
          {t('beside.title')}
        </h1>
        <p class="quiet">{t('beside.titleText', { site: view.siteName })}</p>
        {line !== null && (
          <p class="beside-line" role="status">
            <Icon name="clock" />
            {line}
          </p>
        )}
      </header>
      <Matters matters={view.matters} />
      <div class="beside-needs">
        <Languages view={view} />
        <Wishes view={view} />
        <Urgency classIds={view.classIds} />
      </div>
      <Note />
      <p class="row">
        <button type="submit" class="primary large" disabled={form.value.matterId === undefined || isAsking.value}>
          <Icon name="phone" />
          {t('beside.call')}
        </button>
        <button type="button" class="large" onClick={closeBeside}>
          {t('beside.back')}
        </button>
      </p>
      {form.value.matterId === undefined && <p class="quiet">{t('beside.chooseFirst')}</p>}
    </form>
  )
}

interface ChoiceProps {
  readonly group: string
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly children: ComponentChildren
}

function Choice({ group, isChosen, onChoose, children }: ChoiceProps): JSX.Element {
  return (
    <label class="after-outcome">
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
      <span>{children}</span>
    </label>
  )
}

function Matters({ matters }: Pick<CallerView, 'matters'>): JSX.Element {
  const { matterId: chosen } = form.value
  return (
    <fieldset class="beside-choices">
      <legend>{t('beside.matter')}</legend>
      {matters.map(({ matterId, labels }) => (
        <Choice
          key={matterId}
          group="beside-matter"
          isChosen={chosen === matterId}
          onChoose={() => change({ matterId })}
        >
          {label(labels)}
        </Choice>
      ))}
      <Choice group="beside-matter" isChosen={chosen === null} onChoose={() => change({ matterId: null })}>
        {t('beside.otherMatter')}
      </Choice>
    </fieldset>
  )
}

function Languages({ view }: { view: CallerView }): JSX.Element {
  return (
    <label>
      {t('call.language')}
      <select
        value={form.value.language}
        onChange={({ currentTarget: { selectedIndex } }) => {
          const language = view.spokenLanguages[selectedIndex]?.language
          if (language !== undefined) change({ language, ...(isInterpreted(view, language) ? {} : { wish: 'none' }) })
        }}
      >
        {view.spokenLanguages.map(({ language }) => (
          <option key={language} value={language}>
            {t(languageWords[language])}
          </option>
        ))}
      </select>
    </label>
  )
}

const isInterpreted = ({ spokenLanguages }: CallerView, language: string): boolean =>
  spokenLanguages.some((spoken) => spoken.language === language && spoken.isInterpreted)

function Wishes({ view }: { view: CallerView }): JSX.Element {
  const { wish, language } = form.value
  const wishes = [
    ['none', 'beside.wishNone'],
    ...(isInterpreted(view, language) ? ([['interpreter', 'beside.wishInterpreter']] as const) : []),
    ['signing', 'beside.wishSigning'],
  ] as const
  return (
    <fieldset class="beside-choices">
      <legend>{t('beside.wish')}</legend>
      {wishes.map(([value, words]) => (
        <Choice key={value} group="beside-wish" isChosen={wish === value} onChoose={() => change({ wish: value })}>
          {t(words)}
        </Choice>
      ))}
    </fieldset>
  )
}

/** Only what the policy in force has; where it has nothing else, there is nothing to ask. */
function Urgency({ classIds }: Pick<CallerView, 'classIds'>): JSX.Element | null {
  const others = classIds.filter((classId) => classId !== USUAL)
  if (others.length === 0) return null
  return (
    <fieldset class="beside-choices">
      <legend>{t('beside.urgency')}</legend>
      <Choice group="beside-class" isChosen={form.value.classId === null} onChoose={() => change({ classId: null })}>
        {t('beside.usual')}
      </Choice>
      {others.map((classId) => (
        <Choice
          key={classId}
          group="beside-class"
          isChosen={form.value.classId === classId}
          onChoose={() => change({ classId })}
        >
          {classNameText(classId)}
        </Choice>
      ))}
    </fieldset>
  )
}

function Note(): JSX.Element {
  return (
    <NoteField
      id="beside-note"
      className="beside-note"
      label={t('beside.note')}
      hint={t('beside.noteHint')}
      leftText={(count) => t('people.noteLeft', { count })}
      rows={3}
      lengthMax={BESIDE_NOTE_CHARACTERS_MAX}
      note={form.value.note}
      onWrite={(note) => change({ note })}
    />
  )
}
