/** What happened while the connection was gone, as far as it concerns the agent: from the views before and after. */
import type { AgentView, AgentWorkView } from '#server/contract/views.ts'

export type Absence =
  | { readonly kind: 'call-goes-on' | 'call-back-in-line' | 'call-over'; readonly siteName: string }
  | { readonly kind: 'offer-gone'; readonly siteName: string }
  | { readonly kind: 'wrap-up-over' | 'set-away' }

const callOf = (work: AgentWorkView) => (work.kind === 'offered' || work.kind === 'in-call' ? work.call : null)

/** Null where nothing is different, or the screen says it anyway. */
export function absenceOf(before: AgentView, after: AgentView): Absence | null {
  const { work } = before
  const call = callOf(work)
  const isSameCall = call !== null && callOf(after.work)?.callId === call.callId
  const wasLost = after.awayReason === 'connection-lost'
  if (work.kind === 'in-call') {
    const { siteName } = work.call
    if (isSameCall) return { kind: 'call-goes-on', siteName }
    return { kind: wasLost ? 'call-back-in-line' : 'call-over', siteName }
  }
  if (work.kind === 'offered') return isSameCall ? null : { kind: 'offer-gone', siteName: work.call.siteName }
  if (work.kind === 'wrap-up' && after.work.kind !== 'wrap-up') return { kind: 'wrap-up-over' }
  return wasLost && before.awayReason !== 'connection-lost' ? { kind: 'set-away' } : null
}
