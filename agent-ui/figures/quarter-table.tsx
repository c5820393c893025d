/** The quarter-hours, queue by queue: the chart's twin. */
import type { JSX } from 'preact'
import type { MetricsReply, QueueFigures } from '#server/contract/http.ts'
import { QUARTER_HOUR_MS } from '#server/contract/http.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { clockTimeText, dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { figureColumns } from './figure-columns.tsx'
import { queueColumn } from './totals-table.tsx'

export function QuarterTable({ reply }: { reply: MetricsReply }): JSX.Element {
  const columns: [Column<QueueFigures>, ...Column<QueueFigures>[]] = [
    {
      key: 'interval',
      title: t('figures.quarter'),
      value: (row) => row.intervalStartsAt,
      cell: (row) => quarterText(row.intervalStartsAt),
    },
    queueColumn(reply),
    ...figureColumns<QueueFigures>(),
  ]
  return (
    <SortableTable
      caption={t('figures.quarters')}
      columns={columns}
      rows={reply.rows}
      rowKey={(row) => `${row.intervalStartsAt} ${row.queueId}`}
      initialSort={{ key: 'interval', direction: 'descending' }}
    />
  )
}

function quarterText(startsAt: number): string {
  return `${dayTimeText(startsAt, formatTag())}–${clockTimeText(startsAt + QUARTER_HOUR_MS, formatTag())}`
}
