/** The rows of a report: intervals and groups down, figures across, sorted by a press on a heading. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ReportReply, ReportRow } from '#server/contract/reports.ts'
import { sortRows, type Direction, type SortValue } from '../model/floor.ts'
import { comparedRowOf } from '../model/report-charts.ts'
import { FIGURE_SETS, type FigureSet, type ReportQuestion } from '../model/report-question.ts'
import { formatTag, t } from '../text/language.ts'
import { dimensionWords, intervalStartText, nameText } from '../text/report-text.ts'
import { changeText, intervalText, valueText } from './figure-text.ts'
import { formulaText, WithFormula } from './formula-tip.tsx'
import { columnSets, figureIn, type ReportColumn } from './report-columns.ts'
import { look, names, question as chosen } from './reports-state.ts'

export const setWords = {
  overview: 'report.setOverview',
  levels: 'report.setLevels',
  waits: 'report.setWaits',
  handling: 'report.setHandling',
  people: 'report.setPeople',
  outcome: 'report.setOutcome',
} as const satisfies Record<FigureSet, string>

interface Heading {
  readonly key: string
  readonly title: string
  readonly text: (row: ReportRow) => string
  readonly value: (row: ReportRow) => SortValue
}

/** What says of which row it is: when, and of which group. */
function headingsOf({ interval }: ReportReply, { groups }: ReportQuestion): Heading[] {
  const at = {
    key: 'at',
    title: t('report.interval'),
    text: (row: ReportRow) => intervalStartText(interval, row.at),
    value: (row: ReportRow) => row.at ?? '',
  }
  const grouped = groups.map((dimension): Heading => {
    const text = (row: ReportRow) => nameText(names.value, dimension, row.group[dimension] ?? '')
    return { key: dimension, title: t(dimensionWords[dimension]), text, value: text }
  })
  return interval === 'whole' && groups.length > 0 ? grouped : [at, ...grouped]
}

interface Sorting {
  readonly direction: Direction
  readonly key: string
  readonly rows: readonly ReportRow[]
  readonly choose: (key: string) => void
}

/** The rows in the order of a heading; at first in that of the first one. */
function useSorting(reply: ReportReply, headings: readonly Heading[], columns: readonly ReportColumn[]): Sorting {
  const sort = useSignal<{ key: string; direction: Direction }>({ key: '', direction: 'ascending' })
  const { direction } = sort.value
  const column = columns.find(({ key }) => key === sort.value.key)
  const heading = headings.find(({ key }) => key === sort.value.key) ?? headings[0]
  const key = column?.key ?? heading?.key ?? ''
  const value = column === undefined ? heading?.value : (row: ReportRow) => figureIn(row, column).value
  const rows =
    value === undefined ? reply.rows : sortRows(reply.rows, { value, direction, locale: formatTag() }, rowKey)
  const choose = (next: string): void => {
    sort.value = { key: next, direction: next === key && direction === 'ascending' ? 'descending' : 'ascending' }
  }
  return { key, direction, rows, choose }
}

const rowKey = (row: ReportRow): string => `${row.at} ${JSON.stringify(row.group)}`

export function ReportTable({ reply, question }: { reply: ReportReply; question: ReportQuestion }): JSX.Element {
  const { set } = chosen.value
  const columns = columnSets[set]
  const headings = headingsOf(reply, question)
  const sorting = useSorting(reply, headings, columns)
  const other = comparedRowOf(reply)
  return (
    <section class="card board-card report-table" aria-labelledby="table-title">
      <h2 id="table-title">{t('report.table')}</h2>
      <SetChoice set={set} />
      <div class="table-wrap" tabIndex={0} role="group" aria-label={t('report.table')}>
        <table>
          <caption class="visually-hidden">{t('report.table')}</caption>
          <Head reply={reply} headings={headings} columns={columns} sorting={sorting} />
          <tbody>
            {sorting.rows.map((row) => (
              <tr key={rowKey(row)}>
                {headings.map(({ key, text }) => (
                  <th key={key} scope="row">
                    {text(row)}
                  </th>
                ))}
                {columns.map((each) => (
                  <FigureCell key={each.key} column={each} row={row} other={other(row)} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={headings.length}>
                {t('report.all')}
              </th>
              {columns.map((each) => (
                <FigureCell key={each.key} column={each} row={reply.total} other={reply.comparison?.total} />
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

interface HeadProps {
  readonly reply: ReportReply
  readonly headings: readonly Heading[]
  readonly columns: readonly ReportColumn[]
  readonly sorting: Sorting
}

function Head({ reply, headings, columns, sorting: { key: sortedBy, direction, choose } }: HeadProps): JSX.Element {
  const sorted = (key: string) => (key === sortedBy ? direction : undefined)
  const mark = (key: string): JSX.Element => (
    <span class="sort-mark" aria-hidden="true">
      {key !== sortedBy ? '' : direction === 'ascending' ? '▲' : '▼'}
    </span>
  )
  return (
    <thead>
      <tr>
        {headings.map(({ key, title }) => (
          <th key={key} scope="col" aria-sort={sorted(key)}>
            <button type="button" class="sort" onClick={() => choose(key)}>
              {title}
              {mark(key)}
            </button>
          </th>
        ))}
        {columns.map((column) => (
          <th key={column.key} scope="col" class="number" aria-sort={sorted(column.key)}>
            <WithFormula class="sort" formula={formulaText(reply, column)} onClick={() => choose(column.key)}>
              {t(column.words)}
              {mark(column.key)}
            </WithFormula>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function SetChoice({ set }: { set: FigureSet }): JSX.Element {
  return (
    <div class="report-presets report-sets" role="group" aria-label={t('report.sets')}>
      {FIGURE_SETS.map((each) => (
        <button key={each} type="button" aria-pressed={each === set} onClick={() => look({ set: each })}>
          {t(setWords[each])}
        </button>
      ))}
    </div>
  )
}

interface CellProps {
  readonly column: ReportColumn
  readonly row: ReportRow
  readonly other: ReportRow | undefined
}

/** A figure, how sure it is, and how it was before. */
function FigureCell({ column, row, other }: CellProps): JSX.Element {
  const { kind } = column
  const figure = figureIn(row, column)
  const interval = kind === 'share' ? intervalText(figure) : null
  const before = other === undefined ? null : figureIn(other, column).value
  const change = changeText(kind, figure.value, before)
  return (
    <td class="number">
      {valueText(kind, figure.value)}
      {interval !== null && <small class="interval quiet">{interval}</small>}
      {before !== null && (
        <small class="before">
          {t('report.beforeValue', { value: valueText(kind, before) })}
          {change !== null && ` (${change})`}
        </small>
      )}
    </td>
  )
}
