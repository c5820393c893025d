/**
 * What the journal alone says of calls that are not over yet, folded row by row in its order. What became of a call stands in rows of
 * its own, kept in the same transaction; here is the rest: who was rung, what was told, how long the citizen was on hold.
 */
import type { Fact } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'

/** A row of the journal. */
export type JournalLine = { readonly seq: number; readonly event: RoutingEvent; readonly facts: readonly Fact[] }

/** What is remembered of a call until it is over and written down. Plain data: it is kept as JSON between two runs. */
export type Trail = {
  readonly callId: string
  /** When somebody pressed, or it was promised. */
  readonly pressedAt: number
  /** The row of the press: the policy in force there says what T and s were. */
  readonly pressedSeq: number
  /** When the citizen first left the screen with a ticket, or was given a place for the next opening. */
  callbackAt: number | null
  isCalled: boolean
  told: { readonly at: number; readonly p50Ms: number; readonly p80Ms: number } | null
  /** The offer that rings, of the call itself and not of somebody asked in. */
  ringing: { readonly offerId: string; readonly madeAt: number } | null
  offersMade: number
  offersAccepted: number
  offersDeclined: number
  offersExpired: number
  offersCallerLeft: number
  offersTakenBack: number
  offerAnswerMs: number
  /** Who accepted last, and where they worked when they answered first: that may be elsewhere than a second before. */
  acceptedBy: string | null
  answeredCentreId: string | null
  holds: { readonly agentId: string; readonly from: number; readonly until: number }[]
  joinsUnmet: number
  /** Wrap-ups that ended by their deadline. */
  capped: { readonly agentId: string; readonly at: number }[]
}

/** The trails by call. Only calls that were seen from their press on are followed. */
export class Trails {
  readonly open = new Map<string, Trail>()
  readonly #centreOf: (agentId: string) => string
  readonly #isInScope: (pressedAt: number) => boolean

  /** `centreOf`: where somebody works, as they signed in last. `isInScope`: whether a call pressed then is to be followed. */
  constructor(centreOf: (agentId: string) => string, isInScope: (pressedAt: number) => boolean = () => true) {
    this.#centreOf = centreOf
    this.#isInScope = isInScope
  }

  take({ seq, event, facts }: JournalLine): void {
    // [R40] What was promised may become a call without anybody pressing.
    const isNew = event.type === 'call.arrived' || event.type === 'callback.promised'
    if (isNew && !this.open.has(event.callId) && this.#isInScope(event.at)) {
      this.open.set(event.callId, newTrail(event.callId, event.at, seq))
    }
    this.#takeEvent(event)
    for (const fact of facts) {
      // [R40] Nobody pressed: it came to be a call at the time that was promised.
      if (fact.type === 'callback.entered' && !this.open.has(fact.callId) && this.#isInScope(fact.arrivedAt)) {
        this.open.set(fact.callId, newTrail(fact.callId, fact.arrivedAt, seq))
      }
      const trail = 'callId' in fact ? this.open.get(fact.callId) : undefined
      if (trail !== undefined) takeFact(trail, fact, event)
    }
  }

  #takeEvent(event: RoutingEvent): void {
    const { at } = event
    switch (event.type) {
      case 'caller.stepped-away': {
        const trail = this.open.get(event.callId)
        if (trail !== undefined) trail.callbackAt ??= at
        return
      }
      case 'promise.told': {
        const trail = this.open.get(event.callId)
        if (trail !== undefined) trail.told ??= { at, p50Ms: event.p50Ms, p80Ms: event.p80Ms }
        return
      }
      case 'media.flowed': {
        const trail = this.open.get(event.callId)
        if (trail !== undefined && trail.acceptedBy !== null)
          trail.answeredCentreId ??= this.#centreOf(trail.acceptedBy)
        return
      }
      case 'offer.accepted': {
        const trail = this.open.get(callIdOfOffer(event.offerId))
        // Said again, or by somebody who was asked in.
        if (trail?.ringing?.offerId !== event.offerId) return
        trail.offersAccepted += 1
        trail.offerAnswerMs += at - trail.ringing.madeAt
        trail.ringing = null
        trail.acceptedBy = event.agentId
      }
    }
  }
}

function newTrail(callId: string, pressedAt: number, pressedSeq: number): Trail {
  return {
    callId,
    pressedAt,
    pressedSeq,
    callbackAt: null,
    isCalled: false,
    told: null,
    ringing: null,
    offersMade: 0,
    offersAccepted: 0,
    offersDeclined: 0,
    offersExpired: 0,
    offersCallerLeft: 0,
    offersTakenBack: 0,
    offerAnswerMs: 0,
    acceptedBy: null,
    answeredCentreId: null,
    holds: [],
    joinsUnmet: 0,
    capped: [],
  }
}

function takeFact(trail: Trail, fact: Fact, event: RoutingEvent): void {
  const { at } = event
  switch (fact.type) {
    case 'offer.made':
      if (fact.joinId !== null) return
      trail.offersMade += 1
      trail.ringing = { offerId: fact.offerId, madeAt: at }
      return
    case 'offer.declined':
    case 'offer.expired':
    case 'offer.withdrawn':
      if (trail.ringing?.offerId !== fact.offerId) return
      trail.ringing = null
      if (fact.type === 'offer.declined') trail.offersDeclined += 1
      else if (fact.type === 'offer.expired') trail.offersExpired += 1
      else if (isByCaller(fact.why)) trail.offersCallerLeft += 1
      else trail.offersTakenBack += 1
      return
    case 'ticket.called':
      trail.isCalled = true
      return
    case 'call.deferred':
      trail.callbackAt ??= at
      return
    case 'hold.ended':
      trail.holds.push({ agentId: fact.agentId, from: at - fact.heldMs, until: at })
      return
    case 'join.ended':
      if (!fact.isMet && fact.why !== undefined) trail.joinsUnmet += 1
      return
    case 'wrap-up.ended':
      if (event.type === 'clock.ticked') trail.capped.push({ agentId: fact.agentId, at })
  }
}

/** The citizen hung up or left with the ticket while it rang. */
export function isByCaller(why: string): boolean {
  return why === 'caller-left' || why === 'caller-stepped-away'
}

/** An offer is `<call id>/<n>`. */
export function callIdOfOffer(offerId: string): string {
  return offerId.slice(0, offerId.lastIndexOf('/'))
}
