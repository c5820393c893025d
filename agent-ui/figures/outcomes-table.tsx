/** What came of the calls, as agents said afterwards: each outcome of each queue with its count. */
import type { JSX } from 'preact'
import type { MetricsReply, QueueOutcome } from '#server/contract/http.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { label, t } from '../text/language.ts'
import { queueColumn } from './totals-table.tsx'

/** A code that the policy no longer names stands as it was written. */
const nameOf = ({ labels, code }: QueueOutcome): string => (labels === null ? code : label(labels))

export function OutcomesTable({ reply }: { reply: MetricsReply }): JSX.Element {
  if (reply.outcomes.length === 0) return <p class="empty">{t('figures.noOutcomes')}</p>
  const columns: [Column<QueueOutcome>, ...Column<QueueOutcome>[]] = [
    { key: 'outcome', title: t('figures.outcome'), value: nameOf, cell: nameOf },
    queueColumn<QueueOutcome>(reply),
    {
      key: 'count',
      title: t('figures.outcomeCalls'),
      explanation: t('figures.outcomesNote'),
      isNumber: true,
      value: ({ count }) => count,
      cell: ({ count }) => count,
    },
  ]
  return (
    <>
      <SortableTable
        caption={t('figures.outcomes')}
        columns={columns}
        rows={reply.outcomes}
        rowKey={({ queueId, code }) => `${queueId} ${code}`}
        initialSort={{ key: 'count', direction: 'descending' }}
      />
      <p class="quiet">{t('figures.outcomesNote')}</p>
    </>
  )
}
