/** The longest possible wait of each class in each queue: worked out, for the worst that the queues can hold. */
import type { JSX } from 'preact'
import type { PolicyReply } from '#server/contract/policy.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { queueText } from '../explanation/names.ts'
import { boundsByQueue, classesInOrder, type Bound, type BoundsOfQueue, type RuleClass } from '../model/policy.ts'
import { classNameText } from '../text/class-text.ts'
import { ceilingText, durationText } from '../text/duration-text.ts'
import { t } from '../text/language.ts'
import { view } from './floor-state.ts'

export function BoundsCard({ reply }: { reply: PolicyReply }): JSX.Element {
  const rows = boundsByQueue(reply)
  const isDashed = reply.bounds.some(({ waitMs }) => waitMs === null)
  return (
    <section class="card board-card bounds-card" aria-labelledby="bounds-title">
      <h2 id="bounds-title">{t('rules.bounds')}</h2>
      {rows.length === 0 ? (
        <p class="empty">{t('rules.noQueues')}</p>
      ) : (
        <>
          <p>{t('rules.boundsLead')}</p>
          <SortableTable
            caption={t('rules.bounds')}
            columns={columns(reply)}
            rows={rows}
            rowKey={({ queueId }) => queueId}
            initialSort={{ key: 'queue', direction: 'ascending' }}
          />
          <p class="quiet">
            {t('rules.countsWith', { time: durationText(reply.occupiedMsMax), count: reply.firstCallsCount })}
          </p>
          {isDashed && <p class="quiet">{t('rules.noBound')}</p>}
        </>
      )}
    </section>
  )
}

type BoundsColumn = Column<BoundsOfQueue>

/** The classes that go first come last here: of them there is nothing to read but that they do. */
function columns({ classes }: PolicyReply): [BoundsColumn, ...BoundsColumn[]] {
  const ordered = classesInOrder(classes)
  const shown = [...ordered.filter(({ isFirst }) => !isFirst), ...ordered.filter(({ isFirst }) => isFirst)]
  const queues = view.value?.queues ?? []
  const nameOf = ({ queueId }: BoundsOfQueue) => queueText(queueId, { queues })
  return [{ key: 'queue', title: t('figures.queue'), value: nameOf, cell: nameOf }, ...shown.map(columnOf)]
}

function columnOf({ classId }: RuleClass): BoundsColumn {
  const boundOf = ({ byClass }: BoundsOfQueue) => byClass.get(classId)
  return {
    key: classId,
    title: classNameText(classId),
    isNumber: true,
    value: (row) => {
      const bound = boundOf(row)
      return bound?.kind === 'within' ? bound.waitMs : null
    },
    cell: (row) => <Wait bound={boundOf(row)} />,
  }
}

function Wait({ bound }: { bound: Bound | undefined }): JSX.Element {
  if (bound?.kind === 'within') return <span class="bound">{ceilingText(bound.waitMs)}</span>
  return (
    <span class={bound?.kind === 'nobody-at-work' ? 'tone-alarm' : 'quiet'}>
      —{bound !== undefined && <small>{t(bound.kind === 'goes-first' ? 'rules.goesFirst' : 'rules.nobody')}</small>}
    </span>
  )
}
