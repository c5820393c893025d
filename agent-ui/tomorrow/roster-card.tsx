/** Who is planned: a number for each quarter-hour, several at once, what is needed taken over, or a file from a spreadsheet. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ForecastQuarter, ForecastReply, RosterFaultCode } from '#server/contract/forecast.ts'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { openSpan, quarterText } from './quarter-axis.tsx'
import { draft, outcome, plan, save, sendFile, showRoster } from './roster-state.ts'

const faultWords = {
  columns: 'roster.faultColumns',
  queue: 'roster.faultQueue',
  date: 'roster.faultDate',
  time: 'roster.faultTime',
  agents: 'roster.faultAgents',
  twice: 'roster.faultTwice',
  empty: 'roster.faultEmpty',
  'too-long': 'roster.faultTooLong',
} as const satisfies Record<RosterFaultCode, string>

export function RosterCard({ reply }: { reply: ForecastReply }): JSX.Element {
  useEffect(() => showRoster(reply), [reply])
  const quarters = openSpan(reply.quarters)
  const needs = quarters.flatMap(({ at, erlangA, erlangC }): [number, string][] => {
    const need = erlangA ?? erlangC
    return need === null ? [] : [[at, String(need.expected)]]
  })
  const isSaving = outcome.value.kind === 'saving'
  return (
    <section class="card board-card" aria-labelledby="roster-title">
      <h2 id="roster-title">{t('roster.title')}</h2>
      <p class="quiet">{t('roster.explained')}</p>
      <div class="roster-tools">
        <Several quarters={quarters} />
        {needs.length > 0 && (
          <button type="button" onClick={() => plan(needs)}>
            {t('roster.takeNeed')}
          </button>
        )}
      </div>
      <form
        class="roster-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save(reply)
        }}
      >
        <div class="roster-fields" role="group" aria-label={t('roster.title')}>
          {quarters.map(({ at }) => (
            <label key={at} class="roster-field">
              {quarterText(at)}
              <input
                inputMode="numeric"
                maxLength={3}
                autocomplete="off"
                value={draft.value.get(at) ?? ''}
                onInput={({ currentTarget }) => plan([[at, currentTarget.value]])}
              />
            </label>
          ))}
        </div>
        <div class="roster-tools">
          <button type="submit" class="primary" disabled={isSaving}>
            {t('roster.save')}
          </button>
          <label class="roster-file">
            {t('roster.file')}
            <input
              type="file"
              accept=".csv,text/csv"
              disabled={isSaving}
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0]
                currentTarget.value = ''
                if (file !== undefined) void sendFile(file)
              }}
            />
          </label>
        </div>
        <p class="quiet">{t('roster.fileForm', { queue: reply.queueId, date: reply.date })}</p>
      </form>
      <Outcome />
    </section>
  )
}

/** From one time to another the same number. */
function Several({ quarters }: { quarters: readonly ForecastQuarter[] }): JSX.Element {
  const from = useSignal(0)
  const until = useSignal(0)
  const count = useSignal('')
  const [first = { at: 0 }, last = first] = [quarters[0], quarters.at(-1)]
  const fromAt = quarters.some(({ at }) => at === from.value) ? from.value : first.at
  const lastAt = quarters.some(({ at }) => at === until.value) ? until.value : last.at
  const choice = (name: string, words: string, chosen: number, place: typeof from): JSX.Element => (
    <label class="report-choice">
      {words}
      <select
        name={name}
        value={String(chosen)}
        onChange={({ currentTarget }) => (place.value = Number(currentTarget.value))}
      >
        {quarters.map(({ at }) => (
          <option key={at} value={String(at)}>
            {quarterText(name === 'until' ? at + 900_000 : at)}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form
      class="roster-tools"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const those = quarters.filter(({ at }) => at >= fromAt && at <= lastAt)
        plan(those.map(({ at }): [number, string] => [at, count.value]))
      }}
    >
      {choice('from', t('roster.from'), fromAt, from)}
      {choice('until', t('roster.until'), lastAt, until)}
      <label class="report-choice">
        {t('roster.agents')}
        <input
          name="agents"
          class="roster-count"
          inputMode="numeric"
          maxLength={3}
          autocomplete="off"
          value={count.value}
          onInput={({ currentTarget }) => (count.value = currentTarget.value)}
        />
      </label>
      <button type="submit">{t('roster.fill')}</button>
    </form>
  )
}

function Outcome(): JSX.Element | null {
  const { value } = outcome
  switch (value.kind) {
    case 'none':
      return null
    case 'saving':
      return (
        <p role="status" class="roster-outcome">
          {t('roster.saving')}
        </p>
      )
    case 'saved':
      return (
        <p role="status" class="roster-outcome">
          {t('roster.saved', { count: value.count })}
        </p>
      )
    case 'not-a-number':
      return (
        <p role="alert" class="fault roster-outcome">
          {t('roster.notANumber')}
        </p>
      )
    case 'failed':
      return (
        <p role="alert" class="fault roster-outcome">
          {t('roster.failed')} {errorText(value.code)}
        </p>
      )
    case 'refused':
      return (
        <div role="alert" class="fault roster-outcome">
          <p>{t('roster.refused', { count: value.reply.faultsCount })}</p>
          <ul>
            {value.reply.faults.map(({ line, code, text }) => (
              <li key={line}>
                {t('roster.line', { line })} {t(faultWords[code])} {text !== '' && <code>{text}</code>}
              </li>
            ))}
          </ul>
        </div>
      )
  }
}
