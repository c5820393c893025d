/** The columns that totals and quarter-hours have in common, each with its formula in words. */
import type { JSX } from 'preact'
import type { Faces, QueueTotals } from '#server/contract/http.ts'
import type { Column } from '../components/sortable-table.tsx'
import { clockText } from '../model/duration.ts'
import { countedCount, ratedCount } from '../model/figures.ts'
import { percentRangeText, percentText } from '../model/share-text.ts'
import { wilsonInterval } from '../model/wilson.ts'
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
  { key: 'withStaff', name: 'figure.withStaff', formula: 'formula.withStaff' },
  { key: 'faces', name: 'figure.faces', formula: 'formula.faces' },
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
    case 'faces':
      return row.faces === null ? '–' : <FacesCell faces={row.faces} />
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
    value: (row) => (key === 'faces' ? goodShare(row.faces) : row[key]),
    cell: (row) => cellOf(key, row),
  }))
}

const goodShare = (faces: Faces | null): number | null => (faces === null ? null : faces.good / ratedCount(faces))

/** The share of good faces, and all three in numbers: a share alone hides who was unhappy. */
function FacesCell({ faces }: { faces: Faces }): JSX.Element {
  const { good, soSo, bad } = faces
  return (
    <span>
      {percentText(goodShare(faces), formatTag())}
      <small class="interval quiet">{t('figures.facesInNumbers', { good, soSo, bad })}</small>
    </span>
  )
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
