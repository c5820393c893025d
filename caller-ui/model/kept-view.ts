/** A place that was taken along, on the screen it left. */
import type { CallerView } from '#server/contract/views.ts'
import { isHere } from './own-call.ts'

/**
 * The view to be shown after `before`. The server tells of a place that was taken along for a minute only, because a
 * kiosk is everybody's. A phone is its owner's, and goes on showing the number and when it is called.
 */
export function shownView(before: CallerView | null, next: CallerView | null): CallerView | null {
  if (next?.device !== 'phone' || next.call !== null || before?.call?.status !== 'kept') return next
  return { ...next, call: before.call }
}

/** Whether the place that had left this screen is here again. */
export function isComingBack(before: CallerView | null, next: CallerView | null): boolean {
  const call = next?.call ?? null
  return before?.call?.status === 'kept' && call !== null && isHere(call) && call.callId === before.call.callId
}
