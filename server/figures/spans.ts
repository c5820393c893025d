/**
 * What each agent did, from when to when, folded from the journal: available or away, rung, in a call, on hold with one, writing. The
 * first two exclude each other, and so do all that are work; an agent may be away and still in the call that was theirs.
 */
import type { Fact } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'
import type { AwayReason } from '#server/routing/state.ts'
import { isByCaller, type JournalLine } from './trails.ts'

export type PresenceKind = 'available' | 'away'
export type OfferEndKind = 'accepted' | 'declined' | 'expired' | 'caller-left' | 'taken-back'

/** `end`: how an offer ended, or why somebody is away. */
export type Span = {
  /** Of the row it is kept in; null for one that began now. */
  readonly spanId: string | null
  readonly agentId: string
  readonly kind: PresenceKind | 'offered' | 'in-call' | 'hold'
  readonly from: number
  /** Null while it lasts. */
  until: number | null
  readonly centreId: string
  readonly callId: string | null
  readonly offerId: string | null
  end: OfferEndKind | AwayReason | null
}

/** Spans that began, and those that ended, in the rows that were taken. */
export class Spans {
  /** Who is signed in, where they work and since when they are as they are. */
  readonly #presence: Map<string, Span>
  readonly #ringing: Map<string, Span>
  /** New ones, and those of before that ended now. */
  readonly changed = new Set<Span>()

  /** `open`: what lasted when the first row comes. */
  constructor(open: readonly Span[]) {
    this.#presence = new Map(open.filter(isPresence).map((span) => [span.agentId, span]))
    this.#ringing = new Map(open.flatMap((span) => (span.kind === 'offered' ? [[span.offerId ?? '', span]] : [])))
  }

  /** Where an agent works who is signed in; empty for one who is not. */
  centreOf(agentId: string): string {
    return this.#presence.get(agentId)?.centreId ?? ''
  }

  take({ event, facts }: JournalLine): void {
    this.#takeEvent(event)
    for (const fact of facts) this.#takeFact(fact, event.at)
  }

  #takeEvent(event: RoutingEvent): void {
    const { at } = event
    switch (event.type) {
      case 'agent.signed-in': {
        const known = this.#presence.get(event.agentId)
        // Signing in again changes no more than where they work.
        if (known?.centreId === event.centreId) break
        this.#end(known, at)
        const { kind = 'away', end = 'just-signed-in' } = known ?? {}
        this.#be(event.agentId, event.centreId, kind, at, end)
        break
      }
      case 'agent.signed-out':
        this.#end(this.#presence.get(event.agentId), at)
        this.#presence.delete(event.agentId)
        break
      case 'agent.became-available':
        this.#become(event.agentId, 'available', at, null)
        break
      case 'agent.became-away':
        this.#become(event.agentId, 'away', at, event.reason)
        break
      case 'offer.accepted': {
        const offer = this.#ringing.get(event.offerId)
        if (offer === undefined) break
        this.#answered(event.offerId, at, 'accepted')
        this.#begin({ ...offer, kind: 'in-call', from: at, until: null, end: null })
      }
    }
  }

  #takeFact(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'offer.made': {
        const { agentId, callId, offerId } = fact
        const centreId = this.centreOf(agentId)
        const offer = { agentId, kind: 'offered', from: at, until: null, centreId, callId, offerId, end: null } as const
        this.#ringing.set(offerId, this.#begin(offer))
        break
      }
      case 'offer.declined':
        this.#answered(fact.offerId, at, 'declined')
        break
      case 'offer.expired':
        this.#answered(fact.offerId, at, 'expired')
        break
      case 'offer.withdrawn':
        this.#answered(fact.offerId, at, isByCaller(fact.why) ? 'caller-left' : 'taken-back')
        break
      case 'hold.ended': {
        const { agentId, callId, heldMs } = fact
        const centreId = this.centreOf(agentId)
        const times = { from: at - heldMs, until: at }
        this.#begin({ agentId, kind: 'hold', ...times, centreId, callId, offerId: null, end: null })
        break
      }
      case 'agent.set-away':
        this.#become(fact.agentId, 'away', at, fact.reason)
    }
  }

  #become(agentId: string, kind: PresenceKind, at: number, reason: AwayReason | null): void {
    const known = this.#presence.get(agentId)
    if (known === undefined || (known.kind === kind && known.end === reason)) return
    this.#end(known, at)
    this.#be(agentId, known.centreId, kind, at, reason)
  }

  #be(agentId: string, centreId: string, kind: Span['kind'], from: number, end: Span['end']): void {
    const none = { callId: null, offerId: null }
    this.#presence.set(agentId, this.#begin({ agentId, kind, from, until: null, centreId, ...none, end }))
  }

  #answered(offerId: string, at: number, how: OfferEndKind): void {
    const offer = this.#ringing.get(offerId)
    if (offer === undefined) return
    this.#ringing.delete(offerId)
    offer.end = how
    this.#end(offer, at)
  }

  #begin(begun: Omit<Span, 'spanId'>): Span {
    const span: Span = { ...begun, spanId: null }
    this.changed.add(span)
    return span
  }

  #end(span: Span | undefined, at: number): void {
    if (span === undefined) return
    span.until = at
    this.changed.add(span)
  }
}

function isPresence(span: Span): boolean {
  return span.kind === 'available' || span.kind === 'away'
}
