/** The agents that each quarter-hour needs: by Erlang A where patience is known, by Erlang C where it is not; both in the table. */
import type { JSX } from 'preact'
import type { ForecastQuarter, ForecastReply } from '#server/contract/forecast.ts'
import { barsIn, scaleSteps, type Box } from '../model/chart-geometry.ts'
import { ChartPicture } from '../reports/chart-picture.tsx'
import { Scale } from '../reports/chart-scale.tsx'
import { ChartTable } from '../reports/chart-table.tsx'
import { countText } from '../reports/figure-text.ts'
import { t } from '../text/language.ts'
import { boxIn, Clock, HEIGHT_PX, leastWidthPx, openSpan, quarterText } from './quarter-axis.tsx'

export function AgentsChart({ reply }: { reply: ForecastReply }): JSX.Element {
  const quarters = openSpan(reply.quarters)
  const isByA = reply.patience !== null
  const needs = quarters.map(({ erlangA, erlangC }) => (isByA ? erlangA : erlangC))
  const expected = needs.map((need) => need?.expected ?? 0)
  const highs = needs.map((need) => need?.high ?? 0)
  const planned = quarters.map(({ plannedCount }) => plannedCount)
  const isPlanned = planned.some((each) => each !== null)
  const steps = scaleSteps(Math.max(...highs, ...planned.map((each) => each ?? 0)))
  const scaleMax = steps.at(-1) ?? 1
  const most = Math.max(...expected)
  const busiest = quarters[expected.indexOf(most)]
  const summary = t('tomorrow.agentsSummary', {
    most: countText(most),
    when: busiest === undefined ? '–' : quarterText(busiest.at),
    high: countText(Math.max(...highs)),
    hours: countText(Math.round(expected.reduce((sum, each) => sum + each, 0) / 4)),
  })
  return (
    <figure class="report-chart">
      <ChartPicture heightPx={HEIGHT_PX} leastWidthPx={leastWidthPx(quarters)} summary={summary}>
        {(widthPx) => {
          const box = boxIn(widthPx)
          return (
            <>
              <Scale box={box} steps={steps} />
              <Clock box={box} quarters={quarters} />
              {barsIn(box, expected, scaleMax, 0).map((bar, i) => (
                <g key={quarters[i]?.at} class="reading">
                  <rect x={bar.x} y={box.y} width={bar.width} height={box.height} />
                  <rect class="need" {...bar} />
                  <title>{`${quarterText(quarters[i]?.at ?? 0)}: ${expected[i]} (${highs[i]})`}</title>
                </g>
              ))}
              <path class="line line-high" d={stairs(box, highs, scaleMax)} />
              {isPlanned && <path class="line line-planned" d={stairs(box, planned, scaleMax)} />}
            </>
          )
        }}
      </ChartPicture>
      <figcaption>
        <span class="report-legend">
          <span class="key-need">{t('tomorrow.needExpected')}</span>
          <span class="key-compared">{t('tomorrow.needHigh')}</span>
          {isPlanned && <span class="key-planned">{t('roster.planned')}</span>}
        </span>
        <p>
          {summary} {isPlanned && `${missingText(quarters)} `}
          {t(isByA ? 'tomorrow.byErlangA' : 'tomorrow.byErlangC')}
        </p>
      </figcaption>
      <AgentsTable quarters={quarters} />
    </figure>
  )
}

function AgentsTable({ quarters }: { quarters: readonly ForecastQuarter[] }): JSX.Element {
  return (
    <ChartTable
      caption={t('tomorrow.agents')}
      head={[
        t('report.quarterHour'),
        t('tomorrow.erlangA'),
        t('tomorrow.erlangAHigh'),
        t('tomorrow.erlangC'),
        t('tomorrow.erlangCHigh'),
        t('roster.planned'),
        t('roster.spare'),
      ]}
      rows={quarters
        .filter(({ isOpen }) => isOpen)
        .map(({ at, erlangA, erlangC, plannedCount }) => [
          quarterText(at),
          erlangA?.expected ?? t('tomorrow.unknown'),
          erlangA?.high ?? t('tomorrow.unknown'),
          erlangC?.expected ?? t('tomorrow.unknown'),
          erlangC?.high ?? t('tomorrow.unknown'),
          plannedCount ?? '–',
          spareText(plannedCount, (erlangA ?? erlangC)?.expected ?? null),
        ])}
    />
  )
}

/** In how many quarter-hours fewer are planned than are needed. */
function missingText(quarters: readonly ForecastQuarter[]): string {
  const count = quarters.filter(({ plannedCount, erlangA, erlangC }) => {
    return plannedCount !== null && plannedCount < ((erlangA ?? erlangC)?.expected ?? 0)
  }).length
  return count === 0 ? t('roster.enough') : t('roster.missing', { count })
}

/** Planned less needed: `+2`, `−1`; a dash where one of them is not known. */
function spareText(planned: number | null, needed: number | null): string {
  if (planned === null || needed === null) return '–'
  const spare = planned - needed
  return spare === 0 ? '0' : `${spare > 0 ? '+' : '−'}${Math.abs(spare)}`
}

/** A line that keeps its height for a whole quarter-hour, and is broken where there is no value. */
function stairs(box: Box, values: readonly (number | null)[], scaleMax: number): string {
  const slot = box.width / Math.max(1, values.length)
  const round = (value: number) => Math.round(value * 10) / 10
  const y = (value: number) => round(box.y + box.height * (1 - value / scaleMax))
  return values
    .map((value, i) => {
      if (value === null) return ''
      const isStart = i === 0 || values[i - 1] === null
      return `${isStart ? `M${round(box.x + i * slot)} ${y(value)}` : `V${y(value)}`}H${round(box.x + (i + 1) * slot)}`
    })
    .join('')
}
