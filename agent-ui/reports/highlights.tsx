/** The report in five figures, each with how sure it is and how it was before. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { t } from '../text/language.ts'
import { changeText, intervalText, valueText } from './figure-text.ts'
import { formulaText, WithFormula } from './formula-tip.tsx'
import { columnSets, figureIn, levelColumns, type ReportColumn } from './report-columns.ts'

const OVERVIEW = ['offered', 'medianMs', 'p90Ms', 'abandonmentRateWithoutShort'] as const

export function Highlights({ reply }: { reply: ReportReply }): JSX.Element {
  const headline = levelColumns.filter(({ key }) => key === reply.headline)
  const others = OVERVIEW.flatMap((key) => columnSets.overview.filter((column) => column.key === key))
  return (
    <ul class="tiles report-tiles" aria-label={t('report.highlights')}>
      {headline.map((column) => (
        <Highlight
          key={column.key}
          column={{ ...column, words: 'figure.serviceLevel' }}
          which={t(column.words)}
          reply={reply}
        />
      ))}
      {others.map((column) => (
        <Highlight key={column.key} column={column} reply={reply} />
      ))}
    </ul>
  )
}

interface HighlightProps {
  readonly column: ReportColumn
  /** Which of the figures of that name it is. */
  readonly which?: string
  readonly reply: ReportReply
}

function Highlight({ column, which, reply }: HighlightProps): JSX.Element {
  const { kind, words } = column
  const figure = figureIn(reply.total, column)
  const before = reply.comparison === null ? null : figureIn(reply.comparison.total, column).value
  const interval = kind === 'share' ? intervalText(figure) : null
  return (
    <li class="card tile">
      <h2>
        <WithFormula class="plain name" formula={formulaText(reply, column)}>
          {t(words)}
        </WithFormula>
      </h2>
      <p class="tile-value">{valueText(kind, figure.value)}</p>
      {which !== undefined && <p class="tile-detail quiet">{which}</p>}
      {interval !== null && <p class="tile-detail quiet">{interval}</p>}
      {before !== null && (
        <p class="tile-detail">
          {t('report.beforeValue', { value: valueText(kind, before) })} ({changeText(kind, figure.value, before)})
        </p>
      )}
    </li>
  )
}
