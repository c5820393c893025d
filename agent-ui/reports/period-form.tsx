/** Of which days the report is, and what it is compared with. */
import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { addDays } from '../model/copenhagen-time.ts'
import type { DayRange } from '../model/range.ts'
import { movedBy, periodAround, periodFault, today } from '../model/report-period.ts'
import { COMPARISONS, type ReportQuestion } from '../model/report-question.ts'
import { t } from '../text/language.ts'
import { rangeText } from '../text/report-text.ts'
import { ask, fault, question } from './reports-state.ts'

const presets = [
  { words: 'range.today', days: (now: string) => periodAround('day', now) },
  { words: 'range.yesterday', days: (now: string) => periodAround('day', addDays(now, -1)) },
  { words: 'report.thisWeek', days: (now: string) => periodAround('week', now) },
  { words: 'report.thisMonth', days: (now: string) => periodAround('month', now) },
  { words: 'report.thisYear', days: (now: string) => periodAround('year', now) },
] as const

const faultWords = {
  'not-a-day': 'range.notADay',
  backwards: 'range.backwards',
  'too-long': 'report.tooLong',
  'too-many-rows': 'report.tooManyRows',
} as const

export const comparisonWords = {
  none: 'report.compareNone',
  before: 'report.compareBefore',
  'year-before': 'report.compareYear',
} as const satisfies Record<ReportQuestion['comparison'], string>

/** `isCompared`: another period can be chosen to compare with. */
export function PeriodForm({ isCompared = true }: { isCompared?: boolean }): JSX.Element {
  const { value } = question
  const now = today(Date.now())
  // From days that are none there is no way to the next.
  const isDays = periodFault(value) === null
  const isChosen = ({ fromDay, toDay }: DayRange): boolean => fromDay === value.fromDay && toDay === value.toDay
  return (
    <section class="card report-period" aria-label={t('report.period')}>
      <div class="report-presets" role="group" aria-label={t('range.presets')}>
        {presets.map(({ words, days }) => (
          <button key={words} type="button" aria-pressed={isChosen(days(now))} onClick={() => void ask(days(now))}>
            {t(words)}
          </button>
        ))}
      </div>
      <Days />
      <div class="report-steps">
        <button type="button" disabled={!isDays} onClick={() => void ask(movedBy(-1, value))}>
          {t('report.earlier')}
        </button>
        <p class="report-range">
          <strong>{isDays ? rangeText(value) : '–'}</strong>
        </p>
        <button type="button" disabled={!isDays} onClick={() => void ask(movedBy(1, value))}>
          {t('report.later')}
        </button>
      </div>
      {isCompared && <CompareChoice />}
      {fault.value !== null && (
        <p class="fault report-fault" role="alert" id="report-fault">
          {t(faultWords[fault.value])}
        </p>
      )}
    </section>
  )
}

function CompareChoice(): JSX.Element {
  return (
    <label class="report-choice">
      {t('report.compare')}
      <select
        name="compare"
        value={question.value.comparison}
        onChange={({ currentTarget }) =>
          void ask({ comparison: COMPARISONS.find((each) => each === currentTarget.value) ?? 'none' })
        }
      >
        {COMPARISONS.map((each) => (
          <option key={each} value={each}>
            {t(comparisonWords[each])}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The first and the last day, written by hand. */
function Days(): JSX.Element {
  const fromDay = useSignal(question.value.fromDay)
  const toDay = useSignal(question.value.toDay)
  // A preset and a step move the fields too.
  useSignalEffect(() => {
    fromDay.value = question.value.fromDay
    toDay.value = question.value.toDay
  })
  const isWrong = periodFault(question.value) !== null
  const field = (name: 'from' | 'to', day: typeof fromDay): JSX.Element => (
    <label class="day">
      {t(name === 'from' ? 'range.from' : 'range.to')}
      <input
        type="date"
        name={name}
        required
        value={day.value}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? 'report-fault' : undefined}
        onInput={({ currentTarget }) => (day.value = currentTarget.value)}
      />
    </label>
  )
  return (
    <form
      class="report-days"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void ask({ fromDay: fromDay.value, toDay: toDay.value })
      }}
    >
      {field('from', fromDay)}
      {field('to', toDay)}
      <button type="submit" class="primary">
        {t('report.show')}
      </button>
    </form>
  )
}
