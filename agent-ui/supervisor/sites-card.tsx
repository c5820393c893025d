/** The places of the city: where they are, and in a table what is there now. */
import type { JSX } from 'preact'
import type { SiteForSupervisor } from '#server/contract/views.ts'
import { SortableTable, type Column } from '../components/sortable-table.tsx'
import { siteRank, siteState } from '../model/wall.ts'
import { t } from '../text/language.ts'
import { CityMap, MapLegend, siteText } from './city-map.tsx'

/** Nearly square, as the city is. */
const SHAPE = 1.05
const MARK_RADIUS = 19

export function SitesCard({ sites }: { sites: readonly SiteForSupervisor[] }): JSX.Element {
  return (
    <section class="card board-card" aria-labelledby="sites-title">
      <h2 id="sites-title">{t('sites.title')}</h2>
      {sites.length === 0 ? (
        <p class="empty">{t('sites.none')}</p>
      ) : (
        <div class="sites-parts">
          <div class="sites-map">
            <CityMap sites={sites} shape={SHAPE} markRadius={MARK_RADIUS} />
            <MapLegend />
          </div>
          <SortableTable
            caption={t('sites.title')}
            columns={columns()}
            rows={sites}
            rowKey={({ siteId }) => siteId}
            rowClass={({ waitingCount }) => (waitingCount > 0 ? 'has-waiting' : '')}
            initialSort={{ key: 'state', direction: 'descending' }}
          />
        </div>
      )}
    </section>
  )
}

type SiteColumn = Column<SiteForSupervisor>

const count = (
  key: string,
  title: string,
  value: (site: SiteForSupervisor) => number,
  isFault = false,
): SiteColumn => ({
  key,
  title,
  isNumber: true,
  value,
  cell: (site) => <span class={isFault && value(site) > 0 ? 'tone-alarm late' : ''}>{value(site)}</span>,
})

function columns(): [SiteColumn, ...SiteColumn[]] {
  return [
    { key: 'site', title: t('sites.site'), value: ({ name }) => name, cell: ({ name }) => name },
    { key: 'state', title: t('sites.state'), value: siteRank, cell: (site) => <State site={site} /> },
    {
      key: 'online',
      title: t('sites.online'),
      isNumber: true,
      value: ({ onlineCount }) => onlineCount,
      cell: ({ onlineCount, kiosksCount }) => `${onlineCount}/${kiosksCount}`,
    },
    count('in-call', t('queues.inCall'), ({ inCallCount }) => inCallCount),
    count('waiting', t('queues.waitingColumn'), ({ waitingCount }) => waitingCount),
    count('camera', t('sites.cameraFaulty'), ({ cameraFaultyCount }) => cameraFaultyCount, true),
    count('microphone', t('sites.microphoneFaulty'), ({ microphoneFaultyCount }) => microphoneFaultyCount, true),
    count('silent', t('sites.silent'), ({ silentCount }) => silentCount, true),
    count('out', t('sites.outOfOrder'), ({ outOfOrderCount }) => outOfOrderCount, true),
  ]
}

function State({ site }: { site: SiteForSupervisor }): JSX.Element {
  const state = siteState(site)
  const isBad = state === 'faulty' || state === 'down'
  return <span class={isBad ? 'tone-alarm late' : 'quiet'}>{siteText(site)}</span>
}
