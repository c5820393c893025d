/** Every queue, now and today. */
import type { JSX } from 'preact'
import type { QueueForSupervisor } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { percentText } from '../model/share-text.ts'
import { nowSecondAt } from '../session/server-clock.ts'
import { formatTag, label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'

export function QueuesTable({ queues }: { queues: readonly QueueForSupervisor[] }): JSX.Element {
  return (
    <section class="card board-card" aria-labelledby="queues-title">
      <h2 id="queues-title">{t('queues.all')}</h2>
      {queues.length === 0 ? (
        <p class="empty">{t('queues.noneAtAll')}</p>
      ) : (
        <SortableTable
          caption={t('queues.all')}
          columns={columns()}
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

const count = (key: string, title: string, value: (queue: QueueForSupervisor) => number): QueueColumn => ({
  key,
  title,
  isNumber: true,
  value,
  cell: value,
})

function columns(): [QueueColumn, ...QueueColumn[]] {
  return [
    {
      key: 'service',
      title: t('queues.service'),
      value: (queue) => label(queue.serviceLabels),
      cell: (queue) => label(queue.serviceLabels),
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
    count('offered', t('queues.offeredToday'), (queue) => queue.today.offered),
    count('answered', t('queues.answeredToday'), (queue) => queue.today.answered),
    count('abandoned', t('queues.abandonedToday'), (queue) => queue.today.abandoned),
    {
      key: 'service-level',
      title: t('queues.serviceLevel'),
      explanation: t('formula.serviceLevel'),
      isNumber: true,
      value: (queue) => queue.today.serviceLevel,
      cell: (queue) => <ServiceLevel queue={queue} />,
    },
  ]
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
  return (
    <span class={isBare ? 'tone-alarm' : ''}>
      {queue.agentsReadyCount}/{queue.agentsSignedInCount}
      {isBare && <small>{t('queues.nobodySignedIn')}</small>}
    </span>
  )
}

function ServiceLevel({ queue }: { queue: QueueForSupervisor }): JSX.Element {
  return (
    <span>
      {percentText(queue.today.serviceLevel, formatTag())}
      <small class="quiet">{t('queues.target', { seconds: Math.round(queue.answerWithinMs / 1000) })}</small>
    </span>
  )
}
