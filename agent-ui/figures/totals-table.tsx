/** One line for each queue, and one for all of them. */
import type { JSX } from 'preact'
import type { MetricsReply, QueueTotals } from '#server/contract/http.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { overallFigures, queueOf } from '../model/figures.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { figureColumns } from './figure-columns.tsx'

/** The queue's name and language in one, as `Pas og kørekort · dansk`. */
export function queueName(reply: MetricsReply, queueId: string): string {
  const queue = queueOf(reply, queueId)
  return queue === undefined ? queueId : `${label(queue.serviceLabels)} · ${t(languageWords[queue.language])}`
}

export function TotalsTable({ reply }: { reply: MetricsReply }): JSX.Element {
  const nameColumn: Column<QueueTotals> = {
    key: 'queue',
    title: t('figures.queue'),
    value: (row) => queueName(reply, row.queueId),
    cell: (row) => queueName(reply, row.queueId),
  }
  const columns: [Column<QueueTotals>, ...Column<QueueTotals>[]] = [nameColumn, ...figureColumns<QueueTotals>()]
  const overall = overallFigures(reply.totals)
  return (
    <SortableTable
      caption={t('figures.totals')}
      columns={columns}
      rows={reply.totals}
      rowKey={(row) => row.queueId}
      initialSort={{ key: 'queue', direction: 'ascending' }}
      footer={[t('figures.allQueues'), ...figureColumns<typeof overall>().map((column) => column.cell(overall))]}
    />
  )
}
