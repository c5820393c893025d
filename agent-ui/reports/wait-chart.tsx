/** How long the answered waited: a bar for each span, with the median and the P90, and the longest wait of all in words. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { barsIn, placeAmongBuckets, scaleSteps, type Box } from '../model/chart-geometry.ts'
import { clockText } from '../model/duration.ts'
import { t } from '../text/language.ts'
import { ChartTable } from './chart-table.tsx'
import { ChartPicture } from './chart-picture.tsx'
import { Scale } from './chart-scale.tsx'
import { countText, shareText } from './figure-text.ts'

const HEIGHT_PX = 290
const boxIn = (widthPx: number): Box => ({ x: 46, y: 40, width: widthPx - 50, height: HEIGHT_PX - 80 })
/** What the words below a bar take. */
const END_PX = 40

export function WaitChart({ reply }: { reply: ReportReply }): JSX.Element {
  const { waitDistribution, total } = reply
  const ends = waitDistribution.map(({ upToMs }) => upToMs)
  const counts = waitDistribution.map(({ count }) => count)
  const answered = counts.reduce((sum, count) => sum + count, 0)
  if (answered === 0) return <p class="chart-missing quiet">{t('report.nobodyAnswered')}</p>
  const steps = scaleSteps(Math.max(...counts))
  const { medianMs, p90Ms, maxMs } = total.waits
  const summary = t('report.waitSummary', {
    median: clockText(medianMs ?? 0),
    p90: clockText(p90Ms ?? 0),
    max: clockText(maxMs),
  })
  return (
    <figure class="report-chart">
      <ChartPicture heightPx={HEIGHT_PX} leastWidthPx={240} summary={summary}>
        {(widthPx) => {
          const box = boxIn(widthPx)
          const markAt = (waitMs: number) => placeAmongBuckets(box, ends, waitMs)
          return (
            <>
              <Scale box={box} steps={steps} />
              <Bars box={box} ends={ends} counts={counts} max={steps.at(-1) ?? 1} />
              {medianMs !== null && <Mark box={box} x={markAt(medianMs)} words={t('reportFigure.median')} lift={12} />}
              {p90Ms !== null && <Mark box={box} x={markAt(p90Ms)} words={t('reportFigure.p90')} lift={25} />}
              <text class="axis" x={box.x + box.width / 2} y={HEIGHT_PX - 4}>
                {t('report.waitAxis')}
              </text>
            </>
          )
        }}
      </ChartPicture>
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

interface BarsProps {
  readonly box: Box
  readonly ends: readonly (number | null)[]
  readonly counts: readonly number[]
  readonly max: number
}

/** A bar for each span, named by its end where there is room; under the pointer, what it stands for. */
function Bars({ box, ends, counts, max }: BarsProps): JSX.Element {
  const every = Math.ceil((END_PX * counts.length) / box.width)
  return (
    <g>
      {barsIn(box, counts, max).map((bar, i) => (
        <g key={i} class="reading">
          <rect x={bar.x} y={box.y} width={bar.width} height={box.height} />
          <rect class="bar" rx={2} {...bar} />
          <title>{`${spanText(ends, i)}: ${countText(counts[i] ?? 0)}`}</title>
          {(i + 1) % every === 0 && (
            <text class="axis" x={bar.x + bar.width / 2} y={box.y + box.height + 18}>
              {shortEnd(ends[i] ?? null)}
            </text>
          )}
        </g>
      ))}
    </g>
  )
}

interface MarkProps {
  readonly box: Box
  readonly x: number
  readonly words: string
  /** How far above the bars the words stand. */
  readonly lift: number
}

/** Two that are close together have their words on lines of their own. */
function Mark({ box, x, words, lift }: MarkProps): JSX.Element {
  return (
    <g>
      <path class="wait-mark" d={`M${x} ${box.y - 6}V${box.y + box.height}`} />
      <text class="axis mark-words" x={x} y={box.y - lift}>
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
