/** Calls over time: offered and answered, and offered in the period compared with, interval by interval. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { linePath, scaleSteps, type Box } from '../model/chart-geometry.ts'
import { lineOf, type LineInterval, type LinePoint } from '../model/report-charts.ts'
import { lineInterval, type ReportQuestion } from '../model/report-question.ts'
import { formatTag, t } from '../text/language.ts'
import { dateText, intervalStartText } from '../text/report-text.ts'
import { ChartTable } from './chart-card.tsx'
import { countText } from './figure-text.ts'

const VIEW = { width: 1_000, height: 240 }
const BOX: Box = { x: 46, y: 10, width: 916, height: 200 }
const MARKS_MAX = 8

export function LineChart({ reply, question }: { reply: ReportReply; question: ReportQuestion }): JSX.Element {
  const interval = lineInterval(question)
  const points = lineOf(reply, interval)
  const isCompared = reply.comparison !== null
  const top = Math.max(...points.flatMap(({ offered, compared }) => [offered ?? 0, compared ?? 0]))
  const steps = scaleSteps(top)
  const scaleMax = steps.at(-1) ?? 1
  const path = (of: (point: LinePoint) => number | null) => linePath(BOX, points.map(of), scaleMax)
  const busiest = points.find(({ offered }) => offered === Math.max(...points.map((each) => each.offered ?? 0)))
  const summary = t('report.lineSummary', {
    calls: countText(reply.total.sums['offered'] ?? 0),
    most: countText(busiest?.offered ?? 0),
    when: busiest === undefined ? '–' : intervalStartText(interval, busiest.at),
  })
  return (
    <figure class="report-chart">
      <svg viewBox={`0 0 ${VIEW.width} ${VIEW.height}`} role="img" aria-label={summary}>
        <Scale steps={steps} />
        <Times points={points} interval={interval} />
        {isCompared && <path class="line line-compared" d={path(({ compared }) => compared)} />}
        <path class="line line-offered" d={path(({ offered }) => offered)} />
        <path class="line line-answered" d={path(({ answered }) => answered)} />
      </svg>
      <figcaption>
        <span class="report-legend">
          <span class="key-offered">{t('figure.offered')}</span>
          <span class="key-answered">{t('figure.answered')}</span>
          {isCompared && <span class="key-compared">{t('report.offeredBefore')}</span>}
        </span>
        <p>{summary}</p>
      </figcaption>
      <ChartTable
        caption={t('report.line')}
        head={[
          t('report.interval'),
          t('figure.offered'),
          t('figure.answered'),
          ...(isCompared ? [t('report.offeredBefore')] : []),
        ]}
        rows={points
          .filter(({ offered, compared }) => (offered ?? 0) > 0 || (compared ?? 0) > 0)
          .map(({ at, offered, answered, compared }) => [
            intervalStartText(interval, at),
            offered ?? '–',
            answered ?? '–',
            ...(isCompared ? [compared ?? '–'] : []),
          ])}
      />
    </figure>
  )
}

/** Lines across, with what they stand for. */
function Scale({ steps }: { steps: readonly number[] }): JSX.Element {
  const max = steps.at(-1) ?? 1
  return (
    <g>
      {steps.map((step) => {
        const y = BOX.y + BOX.height * (1 - step / max)
        return (
          <g key={step}>
            <path class="grid" d={`M${BOX.x} ${y}H${BOX.x + BOX.width}`} />
            <text class="axis end" x={BOX.x - 8} y={y + 4}>
              {countText(step)}
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** Some of the times below, never so many that they touch. */
function Times({ points, interval }: { points: readonly LinePoint[]; interval: LineInterval }): JSX.Element {
  return (
    <g>
      {points.map(({ at }, i) =>
        isMarked(points, i, interval) ? (
          <text
            key={at}
            class="axis"
            x={BOX.x + (points.length === 1 ? BOX.width / 2 : (i / (points.length - 1)) * BOX.width)}
            y={VIEW.height - 8}
          >
            {tickText(at, interval)}
          </text>
        ) : null,
      )}
    </g>
  )
}

/** Hours are marked where a day begins, quarter-hours where three or six hours do; days and weeks by so many. */
function isMarked(points: readonly LinePoint[], i: number, interval: LineInterval): boolean {
  const at = points[i]?.at
  if (typeof at !== 'number') return i % Math.max(1, Math.ceil(points.length / MARKS_MAX)) === 0
  const [hour = 0, minute = 0] = hourMinute.format(at).split(':').map(Number)
  const hours = interval === 'hour' ? 24 : points.length > QUARTERS_OF_A_DAY_MAX ? 6 : 3
  return minute === 0 && hour % hours === 0
}

/** A day has 100 quarter-hours at most. */
const QUARTERS_OF_A_DAY_MAX = 100
const hourMinute = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Copenhagen', hourCycle: 'h23', hour: '2-digit', minute: '2-digit' },
})

function tickText(at: number | string, interval: LineInterval): string {
  if (typeof at === 'string') return dateText(at).replace(/ \d{4}$/, '')
  if (interval === 'quarter-hour') return clockTimeText(at, formatTag())
  const format = { timeZone: 'Europe/Copenhagen', weekday: 'short', day: 'numeric' } as const
  return new Intl.DateTimeFormat(formatTag(), format).format(at)
}
