/** [R40] A callback that an agent promises after a call, on the ticket of that call: at a time, and in no line until then. */
import type { Draft } from './draft.ts'
import type { CallRecord, RoutingRefusal } from './effect.ts'
import type { EventOf } from './event.ts'
import { calendarIdsFor, openness } from './hours.ts'
import { mayTake } from './order.ts'
import { awaitedOf, isOnlyPromised, type Callback, type CallbackResult } from './promised.ts'
import { inLine } from './requirements.ts'
import type { Call, ConnectedCall, EndReason, Instant, WaitingCall } from './state.ts'

/** Where nobody at work can take it at its time, it is looked at again after this. Sooner rings no sooner by much. */
const LOOK_AGAIN_MS = 60_000

const DAY_MS = 86_400_000

/**
 * The agent promises it in the wrap-up of a call that is over. Promised again, it is the same callback at another time. Refused with
 * `callback-time` outside the policy's bounds or the hours of the queue at the site.
 */
export function promiseCallback(draft: Draft, event: EventOf<'callback.promised'>): RoutingRefusal | undefined {
  const { callId, agentId, ofCallId, ticket, dueAt, isByPromiser } = event
  const work = draft.agents.get(agentId)?.work
  if (work === undefined) return 'unknown-agent'
  if (work.kind !== 'wrap-up' || work.callId !== ofCallId || draft.calls.has(ofCallId)) return 'wrong-state'
  const queue = draft.policy.queues[event.queueId]
  if (queue === undefined) return 'unknown-queue'
  if (draft.policy.classes[event.classId] === undefined) return 'unknown-class'
  const holderId = draft.callIdOfTicket.get(ticket)
  const known = holderId === undefined ? undefined : draft.calls.get(holderId)
  const before = known?.id === callId && isOnlyPromised(known) ? known.callback : null
  const isMoved = before?.ofCallId === ofCallId && before.promisedById === agentId
  if ((known !== undefined && !isMoved) || (known === undefined && draft.calls.has(callId))) return 'ticket-in-use'
  const { callbackSoonestMs, callbackDaysMax } = draft.policy
  const isInBounds = dueAt - draft.at >= callbackSoonestMs && dueAt - draft.at <= callbackDaysMax * DAY_MS
  const calendarIds = calendarIdsFor(draft.hours, queue.calendarIds, event.siteId)
  if (!isInBounds || !openness(draft.hours, calendarIds, dueAt).isOpen) return 'callback-time'
  const callback: Callback = {
    ofCallId,
    firstCallId: event.firstCallId,
    promisedById: agentId,
    isByPromiser,
    promisedAt: draft.at,
    dueAt,
    enteredAt: null,
    rungAt: null,
    triesCount: 0,
    hereAt: null,
    result: null,
  }
  if (known?.status === 'waiting') {
    draft.putCall(inLine<Call>(draft, { ...known, ...placed(draft, callback), arrivedAt: dueAt }))
  } else draft.putCall(promisedCall(draft, event, callback))
  draft.records.push({ type: 'callback-promised', callId, ...callback, at: draft.at })
  draft.touchedAgents.push(agentId)
  return undefined
}

function placed(draft: Draft, callback: Callback) {
  const { dueAt } = callback
  const presence = { kind: 'away', since: draft.at, isRungAtKiosk: true, notBefore: dueAt } as const
  return { callback, presence, placeAt: dueAt - draft.policy.callbackAheadMs }
}

function promisedCall(draft: Draft, event: EventOf<'callback.promised'>, callback: Callback): Call {
  const { callId: id, kioskId, siteId, queueId, classId, mode, language, matterId, ticket } = event
  return inLine<Call>(draft, {
    id,
    ordinal: draft.takeOrdinal(),
    kioskId,
    siteId,
    besideAgentId: null,
    isOnOwnDevice: false,
    queueId,
    classId,
    mode,
    language,
    isLanguageChosen: true,
    isInterpreterWanted: false,
    matterId,
    ticket,
    arrivedAt: callback.dueAt,
    ...placed(draft, callback),
    policyVersion: draft.policy.version,
    needs: [],
    stepsOpenedCount: 0,
    stepEndsAt: null,
    branch: null,
    preferred: null,
    lineKey: '',
    servedUntil: null,
    promise: null,
    offerCount: 0,
    answeredAt: null,
    lostAt: null,
    status: 'waiting',
  })
}

/** The agent takes the promise back, in the same wrap-up and before its time. */
export function withdrawCallback(draft: Draft, event: EventOf<'callback.withdrawn'>): RoutingRefusal | undefined {
  const call = draft.calls.get(event.callId)
  const work = draft.agents.get(event.agentId)?.work
  if (call === undefined || call.callback?.promisedById !== event.agentId) return 'unknown-call'
  const isWrapUp = work?.kind === 'wrap-up' && work.callId === call.callback.ofCallId
  if (!isWrapUp || !isOnlyPromised(call)) return 'wrong-state'
  draft.records.push(resultRecord(draft, call.id, call.callback, 'withdrawn'))
  removePromised(draft, call)
  return undefined
}

/** What never stood in a line never arrived, and leaves no call behind. */
export function removePromised(draft: Draft, call: Call): void {
  draft.removeCall(call)
  if (call.callback !== null) draft.touchedAgents.push(call.callback.promisedById)
}

