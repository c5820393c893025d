/**
 * What was said and done, checked against what was true: the numbers are those of the invariants of reliability.md §1.9.
 * Kept over the whole run, because states alone hide what was said wrongly.
 */
import { isOnlyPromised } from '../promised.ts'
import type { CallRecord } from '../effect.ts'
import type { EventOf, RoutingEvent } from '../event.ts'
import type { Call, State } from '../state.ts'
import type { Step } from '../step.ts'
import { Promises } from './callback-checks.ts'
import { CALLBACK_AHEAD_MS } from './city.ts'
import { DaySkills } from './day-skill-checks.ts'
import { checkOffers } from './offer-checks.ts'
import { checkMoved } from './move-checks.ts'
import { isHere, isOpen, isSiteClosed, must, serviceOf } from './rules.ts'
import { checkSites } from './site-checks.ts'
import { checkState } from './state-checks.ts'
import { checkSupervision } from './supervision-checks.ts'
import { checkHandOffers } from './take-checks.ts'

type Seen = { readonly arrivedAt: number; readonly placeAt: number; readonly ordinal: number; readonly ticket: string }

export class History {
  offersCount = 0
  maxWaitMs = 0
  readonly #arrived = new Set<string>()
  readonly #answered = new Set<string>()
  readonly #ended = new Map<string, string>()
  readonly #seen = new Map<string, Seen>()
  readonly #offerIds = new Set<string>()
  readonly #promises = new Promises()
  readonly #daySkills = new DaySkills()
  /** How each agent who is in a call came into it. */
  readonly #came = new Map<string, { as: 'join' | 'transfer' | null; searchedMs: number | null }>()

  get arrivedCount(): number {
    return this.#arrived.size
  }

  check(before: State, event: RoutingEvent, after: Step): void {
    checkDoor(before, event, after)
    if (after.refusal !== undefined) {
      must(after.state === before, () => 'a refused event changed the state')
      must(after.effects.length + after.records.length + after.facts.length === 0, () => 'a refused event had effects')
      return
    }
    checkAnswer(before, event, after)
    this.offersCount += checkOffers(before, event, after)
    checkHandOffers(before, event, after.state)
    this.#checkOfferIds(after)
    this.#checkRecords(before, event, after)
    this.#noteCame(before, event)
    if (event.type === 'call.moved') this.#noteMove(before, event, after.state)
    this.#checkPlaces(before, after.state)
    this.#promises.check(before, event, after)
    checkSites(before, event, after.state)
    this.#daySkills.check(before, event, after.state)
    checkSupervision(before, event, after.state)
    checkState(before, event, after)
  }

  /** [I1] An offer is made once, also over restarts. */
  #checkOfferIds({ facts }: Step): void {
    for (const fact of facts) {
      if (fact.type !== 'offer.made') continue
      must(!this.#offerIds.has(fact.offerId), () => `offer ${fact.offerId} was made twice`)
      this.#offerIds.add(fact.offerId)
    }
  }

