/** Every queue, now and today. */
import type { JSX } from 'preact'
import type { QueueDay, QueueForSupervisor } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { notLetInCount } from '../model/figures.ts'
import { nowSecondAt } from '../session/server-clock.ts'
import { waitRangeText } from '../text/duration-text.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { ServiceLevel } from './service-level.tsx'
import { Sparkline } from './sparkline.tsx'

interface QueuesTableProps {
  readonly queues: readonly QueueForSupervisor[]
  readonly days: readonly QueueDay[]
}

export function QueuesTable({ queues, days }: QueuesTableProps): JSX.Element {
  return (
    <section class="card board-card" aria-labelledby="queues-title">
      <h2 id="queues-title">{t('queues.all')}</h2>
      {queues.length === 0 ? (
        <p class="empty">{t('queues.noneAtAll')}</p>
      ) : (
        <SortableTable
          caption={t('queues.all')}
          columns={columns(days)}
          rows={queues}
          rowKey={(queue) => queue.queueId}
          rowClass={(queue) => (queue.waitingCount > 0 ? 'has-waiting' : '')}
          initialSort={{ key: 'service', direction: 'ascending' }}
        />
      )}
    </section>
  )
}

type QueueColumn = Column<QueueForSupervisor>

const count = (
  key: string,
  title: string,
  value: (queue: QueueForSupervisor) => number,
  explanation?: string,
): QueueColumn => ({
  key,
  title,
  ...(explanation === undefined ? {} : { explanation }),
  isNumber: true,
  value,
  cell: value,
})

const offeredToday = (days: readonly QueueDay[]): QueueColumn => ({
  ...count('offered', t('queues.offeredToday'), (queue) => queue.today.offered),
  cell: (queue) => (
    <span>
      {queue.today.offered}
      <Sparkline queueId={queue.queueId} days={days} />
    </span>
  ),
})

function columns(days: readonly QueueDay[]): [QueueColumn, ...QueueColumn[]] {
  return [
    {
      key: 'service',
      title: t('queues.service'),
      value: (queue) => label(queue.serviceLabels),
      cell: (queue) => <QueueName queue={queue} />,
    },
    {
      key: 'language',
      title: t('queues.language'),
      value: (queue) => t(languageWords[queue.language]),
      cell: (queue) => t(languageWords[queue.language]),
    },
    count('waiting', t('queues.waitingColumn'), (queue) => queue.waitingCount),
    {
      key: 'longest',
      title: t('queues.longest'),
      isNumber: true,
      value: (queue) => (queue.oldestQueuedAt === null ? null : -queue.oldestQueuedAt),
      cell: (queue) => <Wait queue={queue} />,
    },
    {
      key: 'expected',
      title: t('queues.expected'),
      explanation: t('formula.expected'),
      isNumber: true,
      value: (queue) => queue.wait?.p80Ms ?? null,
      cell: (queue) => <Expected queue={queue} />,
    },
    count('offered-now', t('queues.beingOffered'), (queue) => queue.offeredCount),
    count('in-call', t('queues.inCall'), (queue) => queue.inCallCount),
    {
      key: 'agents',
      title: t('queues.agents'),
      explanation: t('formula.agents'),
      isNumber: true,
      value: (queue) => queue.agentsReadyCount,
      cell: (queue) => <Agents queue={queue} />,
    },
    offeredToday(days),
    count('answered', t('queues.answeredToday'), (queue) => queue.today.answered),
    count('abandoned', t('queues.abandonedToday'), (queue) => queue.today.abandoned),
    count('expired', t('figure.expired'), (queue) => queue.today.expired, t('formula.expired')),
    {
      key: 'not-let-in',
      title: t('figure.notLetIn'),
      explanation: t('formula.notLetIn'),
      isNumber: true,
      value: (queue) => notLetInCount(queue.today),
      cell: (queue) => <NotLetIn today={queue.today} />,
    },
    {
      key: 'service-level',
      title: t('queues.serviceLevel'),
      explanation: t('formula.serviceLevel'),
      isNumber: true,
      value: (queue) => queue.today.serviceLevel,
      cell: (queue) => <Today queue={queue} />,
    },
    {
      key: 'half-hour',
      title: t('wall.halfHourColumn'),
      explanation: t('formula.halfHour'),
      isNumber: true,
      value: (queue) => queue.lastHalfHour.serviceLevel,
      cell: (queue) => <ServiceLevel {...queue.lastHalfHour} />,
    },
  ]
}

/** The name, and what is out of the ordinary about the queue right now. */
function QueueName({ queue }: { queue: QueueForSupervisor }): JSX.Element {
  return (
    <span>
      {label(queue.serviceLabels)}
      {queue.isPaused && (
        <small class="queue-mark tone-alarm" title={t('formula.isPaused')}>
          {t('queues.isPaused')}
        </small>
      )}
      {queue.isLentTo && (
        <small class="queue-mark tone-busy" title={t('formula.isLentTo')}>
          {t('queues.isLentTo')}
        </small>
      )}
    </span>
  )
}

function Expected({ queue }: { queue: QueueForSupervisor }): JSX.Element {
  if (queue.wait !== null) return <span class="expected">{waitRangeText(queue.wait)}</span>
  return (
    <span class="quiet">
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">{t('queues.notExpected')}</span>
    </span>
  )
}

/** One figure on the wall; the three reasons for whoever points at it, and for who cannot see it. */
function NotLetIn({ today }: { today: QueueForSupervisor['today'] }): JSX.Element {
  const { full, closed, paused } = today
  const all = notLetInCount(today)
  if (all === 0) return <span>0</span>
  const parts = t('queues.notLetInParts', { full, closed, paused })
  return (
    <span title={parts}>
      {all}
      <span class="visually-hidden"> ({parts})</span>
    </span>
  )
}

function Wait({ queue }: { queue: QueueForSupervisor }): JSX.Element {
  if (queue.oldestQueuedAt === null) return <span class="quiet">–</span>
  const isLate = nowSecondAt.value - queue.oldestQueuedAt > queue.answerWithinMs
  return (
    <span class={isLate ? 'tone-alarm late' : ''}>
      <Elapsed since={queue.oldestQueuedAt} />
      {isLate && <small>{t('queues.overTarget')}</small>}
    </span>
  )
}

function Agents({ queue }: { queue: QueueForSupervisor }): JSX.Element {
  const isBare = queue.agentsSignedInCount === 0
  const { agentsBusyCount: busy, agentsWrapUpCount: wrapUp, agentsAwayCount: away } = queue
  return (
    <span class={isBare ? 'tone-alarm' : ''}>
      {queue.agentsReadyCount}/{queue.agentsSignedInCount}
      {isBare ? (
        <small>{t('queues.nobodySignedIn')}</small>
      ) : (
        <small class="quiet" title={t('wall.agentsParts')}>
          <span aria-hidden="true">
            {busy} · {wrapUp} · {away}
          </span>
          <span class="visually-hidden">{t('wall.agentsSpoken', { busy, wrapUp, away })}</span>
        </small>
      )}
    </span>
  )
}

function Today({ queue }: { queue: QueueForSupervisor }): JSX.Element {
  return (
    <span>
      <ServiceLevel {...queue.today} />
      <small class="quiet">{t('queues.target', { seconds: Math.round(queue.answerWithinMs / 1000) })}</small>
    </span>
  )
}
