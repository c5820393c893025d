/** What if: an earlier day run again with agents more or fewer in this queue, beside the same day run again as it was. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ForecastReply } from '#server/contract/forecast.ts'
import { MORE_AGENTS_MAX, type WhatIfFailure, type WhatIfResult, type WhatIfRow } from '#server/contract/what-if.ts'
import { clockText } from '../model/duration.ts'
import { countText, shareText } from '../reports/figure-text.ts'
import { formatTag, label, t } from '../text/language.ts'
import { dateText } from '../text/report-text.ts'
import { errorText, languageWords } from '../text/words.ts'
import { queues } from './tomorrow-state.ts'
import { askWhatIf, lookForWhatIf, whatIf, whatIfFault } from './what-if-state.ts'

const failureWords = {
  'no-such-day': 'whatIf.noSuchDay',
  differs: 'whatIf.differs',
  nobody: 'whatIf.nobody',
  'too-long': 'whatIf.tooLong',
  failed: 'whatIf.failed',
} as const satisfies Record<WhatIfFailure, string>

type MeanAndEnds = WhatIfRow['serviceLevelChange']

export function WhatIfCard({ reply }: { reply: ForecastReply }): JSX.Element {
  const chosenDate = useSignal('')
  const moreCount = useSignal(-1)
  useEffect(() => void lookForWhatIf(), [])
  const { earlierDates, queueId } = reply
  const date = earlierDates.find((each) => each === chosenDate.value) ?? earlierDates[0]
  const { value } = whatIf
  const counts = Array.from({ length: 2 * MORE_AGENTS_MAX + 1 }, (_, i) => i - MORE_AGENTS_MAX).filter(
    (each) => each !== 0,
  )
  return (
    <section class="card board-card" aria-labelledby="what-if-title" aria-busy={value.kind === 'running'}>
      <h2 id="what-if-title">{t('whatIf.title')}</h2>
      <p class="quiet">{t('whatIf.explained')}</p>
      {date === undefined ? (
        <p>{t('whatIf.noDay')}</p>
      ) : (
        <form
          class="roster-tools"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void askWhatIf({ queueId, date, moreCount: moreCount.value })
          }}
        >
          <label class="report-choice">
            {t('whatIf.day')}
            <select name="day" value={date} onChange={({ currentTarget }) => (chosenDate.value = currentTarget.value)}>
              {earlierDates.map((each) => (
                <option key={each} value={each}>
                  {dateText(each)}
                </option>
              ))}
            </select>
          </label>
          <label class="report-choice">
            {t('whatIf.change')}
            <select
              name="more"
              value={String(moreCount.value)}
              onChange={({ currentTarget }) => (moreCount.value = Number(currentTarget.value))}
            >
              {counts.map((each) => (
                <option key={each} value={String(each)}>
                  {each < 0 ? t('whatIf.fewer', { count: -each }) : t('whatIf.more', { count: each })}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="primary" disabled={value.kind === 'running'}>
            {t('whatIf.run')}
          </button>
        </form>
      )}
      {whatIfFault.value !== null && (
        <p role="alert" class="fault roster-outcome">
          {whatIfFault.value === 'too-many-requests' ? t('whatIf.busy') : errorText(whatIfFault.value)}
        </p>
      )}
      <Answer />
    </section>
  )
}

function Answer(): JSX.Element | null {
  const { value } = whatIf
  if (value.kind === 'none') return null
  const { queueId, date, moreCount } = value.question
  const queue = queues.value.find((each) => each.queueId === queueId)
  const asked = t('whatIf.asked', {
    queue: queue === undefined ? queueId : `${label(queue.serviceLabels)} · ${t(languageWords[queue.language])}`,
    date: dateText(date),
    change: moreCount < 0 ? t('whatIf.fewer', { count: -moreCount }) : t('whatIf.more', { count: moreCount }),
  })
  switch (value.kind) {
    case 'running':
      return (
        <p role="status" class="roster-outcome">
          <span class="spinner" aria-hidden="true" /> {asked} {t('whatIf.running')}
        </p>
      )
    case 'failed':
      return (
        <p role="alert" class="fault roster-outcome">
          {asked} {t(failureWords[value.code])}
        </p>
      )
    case 'done':
      return <Result asked={asked} result={value.result} wanted={Math.abs(moreCount)} />
  }
}

function Result({ asked, result, wanted }: { asked: string; result: WhatIfResult; wanted: number }): JSX.Element {
  return (
    <>
      <p role="status">
        <strong>{asked}</strong> {verdict(result.queue.serviceLevelChange)}
        {result.agentsCount < wanted && ` ${t('whatIf.onlySo', { count: result.agentsCount })}`}
      </p>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={t('whatIf.title')}>
        <table>
          <caption class="visually-hidden">{t('whatIf.title')}</caption>
          <thead>
            <tr>
              {['whatIf.figure', 'whatIf.observed', 'whatIf.baseline', 'whatIf.changed'].map((words, i) => (
                <th key={words} scope="col" class={i === 0 ? '' : 'number'}>
                  {t(words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Rows row={result.queue} of={t('whatIf.ofQueue')} />
            <Rows row={result.city} of={t('whatIf.ofCity')} />
          </tbody>
        </table>
      </div>
      <p class="quiet">{t('whatIf.how', { count: result.resamplesCount })}</p>
    </>
  )
}

const figures = [
  { name: 'serviceLevel', words: 'figure.serviceLevel', text: shareText },
  { name: 'waitP50Ms', words: 'reportFigure.median', text: clockText },
  { name: 'waitP90Ms', words: 'reportFigure.p90', text: clockText },
  { name: 'abandoned', words: 'figure.abandoned', text: (count: number) => countText(Math.round(count)) },
] as const

function Rows({ row, of }: { row: WhatIfRow; of: string }): JSX.Element {
  return (
    <>
      {figures.map(({ name, words, text }) => {
        const range = (found: MeanAndEnds) =>
          found === null ? '–' : `${text(found.mean)} (${text(found.low)}–${text(found.high)})`
        const was = row.observed?.[name] ?? null
        return (
          <tr key={name}>
            <th scope="row">
              {t(words)}, {of}
            </th>
            <td class="number">{was === null ? '–' : text(was)}</td>
            <td class="number">{range(row.baseline[name])}</td>
            <td class="number">{range(row.changed[name])}</td>
          </tr>
        )
      })}
    </>
  )
}

/** What the change does to the service level, and whether that is more than luck. */
function verdict(change: MeanAndEnds): string {
  if (change === null) return t('whatIf.noChange')
  const points = (share: number): string => {
    const text = new Intl.NumberFormat(formatTag(), { maximumFractionDigits: 1 }).format(Math.abs(share * 100))
    return `${share < 0 ? '−' : '+'}${text}`
  }
  const isLuck = change.low <= 0 && change.high >= 0
  const facts = { points: points(change.mean), low: points(change.low), high: points(change.high) }
  return t(isLuck ? 'whatIf.luck' : 'whatIf.points', facts)
}
