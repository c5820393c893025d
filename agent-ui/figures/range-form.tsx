/** From which day to which. */
import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { presetRange, type RangeFault, type RangePreset } from '../model/range.ts'
import { t } from '../text/language.ts'
import { choose, range, rangeFault } from './figures-state.ts'

const presets = [
  { preset: 'today', words: 'range.today' },
  { preset: 'yesterday', words: 'range.yesterday' },
  { preset: 'last-7-days', words: 'range.last7Days' },
  { preset: 'last-28-days', words: 'range.last28Days' },
] as const satisfies readonly { preset: RangePreset; words: string }[]

const faultWords = {
  'not-a-day': 'range.notADay',
  backwards: 'range.backwards',
  'too-long': 'range.tooLong',
} as const satisfies Record<RangeFault, string>

export function RangeForm(): JSX.Element {
  const fromDay = useSignal(range.value.fromDay)
  const toDay = useSignal(range.value.toDay)
  // A preset moves the fields too.
  useSignalEffect(() => {
    fromDay.value = range.value.fromDay
    toDay.value = range.value.toDay
  })
  const fault = rangeFault.value
  const describedBy = fault === null ? 'range-zone' : 'range-fault range-zone'
  return (
    <form
      class="card range-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void choose({ fromDay: fromDay.value, toDay: toDay.value })
      }}
    >
      <div class="presets" role="group" aria-label={t('range.presets')}>
        {presets.map(({ preset, words }) => (
          <button
            key={preset}
            type="button"
            aria-pressed={isChosen(preset)}
            onClick={() => void choose(presetRange(preset, Date.now()))}
          >
            {t(words)}
          </button>
        ))}
      </div>
      <div class="range-days">
        <Day name="from" words={t('range.from')} day={fromDay} describedBy={describedBy} isWrong={fault !== null} />
        <Day name="to" words={t('range.to')} day={toDay} describedBy={describedBy} isWrong={fault !== null} />
        <button type="submit" class="primary">
          {t('range.show')}
        </button>
      </div>
      {fault !== null && (
        <p class="fault" role="alert" id="range-fault">
          {t(faultWords[fault])}
        </p>
      )}
      <p class="quiet range-zone" id="range-zone">
        {t('range.zone')}
      </p>
    </form>
  )
}

function isChosen(preset: RangePreset): boolean {
  const { fromDay, toDay } = presetRange(preset, Date.now())
  return range.value.fromDay === fromDay && range.value.toDay === toDay
}

interface DayProps {
  readonly name: string
  readonly words: string
  readonly day: { value: string }
  readonly describedBy: string
  readonly isWrong: boolean
}

function Day({ name, words, day, describedBy, isWrong }: DayProps): JSX.Element {
  return (
    <label class="day">
      {words}
      <input
        type="date"
        name={name}
        required
        value={day.value}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        onInput={(event) => (day.value = event.currentTarget.value)}
      />
    </label>
  )
}