/** In line from now on; counted as a call from the moment that was promised, or from now where the citizen came sooner. */
function enter(draft: Draft, call: Call, callback: Callback): Call {
  if (callback.enteredAt !== null) return call
  const isEarly = draft.at < callback.dueAt
  const at = isEarly ? draft.at : callback.dueAt
  const { id: callId, kioskId, siteId, queueId, classId, mode, language, ticket } = call
  const what = {
    callId,
    kioskId,
    siteId,
    queueId,
    classId,
    mode,
    language,
    ticket,
    staffId: null,
    besideAgentId: null,
    at,
  }
  draft.records.push({ type: 'arrived', ...what })
  draft.facts.push({ type: 'callback.entered', callId, arrivedAt: at })
  // Whoever comes sooner than was promised stands where anybody would.
  const placeAt = isEarly ? at : call.placeAt
  return { ...call, arrivedAt: at, placeAt, callback: { ...callback, enteredAt: draft.at } }
}

/** At its time, and again where nobody came: it is in line, and called by {@link rung} where the line is open. */
export function comeDue(draft: Draft, call: WaitingCall, callback: Callback): void {
  const due = enter(draft, call, callback)
  const { presence } = call
  if (presence.kind !== 'away') return
  draft.putCall(inLine<Call>(draft, { ...due, presence: { ...presence, notBefore: null } }))
  draft.touchedAgents.push(callback.promisedById)
}

/** The callback as it is once its ticket is called now; null where nobody at work could take it, so that it is not yet. */
export function rung(draft: Draft, call: Call, callback: Callback): Callback | null {
  const line = draft.lines.get(call.lineKey)
  let isSomebody = false
  if (line !== undefined) {
    for (const pool of draft.pools.values()) isSomebody ||= pool.workingCount > 0 && mayTake(draft, pool, line)
  }
  // Past that it rings all the same: the citizen hears of it, and decides.
  const isWaited = draft.at < callback.dueAt + draft.policy.callbackAgainMs
  if (!isSomebody && isWaited) return null
  draft.touchedAgents.push(callback.promisedById)
  return { ...callback, rungAt: callback.rungAt ?? draft.at, triesCount: callback.triesCount + 1 }
}

/** When a ticket that nobody could have taken is looked at again. */
export function lookedAtAgainAt({ at, policy }: Draft, { dueAt }: Callback): Instant {
  return Math.min(at + LOOK_AGAIN_MS, dueAt + policy.callbackAgainMs)
}

/** Called, and nobody came: away until it rings again. False where it has rung as often as it does. */
export function missed(draft: Draft, call: WaitingCall): boolean {
  const callback = awaitedOf(call)
  if (callback === null) return false
  const { triesCount, promisedById } = callback
  const isLast = triesCount >= draft.policy.callbackTriesMax
  draft.facts.push({ type: 'callback.missed', callId: call.id, triesCount, isLast })
  draft.touchedAgents.push(promisedById)
  if (isLast) return false
  const notBefore = draft.at + draft.policy.callbackAgainMs
  draft.putCall({ ...call, presence: { kind: 'away', since: draft.at, isRungAtKiosk: true, notBefore } })
  return true
}

/** [R23] The citizen is there: whoever promised to talk with them is asked first, for a time that begins now. */
export function cameBack<C extends Call>(draft: Draft, call: C): C {
  const callback = awaitedOf(call)
  if (callback === null) return call
  const entered = enter(draft, call, callback)
  const preferred = callback.isByPromiser
    ? { agentId: callback.promisedById, until: draft.at + draft.policy.callbackPreferredMs }
    : null
  draft.touchedAgents.push(callback.promisedById)
  return { ...call, ...entered, preferred, callback: { ...(entered.callback ?? callback), hereAt: draft.at } }
}

/** Whether it rang, or the citizen came by themselves, soon enough after its time. */
function isRungInTime({ dueAt, rungAt, hereAt }: Callback, lateMs: number): boolean {
  return (rungAt ?? hereAt ?? Number.POSITIVE_INFINITY) <= dueAt + lateMs
}

/** Whether somebody who takes it at `at` keeps what was promised. */
function isKeptAt(callback: Callback, lateMs: number, at: Instant): boolean {
  const { dueAt, hereAt } = callback
  return isRungInTime(callback, lateMs) && at <= Math.max(dueAt, hereAt ?? dueAt) + lateMs
}

function resultRecord(draft: Draft, callId: string, callback: Callback, result: CallbackResult): CallRecord {
  const { rungAt, triesCount } = callback
  return { type: 'callback-ended', callId, result, rungAt, triesCount, at: draft.at }
}

/** An agent has taken it: the promise is kept, or was broken by us. Only the first time counts. */
export function taken(draft: Draft, call: ConnectedCall): ConnectedCall {
  const { callback } = call
  if (callback === null || callback.result !== null) return call
  const result = isKeptAt(callback, draft.policy.callbackLateMs, draft.at) ? 'kept' : 'broken'
  draft.records.push(resultRecord(draft, call.id, callback, result))
  draft.touchedAgents.push(callback.promisedById)
  return { ...call, callback: { ...callback, result } }
}

/** The call of it is over and nobody took it: by whom it was not kept. */
export function untaken(draft: Draft, call: Call, endReason: EndReason): void {
  const { callback } = call
  if (callback === null || callback.result !== null) return
  draft.records.push(resultRecord(draft, call.id, callback, resultOf(draft, callback, endReason)))
  draft.touchedAgents.push(callback.promisedById)
}

function resultOf({ at, policy: { callbackLateMs } }: Draft, callback: Callback, endReason: EndReason): CallbackResult {
  switch (endReason) {
    case 'caller-hung-up':
      // Who waited for longer than was promised did not cancel it.
      return at <= callback.dueAt || isKeptAt(callback, callbackLateMs, at) ? 'cancelled' : 'broken'
    case 'ticket-lapsed':
    case 'caller-lost':
      return isRungInTime(callback, callbackLateMs) ? 'missed' : 'broken'
    default:
      return 'broken'
  }
}
