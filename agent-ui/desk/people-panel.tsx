/** Asking one more in, or handing the call over: whom, with which words along. The citizen is never put on hold for it. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { isAgentAllowed } from '#server/contract/capabilities.ts'
import { HAND_OVER_CHARACTERS_MAX, type JoinTarget } from '#server/contract/joins.ts'
import type { AgentView, CallForAgent } from '#server/contract/views.ts'
import { t } from '../text/language.ts'
import { ColleagueChoice } from './colleague-choice.tsx'
import { pending } from './desk-state.ts'
import { askColleague, people, refreshPeople } from './join-state.ts'
import { shownPanel } from './side-panels.tsx'
import { TargetChoice, firstTarget, targetKinds, type TargetKind } from './target-choice.tsx'

interface Parts {
  readonly view: AgentView
  readonly call: CallForAgent
}

export const PEOPLE_PANEL = 'people'

/** Who is ready is asked for anew this often while the panel is seen, in ms. Sooner costs the server more. */
const PEOPLE_EVERY_MS = 5_000

/** So few characters left of the note are told. */
const CHARACTERS_LEFT_TOLD = 100

/** Where somebody may be asked in now. */
export function PeoplePanel({ view, call }: Parts): JSX.Element | null {
  const isSeen = shownPanel.value === PEOPLE_PANEL
  useEffect(() => {
    if (!isSeen) return
    void refreshPeople()
    const timer = setInterval(() => void refreshPeople(), PEOPLE_EVERY_MS)
    return () => clearInterval(timer)
  }, [isSeen])
  if (!isAgentAllowed('join.ask', view.work.kind)) return null
  return (
    <div class="join">
      <AskForm call={call} />
    </div>
  )
}

const kindWords = {
  skill: 'people.skill',
  interpreter: 'people.interpreter',
  queue: 'people.queue',
  centre: 'people.centre',
  agent: 'people.agent',
} as const satisfies Record<TargetKind, string>

function AskForm({ call }: { call: CallForAgent }): JSX.Element {
  const kind = useSignal<TargetKind>('skill')
  const chosen = useSignal<JoinTarget | null>(null)
  const isTransfer = useSignal(false)
  const note = useSignal('')
  const first = useRef<HTMLSelectElement>(null)
  const { value: known } = people
  const target = chosen.value ?? (known === null ? null : firstTarget(kind.value, known, call))
  const choose = (wanted: JoinTarget) => (chosen.value = wanted)
  const ask = async (): Promise<void> => {
    if (target === null || !(await askColleague(target, isTransfer.value, note.value))) return
    note.value = ''
    isTransfer.value = false
    first.current?.focus()
    void refreshPeople()
  }
  const isNamed = kind.value === 'agent'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <p class="quiet">{t('join.lead')}</p>
      <label>
        {t('people.whom')}
        <select
          ref={first}
          value={kind.value}
          onChange={(event) => {
            kind.value = event.currentTarget.value as TargetKind
            chosen.value = null
          }}
        >
          {targetKinds.map((each) => (
            <option key={each} value={each}>
              {t(kindWords[each])}
            </option>
          ))}
        </select>
      </label>
      {known === null && <p role="status">{t('people.loading')}</p>}
      {known !== null && isNamed && <ColleagueChoice known={known} target={target} onChoose={choose} />}
      {known !== null && !isNamed && target !== null && (
        <TargetChoice kind={kind.value} known={known} target={target} onChoose={choose} />
      )}
      <NoteField note={note.value} onChange={(text) => (note.value = text)} />
      <label class="choice">
        <input
          type="checkbox"
          checked={isTransfer.value}
          onChange={(event) => (isTransfer.value = event.currentTarget.checked)}
        />
        {t('join.handOver')}
      </label>
      <button type="submit" class="primary" disabled={target === null || pending.value !== null}>
        {isTransfer.value ? t('join.transfer') : t('join.ask')}
      </button>
    </form>
  )
}

function NoteField({ note, onChange }: { note: string; onChange: (note: string) => void }): JSX.Element {
  const left = HAND_OVER_CHARACTERS_MAX - note.length
  return (
    <label>
      {t('people.note')}
      <textarea
        rows={3}
        maxLength={HAND_OVER_CHARACTERS_MAX}
        value={note}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <span class="quiet">
        {left > CHARACTERS_LEFT_TOLD ? t('people.noteWhat') : t('people.noteLeft', { count: left })}
      </span>
    </label>
  )
}
