/** Weekdays by hours: a table whose cells are coloured by what they say, so that the chart is its own table. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { heatStep } from '../model/chart-geometry.ts'
import { clockText } from '../model/duration.ts'
import { heatMapOf, type HeatCell } from '../model/report-charts.ts'
import { HEAT_MEASURES, type HeatMeasure } from '../model/report-question.ts'
import { formatTag, t } from '../text/language.ts'
import { percentText } from '../model/share-text.ts'
import { weekdayText } from '../text/report-text.ts'
import { countText, intervalText } from './figure-text.ts'
import { look, question } from './reports-state.ts'

/** More are not told apart by eye. */
const STEPS = 6

export const heatWords = {
  offered: 'figure.offered',
  serviceLevel: 'figure.serviceLevel',
  median: 'reportFigure.median',
  p90: 'reportFigure.p90',
} as const satisfies Record<HeatMeasure, string>

export function HeatMapChart({ reply }: { reply: ReportReply }): JSX.Element {
  const measure = question.value.heat
  const { days, hours, max } = heatMapOf(reply, measure)
  return (
    <>
      <div class="report-presets" role="group" aria-label={t('report.heatOf')}>
        {HEAT_MEASURES.map((each) => (
          <button key={each} type="button" aria-pressed={each === measure} onClick={() => look({ heat: each })}>
            {t(heatWords[each])}
          </button>
        ))}
      </div>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={t('report.heat')}>
        <table class="heat">
          <caption class="visually-hidden">
            {t('report.heat')}: {t(heatWords[measure])}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('report.weekday')}</th>
              {hours.map((hour) => (
                <th key={hour} scope="col">
                  {String(hour).padStart(2, '0')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ weekday, cells }) => (
              <tr key={weekday}>
                <th scope="row">{weekdayText(weekday)}</th>
                {cells.map((cell) => (
                  <td key={cell.hour} class={`heat-${heatStep(cell.value, max, STEPS)}`}>
                    <CellText cell={cell} measure={measure} headline={reply.headline} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">{t('report.heatNote')}</p>
    </>
  )
}

interface CellProps {
  readonly cell: HeatCell
  readonly measure: HeatMeasure
  readonly headline: string
}

/** A share of few calls is told with its interval here too: for whoever listens, and in print. */
function CellText({ cell: { value, row }, measure, headline }: CellProps): JSX.Element | string {
  if (value === null) return <span class="visually-hidden">{t('report.noCalls')}</span>
  if (measure === 'offered') return countText(value)
  if (measure !== 'serviceLevel') return clockText(value)
  const interval = row?.figures[headline]
  const words = interval === undefined ? null : intervalText(interval)
  return (
    <>
      {percentText(value, formatTag())}
      {words !== null && <small class="interval">{words.replaceAll(/,\d/g, '')}</small>}
    </>
  )
}
