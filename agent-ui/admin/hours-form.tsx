/** Opening times by a name: the times of each weekday, whether holidays are closed, and days that are closed once. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import type { Calendar, City, Closure, Result } from './admin-state.ts'
import { faultsOf, FormFrame, IdInput } from './entry-form.tsx'
import { NEW } from './place.ts'
import { calendarWeek, WEEKDAYS, weekOf, type Span, type Week, type Weekday } from './week.ts'

const dayWords = {
  mon: 'admin.mon',
  tue: 'admin.tue',
  wed: 'admin.wed',
  thu: 'admin.thu',
  fri: 'admin.fri',
  sat: 'admin.sat',
  sun: 'admin.sun',
} as const satisfies Record<Weekday, string>

/** What is added to a day that is closed. */
const USUAL: Span = { from: '09:00', until: '16:00' }

export function HoursForm({ id, city }: { id: string; city: City }): JSX.Element {
  const isNew = id === NEW
  const known = city.document.policy?.hours?.calendars[id]
  const before: Calendar = known ?? { week: {}, holidays: 'closed' }
  const week = useSignal<Week>(weekOf(before.week))
  const holidays = useSignal(before.holidays)
  const closures = useSignal<readonly Closure[]>(before.closures ?? [])
  const newId = useSignal('')
  const result = useSignal<Result | null>(null)
  const now = JSON.stringify([week.value, holidays.value, closures.value])
  const was = JSON.stringify([weekOf(before.week), before.holidays, before.closures ?? []])
  const entryId = isNew ? newId.value : id
  const path = ['policy', 'hours', 'calendars', entryId]
  const value = (): Calendar => {
    const { closures: _closures, ...rest } = before
    const some = closures.value.length > 0 ? { closures: closures.value } : {}
    return { ...rest, week: calendarWeek(week.value), holidays: holidays.value, ...some }
  }
  return (
    <FormFrame
      section="hours"
      id={id}
      title={isNew ? t('admin.newHours') : id}
      city={city}
      isChanged={newId.value !== '' || now !== was}
      changes={() => [{ path, value: value() }]}
      removal={[{ path, value: null }]}
      newId={newId.value}
      result={result}
    >
      {isNew && <IdInput value={newId} />}
      <WeekInput week={week.value} onChange={(next) => (week.value = next)} />
      <div class="admin-field">
        <label for="admin-holidays">{t('admin.holidays')}</label>
        <select
          id="admin-holidays"
          value={holidays.value}
          onChange={({ currentTarget }) => (holidays.value = currentTarget.value === 'open' ? 'open' : 'closed')}
        >
          <option value="closed">{t('admin.holidaysClosed')}</option>
          <option value="open">{t('admin.holidaysOpen')}</option>
        </select>
      </div>
      <ClosuresInput closures={closures.value} onChange={(next) => (closures.value = next)} />
      {faultsOf(result.value, path.join('.')).length > 0 && (
        <p class="admin-fault">{faultsOf(result.value, path.join('.')).join('. ')}</p>
      )}
    </FormFrame>
  )
}

function WeekInput({ week, onChange }: { week: Week; onChange: (week: Week) => void }): JSX.Element {
  return (
    <fieldset class="admin-group">
      <legend>{t('admin.week')}</legend>
      <ul class="admin-week">
        {WEEKDAYS.map((day) => (
          <Day key={day} day={day} spans={week[day]} onChange={(spans) => onChange({ ...week, [day]: spans })} />
        ))}
      </ul>
    </fieldset>
  )
}

type DayProps = {
  readonly day: Weekday
  readonly spans: readonly Span[]
  readonly onChange: (spans: readonly Span[]) => void
}

function Day({ day, spans, onChange }: DayProps): JSX.Element {
  const name = t(dayWords[day])
  const set = (index: number, span: Partial<Span>): void =>
    onChange(spans.map((each, i) => (i === index ? { ...each, ...span } : each)))
  const time = (index: number, key: keyof Span, words: string): JSX.Element => (
    <input
      type="time"
      required
      aria-label={`${name}, ${words}`}
      value={spans[index]?.[key] ?? ''}
      onInput={({ currentTarget }) => set(index, { [key]: currentTarget.value })}
    />
  )
  return (
    <li>
      <span class="admin-day">{name}</span>
      <div class="admin-spans">
        {spans.length === 0 && <span class="quiet">{t('admin.closed')}</span>}
        {spans.map((_span, index) => (
          <span key={index} class="admin-span">
            {time(index, 'from', t('admin.from'))}–{time(index, 'until', t('admin.until'))}
            <button
              type="button"
              class="plain"
              aria-label={t('admin.dropSpan', { day: name })}
              onClick={() => onChange(spans.filter((_each, i) => i !== index))}
            >
              ×
            </button>
          </span>
        ))}
        <button
          type="button"
          aria-label={t('admin.addSpanTo', { day: name })}
          onClick={() => onChange([...spans, spans.at(-1) === undefined ? USUAL : { from: '17:00', until: '18:00' }])}
        >
          {t('admin.addSpan')}
        </button>
      </div>
    </li>
  )
}

type ClosuresProps = {
  readonly closures: readonly Closure[]
  readonly onChange: (closures: readonly Closure[]) => void
}

function ClosuresInput({ closures, onChange }: ClosuresProps): JSX.Element {
  const set = (index: number, closure: Closure): void =>
    onChange(closures.map((each, i) => (i === index ? closure : each)))
  return (
    <fieldset class="admin-group">
      <legend>{t('admin.closures')}</legend>
      {closures.map((closure, index) => {
        const { lastDate: _last, ...single } = closure
        return (
          <div key={index} class="admin-closure">
            <label>
              {t('admin.closedFrom')}
              <input
                type="date"
                required
                value={closure.date}
                onInput={({ currentTarget }) => set(index, { ...closure, date: currentTarget.value })}
              />
            </label>
            <label>
              {t('admin.closedUntil')}
              <input
                type="date"
                min={closure.date}
                value={closure.lastDate ?? ''}
                onInput={({ currentTarget }) =>
                  set(index, currentTarget.value === '' ? single : { ...single, lastDate: currentTarget.value })
                }
              />
            </label>
            <label>
              {t('admin.why')}
              <input
                required
                maxLength={120}
                value={closure.name}
                onInput={({ currentTarget }) => set(index, { ...closure, name: currentTarget.value })}
              />
            </label>
            <button
              type="button"
              aria-label={t('admin.dropClosure', { name: closure.name })}
              onClick={() => onChange(closures.filter((_each, i) => i !== index))}
            >
              {t('admin.drop')}
            </button>
          </div>
        )
      })}
      <button type="button" onClick={() => onChange([...closures, { date: '', name: '' }])}>
        <Icon name="clock" /> {t('admin.addClosure')}
      </button>
    </fieldset>
  )
}
