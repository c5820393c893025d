/** [R46] What must be true of sites that were closed. */
import type { RoutingEvent } from '../event.ts'
import type { State } from '../state.ts'
import { isSiteClosed, must } from './rules.ts'

/** A site is closed and opened by saying so, and by its own end; whoever is inside is not touched by it. */
export function checkSites(before: State, event: RoutingEvent, state: State): void {
  const { at } = state
  for (const siteId of new Set([...before.closedSites, ...state.closedSites].map(([id]) => id))) {
    const [was, is] = [isSiteClosed(before, siteId, at), isSiteClosed(state, siteId, at)]
    const isSaid = (type: RoutingEvent['type']) => event.type === type && 'siteId' in event && event.siteId === siteId
    if (is && !was) must(isSaid('site.closed'), () => `${siteId} is closed after ${event.type}`)
    if (was && !is) must(isSaid('site.opened'), () => `${siteId} is open after ${event.type}`)
  }
  if (event.type !== 'site.closed' && event.type !== 'site.opened') return
  must(isSiteClosed(state, event.siteId, at) === (event.type === 'site.closed'), () => `${event.type} did nothing`)
  if (event.type === 'site.closed') {
    must(state.closedSites.get(event.siteId)?.until === event.until, () => `${event.siteId} has another end`)
  }
  must(
    [...before.calls.keys()].every((id) => state.calls.get(id) === before.calls.get(id)),
    () => 'a call was touched',
  )
}
