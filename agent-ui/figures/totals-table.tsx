/** One line for each queue, and one for all of them. */
import type { JSX } from 'preact'
import type { MetricsReply, QueueTotals } from '#server/contract/http.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { overallFigures, queueOf } from '../model/figures.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { figureColumns } from './figure-columns.tsx'

/** The column that says of which queue a row is. */
export function queueColumn<Row extends { readonly queueId: string }>(reply: MetricsReply): Column<Row> {
  const name = (row: Row): string => queueName(reply, row.queueId)
  return { key: 'queue', title: t('figures.queue'), value: name, cell: name }
}

/** The queue's name and language in one, as `Pas og kørekort · dansk`. */
function queueName(reply: MetricsReply, queueId: string): string {
  const queue = queueOf(reply, queueId)
  return queue === undefined ? queueId : `${label(queue.serviceLabels)} · ${t(languageWords[queue.language])}`
}

export function TotalsTable({ reply }: { reply: MetricsReply }): JSX.Element {
  const columns: [Column<QueueTotals>, ...Column<QueueTotals>[]] = [queueColumn(reply), ...figureColumns<QueueTotals>()]
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
