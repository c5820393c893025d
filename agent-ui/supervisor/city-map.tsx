/** The places of the city and their screens on a drawing that the page brings along. The table below it says the same. */
import type { JSX } from 'preact'
import { land, parks, streets, water } from '#server/client/city-map/copenhagen.ts'
import { MAP_WIDTH, mapFrame } from '#server/client/city-map/map-frame.ts'
import type { SiteForSupervisor } from '#server/contract/views.ts'
import { Areas, pointsOf } from '../components/map-areas.tsx'
import { drawnSites, siteState, type SiteState } from '../model/wall.ts'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'

const siteWords = {
  bare: 'sites.bare',
  closed: 'sites.closed',
  free: 'sites.free',
  'in-call': 'sites.inCall',
  waiting: 'sites.waiting',
  faulty: 'sites.faulty',
  down: 'sites.down',
} as const satisfies Record<SiteState, string>

/** How a place stands, in words. */
export const siteText = (site: SiteForSupervisor): string => t(siteWords[siteState(site)])

/** [R46] By whom, and until when. */
export function closedText({ byName, until }: NonNullable<SiteForSupervisor['closed']>): string {
  if (until === null) return t('sites.closedBy', { name: byName })
  return t('sites.closedUntil', { name: byName, time: clockTimeText(until, formatTag()) })
}

/** What is the matter at a place, in words: each thing once, however many screens have it. */
export function troubleText(site: SiteForSupervisor): string {
  const closed = site.closed !== undefined && closedText(site.closed)
  if (siteState(site) === 'down') return closed === false ? t('sites.down') : `${t('sites.down')} · ${closed}`
  const parts = [
    closed,
    site.outOfOrderCount > 0 && t('sites.outOfOrder'),
    site.silentCount > 0 && t('sites.silentScreen'),
    site.cameraFaultyCount > 0 && t('sites.cameraFaulty'),
    site.microphoneFaultyCount > 0 && t('sites.microphoneFaulty'),
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join(' · ') : t('sites.partlyDown')
}

/** `shape`: how high it is to its width. `markRadius` in thousandths of the width. */
export function CityMap(props: {
  readonly sites: readonly SiteForSupervisor[]
  readonly shape: number
  readonly markRadius: number
}): JSX.Element | null {
  const { shape, markRadius } = props
  const drawn = drawnSites(props.sites)
  if (drawn.length === 0) return null
  const frame = mapFrame(
    drawn.map(({ point }) => point),
    shape,
  )
  return (
    <svg class="city-map" viewBox={`0 0 ${MAP_WIDTH} ${frame.height}`} role="img" aria-label={t('sites.map')}>
      <rect class="sea" width={MAP_WIDTH} height={frame.height} />
      <Areas outlines={land} name="land" frame={frame} />
      <Areas outlines={parks} name="park" frame={frame} />
      <Areas outlines={water} name="sea" frame={frame} />
      {streets.map((street) => (
        <polyline key={`${street[0]?.join()}`} class="street" points={pointsOf(street, frame)} />
      ))}
      {drawn.map(({ site, point, state }) => (
        <SiteMark key={site.siteId} site={site} state={state} at={frame.at(point)} radius={markRadius} />
      ))}
    </svg>
  )
}

/** What the marks mean. */
export function MapLegend(): JSX.Element {
  const states = ['free', 'in-call', 'waiting', 'closed', 'faulty', 'down'] as const
  return (
    <ul class="map-legend">
      {states.map((state) => (
        <li key={state}>
          <svg viewBox="-12 -12 24 24" aria-hidden="true">
            <Mark state={state} radius={10} text={markText(state, 2)} />
          </svg>
          {t(siteWords[state])}
        </li>
      ))}
    </ul>
  )
}

type SiteMarkProps = {
  readonly site: SiteForSupervisor
  readonly state: SiteState
  readonly at: { readonly x: number; readonly y: number }
  readonly radius: number
}

function SiteMark({ site, state, at: { x, y }, radius }: SiteMarkProps): JSX.Element {
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <title>{`${site.name}: ${siteText(site)}`}</title>
      <Mark state={state} radius={radius} text={markText(state, site.waitingCount)} />
    </g>
  )
}

/** People who wait are counted; what is out of order is a sign. */
function markText(state: SiteState, waitingCount: number): string {
  if (state === 'down') return '×'
  if (state === 'closed') return '–'
  if (waitingCount > 0 && state !== 'free' && state !== 'in-call')
    return state === 'faulty' ? '!' : String(waitingCount)
  return state === 'faulty' ? '!' : ''
}

/** A shape for each state, so that nobody needs colours to tell them apart. */
function Mark({ state, radius, text }: { state: SiteState; radius: number; text: string }): JSX.Element {
  const isSmall = state === 'free' || state === 'bare'
  const r = isSmall ? radius * 0.55 : radius
  return (
    <g class={`site-mark is-${state}`}>
      {state === 'faulty' && <path d={`M0 ${-r * 1.25}L${r * 1.25} 0L0 ${r * 1.25}L${-r * 1.25} 0z`} />}
      {state === 'down' && <rect x={-r} y={-r} width={2 * r} height={2 * r} rx={r / 5} />}
      {state !== 'faulty' && state !== 'down' && <circle r={r} />}
      {state === 'in-call' && <circle class="dot" r={r * 0.4} />}
      {text !== '' && (
        <text dy="0.35em" font-size={r * 1.4}>
          {text}
        </text>
      )}
    </g>
  )
}
