/** [R46] A supervisor closes a site: nobody new comes in at its screens, until a moment or until it is opened again. */
import type { PersistentMap } from './collections/persistent-map.ts'
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { openness, type Hours, type Openness } from './hours.ts'
import type { Instant } from './state.ts'

export type ClosedSite = {
  readonly since: Instant
  /** Null until somebody opens it. */
  readonly until: Instant | null
  /** The message on its screens; the words are kept outside. */
  readonly noticeId: string
  readonly byId: string
}

/** What is known of a site that is closed at `at`; undefined for one that is not. */
export function closedSiteAt(sites: PersistentMap<ClosedSite>, siteId: string, at: Instant): ClosedSite | undefined {
  const closed = sites.get(siteId)
  return closed === undefined || (closed.until !== null && closed.until <= at) ? undefined : closed
}

/** [R27] [R46] Whether calendars are open at `at`, at a site that somebody may have closed. */
export function opennessOfSite(
  { hours, closedSites }: { readonly hours: Hours; readonly closedSites: PersistentMap<ClosedSite> },
  calendarIds: readonly string[],
  siteId: string,
  at: Instant,
): Openness {
  const closed = closedSiteAt(closedSites, siteId, at)
  if (closed === undefined) return openness(hours, calendarIds, at)
  if (closed.until === null) return { isOpen: false, opensAt: null }
  const then = openness(hours, calendarIds, closed.until)
  return { isOpen: false, opensAt: then.isOpen ? closed.until : then.opensAt }
}

/** Closed again, it is closed by what was said last. Refused (`wrong-state`) where it would be open already. */
export function closeSite(draft: Draft, event: EventOf<'site.closed'>): RoutingRefusal | undefined {
  const { siteId, until, noticeId, byId } = event
  if (until !== null && until <= draft.at) return 'wrong-state'
  const known = closedSiteAt(draft.closedSites, siteId, draft.at)
  if (known?.noticeId === noticeId && known.until === until) return undefined
  // Whatever is open again by itself is let go of.
  draft.closedSites.forEach((_closed, id) => {
    if (closedSiteAt(draft.closedSites, id, draft.at) === undefined) draft.closedSites = draft.closedSites.without(id)
  })
  const since = known?.since ?? draft.at
  draft.closedSites = draft.closedSites.with(siteId, { since, until, noticeId, byId })
  return undefined
}

/** What is open already is no mistake. */
export function openSite(draft: Draft, siteId: string): void {
  draft.closedSites = draft.closedSites.without(siteId)
}
