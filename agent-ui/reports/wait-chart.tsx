/** How long the answered waited: a bar for each span, with the median and the P90, and the longest wait of all in words. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { barsIn, placeAmongBuckets, scaleSteps, type Box } from '../model/chart-geometry.ts'
import { clockText } from '../model/duration.ts'
import { t } from '../text/language.ts'
import { ChartTable } from './chart-card.tsx'
import { countText, shareText } from './figure-text.ts'

const VIEW = { width: 640, height: 280 }
const BOX: Box = { x: 46, y: 40, width: 584, height: 200 }

export function WaitChart({ reply }: { reply: ReportReply }): JSX.Element {
  const { waitDistribution, total } = reply
  const ends = waitDistribution.map(({ upToMs }) => upToMs)
  const counts = waitDistribution.map(({ count }) => count)
  const answered = counts.reduce((sum, count) => sum + count, 0)
  if (answered === 0) return <p class="chart-missing quiet">{t('report.nobodyAnswered')}</p>
  const steps = scaleSteps(Math.max(...counts))
  const max = steps.at(-1) ?? 1
  const { medianMs, p90Ms, maxMs } = total.waits
  const summary = t('report.waitSummary', {
    median: clockText(medianMs ?? 0),
    p90: clockText(p90Ms ?? 0),
    max: clockText(maxMs),
  })
  return (
    <figure class="report-chart">
      <svg viewBox={`0 0 ${VIEW.width} ${VIEW.height}`} role="img" aria-label={summary}>
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
        {barsIn(BOX, counts, max).map((bar, i) => (
          <g key={i}>
            <rect class="bar" {...bar} />
            <text class="axis" x={bar.x + bar.width / 2} y={BOX.y + BOX.height + 18}>
              {shortEnd(ends[i] ?? null)}
            </text>
          </g>
        ))}
        {medianMs !== null && (
          <Mark x={placeAmongBuckets(BOX, ends, medianMs)} words={t('reportFigure.median')} lift={12} />
        )}
        {p90Ms !== null && <Mark x={placeAmongBuckets(BOX, ends, p90Ms)} words={t('reportFigure.p90')} lift={25} />}
        <text class="axis" x={BOX.x + BOX.width / 2} y={VIEW.height - 4}>
          {t('report.waitAxis')}
        </text>
      </svg>
      <figcaption>
        <p>{summary}</p>
      </figcaption>
      <ChartTable
        caption={t('report.waits')}
        head={[t('report.waitSpan'), t('figure.answered'), t('report.share')]}
        rows={waitDistribution.map(({ count }, i) => [spanText(ends, i), count, shareText(count / answered)])}
      />
    </figure>
  )
}

/** Two that are close together have their words on lines of their own. */
function Mark({ x, words, lift }: { x: number; words: string; lift: number }): JSX.Element {
  return (
    <g>
      <path class="wait-mark" d={`M${x} ${BOX.y - 6}V${BOX.y + BOX.height}`} />
      <text class="axis mark-words" x={x} y={BOX.y - lift}>
        {words}
      </text>
    </g>
  )
}

/** `0:30`; a longer one than all has the sign alone. */
const shortEnd = (endMs: number | null): string => (endMs === null ? '>' : clockText(endMs))

/** `0:20–0:30`. */
function spanText(ends: readonly (number | null)[], i: number): string {
  const end = ends[i] ?? null
  const start = i === 0 ? 0 : (ends[i - 1] ?? 0)
  return end === null ? t('report.longerThan', { wait: clockText(start) }) : `${clockText(start)}–${clockText(end)}`
}