  /** [I4] [I5] [I10] Every arrival comes to one end, which is never changed, and never by our own fault the citizen's. */
  #checkRecords(before: State, event: RoutingEvent, after: Step): void {
    for (const record of after.records) {
      if (record.type === 'arrived') {
        must(!this.#arrived.has(record.callId), () => `call ${record.callId} arrived twice`)
        this.#arrived.add(record.callId)
      }
      if (record.type === 'answered') {
        must(!this.#answered.has(record.callId), () => `call ${record.callId} was answered twice`)
        this.#answered.add(record.callId)
      }
      if (record.type === 'handled') {
        checkHandled(before, record)
        this.#checkCame(before, event, record)
      }
      if (record.type !== 'ended') continue
      must(!this.#ended.has(record.callId), () => `call ${record.callId} ended twice`)
      this.#ended.set(record.callId, record.outcome)
      const expected = outcomeOf(before.calls.get(record.callId), event, record)
      must(record.outcome === expected, () => `${record.callId} was booked ${record.outcome}, and is ${expected}`)
      must((expected === 'answered') === this.#answered.has(record.callId), () => `${record.callId}: answered or not?`)
    }
    const open = [...after.state.calls.values()].filter((call) => !isOnlyPromised(call)).length
    must(this.#arrived.size === this.#ended.size + open, () => 'arrivals are not those who are here and those who left')
  }

  /** [R8] [R22] [R29] Nobody's arrival, place or ticket is ever rewritten, and a kiosk is found by whoever is at it. */
  #checkPlaces(before: State, state: State): void {
    let hereCount = 0
    for (const call of state.calls.values()) {
      must(state.callIdOfTicket.get(call.ticket) === call.id, () => `the ticket of ${call.id} is not found`)
      // [R40] In no line yet, and without a place that could be lost.
      if (isOnlyPromised(call)) continue
      const { arrivedAt, placeAt, ordinal, ticket } = call
      const seen = this.#seen.get(call.id)
      if (seen === undefined) {
        this.#seen.set(call.id, { arrivedAt, placeAt, ordinal, ticket })
        const helpMs = arrivedAt - placeAt
        const isInBound = helpMs >= 0 && helpMs <= helpMsMax(before, call)
        must(arrivedAt === firstMomentOf(call, state.at) && isInBound, () => `${call.id} was helped by ${helpMs} ms`)
      } else {
        const isKept = seen.arrivedAt === arrivedAt && seen.placeAt === placeAt && seen.ordinal === ordinal
        must(isKept && seen.ticket === ticket, () => `${call.id} lost its place`)
      }
      if (call.status === 'connected' && call.answeredAt === null) {
        this.maxWaitMs = Math.max(this.maxWaitMs, state.at - arrivedAt)
      }
      if (!isHere(call)) continue
      hereCount += 1
      must(state.callIdOfKiosk.get(call.kioskId) === call.id, () => `the kiosk of ${call.id} is not known to be taken`)
    }
    must(state.callIdOfKiosk.size === hereCount, () => 'a kiosk is taken by nobody')
  }

  /** [R42] Nobody's place is changed but by a move to the front, and that to no later one. */
  #noteMove(before: State, event: EventOf<'call.moved'>, state: State): void {
    const seen = this.#seen.get(event.callId)
    const call = state.calls.get(event.callId)
    if (seen === undefined || call === undefined) return
    must(call.placeAt <= seen.placeAt, () => `${call.id} was moved back`)
    if (event.isToFront) this.#seen.set(call.id, { ...seen, placeAt: call.placeAt })
    checkMoved(before, event, state)
  }

  /** [R39] Remembers how somebody comes into a call. */
  #noteCame(before: State, event: RoutingEvent): void {
    const work = event.type === 'offer.accepted' ? before.agents.get(event.agentId)?.work : undefined
    if (event.type !== 'offer.accepted' || work?.kind !== 'offered') return
    const join = work.joinId === null ? undefined : before.joins.get(work.joinId)
    const as = join === undefined ? null : join.handedOverBy === null ? 'join' : 'transfer'
    this.#came.set(event.agentId, { as, searchedMs: join === undefined ? null : event.at - join.askedAt })
  }

  /** [R39] How an agent came into a call, and whether it goes on without them by their own will. */
  #checkCame(before: State, event: RoutingEvent, record: Extract<CallRecord, { type: 'handled' }>): void {
    const { agentId, askedInAs, searchedMs, isHandedOver } = record
    const came = this.#came.get(agentId)
    const isTold = came?.as === askedInAs && came.searchedMs === searchedMs
    must(isTold, () => `${agentId} came as ${askedInAs} after ${searchedMs} ms`)
    const call = before.calls.get(record.callId)
    const isLeft = call?.status === 'connected' && call.joined.length > 0 && call.agentId === agentId
    const isHandover = event.type === 'offer.accepted' || (event.type === 'agent.hung-up' && isLeft)
    must(isHandedOver === isHandover, () => `${agentId} has handed ${record.callId} over, or has not`)
  }

