/** Calls over time: offered and answered, and offered in the period compared with, interval by interval. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { areaPath, linePath, placeAlong, scaleSteps, type Box } from '../model/chart-geometry.ts'
import { lineOf, type LineInterval, type LinePoint } from '../model/report-charts.ts'
import { lineInterval, type ReportQuestion } from '../model/report-question.ts'
import { formatTag, t } from '../text/language.ts'
import { dateText, intervalStartText } from '../text/report-text.ts'
import { ChartTable } from './chart-table.tsx'
import { ChartPicture } from './chart-picture.tsx'
import { Scale } from './chart-scale.tsx'
import { countText } from './figure-text.ts'

const HEIGHT_PX = 260
/** The place of the lines in a picture of that width: numbers at its left, half a date beyond its right. */
const boxIn = (widthPx: number): Box => ({ x: 46, y: 10, width: widthPx - 46 - 38, height: HEIGHT_PX - 40 })
/** What a date takes, with a gap. */
const MARK_PX = 92

export function LineChart({ reply, question }: { reply: ReportReply; question: ReportQuestion }): JSX.Element {
  const interval = lineInterval(question)
  const points = lineOf(reply, interval)
  const isCompared = reply.comparison !== null
  const top = Math.max(...points.flatMap(({ offered, compared }) => [offered ?? 0, compared ?? 0]))
  const steps = scaleSteps(top)
  const scaleMax = steps.at(-1) ?? 1
  const busiest = points.find(({ offered }) => offered === Math.max(...points.map((each) => each.offered ?? 0)))
  const summary = t('report.lineSummary', {
    calls: countText(reply.total.sums['offered'] ?? 0),
    most: countText(busiest?.offered ?? 0),
    when: busiest === undefined ? '–' : intervalStartText(interval, busiest.at),
  })
  return (
    <figure class="report-chart">
      <ChartPicture heightPx={HEIGHT_PX} leastWidthPx={240} summary={summary}>
        {(widthPx) => {
          const box = boxIn(widthPx)
          const path = (of: (point: LinePoint) => number | null) => linePath(box, points.map(of), scaleMax)
          return (
            <>
              <Scale box={box} steps={steps} />
              <Times box={box} points={points} interval={interval} />
              {isCompared && <path class="line line-compared" d={path(({ compared }) => compared)} />}
              <path
                class="line-ground"
                d={areaPath(
                  box,
                  path(({ offered }) => offered),
                )}
              />
              <path class="line line-offered" d={path(({ offered }) => offered)} />
              <path class="line line-answered" d={path(({ answered }) => answered)} />
              <Readings box={box} points={points} interval={interval} />
            </>
          )
        }}
      </ChartPicture>
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

interface TimesProps {
  readonly box: Box
  readonly points: readonly LinePoint[]
  readonly interval: LineInterval
}

/** Some of the times below, never so many that they touch. */
function Times({ box, points, interval }: TimesProps): JSX.Element {
  const marked = points.flatMap((_, i) => (isMarked(points, i, interval) ? [i] : []))
  const every = Math.max(1, Math.ceil(marked.length / Math.max(1, Math.floor(box.width / MARK_PX))))
  return (
    <g>
      {marked
        .filter((_, place) => place % every === 0)
        .map((i) => (
          <text key={i} class="axis" x={placeAlong(box, points.length, i)} y={HEIGHT_PX - 8}>
            {tickText(points[i]?.at ?? 0, interval)}
          </text>
        ))}
    </g>
  )
}

/** What each interval came to, under the pointer: the same words that the table has. */
function Readings({ box, points, interval }: TimesProps): JSX.Element {
  const slot = box.width / Math.max(1, points.length - 1)
  const words = ({ at, offered, answered, compared }: LinePoint): string =>
    [
      intervalStartText(interval, at),
      ...(offered === null ? [] : [`${t('figure.offered')}: ${countText(offered)}`]),
      ...(answered === null ? [] : [`${t('figure.answered')}: ${countText(answered)}`]),
      ...(compared === null ? [] : [`${t('report.offeredBefore')}: ${countText(compared)}`]),
    ].join('\n')
  return (
    <g>
      {points.map((point, i) => {
        const x = placeAlong(box, points.length, i)
        return (
          <g key={point.at} class="reading">
            <rect x={x - slot / 2} y={box.y} width={slot} height={box.height}>
              <title>{words(point)}</title>
            </rect>
            <path class="reading-mark" d={`M${x} ${box.y}V${box.y + box.height}`} />
          </g>
        )
      })}
    </g>
  )
}

/** Hours are marked where a day begins, quarter-hours where three or six hours do; days and weeks all, as far as there is room. */
function isMarked(points: readonly LinePoint[], i: number, interval: LineInterval): boolean {
  const at = points[i]?.at
  if (typeof at !== 'number') return true
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
