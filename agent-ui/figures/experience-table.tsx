/** How citizens found their calls, how many an employee made together with one, what is solved: of each queue and of nobody. */
import type { JSX } from 'preact'
import type { MetricsReply, QueueTotals } from '#server/contract/http.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { overallFigures, ratedCount } from '../model/figures.ts'
import { percentText } from '../model/share-text.ts'
import { formatTag, t } from '../text/language.ts'
import type { Figures } from './figure-columns.tsx'
import { queueColumn } from './totals-table.tsx'

/** What agents said after their calls. */
const solved = [
  { key: 'solvedFirst', name: 'figure.solvedFirst', formula: 'formula.solvedFirst' },
  { key: 'notSolvedFirst', name: 'figure.notSolvedFirst', formula: 'formula.notSolvedFirst' },
] as const

/** What stands here, with the ids of its name and of its formula. */
export const experienceWords = [
  { key: 'withStaff', name: 'figure.withStaff', formula: 'formula.withStaff' },
  { key: 'faces', name: 'figure.faces', formula: 'formula.faces' },
  ...solved,
] as const

const faces = [
  { key: 'good', name: 'figure.facesGood' },
  { key: 'soSo', name: 'figure.facesSoSo' },
  { key: 'bad', name: 'figure.facesBad' },
] as const

const goodShare = (row: Figures): number | null => (row.faces === null ? null : row.faces.good / ratedCount(row.faces))

function experienceColumns<Row extends Figures>(): Column<Row>[] {
  const isNumber = true
  const withStaff = { title: t('figure.withStaff'), explanation: t('formula.withStaff') }
  return [
    { key: 'withStaff', ...withStaff, isNumber, value: (row) => row.withStaff, cell: (row) => row.withStaff },
    ...faces.map(({ key, name }): Column<Row> => {
      const countOf = (row: Row): number | null => row.faces?.[key] ?? null
      const what = { title: t(name), explanation: t('formula.faces') }
      return { key, ...what, isNumber, value: countOf, cell: (row) => countOf(row) ?? '–' }
    }),
    {
      key: 'share',
      title: t('figure.faces'),
      explanation: t('formula.faces'),
      isNumber,
      value: goodShare,
      cell: (row) => percentText(goodShare(row), formatTag()),
    },
    ...solved.map(({ key, name, formula }): Column<Row> => {
      const what = { title: t(name), explanation: t(formula) }
      return { key, ...what, isNumber, value: (row) => row[key], cell: (row) => row[key] }
    }),
  ]
}

export function ExperienceTable({ reply }: { reply: MetricsReply }): JSX.Element {
  const overall = overallFigures(reply.totals)
  return (
    <SortableTable
      caption={t('figures.experience')}
      columns={[queueColumn(reply), ...experienceColumns<QueueTotals>()]}
      rows={reply.totals}
      rowKey={(row) => row.queueId}
      initialSort={{ key: 'queue', direction: 'ascending' }}
      footer={[t('figures.allQueues'), ...experienceColumns<Figures>().map((column) => column.cell(overall))]}
    />
  )
}
