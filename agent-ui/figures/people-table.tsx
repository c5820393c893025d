/** How often calls were handed over and joined, and which centre's time was lent to which queue. */
import type { JSX } from 'preact'
import type { MetricsReply } from '#server/contract/http.ts'
import type { LentTime, QueuePeople } from '#server/contract/people-figures.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { clockText } from '../model/duration.ts'
import { percentText } from '../model/share-text.ts'
import { formatTag, t } from '../text/language.ts'
import { queueColumn } from './totals-table.tsx'

/** What stands here, with the ids of its name and of its formula. */
export const peopleWords = [
  { key: 'transferred', name: 'figure.transferred', formula: 'formula.transferred' },
  { key: 'joined', name: 'figure.joined', formula: 'formula.joined' },
  { key: 'firstStayed', name: 'figure.firstStayed', formula: 'formula.firstStayed' },
  { key: 'joinTime', name: 'figure.joinTime', formula: 'formula.joinTime' },
  { key: 'lent', name: 'figure.lent', formula: 'formula.lent' },
] as const

function peopleColumns(): Column<QueuePeople>[] {
  const what = (wanted: (typeof peopleWords)[number]['key']) => {
    const { key, name, formula } = peopleWords.find((words) => words.key === wanted) ?? peopleWords[0]
    return { key, title: t(name), explanation: t(formula), isNumber: true }
  }
  const rate = (row: QueuePeople) => (row.answered === 0 ? null : row.transferred / row.answered)
  return [
    {
      ...what('transferred'),
      value: rate,
      cell: (row) => `${row.transferred} (${percentText(rate(row), formatTag())})`,
    },
    { ...what('joined'), value: (row) => row.joined, cell: (row) => row.joined },
    { ...what('firstStayed'), value: (row) => row.firstStayed, cell: (row) => row.firstStayed },
    {
      ...what('joinTime'),
      value: (row) => row.joinMsAverage,
      cell: (row) => (row.joinMsAverage === null ? '–' : clockText(row.joinMsAverage)),
    },
  ]
}

export function PeopleTable({ reply }: { reply: MetricsReply }): JSX.Element {
  return (
    <SortableTable
      caption={t('figures.people')}
      columns={[queueColumn(reply), ...peopleColumns()]}
      rows={reply.people}
      rowKey={(row) => row.queueId}
      initialSort={{ key: 'queue', direction: 'ascending' }}
    />
  )
}

/** Nothing where nobody lent anybody. */
export function LentTable({ reply }: { reply: MetricsReply }): JSX.Element | null {
  if (reply.lent.length === 0) return null
  const columns: [Column<LentTime>, ...Column<LentTime>[]] = [
    { key: 'centre', title: t('figures.centre'), value: (row) => row.centreName, cell: (row) => row.centreName },
    queueColumn(reply),
    {
      key: 'handlings',
      title: t('figure.handlings'),
      isNumber: true,
      value: (row) => row.handlings,
      cell: (row) => row.handlings,
    },
    {
      key: 'lent',
      title: t('figure.lent'),
      explanation: t('formula.lent'),
      isNumber: true,
      value: (row) => row.lentMs,
      cell: (row) => clockText(row.lentMs),
    },
  ]
  return (
    <SortableTable
      caption={t('figures.lent')}
      columns={columns}
      rows={reply.lent}
      rowKey={(row) => `${row.centreId} ${row.queueId}`}
      initialSort={{ key: 'centre', direction: 'ascending' }}
    />
  )
}
