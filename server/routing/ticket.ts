/** [R29] The place belongs to the ticket: somebody may leave with it, is called when near, and comes back anywhere. */
import { endCall, withdrawOffer } from './call.ts'
import { cameBack, comeDue, lookedAtAgainAt, missed, rung } from './callback.ts'
import { awaitedOf, type Callback } from './promised.ts'
import type { Draft } from './draft.ts'
import type { RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { calendarIdsFor, openness } from './hours.ts'
import { inLine } from './requirements.ts'
import type { Call, ConnectedCall, Entry, Instant, Line, WaitingCall } from './state.ts'
import { HERE } from './state.ts'

/** The citizen leaves the kiosk and keeps the place. */
export function stepAway(draft: Draft, event: EventOf<'caller.stepped-away'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  if (call === undefined) return 'unknown-call'
  // Whoever is beside the citizen has no ticket to go away with ([R41]).
  if (call.status === 'connected' || call.besideAgentId !== null) return 'wrong-state'
  keepPlace(draft, call, event.isRungAtKiosk)
  return undefined
}

/** Nobody is at the screen any more, and the place is kept for the ticket. */
export function keepPlace(draft: Draft, call: Exclude<Call, ConnectedCall>, isRungAtKiosk: boolean): void {
  if (call.status === 'offered') withdrawOffer(draft, call, 'caller-stepped-away')
  const waiting = draft.calls.get(call.id)
  if (waiting?.status !== 'waiting' || waiting.presence.kind !== 'here') return
  sendAway(draft, waiting, isRungAtKiosk, null)
}

function sendAway(draft: Draft, call: WaitingCall, isRungAtKiosk: boolean, notBefore: Instant | null): void {
  const presence = { kind: 'away', since: draft.at, isRungAtKiosk, notBefore } as const
  draft.putCall({ ...call, presence, lostAt: null })
  draft.effects.push({ type: 'media.close', callId: call.id })
}

/** Somebody with the ticket is at a screen: the old place, wherever that is. */
export function takeUp(draft: Draft, event: EventOf<'ticket.taken-up'>): RoutingRefusal | undefined {
  const { ticket, kioskId, siteId, isOwnDevice: isOnOwnDevice = false } = event
  const callId = draft.callIdOfTicket.get(ticket)
  const call = callId === undefined ? undefined : draft.calls.get(callId)
  if (call === undefined || call.besideAgentId !== null) return 'unknown-ticket'
  const atKiosk = draft.callIdOfKiosk.get(kioskId)
  if (atKiosk !== undefined) return atKiosk === call.id ? undefined : 'already-in-call'
  if (call.status === 'connected') return 'wrong-state'
  if (call.status === 'offered') {
    draft.putCall({ ...call, kioskId, siteId, isOnOwnDevice, lostAt: null })
    draft.touchedAgents.push(call.offer.agentId)
    return undefined
  }
  // What was closed to those inside is so no longer for somebody who was told to come back.
  const servedUntil = call.presence.kind === 'here' ? call.servedUntil : null
  const came = cameBack(draft, { ...call, kioskId, siteId, isOnOwnDevice })
  draft.putCall(inLine<Call>(draft, { ...came, presence: HERE, servedUntil, lostAt: null }))
  draft.effects.push({ type: 'media.open', callId: call.id })
  return undefined
}

/** [R30] Tickets that are near in their lines are called, those of the oldest place first. */
export function callNearTickets(draft: Draft): void {
  const near: Entry[] = []
  for (const key of new Set(draft.changedAwayLines)) {
    const line = draft.lines.get(key)
    if (line !== undefined) near.push(...nearOf(draft, line))
  }
  near.sort((a, b) => a.rank - b.rank || a.ordinal - b.ordinal)
  for (const { id } of near) callTicket(draft, id)
}

function nearOf(draft: Draft, line: Line): Entry[] {
  const near: Entry[] = []
  for (const entry of line.away) {
    if (line.here.countBefore(entry) + line.lost.countBefore(entry) > draft.policy.ticketNearCount) break
    near.push(entry)
  }
  return near
}

function callTicket(draft: Draft, callId: string): void {
  const call = draft.calls.get(callId)
  if (call?.status !== 'waiting' || call.presence.kind !== 'away') return
  const { isRungAtKiosk, notBefore } = call.presence
  if (notBefore !== null && notBefore > draft.at) return
  const open = opennessFor(draft, call)
  if (!open.isOpen) {
    draft.putCall({ ...call, presence: { ...call.presence, notBefore: open.opensAt } })
    return
  }
  const awaited = awaitedOf(call)
  const callback = awaited === null ? call.callback : rung(draft, call, awaited)
  if (awaited !== null && callback === null) {
    draft.putCall({ ...call, presence: { ...call.presence, notBefore: lookedAtAgainAt(draft, awaited) } })
    return
  }
  const until = draft.at + draft.policy.ticketCallMs
  draft.putCall({ ...call, callback, presence: { kind: 'called', since: draft.at, until, isRungAtKiosk } })
  draft.facts.push({ type: 'ticket.called', callId, until })
}

function opennessFor(draft: Draft, call: Call) {
  const calendarIds = draft.policyOf(call).queues[call.queueId]?.calendarIds ?? []
  return openness(draft.hours, calendarIdsFor(draft.hours, calendarIds, call.siteId), draft.at)
}

/** What time does to somebody who waits: called and not come, lapsed, or the line closed for good. */
export function passPresence(draft: Draft, call: WaitingCall): void {
  const { presence, servedUntil } = call
  if (presence.kind === 'called' && presence.until <= draft.at) {
    if (missed(draft, call)) return
    const until = draft.at + draft.policy.ticketKeptMs
    draft.putCall({ ...call, presence: { kind: 'lapsed', since: draft.at, until } })
    draft.facts.push({ type: 'ticket.lapsed', callId: call.id, until })
  } else if (presence.kind === 'lapsed' && presence.until <= draft.at) endCall(draft, call, 'ticket-lapsed')
  else if (presence.kind === 'away' && presence.notBefore !== null && presence.notBefore <= draft.at) {
    const awaited = awaitedOf(call)
    if (awaited !== null) return comeTo(draft, call, awaited)
    draft.putCall({ ...call, presence: { ...presence, notBefore: null } })
    draft.changedAwayLines.push(call.lineKey)
  } else if (presence.kind === 'here' && servedUntil !== null && servedUntil <= draft.at) defer(draft, call)
}

/** [R40] The time of a callback, or of ringing again, has come: whoever else is in line, it is called. */
function comeTo(draft: Draft, call: WaitingCall, callback: Callback): void {
  comeDue(draft, call, callback)
  callTicket(draft, call.id)
}

/** [R28] [R41] Closed, and still somebody inside: a place for the next opening instead of a door in the face, where there is one. */
function defer(draft: Draft, call: WaitingCall): void {
  const open = opennessFor(draft, call)
  if (open.isOpen) {
    const servedUntil = open.closesAt === null ? null : open.closesAt + draft.policy.serveAfterClosingMs
    draft.putCall({ ...call, servedUntil })
    return
  }
  if (open.opensAt === null || call.besideAgentId !== null) {
    endCall(draft, call, 'queue-closed')
    return
  }
  draft.facts.push({ type: 'call.deferred', callId: call.id, notBefore: open.opensAt })
  sendAway(draft, { ...call, servedUntil: null }, true, open.opensAt)
}
