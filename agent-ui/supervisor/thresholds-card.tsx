/** Of what supervisors are warned: where each warning begins, and where it is over. */
import type { JSX } from 'preact'
import type { WarningThresholds } from '#server/contract/policy.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { queueText } from '../explanation/names.ts'
import { percentText } from '../model/share-text.ts'
import { durationText } from '../text/duration-text.ts'
import { formatTag, t } from '../text/language.ts'
import { view } from './floor-state.ts'

export function ThresholdsCard({ warnings }: { warnings: WarningThresholds }): JSX.Element {
  const { queues, nobodySignedIn, kioskSilent } = warnings
  return (
    <section class="card board-card thresholds-card" aria-labelledby="thresholds-title">
      <h2 id="thresholds-title">{t('rules.warnings')}</h2>
      <p>{t('rules.warningsLead')}</p>
      {queues.length > 0 && (
        <SortableTable
          caption={t('rules.warnings')}
          columns={columns()}
          rows={queues}
          rowKey={({ queueId }) => queueId}
          initialSort={{ key: 'queue', direction: 'ascending' }}
        />
      )}
      <dl class="explanation-facts">
        <div>
          <dt>{t('rules.nobodySignedIn')}</dt>
          <dd>{nobodySignedIn === null ? t('rules.notWarned') : afterText(nobodySignedIn.afterMs)}</dd>
        </div>
        <div>
          <dt>{t('rules.kioskSilent')}</dt>
          <dd>
            {kioskSilent === null ? (
              t('rules.notWarned')
            ) : (
              <>
                {afterText(kioskSilent.afterMs)} <Over when={afterText(kioskSilent.clearsAfterMs)} />
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}

const afterText = (ms: number): string => (ms === 0 ? t('rules.atOnce') : t('rules.after', { time: durationText(ms) }))

type QueueThresholds = WarningThresholds['queues'][number]

function columns(): [Column<QueueThresholds>, ...Column<QueueThresholds>[]] {
  const queues = view.value?.queues ?? []
  const nameOf = ({ queueId }: QueueThresholds) => queueText(queueId, { queues })
  const share = (value: number): string => percentText(value, formatTag())
  return [
    { key: 'queue', title: t('figures.queue'), value: nameOf, cell: nameOf },
    {
      key: 'longest-wait',
      title: t('rules.longestWait'),
      isNumber: true,
      value: ({ longestWait }) => longestWait?.aboveMs ?? null,
      cell: ({ longestWait }) =>
        longestWait === null ? (
          t('rules.notWarned')
        ) : (
          <>
            {t('rules.above', { value: durationText(longestWait.aboveMs) })}{' '}
            <Over when={t('rules.below', { value: durationText(longestWait.clearsBelowMs) })} />
          </>
        ),
    },
    {
      key: 'service-level',
      title: t('rules.serviceLevel'),
      isNumber: true,
      value: ({ serviceLevel }) => serviceLevel?.below ?? null,
      cell: ({ serviceLevel }) =>
        serviceLevel === null ? (
          t('rules.notWarned')
        ) : (
          <>
            {t('rules.below', { value: share(serviceLevel.below) })}{' '}
            <Over when={t('rules.above', { value: share(serviceLevel.clearsAbove) })} />{' '}
            <small>{t('rules.callsMin', { count: serviceLevel.callsMin })}</small>
          </>
        ),
    },
    {
      key: 'promise-broken',
      title: t('rules.promiseBroken'),
      isNumber: true,
      value: ({ promiseBroken }) => promiseBroken?.clearsAfterMs ?? null,
      cell: ({ promiseBroken }) =>
        promiseBroken === null ? (
          t('rules.notWarned')
        ) : (
          <>
            {t('rules.atOnce')} <Over when={afterText(promiseBroken.clearsAfterMs)} />
          </>
        ),
    },
  ]
}

/** Where a warning is over, in small letters below where it begins. */
function Over({ when }: { when: string }): JSX.Element {
  return <small>{t('rules.over', { when })}</small>
}
