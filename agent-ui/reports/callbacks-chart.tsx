/** What became of the callbacks that were promised for the period: a bar for each row of the report, in parts. */
import type { JSX } from 'preact'
import type { CallbackReportReply, CallbackReportRow, ReportDimension } from '#server/contract/reports.ts'
import { stackedIn, type Box } from '../model/chart-geometry.ts'
import type { ReportQuestion } from '../model/report-question.ts'
import { t } from '../text/language.ts'
import { dimensionWords, nameText } from '../text/report-text.ts'
import { ChartPicture } from './chart-picture.tsx'
import { ChartTable } from './chart-table.tsx'
import { changeText, countText, intervalText, valueText } from './figure-text.ts'
import { WithFormula } from './formula-tip.tsx'
import { names } from './reports-state.ts'

const ROW_PX = 34
const BAR_PX = 20
/** More are read in the table. */
const BARS_MAX = 12

/** In the order of the bar: what went well stands at the left. */
const PARTS = ['kept', 'missed', 'cancelled', 'open', 'broken'] as const
type Part = (typeof PARTS)[number]

const partWords = {
  kept: 'callbackReport.kept',
  missed: 'callbackReport.missed',
  cancelled: 'callbackReport.cancelled',
  open: 'callbackReport.open',
  broken: 'callbackReport.broken',
} as const satisfies Record<Part, string>

const figureColumns = [
  { key: 'callbackPromiseKept', words: 'callbackReport.keptShare', formula: 'callbackReport.keptFormula' },
  { key: 'callbackReached', words: 'callbackReport.reachedShare', formula: 'callbackReport.reachedFormula' },
] as const

/** What is over in no way yet is what the rest leaves. */
function counted({ sums }: CallbackReportRow, part: Part): number {
  if (part !== 'open') return sums[part] ?? 0
  return PARTS.reduce((left, each) => left - (each === 'open' ? 0 : (sums[each] ?? 0)), sums['promised'] ?? 0)
}

const rowText = ({ group }: CallbackReportRow): string =>
  Object.keys(group).length === 0
    ? t('report.all')
    : Object.entries(group)
        .map(([dimension, id]) => nameText(names.value, dimension as ReportDimension, id))
        .join(', ')

interface CallbacksChartProps {
  readonly reply: CallbackReportReply
  readonly question: ReportQuestion
}

export function CallbacksChart({ reply, question: { groups } }: CallbacksChartProps): JSX.Element {
  const { rows, total } = reply
  const promised = total.sums['promised'] ?? 0
  if (promised === 0) return <p class="chart-missing quiet">{t('callbackReport.none')}</p>
  const summary = t('callbackReport.summary', {
    promised: countText(promised),
    kept: countText(counted(total, 'kept')),
    missed: countText(counted(total, 'missed')),
    broken: countText(counted(total, 'broken')),
  })
  const most = rows.toSorted((a, b) => (b.sums['promised'] ?? 0) - (a.sums['promised'] ?? 0)).slice(0, BARS_MAX)
  const firstHead = groups.map((dimension) => t(dimensionWords[dimension])).join(', ')
  return (
    <figure class="report-chart">
      <ChartPicture heightPx={most.length * ROW_PX + 6} leastWidthPx={260} summary={summary}>
        {(widthPx) => most.map((row, i) => <Bar key={i} row={row} at={i} most={most[0]} widthPx={widthPx} />)}
      </ChartPicture>
      <figcaption>
        <span class="report-legend">
          {PARTS.map((part) => (
            <span key={part} class={`key-block key-${part}`}>
              {t(partWords[part])}
            </span>
          ))}
        </span>
        <p>{summary}</p>
        {figureColumns.map((column) => (
          <Share key={column.key} column={column} reply={reply} />
        ))}
      </figcaption>
      <ChartTable
        caption={t('callbackReport.title')}
        head={[
          firstHead === '' ? t('report.whole') : firstHead,
          t('callbackReport.promised'),
          ...PARTS.map((part) => t(partWords[part])),
          ...figureColumns.map(({ words }) => t(words)),
        ]}
        rows={(rows.length > 1 ? [...rows, { ...total, group: {} }] : rows).map((row) => [
          rowText(row),
          row.sums['promised'] ?? 0,
          ...PARTS.map((part) => counted(row, part)),
          ...figureColumns.map(({ key }) => shareWords(row, key)),
        ])}
      />
    </figure>
  )
}

function shareWords({ figures }: CallbackReportRow, key: string): string {
  const figure = figures[key]
  if (figure === undefined || figure.value === null) return '–'
  const interval = intervalText(figure)
  return `${valueText('share', figure.value)}${interval === null ? '' : ` (${interval})`}`
}

interface ShareProps {
  readonly column: (typeof figureColumns)[number]
  readonly reply: CallbackReportReply
}

/** A share of all, how sure it is, how it was before, and how it is worked out. */
function Share({ column: { key, words, formula }, reply: { total, comparison } }: ShareProps): JSX.Element {
  const value = total.figures[key]?.value ?? null
  const before = comparison?.total.figures[key]?.value ?? null
  return (
    <p>
      <WithFormula class="plain name" formula={t(formula)}>
        {t(words)}
      </WithFormula>
      {`: ${shareWords(total, key)}`}
      {before !== null &&
        ` · ${t('report.beforeValue', { value: valueText('share', before) })} (${changeText('share', value, before)})`}
    </p>
  )
}

interface BarProps {
  readonly row: CallbackReportRow
  readonly at: number
  /** The row with the longest bar. */
  readonly most: CallbackReportRow | undefined
  readonly widthPx: number
}

function Bar({ row, at, most, widthPx }: BarProps): JSX.Element {
  const labelPx = Math.min(260, widthPx * 0.4)
  const box: Box = { x: labelPx, y: at * ROW_PX + 4, width: widthPx - labelPx - 76, height: BAR_PX }
  const parts = stackedIn(
    box,
    PARTS.map((part) => counted(row, part)),
    most?.sums['promised'] ?? 1,
  )
  const end = parts.reduce((right, { x, width }) => Math.max(right, x + width), box.x)
  const middle = box.y + BAR_PX / 2 + 4
  return (
    <g>
      <text class="bar-name" x={0} y={middle}>
        {cut(rowText(row), labelPx)}
        <title>{rowText(row)}</title>
      </text>
      {PARTS.map((part, i) => (
        <rect key={part} class={`part part-${part}`} {...parts[i]}>
          <title>{`${rowText(row)} · ${t(partWords[part])}: ${countText(counted(row, part))}`}</title>
        </rect>
      ))}
      <text class="bar-count" x={end + 8} y={middle}>
        {`${countText(counted(row, 'kept'))} / ${countText(row.sums['promised'] ?? 0)}`}
      </text>
    </g>
  )
}

/** As many letters as have room; the whole name is in the table. */
function cut(name: string, roomPx: number): string {
  const letters = Math.floor(roomPx / LETTER_PX)
  return name.length <= letters ? name : `${name.slice(0, Math.max(1, letters - 1))}…`
}

/** What a letter of a name takes, with room to spare. */
const LETTER_PX = 7.4
