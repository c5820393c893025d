/** By what the table is divided, and of what the calls are. */
import type { JSX } from 'preact'
import type { ReportDimension } from '#server/contract/reports.ts'
import { REPORT_DIMENSIONS, TABLE_INTERVALS, type TableInterval } from '../model/report-question.ts'
import { t } from '../text/language.ts'
import { dimensionWords, nameText } from '../text/report-text.ts'
import { ask, names, question } from './reports-state.ts'

export const intervalWords = {
  whole: 'report.whole',
  'quarter-hour': 'report.quarterHour',
  hour: 'report.hour',
  day: 'report.day',
  week: 'report.week',
  month: 'report.month',
  year: 'report.year',
} as const satisfies Record<TableInterval, string>

export function ChoiceForm(): JSX.Element {
  const { interval, groups } = question.value
  const [first = '', second = ''] = groups
  const groupBy = (...chosen: string[]): void => {
    const those = chosen.flatMap((word) => REPORT_DIMENSIONS.find((each) => each === word) ?? [])
    void ask({ groups: [...new Set(those)] })
  }
  return (
    <section class="card report-choices" aria-label={t('report.divided')}>
      <label class="report-choice">
        {t('report.interval')}
        <select
          name="interval"
          value={interval}
          onChange={({ currentTarget }) =>
            void ask({ interval: TABLE_INTERVALS.find((each) => each === currentTarget.value) ?? 'whole' })
          }
        >
          {TABLE_INTERVALS.map((each) => (
            <option key={each} value={each}>
              {t(intervalWords[each])}
            </option>
          ))}
        </select>
      </label>
      <GroupChoice name="group" words={t('report.group')} chosen={first} onChoose={(word) => groupBy(word, second)} />
      <GroupChoice name="and" words={t('report.and')} chosen={second} onChoose={(word) => groupBy(first, word)} />
      <div class="report-filters" role="group" aria-label={t('report.filters')}>
        {REPORT_DIMENSIONS.map((dimension) => (
          <Filter key={dimension} dimension={dimension} />
        ))}
      </div>
    </section>
  )
}

interface GroupChoiceProps {
  readonly name: string
  readonly words: string
  readonly chosen: string
  readonly onChoose: (word: string) => void
}

function GroupChoice({ name, words, chosen, onChoose }: GroupChoiceProps): JSX.Element {
  return (
    <label class="report-choice">
      {words}
      <select name={name} value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{t('report.noGroup')}</option>
        {REPORT_DIMENSIONS.map((each) => (
          <option key={each} value={each}>
            {t(dimensionWords[each])}
          </option>
        ))}
      </select>
    </label>
  )
}

function Filter({ dimension }: { dimension: ReportDimension }): JSX.Element | null {
  const { filters } = question.value
  const chosen = filters[dimension] ?? []
  const known = names.value?.[dimension].map(({ id }) => id) ?? []
  // A link may name what is not there any more: it can be taken out all the same.
  const ids = [...new Set([...known, ...chosen])].toSorted((a, b) =>
    nameText(names.value, dimension, a).localeCompare(nameText(names.value, dimension, b)),
  )
  if (ids.length === 0) return null
  const toggle = (id: string): void => {
    const left = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]
    const { [dimension]: _, ...others } = filters
    void ask({ filters: left.length === 0 ? others : { ...others, [dimension]: left } })
  }
  return (
    <details class={`report-filter ${chosen.length > 0 ? 'is-set' : ''}`} name="report-filter">
      <summary>
        {t(dimensionWords[dimension])}:{' '}
        {chosen.length === 0
          ? t('report.everything')
          : chosen.length === 1
            ? nameText(names.value, dimension, chosen[0] ?? '')
            : t('report.several', { count: chosen.length })}
      </summary>
      <fieldset>
        <legend class="visually-hidden">{t(dimensionWords[dimension])}</legend>
        {ids.map((id) => (
          <label key={id} class="report-option">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            {nameText(names.value, dimension, id)}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
