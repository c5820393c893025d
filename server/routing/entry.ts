/** [R2] [R27] [R28] [R35] Whether a call is let into its line, or into the next opening's, and until when those inside are served. */
import type { Draft } from './draft.ts'
import { calendarIdsFor, openness } from './hours.ts'
import { closedSiteAt, opennessOfSite } from './sites.ts'
import type { Call, EndReason, Instant, Outcome } from './state.ts'
import { outlookOf, prospectOf } from './wait.ts'
import { lineOfCall } from './index-of.ts'

export type Entry =
  | { readonly isLetIn: true; readonly servedUntil: Instant | null }
  | {
      readonly isLetIn: false
      readonly servedUntil: null
      readonly outcome: Extract<Outcome, 'full' | 'closed' | 'paused'>
      readonly endReason: EndReason
      readonly opensAt: Instant | null
    }

/** The wait is only asked for this close to closing: before that nobody would be turned out. */
const LAST_ENTRY_MS = 7_200_000

function refused(outcome: 'full' | 'closed' | 'paused', endReason: EndReason, opensAt: Instant | null): Entry {
  return { isLetIn: false, servedUntil: null, outcome, endReason, opensAt }
}

/**
 * Paused, closed and full are told apart, in this order. Last entry: whoever would, four times of five, not be answered
 * before closing is not let in, so that nobody who waits is turned out.
 */
export function isLineOpen(draft: Draft, call: Call): Entry {
  const queue = draft.policy.queues[call.queueId]
  if (queue === undefined) return refused('closed', 'queue-closed', null)
  const { callersCount, isPaused } = draft.queueState(queue.id)
  if (isPaused) return refused('paused', 'queue-paused', null)
  const calendarIds = calendarIdsFor(draft.hours, queue.calendarIds, call.siteId)
  // Whoever is beside the citizen at an agent's own desk stands at no screen of the place ([R41]).
  const isClosed = call.besideAgentId === null && closedSiteAt(draft.closedSites, call.siteId, draft.at) !== undefined
  const open = isClosed
    ? opennessOfSite(draft, calendarIds, call.siteId, draft.at)
    : openness(draft.hours, calendarIds, draft.at)
  if (!open.isOpen) return refused('closed', isClosed ? 'site-closed' : 'queue-closed', open.opensAt)
  const { closesAt } = open
  if (closesAt !== null && closesAt - draft.at <= LAST_ENTRY_MS && waitMs(draft, call) > closesAt - draft.at) {
    const next = openness(draft.hours, calendarIds, closesAt)
    return refused('closed', 'last-entry', next.isOpen ? closesAt : next.opensAt)
  }
  if (callersCount >= queue.callersMax) return refused('full', 'queue-full', null)
  return { isLetIn: true, servedUntil: closesAt === null ? null : closesAt + draft.policy.serveAfterClosingMs }
}

/**
 * [R35] The opening for which the call, which is not let in now, can be given a place; null where none is known, or half the
 * line is taken already: the other half is for those who come when it is open.
 */
export function nextOpeningOf(draft: Draft, call: Call, entry: Entry): Instant | null {
  if (entry.isLetIn || entry.outcome !== 'closed') return null
  const callersMax = draft.policy.queues[call.queueId]?.callersMax ?? 0
  return hasPlacesAtOpening(draft.queueState(call.queueId).callersCount, callersMax) ? entry.opensAt : null
}

/** [R35] Whether a closed line with room for `callersMax`, of which `callersCount` is taken, gives places for its opening. */
export function hasPlacesAtOpening(callersCount: number, callersMax: number): boolean {
  return callersCount < callersMax / 2
}

/** What the call would have to wait with four chances of five; for ever where nobody at work can take it. */
function waitMs(draft: Draft, call: Call): number {
  const line = draft.lines.get(call.lineKey) ?? lineOfCall(call)
  return prospectOf(draft, outlookOf(draft, line), call).wait?.p80Ms ?? Number.POSITIVE_INFINITY
}

/** [R28] Until when a call inside is served: past the closing of its line, or of the line it came to after that. */
export function servedUntilOf(draft: Draft, call: Call): Instant | null {
  const calendarIds = draft.policyOf(call).queues[call.queueId]?.calendarIds ?? []
  const open = openness(draft.hours, calendarIdsFor(draft.hours, calendarIds, call.siteId), draft.at)
  if (open.isOpen) return open.closesAt === null ? null : open.closesAt + draft.policy.serveAfterClosingMs
  if (call.presence.kind !== 'here') return call.servedUntil
  const until = draft.at + draft.policy.serveAfterClosingMs
  return call.servedUntil === null || call.servedUntil > until ? until : call.servedUntil
}
