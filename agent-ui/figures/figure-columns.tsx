/** The columns that totals and quarter-hours have in common, each with its formula in words. */
import type { JSX } from 'preact'
import type { QueueTotals } from '#server/contract/http.ts'
import type { Column } from '../components/sortable-table.tsx'
import { clockText } from '../model/duration.ts'
import { countedCount } from '../model/figures.ts'
import { percentRangeText, percentText } from '../model/share-text.ts'
import { wilsonInterval } from '#server/figures/wilson.ts'
import { formatTag, t } from '../text/language.ts'

export type Figures = Omit<QueueTotals, 'queueId'>

/** Each figure with the id of its name and of its formula, in the order they stand in the tables. */
export const figureWords = [
  { key: 'offered', name: 'figure.offered', formula: 'formula.offered' },
  { key: 'answered', name: 'figure.answered', formula: 'formula.answered' },
  { key: 'abandoned', name: 'figure.abandoned', formula: 'formula.abandoned' },
  { key: 'expired', name: 'figure.expired', formula: 'formula.expired' },
  { key: 'failed', name: 'figure.failed', formula: 'formula.failed' },
  { key: 'full', name: 'figure.full', formula: 'formula.full' },
  { key: 'closed', name: 'figure.closed', formula: 'formula.closed' },
  { key: 'paused', name: 'figure.paused', formula: 'formula.paused' },
  { key: 'answeredInTime', name: 'figure.answeredInTime', formula: 'formula.answeredInTime' },
  { key: 'serviceLevel', name: 'figure.serviceLevel', formula: 'formula.serviceLevel' },
  { key: 'waitMsAverage', name: 'figure.waitAverage', formula: 'formula.waitAverage' },
  { key: 'waitMsMax', name: 'figure.waitLongest', formula: 'formula.waitLongest' },
  { key: 'handlingMsAverage', name: 'figure.handling', formula: 'formula.handling' },
] as const satisfies readonly { key: keyof Figures; name: string; formula: string }[]

type Key = (typeof figureWords)[number]['key']

function cellOf(key: Key, row: Figures): JSX.Element | string | number {
  switch (key) {
    case 'serviceLevel':
      return <ServiceLevel row={row} />
    case 'waitMsAverage':
    case 'waitMsMax':
    case 'handlingMsAverage': {
      const durationMs = row[key]
      return durationMs === null ? '–' : clockText(durationMs)
    }
    default:
      return row[key]
  }
}

/** The columns for rows that carry figures. */
export function figureColumns<Row extends Figures>(): Column<Row>[] {
  return figureWords.map(({ key, name, formula }) => ({
    key,
    title: t(name),
    explanation: t(formula),
    isNumber: true,
    value: (row) => row[key],
    cell: (row) => cellOf(key, row),
  }))
}

/** The level with how sure it is: 8 of 10 is not 80 of 100. */
function ServiceLevel({ row }: { row: Figures }): JSX.Element {
  const interval = wilsonInterval(row.answeredInTime, countedCount(row))
  return (
    <span>
      {percentText(row.serviceLevel, formatTag())}
      {interval !== null && (
        <small class="interval quiet" title={t('formula.interval')}>
          {percentRangeText(interval.low, interval.high, formatTag())}
        </small>
      )}
    </span>
  )
}
