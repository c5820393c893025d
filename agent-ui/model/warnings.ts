/** Which warnings are news. */
import type { WarningForSupervisor } from '#server/contract/views.ts'

/** Whether something is warned of that was not before. What stands when the page opens, or what somebody has seen, is no news. */
export function newlyWarned(
  before: readonly WarningForSupervisor[] | null,
  now: readonly WarningForSupervisor[],
): boolean {
  if (before === null) return false
  const known = new Set(before.map(({ warningId }) => warningId))
  return now.some(({ warningId, acknowledged }) => acknowledged === null && !known.has(warningId))
}

/** Those that nobody has seen yet first, each the newest first. */
export function unseenFirst(warnings: readonly WarningForSupervisor[]): WarningForSupervisor[] {
  const isSeen = ({ acknowledged }: WarningForSupervisor) => (acknowledged === null ? 0 : 1)
  return warnings.toSorted((a, b) => isSeen(a) - isSeen(b) || b.raisedAt - a.raisedAt)
}
