/** A day to come in one queue: the calls that are expected, how sure that is, and the agents that they need. */
import type { JSX } from 'preact'
import type { ForecastReply } from '#server/contract/forecast.ts'
import { BoardHeader } from '../components/board-header.tsx'
import { Failed, Loading, Nothing } from '../components/page-state.tsx'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { clockText } from '../model/duration.ts'
import { weekdayOf } from '../model/report-period.ts'
import { countText, shareText } from '../reports/figure-text.ts'
import { RoleGate } from '../session/role-gate.tsx'
import { formatTag, t } from '../text/language.ts'
import { dateText, weekdayText } from '../text/report-text.ts'
import { errorText } from '../text/words.ts'
import { AgentsChart } from './agents-chart.tsx'
import { CallsChart } from './calls-chart.tsx'
import { DayForm } from './day-form.tsx'
import { RosterCard } from './roster-card.tsx'
import { WhatIfCard } from './what-if-card.tsx'
import { forecast, load } from './tomorrow-state.ts'

export function TomorrowPage(): JSX.Element {
  document.title = t('title.tomorrow')
  return <RoleGate role="supervisor">{() => <Tomorrow />}</RoleGate>
}

function Tomorrow(): JSX.Element {
  return (
    <div class="board">
      <BoardHeader current="tomorrow" />
      <main class="board-main reports tomorrow">
        <h1 class="visually-hidden">{t('board.tomorrow')}</h1>
        <DayForm />
        <Result />
      </main>
    </div>
  )
}

function Result(): JSX.Element {
  const { value } = forecast
  switch (value.kind) {
    case 'loading':
      return <Loading words={t('tomorrow.loading')} />
    case 'failed':
      return (
        <Failed
          code={value.code}
          words={`${t('tomorrow.failed')} ${failureText(value.code)}`}
          onAgain={() => void load()}
        />
      )
    case 'loaded':
      return <Loaded reply={value.reply} />
  }
}

function Loaded({ reply }: { reply: ForecastReply }): JSX.Element {
  const { date, holidayName, quarters } = reply
  const isClosed = quarters.every(({ isOpen }) => !isOpen)
  return (
    <>
      <div class="report-head">
        <p>
          <strong>
            {weekdayText(weekdayOf(date))} {dateText(date)}
          </strong>
          {holidayName !== null && ` · ${t('tomorrow.holiday', { name: holidayName })}`}
          <span class="quiet"> · {t('report.asOf', { time: dayTimeText(reply.asOf, formatTag()) })}</span>
        </p>
      </div>
      {isClosed ? <Nothing words={t('tomorrow.closed')} /> : <OpenDay reply={reply} />}
    </>
  )
}

const failureText = (code: string): string => (code === 'bad-request' ? t('tomorrow.noSuchDay') : errorText(code))

function OpenDay({ reply }: { reply: ForecastReply }): JSX.Element {
  const { calls, earlierDates, daysMin, holidayName } = reply
  if (calls === null) {
    const words = holidayName === null ? 'tomorrow.tooFewWeeks' : 'tomorrow.tooFewHolidays'
    return <Nothing words={`${t('tomorrow.unknown')} ${t(words, { count: earlierDates.length, least: daysMin })}`} />
  }
  return (
    <>
      <Facts reply={reply} />
      <section class="card board-card chart-card" aria-labelledby="calls-title">
        <h2 id="calls-title">{t('tomorrow.calls')}</h2>
        <CallsChart reply={reply} />
      </section>
      <section class="card board-card chart-card" aria-labelledby="agents-title">
        <h2 id="agents-title">{t('tomorrow.agents')}</h2>
        {reply.handlingMs === null ? (
          <p class="chart-missing quiet">{t('tomorrow.noHandling')}</p>
        ) : (
          <AgentsChart reply={reply} />
        )}
      </section>
      <RosterCard reply={reply} />
      <WhatIfCard reply={reply} />
      <p class="quiet report-foot">
        {t('tomorrow.how', { dates: earlierDates.map(dateText).join(', ') })} {t('tomorrow.howAgents')}
      </p>
    </>
  )
}

/** What the forecast stands on, each figure with how sure it is. */
function Facts({ reply }: { reply: ForecastReply }): JSX.Element {
  const { calls, earlierDates, handlingMs, handledCount, patience, abandonedCount, abandonedMin, target } = reply
  const unknown = t('tomorrow.unknown')
  return (
    <dl class="tiles report-tiles tomorrow-facts">
      <Fact
        words={t('tomorrow.dayCalls')}
        value={calls === null ? unknown : countText(Math.round(calls.mean))}
        detail={
          calls === null ? '' : t('tomorrow.fourOfFive', { low: countText(calls.low), high: countText(calls.high) })
        }
      />
      <Fact
        words={t('tomorrow.history')}
        value={countText(earlierDates.length)}
        detail={t(reply.holidayName === null ? 'tomorrow.historyWeeks' : 'tomorrow.historyHolidays')}
      />
      <Fact
        words={t('tomorrow.handling')}
        value={handlingMs === null ? unknown : clockText(handlingMs)}
        detail={t('tomorrow.ofCalls', { count: handledCount })}
      />
      <Fact
        words={t('tomorrow.patience')}
        value={patience === null ? unknown : clockText(patience.meanMs)}
        detail={
          patience === null
            ? t('tomorrow.tooFewLeft', { count: abandonedCount, least: abandonedMin })
            : t('tomorrow.patienceRange', { low: clockText(patience.lowMs), high: clockText(patience.highMs) })
        }
      />
      <Fact
        words={t('tomorrow.target')}
        value={`${target.levelPercent} % · ${clockText(target.withinMs)}`}
        detail={
          target.occupancyMax < 1
            ? t('tomorrow.occupancy', { share: shareText(target.occupancyMax) })
            : t('tomorrow.noOccupancy')
        }
      />
    </dl>
  )
}

function Fact({ words, value, detail }: { words: string; value: string; detail: string }): JSX.Element {
  return (
    <div class="card tile">
      <dt>{words}</dt>
      <dd class="tile-value">{value}</dd>
      <dd class="tile-detail quiet">{detail}</dd>
    </div>
  )
}
