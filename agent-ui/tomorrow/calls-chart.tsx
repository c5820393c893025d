/** The calls of each quarter-hour: a bar for the mean, a line over it for what four days of five are between. */
import type { JSX } from 'preact'
import type { ForecastReply } from '#server/contract/forecast.ts'
import { barsIn, scaleSteps } from '../model/chart-geometry.ts'
import { ChartPicture } from '../reports/chart-picture.tsx'
import { Scale } from '../reports/chart-scale.tsx'
import { ChartTable } from '../reports/chart-table.tsx'
import { countText } from '../reports/figure-text.ts'
import { formatTag, t } from '../text/language.ts'
import { boxIn, Clock, HEIGHT_PX, leastWidthPx, openSpan, quarterText } from './quarter-axis.tsx'

/** `3,4`: of a few calls a tenth says something. */
const meanText = (mean: number): string =>
  new Intl.NumberFormat(formatTag(), { maximumFractionDigits: mean < 20 ? 1 : 0 }).format(mean)

export function CallsChart({ reply }: { reply: ForecastReply }): JSX.Element {
  const quarters = openSpan(reply.quarters)
  const steps = scaleSteps(Math.max(...quarters.map(({ calls }) => calls?.high ?? 0)))
  const scaleMax = steps.at(-1) ?? 1
  const means = quarters.map(({ calls }) => calls?.mean ?? 0)
  const busiest = quarters[means.indexOf(Math.max(...means))]
  const summary = t('tomorrow.callsSummary', {
    calls: countText(Math.round(reply.calls?.mean ?? 0)),
    low: countText(reply.calls?.low ?? 0),
    high: countText(reply.calls?.high ?? 0),
    when: busiest === undefined ? '–' : quarterText(busiest.at),
    most: meanText(busiest?.calls?.mean ?? 0),
  })
  return (
    <figure class="report-chart">
      <ChartPicture heightPx={HEIGHT_PX} leastWidthPx={leastWidthPx(quarters)} summary={summary}>
        {(widthPx) => {
          const box = boxIn(widthPx)
          const y = (count: number) => box.y + box.height * (1 - count / scaleMax)
          return (
            <>
              <Scale box={box} steps={steps} />
              <Clock box={box} quarters={quarters} />
              {barsIn(box, means, scaleMax).map((bar, i) => {
                const { at = 0, calls = null } = quarters[i] ?? {}
                const x = bar.x + bar.width / 2
                return (
                  <g key={at} class="reading">
                    <rect x={bar.x} y={box.y} width={bar.width} height={box.height} />
                    <rect class="bar" rx={1} {...bar} />
                    {calls !== null && (
                      <path
                        class="expected-range"
                        d={`M${x} ${y(calls.low)}V${y(calls.high)}m-3 0h6M${x - 3} ${y(calls.low)}h6`}
                      />
                    )}
                    <title>
                      {calls === null
                        ? quarterText(at)
                        : `${quarterText(at)}: ${meanText(calls.mean)} (${calls.low}–${calls.high})`}
                    </title>
                  </g>
                )
              })}
            </>
          )
        }}
      </ChartPicture>
      <figcaption>
        <p>{summary}</p>
      </figcaption>
      <ChartTable
        caption={t('tomorrow.calls')}
        head={[t('report.quarterHour'), t('tomorrow.expected'), t('tomorrow.low'), t('tomorrow.high')]}
        rows={quarters.flatMap(({ at, calls }) =>
          calls === null ? [] : [[quarterText(at), meanText(calls.mean), calls.low, calls.high]],
        )}
      />
    </figure>
  )
}
