/** Of which day and queue the forecast is, and for which target agents are counted. */
import type { JSX } from 'preact'
import { LEVEL_PERCENTS } from '#server/contract/forecast.ts'
import { addDays, dayOf } from '../model/copenhagen-time.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { ask, forecast, policyPercent, question, queues } from './tomorrow-state.ts'

export function DayForm(): JSX.Element {
  const { queueId, date, levelPercent } = question.value
  const { value } = forecast
  const ofPolicy = policyPercent.value
  const shownPercent = levelPercent ?? ofPolicy
  const percents = [...LEVEL_PERCENTS, ...[ofPolicy, shownPercent].filter((each) => each !== null)]
  const shownId = queueId ?? (value.kind === 'loaded' ? value.reply.queueId : '')
  return (
    <section class="card report-period" aria-label={t('tomorrow.question')}>
      <label class="report-choice">
        {t('report.queue')}
        <select
          name="queue"
          value={shownId}
          onChange={({ currentTarget }) => void ask({ queueId: currentTarget.value })}
        >
          {queues.value.map((queue) => (
            <option key={queue.queueId} value={queue.queueId}>
              {label(queue.serviceLabels)} · {t(languageWords[queue.language])}
            </option>
          ))}
        </select>
      </label>
      <div class="report-steps">
        <button type="button" onClick={() => void ask({ date: addDays(date, -1) })}>
          {t('tomorrow.dayBefore')}
        </button>
        <label class="day">
          {t('report.day')}
          <input
            type="date"
            name="date"
            required
            value={date}
            onChange={({ currentTarget }) => void ask({ date: currentTarget.value })}
          />
        </label>
        <button type="button" onClick={() => void ask({ date: addDays(date, 1) })}>
          {t('tomorrow.dayAfter')}
        </button>
        <button
          type="button"
          aria-pressed={date === addDays(dayOf(Date.now()), 1)}
          onClick={() => void ask({ date: addDays(dayOf(Date.now()), 1) })}
        >
          {t('board.tomorrow')}
        </button>
      </div>
      <label class="report-choice">
        {t('tomorrow.target')}
        <select
          name="level"
          value={shownPercent === null ? '' : String(shownPercent)}
          onChange={({ currentTarget }) => {
            const chosen = Number(currentTarget.value)
            void ask({ levelPercent: chosen === ofPolicy ? null : chosen })
          }}
        >
          {[...new Set(percents)]
            .toSorted((a, b) => a - b)
            .map((each) => (
              <option key={each} value={String(each)}>
                {t(each === ofPolicy ? 'tomorrow.inTimeOfPolicy' : 'tomorrow.inTime', { percent: each })}
              </option>
            ))}
        </select>
      </label>
    </section>
  )
}
