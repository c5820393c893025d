/** Looks for one's own calls by day, ticket, place and outcome. Folded in until somebody looks for something. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { label, t } from '../text/language.ts'
import {
  lookFor,
  outcomeChoices,
  search,
  searchFault,
  todaySearch,
  type Search,
  type SearchFault,
} from './my-calls-state.ts'

const faultWords = {
  'not-a-day': 'range.notADay',
  backwards: 'range.backwards',
  'too-long': 'range.tooLong',
  'not-a-ticket': 'mine.notATicket',
} as const satisfies Record<SearchFault, string>

export function MyCallsSearch(): JSX.Element {
  const wanted = useSignal<Search>(search.value ?? todaySearch())
  const change = (changes: Partial<Search>) => (wanted.value = { ...wanted.value, ...changes })
  const { fromDay, toDay, ticket, place, outcome } = wanted.value
  const fault = searchFault.value
  return (
    <details class="my-search" open={search.value !== null}>
      <summary>{t('mine.search')}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void lookFor(wanted.value)
        }}
      >
        <Day words={t('range.from')} value={fromDay} onWrite={(text) => change({ fromDay: text })} />
        <Day words={t('range.to')} value={toDay} onWrite={(text) => change({ toDay: text })} />
        <Field words={t('mine.ticket')} value={ticket} lengthMax={12} onWrite={(text) => change({ ticket: text })} />
        <Field words={t('mine.place')} value={place} lengthMax={80} onWrite={(text) => change({ place: text })} />
        <label>
          {t('mine.outcome')}
          <select value={outcome} onChange={(event) => change({ outcome: event.currentTarget.value })}>
            <option value="">{t('mine.anyOutcome')}</option>
            {outcomeChoices.value.map(({ code, labels }) => (
              <option key={code} value={code}>
                {label(labels)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary">
          {t('mine.find')}
        </button>
        {fault !== null && (
          <p class="fault" role="alert" id="my-search-fault">
            {t(faultWords[fault])}
          </p>
        )}
      </form>
    </details>
  )
}

interface FieldProps {
  readonly words: string
  readonly value: string
  readonly lengthMax: number
  readonly onWrite: (text: string) => void
}

function Field({ words, value, lengthMax, onWrite }: FieldProps): JSX.Element {
  return (
    <label>
      {words}
      <input
        value={value}
        maxLength={lengthMax}
        autocomplete="off"
        onInput={(event) => onWrite(event.currentTarget.value)}
      />
    </label>
  )
}

function Day({ words, value, onWrite }: Omit<FieldProps, 'lengthMax'>): JSX.Element {
  return (
    <label>
      {words}
      <input type="date" value={value} onInput={(event) => onWrite(event.currentTarget.value)} />
    </label>
  )
}
