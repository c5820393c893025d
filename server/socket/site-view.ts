/** The places of the city with their screens, for supervisors. Pure. */
import type { KioskForSupervisor } from '#server/contract/kiosk-care.ts'
import type { SiteForSupervisor } from '#server/contract/views.ts'
import { closedSiteAt } from '#server/routing/sites.ts'
import type { State } from '#server/routing/state.ts'
import type { Directory } from '#server/store/directory.ts'
import { branded } from './branded.ts'

export type SiteViewParts = {
  readonly directory: Pick<Directory, 'sites' | 'kiosks' | 'people'>
  readonly state: State
  readonly at: number
  readonly isOnline: (kioskId: string) => boolean
  /** Those with which something is the matter. */
  readonly troubled: readonly KioskForSupervisor[]
}

type Counts = Omit<SiteForSupervisor, 'siteId' | 'name' | 'point' | 'closed'>

/** Every site of the city, with what is counted there now. */
export function sitesForSupervisor({ directory, state, at, isOnline, troubled }: SiteViewParts): SiteForSupervisor[] {
  const countsOf = new Map<string, Counts>()
  for (const siteId of directory.sites.keys()) countsOf.set(siteId, nothing())
  const trouble = new Map(troubled.map((kiosk) => [kiosk.kioskId as string, kiosk]))
  for (const { kioskId, site } of directory.kiosks.values()) {
    const counts = countsOf.get(site.siteId)
    if (counts === undefined) continue
    const { silent = null, outOfOrder = null, faults = [] } = trouble.get(kioskId) ?? {}
    const isFaulty = (wanted: string) => faults.some(({ part }) => part === wanted)
    counts.kiosksCount += 1
    if (isOnline(kioskId)) counts.onlineCount += 1
    if (silent !== null) counts.silentCount += 1
    if (outOfOrder !== null) counts.outOfOrderCount += 1
    if (isFaulty('camera')) counts.cameraFaultyCount += 1
    if (isFaulty('microphone')) counts.microphoneFaultyCount += 1
  }
  for (const { siteId, kioskId, status, presence } of state.calls.values()) {
    const counts = countsOf.get(siteId)
    if (counts === undefined) continue
    if (status === 'connected' && directory.kiosks.has(kioskId)) counts.inCallCount += 1
    if (status !== 'connected' && presence.kind === 'here') counts.waitingCount += 1
  }
  return branded(
    [...directory.sites.values()].map(({ siteId, name, point }) => {
      return { siteId, name, point, ...countsOf.get(siteId), ...closedView(directory, state, siteId, at) }
    }),
  )
}

/** [R46] Who closed a site and until when; nothing for one that is open. */
function closedView({ people }: Pick<Directory, 'people'>, { closedSites }: State, siteId: string, at: number) {
  const closed = closedSiteAt(closedSites, siteId, at)
  return closed === undefined ? {} : { closed: { byName: people.get(closed.byId)?.name ?? '–', until: closed.until } }
}

function nothing(): Counts {
  return {
    kiosksCount: 0,
    onlineCount: 0,
    inCallCount: 0,
    cameraFaultyCount: 0,
    microphoneFaultyCount: 0,
    silentCount: 0,
    outOfOrderCount: 0,
    waitingCount: 0,
  }
}
