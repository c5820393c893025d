/** Who may ask what over a socket. An event without a row here gets no handler, and the server does not start. */
import type { agentRequests } from '#server/contract/agent-socket.ts'
import type { callerRequests } from '#server/contract/caller-socket.ts'
import type { supervisorRequests } from '#server/contract/supervisor-socket.ts'
import { right, type Right, type Role } from './rights.ts'

export const AUDIENCES = ['/caller', '/agent', '/supervisor'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Who may come in at all. Whoever may not is told so at the door, and is asked nothing. */
export const DOORS: Readonly<Record<Audience, readonly Role[]>> = {
  '/caller': ['kiosk', 'phone', 'desk'],
  '/agent': ['agent', 'supervisor'],
  '/supervisor': ['supervisor'],
}

/** Citizens, wherever they stand, and the employee who calls with one from a desk. */
const anyDevice = <W extends Right['may']['kiosk']>(whose: W) => ({ kiosk: whose, phone: whose, desk: whose })
/** What is a citizen's own affair: a ticket, a rating. */
const citizens = <W extends Right['may']['kiosk']>(whose: W) => ({ kiosk: whose, phone: whose })

const callerRights: Readonly<Record<keyof typeof callerRequests, Right>> = {
  hello: right(anyDevice('self'), 'socket'),
  // A phone has the call it came for.
  'call.start': right({ kiosk: 'call-to-be', desk: 'call-to-be' }, 'socket'),
  'call.refine': right(anyDevice('call-at-hand'), 'socket'),
  'call.say-hearing': right(anyDevice('call-at-hand'), 'socket'),
  'call.step-away': right(citizens('own-or-nothing'), 'socket'),
  'call.hang-up': right(anyDevice('own-or-nothing'), 'socket'),
  'ticket.take-up': right(citizens('known-ticket'), 'socket'),
  'join.decline': right(anyDevice('call-at-hand'), 'socket'),
  'rating.give': right(citizens('call-ended-here'), 'socket'),
  'shown.close': right(anyDevice('call-at-hand'), 'socket'),
  'shown.scroll': right(anyDevice('call-at-hand'), 'flow'),
  'media.ticket': right(anyDevice('call-at-hand'), 'socket'),
  // Employees sign in at kiosks alone.
  'staff.sign-in': right({ kiosk: 'self' }, 'guess', 'audited'),
  'staff.sign-out': right({ kiosk: 'self' }, 'socket'),
  'staff.leave-call': right({ kiosk: 'call-at-hand' }, 'socket'),
  // A phone is its owner's affair, whatever it calls itself, and a desk has a test of its own.
  'machine.report': right({ kiosk: 'self' }, 'seldom'),
  'machine.test-path': right({ kiosk: 'self' }, 'seldom'),
  'machine.path-tested': right({ kiosk: 'self' }, 'socket'),
}

/** [R44] A supervisor may be at a desk too. */
const atDesk = <W extends Right['may']['agent']>(whose: W) => ({ agent: whose, supervisor: whose })

const agentRights: Readonly<Record<keyof typeof agentRequests, Right>> = {
  hello: right(atDesk('self'), 'socket'),
  'availability.set-available': right(atDesk('self'), 'socket'),
  'availability.set-away': right(atDesk('self'), 'socket'),
  'offer.accept': right(atDesk('own-offer'), 'socket'),
  'offer.decline': right(atDesk('own-offer'), 'socket'),
  'join.ask': right(atDesk('call-by-rules'), 'socket'),
  'join.cancel': right(atDesk('own-or-nothing'), 'socket'),
  'hand-over.note': right(atDesk('call-in'), 'socket'),
  'colleagues.list': right(atDesk('self'), 'socket'),
  'call.hold': right(atDesk('call-by-rules'), 'socket'),
  'call.resume': right(atDesk('call-by-rules'), 'socket'),
  'call.hang-up': right(atDesk('call-by-rules'), 'socket'),
  'call.say-still': right(atDesk('call-in'), 'socket'),
  'wrap-up.lengthen': right(atDesk('self'), 'socket'),
  'wrap-up.finish': right(atDesk('self'), 'socket'),
  'wrap-up.read': right(atDesk('call-to-write-up'), 'socket'),
  'wrap-up.write': right(atDesk('call-to-write-up'), 'socket'),
  'callback.promise': right(atDesk('call-by-rules'), 'socket'),
  'callback.withdraw': right(atDesk('own-or-nothing'), 'socket'),
  'shown.show': right(atDesk('call-in'), 'socket'),
  'shown.stop': right(atDesk('call-in'), 'socket'),
  'shown.move': right(atDesk('call-in'), 'flow'),
  'caption.write': right(atDesk('call-in'), 'flow'),
  'media.ticket': right(atDesk('call-at-hand'), 'socket'),
  'message.read': right(atDesk('own-or-nothing'), 'socket'),
  'desk.test-path': right(atDesk('self'), 'seldom'),
  'desk.path-tested': right(atDesk('self'), 'socket'),
}

const supervisorRights: Readonly<Record<keyof typeof supervisorRequests, Right>> = {
  hello: right({ supervisor: 'self' }, 'socket'),
  'notice.post': right({ supervisor: 'any' }, 'socket', 'audited'),
  'notice.take-back': right({ supervisor: 'any' }, 'socket', 'audited'),
  'warning.acknowledge': right({ supervisor: 'any' }, 'socket', 'audited'),
  'warning.past': right({ supervisor: 'any' }, 'socket'),
  'kiosk.list': right({ supervisor: 'any' }, 'socket'),
  'kiosk.order': right({ supervisor: 'any' }, 'socket', 'audited'),
  'kiosk.show-message': right({ supervisor: 'any' }, 'socket', 'audited'),
  'calls.waiting': right({ supervisor: 'any' }, 'socket'),
  'call.move': right({ supervisor: 'any' }, 'socket', 'audited'),
  'agent.set-away': right({ supervisor: 'any' }, 'socket', 'audited'),
  'agent.sign-out': right({ supervisor: 'any' }, 'socket', 'audited'),
  'call.take': right({ supervisor: 'any' }, 'socket', 'audited'),
  'queue.order': right({ supervisor: 'any' }, 'socket', 'audited'),
  'site.close': right({ supervisor: 'any' }, 'socket', 'audited'),
  'site.open': right({ supervisor: 'any' }, 'socket', 'audited'),
  'agent.skills': right({ supervisor: 'any' }, 'socket'),
  'agent.set-skill': right({ supervisor: 'any' }, 'socket', 'audited'),
  'message.send': right({ supervisor: 'any' }, 'socket', 'audited'),
  'call.supervise': right({ supervisor: 'any' }, 'socket', 'audited'),
  'call.end-supervision': right({ supervisor: 'own-or-nothing' }, 'socket', 'audited'),
  'media.ticket': right({ supervisor: 'call-supervised' }, 'socket'),
}

export const EVENT_RIGHTS: Readonly<Record<Audience, Readonly<Record<string, Right>>>> = {
  '/caller': callerRights,
  '/agent': agentRights,
  '/supervisor': supervisorRights,
}