  assertAllEnded(): void {
    must(this.#arrived.size === this.#ended.size, () => 'not every arrival came to one end')
    this.#promises.assertAllEnded()
  }
}

/** [R22] [R40] By how much a call may stand before its arrival. */
function helpMsMax({ policy }: State, { callback, arrivedAt }: Call): number {
  if (callback === null) return policy.siteCorrectionMsMax
  // By what held when it was promised: a policy may have been loaded since. Who came sooner is not helped.
  return arrivedAt < callback.dueAt ? 0 : CALLBACK_AHEAD_MS
}

/** [R35] The first moment of a wait: the press, or the opening that a place was given for ({@link checkKept}). */
function firstMomentOf(call: Call, at: number): number {
  // [R40] The time that was promised, or sooner.
  if (call.callback !== null) return Math.min(call.callback.dueAt, at)
  return call.status === 'waiting' && call.presence.kind === 'away' ? (call.presence.notBefore ?? at) : at
}

/** [R12] What a call that ended was, by what happened to it. */
function outcomeOf(was: Call | undefined, event: RoutingEvent, record: Extract<CallRecord, { type: 'ended' }>): string {
  // Never let in: checked at the door.
  if (was === undefined) return record.outcome
  if (was.answeredAt !== null) return 'answered'
  if (event.type === 'caller.hung-up') {
    if (was.callback?.hereAt === null) return 'expired'
    return was.status === 'connected' ? 'failed' : 'abandoned'
  }
  if (event.type !== 'clock.ticked') return 'failed'
  if (was.status === 'waiting' && was.presence.kind === 'lapsed') return 'expired'
  // [R41] Beside a citizen there is no place for later, also where the offer ran out or the connection was gone just then.
  if (record.endReason === 'queue-closed' && was.besideAgentId !== null) return 'closed'
  return was.lostAt === null && was.status === 'waiting' ? 'closed' : 'failed'
}

/** [R25] [R39] What was lent is kept with the call, and only that; how an agent came into it, and whether it goes on without them. */
function checkHandled(before: State, record: Extract<CallRecord, { type: 'handled' }>): void {
  const call = before.calls.get(record.callId)
  const centreId = before.agents.get(record.agentId)?.centreId
  if (call?.status !== 'connected' || centreId === undefined) return
  const expected = serviceOf(before, call.queueId, centreId) === 'home' ? null : centreId
  must(
    record.lentByCentreId === expected,
    () => `${record.agentId} of ${centreId} was lent by ${record.lentByCentreId}`,
  )
}

/** [I7] What was said must be true: an accepted offer was open and gives the caller of that offer. */
function checkAnswer(before: State, event: RoutingEvent, after: Step): void {
  if (event.type !== 'offer.accepted') return
  const callId = event.offerId.slice(0, event.offerId.lastIndexOf('/'))
  const call = after.state.calls.get(callId)
  const isTheirs =
    call?.status === 'connected' &&
    [{ agentId: call.agentId, offerId: call.offerId }, ...call.joined].some(
      (one) => one.agentId === event.agentId && one.offerId === event.offerId,
    )
  must(isTheirs, () => `acceptance of ${event.offerId} was acknowledged without the call`)
  const was = before.agents.get(event.agentId)?.work
  const isOpen = was?.kind === 'in-call' || (was?.kind === 'offered' && was.offerId === event.offerId)
  must(isOpen, () => 'a stale offer was accepted')
}

/** [R1] [R2] [R27] [R29] Whether somebody is let in, and why not, is true. */
function checkDoor(before: State, event: RoutingEvent, after: Step): void {
  const { refusal, records } = after
  const at = event.type === 'call.arrived' || event.type === 'ticket.taken-up' ? event : undefined
  if (at === undefined) return
  const occupant = [...before.calls.values()].find((call) => isHere(call) && call.kioskId === at.kioskId)
  const isOwn = at.type === 'ticket.taken-up' ? occupant?.ticket === at.ticket : occupant?.id === at.callId
  const isTaken = occupant !== undefined && !isOwn
  if (refusal === 'already-in-call') must(isTaken, () => `${at.kioskId} was said to be taken`)
  if (refusal !== undefined) return
  must(!isTaken, () => `${at.kioskId} was taken by ${occupant?.id}`)
  if (at.type === 'ticket.taken-up') return
  const isNew = !before.calls.has(at.callId)
  must(isNew || records.length === 0, () => `${at.callId} arrived again`)
  const queue = before.policy.queues[at.queueId]
  if (!isNew || queue === undefined) return
  let callersCount = 0
  for (const call of before.calls.values()) {
    if (call.queueId === queue.id && call.status !== 'connected' && !isOnlyPromised(call)) callersCount += 1
  }
  const ended = records.find((record) => record.type === 'ended')
  const reason = ended?.type === 'ended' ? ended.endReason : undefined
  const isPaused = before.queues.get(queue.id)?.isPaused === true
  const isClosed = !isOpen(before.hours, queue.calendarIds, at.siteId, at.at)
  must((reason === 'queue-paused') === isPaused, () => `${queue.id} paused or not: ${reason}`)
  if (isPaused) return
  const kept = at.isForNextOpening === true ? after.state.calls.get(at.callId) : undefined
  if (kept?.status === 'waiting' && kept.presence.kind === 'away') {
    checkKept(before, at, kept, callersCount)
    return
  }
  const isShut = at.beside === undefined && isSiteClosed(before, at.siteId, at.at)
  must((reason === 'site-closed') === isShut, () => `${at.siteId} closed or not: ${reason}`)
  must((reason === 'queue-closed') === (isClosed && !isShut), () => `${queue.id} closed or not: ${reason}`)
  if (isClosed || isShut || reason === 'last-entry') {
    const isKeepable = ended?.type === 'ended' && ended.opensAt !== null && callersCount < queue.callersMax / 2
    must(
      !isKeepable || at.isForNextOpening !== true || at.beside !== undefined,
      () => `${at.callId} got no place for the next opening`,
    )
    return
  }
  must(
    (reason === 'queue-full') === callersCount >= queue.callersMax,
    () => `${queue.id} has ${callersCount}: ${reason}`,
  )
}

/** [R35] A place for the next opening: for the first one there is, from that moment on, and only in half of the line. */
function checkKept(before: State, at: EventOf<'call.arrived'>, call: Call, callersCount: number): void {
  const { calendarIds = [], callersMax = 0 } = before.policy.queues[at.queueId] ?? {}
  const opensAt = call.status === 'waiting' && call.presence.kind === 'away' ? call.presence.notBefore : null
  const isOpenAt = (moment: number) =>
    !isSiteClosed(before, at.siteId, moment) && isOpen(before.hours, calendarIds, at.siteId, moment)
  must(opensAt !== null && opensAt > at.at && isOpenAt(opensAt), () => `${call.id} is kept for no opening`)
  must(call.arrivedAt === opensAt, () => `${call.id} waits from ${call.arrivedAt} on, not from the opening`)
  must(callersCount < callersMax / 2, () => `${call.id} takes the place of those who come when it is open`)
  const isOpenNow = isOpenAt(at.at)
  const openings = Object.values(before.hours.calendars).flat()
  const shutUntil = before.closedSites.get(at.siteId)?.until ?? null
  for (const from of [...openings.map((opening) => opening.from), ...(shutUntil === null ? [] : [shutUntil])]) {
    if (isOpenNow || from <= at.at || opensAt === null || from >= opensAt) continue
    must(!isOpenAt(from), () => `${call.id} is kept for ${opensAt}, and it opens at ${from}`)
  }
}
