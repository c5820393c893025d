/** What a step leads to. Data only: the host carries out effects and the journal keeps facts and records. */
import type { AwayReason, EndReason, Instant, Outcome } from './state.ts'

/** What the SFU is to do. Each may be done twice without harm. */
export type Effect =
  | { readonly type: 'media.open'; readonly callId: string }
  | { readonly type: 'media.connect'; readonly callId: string; readonly agentId: string }
  | { readonly type: 'media.remove'; readonly callId: string; readonly agentId: string }
  | { readonly type: 'media.close'; readonly callId: string }

export type OfferEnd = 'caller-left' | 'agent-lost' | 'agent-away' | 'skills-changed'

/** What followed from an event, for the history of a call: never read back by the engine. */
export type Fact =
  | {
      readonly type: 'offer.made'
      readonly callId: string
      readonly offerId: string
      readonly agentId: string
      readonly expiresAt: Instant
    }
  | { readonly type: 'offer.expired'; readonly callId: string; readonly offerId: string; readonly agentId: string }
  | {
      readonly type: 'offer.withdrawn'
      readonly callId: string
      readonly offerId: string
      readonly agentId: string
      readonly why: OfferEnd
    }
  | { readonly type: 'call.requeued'; readonly callId: string; readonly agentId: string }
  | { readonly type: 'agent.set-away'; readonly agentId: string; readonly reason: AwayReason }
  | { readonly type: 'wrap-up.ended'; readonly agentId: string; readonly callId: string }

/** What becomes of a call, kept in the same transaction as the event it followed from. */
export type CallRecord =
  | {
      readonly type: 'arrived'
      readonly callId: string
      readonly kioskId: string
      readonly queueId: string
      readonly language: string
      readonly at: Instant
    }
  | { readonly type: 'answered'; readonly callId: string; readonly at: Instant }
  | {
      readonly type: 'ended'
      readonly callId: string
      readonly kioskId: string
      readonly queueId: string
      readonly language: string
      readonly matterId: string | null
      readonly agentId: string | null
      readonly outcome: Outcome
      readonly endReason: EndReason
      readonly at: Instant
    }
  | {
      readonly type: 'handled'
      readonly callId: string
      readonly agentId: string
      readonly acceptedAt: Instant
      readonly at: Instant
    }
  | { readonly type: 'wrapped-up'; readonly callId: string; readonly agentId: string; readonly at: Instant }

/** Why an event changed nothing. The host answers with it. */
export type RoutingRefusal =
  | 'unknown-call'
  | 'unknown-agent'
  | 'unknown-queue'
  | 'already-in-call'
  | 'offer-gone'
  | 'agent-busy'
  | 'wrong-state'
  | 'queue-full'
