/**
 * The floor on a large screen on the wall: dark, without scrolling, in figures that are read from five metres away. What
 * needs eyes comes first; what does not fit is counted.
 */
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { SignedIn } from '#server/contract/http.ts'
import type { SupervisorView } from '#server/contract/views.ts'
import { Elapsed } from '../components/elapsed.tsx'
import { Icon } from '../components/icons.tsx'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { floorTotals, isReady } from '../model/floor.ts'
import { pressingFirst, troubledSites } from '../model/wall.ts'
import { account, signOut } from '../session/account.ts'
import { nowSecondAt } from '../session/server-clock.ts'
import { formatTag, t } from '../text/language.ts'
import { CityMap, MapLegend, troubleText } from './city-map.tsx'
import { lostAt } from './floor-state.ts'
import { ServiceLevel } from './service-level.tsx'
import { WallQueues } from './wall-queues.tsx'
import { isSoundHeldBack } from './warning-sound.ts'
import { WallWarning } from './warnings-card.tsx'

/** As many rows as fit above one another at this size. */
const QUEUES_MAX = 6
/** Of the places where something is the matter, as many as have room below the map. */
const SITES_MAX = 3
const MAP_SHAPE = 1
const MARK_RADIUS = 32

export function WallScreen({ floor, isStale }: { floor: SupervisorView; isStale: boolean }): JSX.Element {
  useEffect(() => {
    document.documentElement.classList.add('is-wall')
    return () => document.documentElement.classList.remove('is-wall')
  }, [])
  const isEnding = !isStale && endingSoon() !== null
  // What is said of the end takes the place of one queue, and of one place.
  const rowsFewer = isEnding ? 1 : 0
  const { shown, othersCount } = pressingFirst(floor.queues, nowSecondAt.value, QUEUES_MAX - rowsFewer)
  return (
    <div class={`wall ${isStale ? 'is-stale' : ''} ${isEnding ? 'is-ending' : ''}`}>
      <WallHead isStale={isStale} warnings={floor.warnings} />
      {isEnding && <WallEnding />}
      <main class="wall-main">
        <h1 class="visually-hidden">{t('wall.title')}</h1>
        <WallTotals floor={floor} />
        {floor.queues.length === 0 ? (
          <p class="wall-empty">{t('queues.noneAtAll')}</p>
        ) : (
          <WallQueues ranked={shown} days={floor.days} othersCount={othersCount} />
        )}
        <section class="wall-map" aria-label={t('sites.title')}>
          <CityMap sites={floor.sites} shape={MAP_SHAPE} markRadius={MARK_RADIUS} />
          {floor.sites.length > 0 && <MapLegend />}
          <TroubledSites sites={floor.sites} countMax={SITES_MAX - rowsFewer} />
        </section>
      </main>
    </div>
  )
}

/** Which places the red marks are, and what is the matter there. */
interface TroubledSitesProps {
  readonly sites: SupervisorView['sites']
  readonly countMax: number
}

function TroubledSites({ sites, countMax }: TroubledSitesProps): JSX.Element | null {
  const troubled = troubledSites(sites)
  if (troubled.length === 0) return null
  return (
    <ul class="wall-sites">
      {troubled.slice(0, countMax).map((site) => (
        <li key={site.siteId}>
          <strong>{site.name}</strong> <small class="tone-alarm">{troubleText(site)}</small>
        </li>
      ))}
      {troubled.length > countMax && <li class="quiet">{t('warnings.more', { count: troubled.length - countMax })}</li>}
    </ul>
  )
}

interface WallHeadProps {
  readonly isStale: boolean
  readonly warnings: SupervisorView['warnings']
}

function WallHead({ isStale, warnings }: WallHeadProps): JSX.Element {
  return (
    <header class="wall-head">
      <span class="brand">{t('page.brand')}</span>
      {isStale && lostAt.value !== null && (
        <p class="wall-stale" role="alert">
          <Icon name="offline" />
          {t('wall.stale', { time: clockTimeText(lostAt.value, formatTag()) })}
        </p>
      )}
      {!isStale && <WallWarning warnings={warnings} />}
      {isSoundHeldBack.value && <small class="wall-silent">{t('warnings.soundHeldBack')}</small>}
      <nav class="wall-ways" aria-label={t('board.pages')}>
        <a href="/agent/supervisor.html#floor">{t('wall.back')}</a>
        <button type="button" class="plain" onClick={() => void document.documentElement.requestFullscreen()}>
          {t('wall.fullScreen')}
        </button>
      </nav>
      <span class="wall-clock clock">
        <span class="visually-hidden">{t('board.clock')} </span>
        {clockTimeText(nowSecondAt.value, formatTag())}
      </span>
    </header>
  )
}

/** Said so long before the sign-in ends and the wall with it, in ms: time enough to fetch somebody. */
const ENDING_SAID_MS = 15 * 60_000

/** Whose sign-in ends soon and when; null while it is long until then. */
function endingSoon(): SignedIn | null {
  const { value } = account
  return value.kind === 'signed-in' && value.person.endsAt - nowSecondAt.value <= ENDING_SAID_MS ? value.person : null
}

/** That the wall goes dark soon, who is to sign in again, and the way to do it. */
function WallEnding(): JSX.Element | null {
  const person = endingSoon()
  if (person === null) return null
  const { endsAt, name } = person
  return (
    <p class="wall-ending" role="status">
      <Icon name="clock" />
      <span>{t('wall.ending', { time: clockTimeText(endsAt, formatTag()), name })}</span>
      <button type="button" onClick={() => void signOut()}>
        {t('wall.signInAgain')}
      </button>
    </p>
  )
}

function WallTotals({ floor }: { floor: SupervisorView }): JSX.Element {
  const totals = floorTotals(floor)
  const { answeredInTime, countedCount: counted, serviceLevel } = totals
  const halfHour = totals.lastHalfHour
  const working = floor.agents.filter(({ work }) => work === 'in-call' || work === 'offered').length
  const wrappingUp = floor.agents.filter(({ work }) => work === 'wrap-up').length
  const ready = floor.agents.filter(isReady).length
  const away = floor.agents.length - working - wrappingUp - ready
  return (
    <dl class="wall-totals">
      <Total name={t('tiles.waiting')}>{totals.waitingCount}</Total>
      <Total name={t('tiles.longest')}>
        {totals.oldestQueuedAt === null ? '–' : <Elapsed since={totals.oldestQueuedAt} />}
      </Total>
      <Total name={t('wall.halfHour')}>
        <ServiceLevel {...halfHour} />
      </Total>
      <Total name={t('wall.today')}>
        <ServiceLevel {...{ answeredInTime, counted, serviceLevel }} />
      </Total>
      <div class="wall-total is-wide">
        <dt>{t('agents.title')}</dt>
        <dd>
          <ul>
            <Share count={ready} name={t('status.ready')} tone="good" />
            <Share count={working} name={t('status.inCall')} tone="busy" />
            <Share count={wrappingUp} name={t('wall.wrapUp')} tone="busy" />
            <Share count={away} name={t('wall.away')} tone="away" />
          </ul>
        </dd>
      </div>
    </dl>
  )
}

function Total({ name, children }: { name: string; children: JSX.Element | string | number }): JSX.Element {
  return (
    <div class="wall-total">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Share({ count, name, tone }: { count: number; name: string; tone: string }): JSX.Element {
  return (
    <li>
      <strong class={`tone-${tone}`}>{count}</strong> {name}
    </li>
  )
}
