/**
 * What may be done in which state of an agent's work: one table that words the buttons and guards the
 * page. The engine refuses on its own account; this only keeps a page from offering what it would refuse.
 */
import type { AgentWorkView } from './views.ts'

type WorkKind = AgentWorkView['kind']

export const agentCan = {
  'availability.set-available': ['idle', 'in-call', 'wrap-up'],
  'availability.set-away': ['idle', 'offered', 'in-call', 'wrap-up'],
  'offer.accept': ['offered'],
  'offer.decline': ['offered'],
  'call.hang-up': ['in-call'],
  'call.hold': ['in-call'],
  'call.resume': ['in-call'],
  'join.ask': ['in-call'],
  'join.cancel': ['in-call'],
  'shown.show': ['in-call'],
  'shown.stop': ['in-call'],
  'colleagues.list': ['in-call'],
  'wrap-up.lengthen': ['wrap-up'],
  'wrap-up.finish': ['wrap-up'],
  'wrap-up.write': ['in-call', 'wrap-up'],
  'sign-out': ['idle', 'wrap-up'],
} as const satisfies Record<string, readonly WorkKind[]>

/** Whether an agent doing `work` may do `action` now. */
export function isAgentAllowed(action: keyof typeof agentCan, work: WorkKind): boolean {
  const kinds: readonly WorkKind[] = agentCan[action]
  return kinds.includes(work)
}
