/** The queues on the wall, the most pressing first. */
import type { JSX } from 'preact'
import type { QueueDay, QueueForSupervisor } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import type { Need } from '../model/wall.ts'
import { waitRangeText } from '../text/duration-text.ts'
import { label, t } from '../text/language.ts'
import { languageWords } from '../text/words.ts'
import { ServiceLevel } from './service-level.tsx'
import { Sparkline } from './sparkline.tsx'

interface WallQueuesProps {
  readonly ranked: readonly { readonly queue: QueueForSupervisor; readonly need: Need }[]
  readonly days: readonly QueueDay[]
  /** How many queues are not among them. */
  readonly othersCount: number
}

export function WallQueues({ ranked, days, othersCount }: WallQueuesProps): JSX.Element {
  return (
    <section class="wall-queues" aria-label={t('queues.all')}>
      <table>
        <caption class="visually-hidden">{t('queues.all')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('queues.service')}</th>
            <th scope="col" class="number">
              {t('queues.waitingColumn')}
            </th>
            <th scope="col" class="number">
              {t('wall.longest')}
            </th>
            <th scope="col" class="number">
              {t('wall.expected')}
            </th>
            <th scope="col" class="number">
              {t('wall.halfHourColumn')}
            </th>
            <th scope="col" class="number">
              {t('wall.agentsColumn')}
              <small>{t('wall.agentsShort')}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {ranked.map(({ queue, need }) => (
            <Row key={queue.queueId} queue={queue} need={need} days={days} />
          ))}
        </tbody>
      </table>
      {othersCount > 0 && <p class="wall-others">{t('wall.others', { count: othersCount })}</p>}
    </section>
  )
}

interface RowProps {
  readonly queue: QueueForSupervisor
  readonly need: Need
  readonly days: readonly QueueDay[]
}

function Row({ queue, need, days }: RowProps): JSX.Element {
  const { today, oldestQueuedAt, wait } = queue
  const { offered, answered, abandoned } = today
  const isAlarm = need === 'late' || need === 'nobody'
  return (
    <tr class={`needs-${need}`}>
      <th scope="row">
        <span class="wall-name">
          {label(queue.serviceLabels)} <span class="quiet">{t(languageWords[queue.language])}</span>
        </span>
        <small>
          <Sparkline queueId={queue.queueId} days={days} />
          {need === 'paused' ? t('queues.isPaused') : t('wall.counts', { offered, answered, abandoned })}
        </small>
      </th>
      <td class="number">{queue.waitingCount}</td>
      <td class={`number ${isAlarm ? 'tone-alarm' : ''}`}>
        {oldestQueuedAt === null ? '–' : <Elapsed since={oldestQueuedAt} />}
        {need === 'late' && <small>{t('queues.overTarget')}</small>}
      </td>
      <td class="number wall-expected">{wait === null ? '–' : waitRangeText(wait)}</td>
      <td class="number">
        <ServiceLevel {...queue.lastHalfHour} />
      </td>
      <td class={`number ${queue.agentsSignedInCount === 0 ? 'tone-alarm' : ''}`}>
        {queue.agentsReadyCount}
        {queue.agentsSignedInCount === 0 ? (
          <small>{t('wall.nobody')}</small>
        ) : (
          <small>
            {queue.agentsBusyCount} · {queue.agentsWrapUpCount} · {queue.agentsAwayCount}
          </small>
        )}
      </td>
    </tr>
  )
}
