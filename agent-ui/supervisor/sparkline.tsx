/** The day of a queue in small: what came in, and of it what was answered, by quarter-hour. */
import type { JSX } from 'preact'
import { QUARTER_HOUR_MS } from '#server/contract/http.ts'
import type { QueueDay } from '#server/contract/views.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { columnsPath, daySpan } from '../model/wall.ts'
import { formatTag, t } from '../text/language.ts'

const SIZE = { width: 120, height: 28 }

/** `days`: of all queues, so that all of them are drawn over the same hours. */
export function Sparkline({ queueId, days }: { queueId: string; days: readonly QueueDay[] }): JSX.Element | null {
  const day = days.find((each) => each.queueId === queueId)
  if (day === undefined) return null
  const { startsAt, count } = daySpan(days)
  const valueMax = Math.max(...day.offered)
  const frame = { from: Math.round((day.startsAt - startsAt) / QUARTER_HOUR_MS), count, valueMax }
  const busiestAt = day.startsAt + day.offered.indexOf(valueMax) * QUARTER_HOUR_MS
  const words = t('wall.day', { count: valueMax, time: clockTimeText(busiestAt, formatTag()) })
  return (
    <svg class="sparkline" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={words}>
      <title>{words}</title>
      <path class="spark-offered" d={columnsPath(day.offered, frame, SIZE)} />
      <path class="spark-answered" d={columnsPath(day.answered, frame, SIZE)} />
    </svg>
  )
}
