/** The six figures that tell whether it goes well. */
import type { ComponentChildren, JSX } from 'preact'
import type { SupervisorView } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { floorTotals } from '../model/floor.ts'
import { percentRangeText, percentText } from '../model/share-text.ts'
import { wilsonInterval } from '#server/figures/wilson.ts'
import { formatTag, t } from '../text/language.ts'

export function Tiles({ floor }: { floor: SupervisorView }): JSX.Element {
  const totals = floorTotals(floor)
  const interval = wilsonInterval(totals.answeredInTime, totals.countedCount)
  const level = percentText(totals.serviceLevel, formatTag())
  return (
    <ul class="tiles" aria-label={t('tiles.label')}>
      <Tile name={t('tiles.waiting')} value={totals.waitingCount}>
        {t('tiles.beingOffered', { count: totals.offeredCount })}
      </Tile>
      <Tile
        name={t('tiles.longest')}
        value={totals.oldestQueuedAt === null ? '–' : <Elapsed since={totals.oldestQueuedAt} />}
      >
        {totals.oldestQueuedAt === null ? t('tiles.nobodyWaits') : t('tiles.minutesSeconds')}
      </Tile>
      <Tile name={t('tiles.inCall')} value={totals.inCallCount}>
        {t('tiles.now')}
      </Tile>
      <Tile name={t('tiles.agentsReady')} value={`${totals.agentsReadyCount}/${totals.agentsSignedInCount}`}>
        {t('tiles.agentsSignedIn', { count: totals.agentsSignedInCount })}
      </Tile>
      <Tile name={t('tiles.serviceLevel')} value={level} explanation={t('formula.serviceLevel')}>
        {totals.countedCount === 0
          ? t('tiles.nothingYet')
          : t('tiles.inTime', { hits: totals.answeredInTime, total: totals.countedCount })}
        {interval !== null && (
          <small class="interval" title={t('formula.interval')}>
            {t('tiles.interval', { range: percentRangeText(interval.low, interval.high, formatTag()) })}
          </small>
        )}
      </Tile>
      <Tile name={t('tiles.abandoned')} value={totals.abandonedToday} explanation={t('formula.abandoned')}>
        {t('tiles.ofOffered', { count: totals.offeredToday })}
      </Tile>
    </ul>
  )
}

interface TileProps {
  readonly name: string
  readonly value: ComponentChildren
  readonly explanation?: string
  readonly children: ComponentChildren
}

function Tile({ name, value, explanation, children }: TileProps): JSX.Element {
  return (
    <li class="card tile" title={explanation}>
      <h2>{name}</h2>
      <p class="tile-value">{value}</p>
      <p class="quiet tile-detail">{children}</p>
    </li>
  )
}
