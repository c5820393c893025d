/** What a step leads to. Data only: the host carries out effects and the journal keeps facts and records. */
import type { UnmetWhy } from './asked-in.ts'
import type { Callback, CallbackResult } from './promised.ts'
import type { DeclineReason } from './event.ts'
import type { OfferReasons } from './offer-reasons.ts'
import type { AwayReason, EndReason, Instant, Mode, Outcome } from './state.ts'

/** What the SFU is to do. Each may be done twice without harm. */
export type Effect =
  | { readonly type: 'media.open'; readonly callId: string }
  /** Exactly these see and hear the citizen and each other: everybody who is in the call by then. */
  | { readonly type: 'media.connect'; readonly callId: string; readonly agentIds: readonly string[] }
  | { readonly type: 'media.remove'; readonly callId: string; readonly agentId: string }
  | { readonly type: 'media.close'; readonly callId: string }

export type OfferEnd =
  | 'caller-left'
  | 'caller-stepped-away'
  | 'agent-lost'
  | 'agent-away'
  | 'skills-changed'
  | 'join-over'
  /** [R44] The agent took another call themselves. */
  | 'took-another'

/** `expired`: it had lasted as long as a hold may. `agent-left`: whoever began it is gone, and others are in the call. */
export type HoldEnd = 'resumed' | 'expired' | 'agent-left' | 'call-over'

type OfferFact = { readonly callId: string; readonly offerId: string; readonly agentId: string }

/** What followed from an event, for the history of a call: never read back by the engine. */
export type Fact =
  /** Where the call came to stand, and who could take it then. */
  | {
      readonly type: 'call.queued'
      readonly callId: string
      readonly aheadCount: number
      readonly ableAgentsCount: number
      readonly siteCorrectionMs: number
    }
  | (OfferFact & {
      readonly type: 'offer.made'
      readonly joinId: string | null
      readonly expiresAt: Instant
      readonly policyVersion: string
      readonly waitedMs: number
      readonly isLent: boolean
      /** In full where the host asks for it; the choice is the same either way. */
      readonly reasons: OfferReasons | null
    })
  | (OfferFact & { readonly type: 'offer.expired' })
  | (OfferFact & { readonly type: 'offer.declined'; readonly reason: DeclineReason | null })
  | (OfferFact & { readonly type: 'offer.withdrawn'; readonly why: OfferEnd })
  | { readonly type: 'call.requeued'; readonly callId: string; readonly agentId: string }
  /** A requirement of the call expired: it can be offered to more. */
  | { readonly type: 'step.opened'; readonly callId: string; readonly stepsOpenedCount: number }
  | { readonly type: 'branch.opened'; readonly callId: string; readonly branch: 'interpreter' | 'callback' }
  | { readonly type: 'preference.ended'; readonly callId: string }
  | { readonly type: 'lending.opened'; readonly ruleId: string; readonly waitingCount: number }
  | { readonly type: 'lending.closed'; readonly ruleId: string; readonly waitingCount: number }
  | { readonly type: 'ticket.called'; readonly callId: string; readonly until: Instant }
  | { readonly type: 'ticket.lapsed'; readonly callId: string; readonly until: Instant }
  /** [R40] A callback came to stand in a line: a call from `arrivedAt` on. */
  | { readonly type: 'callback.entered'; readonly callId: string; readonly arrivedAt: Instant }
  /** [R40] Rung for the `triesCount`th time, and nobody came. */
  | {
      readonly type: 'callback.missed'
      readonly callId: string
      readonly triesCount: number
      readonly isLast: boolean
    }
  | { readonly type: 'call.deferred'; readonly callId: string; readonly notBefore: Instant | null }
  | { readonly type: 'join.asked'; readonly callId: string; readonly joinId: string }
  | {
      readonly type: 'join.ended'
      readonly callId: string
      readonly joinId: string
      readonly isMet: boolean
      /** Why nobody came, where it was not taken back and the call went on. */
      readonly why?: UnmetWhy
    }
  | {
      readonly type: 'hold.ended'
      readonly callId: string
      readonly agentId: string
      readonly heldMs: number
      readonly why: HoldEnd
    }
  | { readonly type: 'agent.set-away'; readonly agentId: string; readonly reason: AwayReason }
  /** [R45] The day of a skill that was given or taken is over. */
  | { readonly type: 'day-skill.ended'; readonly agentId: string; readonly attribute: string }
  | { readonly type: 'agent.rests'; readonly agentId: string; readonly until: Instant }
  | { readonly type: 'wrap-up.ended'; readonly agentId: string; readonly callId: string }

/** What becomes of a call, kept in the same transaction as the event it followed from. */
export type CallRecord =
  | {
      readonly type: 'arrived'
      readonly callId: string
      readonly kioskId: string
      readonly siteId: string
      readonly queueId: string
      readonly classId: string
      readonly mode: Mode
      readonly language: string
      readonly ticket: string
      /** Who called together with the citizen, where an employee of the place did. */
      readonly staffId: string | null
      /** [R41] The agent who opened it beside a citizen, where one did. */
      readonly besideAgentId: string | null
      readonly at: Instant
    }
  | { readonly type: 'answered'; readonly callId: string; readonly at: Instant }
  | { readonly type: 'promised'; readonly callId: string; readonly p50Ms: number; readonly p80Ms: number }
  | {
      readonly type: 'ended'
      readonly callId: string
      readonly kioskId: string
      readonly queueId: string
      readonly classId: string
      readonly language: string
      readonly matterId: string | null
      readonly agentId: string | null
      readonly outcome: Outcome
      readonly endReason: EndReason
      /** When the line opens again, for a call that was not let in. */
      readonly opensAt: Instant | null
      readonly at: Instant
    }
  | {
      readonly type: 'handled'
      readonly callId: string
      readonly agentId: string
      readonly acceptedAt: Instant
      /** The centre the agent was lent by, where the queue is not its own. */
      readonly lentByCentreId: string | null
      /** [R39] How they came into the call, where they were asked in, and after how long a search. */
      readonly askedInAs: 'join' | 'transfer' | null
      readonly searchedMs: number | null
      /** [R39] They left it to others, who went on with the citizen. */
      readonly isHandedOver: boolean
      readonly at: Instant
    }
  /** [R40] The newest replaces what was promised before. */
  | ({ readonly type: 'callback-promised'; readonly callId: string; readonly at: Instant } & Callback)
  | {
      readonly type: 'callback-ended'
      readonly callId: string
      readonly result: CallbackResult
      readonly rungAt: Instant | null
      readonly triesCount: number
      readonly at: Instant
    }
  | { readonly type: 'wrapped-up'; readonly callId: string; readonly agentId: string; readonly at: Instant }

/** Why an event changed nothing. The host answers with it. */
export type RoutingRefusal =
  | 'unknown-call'
  | 'unknown-agent'
  | 'unknown-queue'
  | 'unknown-ticket'
  | 'unknown-class'
  | 'ticket-in-use'
  | 'already-in-call'
  | 'offer-gone'
  | 'agent-busy'
  /** The agent who is asked for by name takes no calls. */
  | 'agent-away'
  /** [R40] Too soon, too late, or while the queue is closed. */
  | 'callback-time'
  /** [R44] The call's language or way of talking is not the agent's. */
  | 'not-able'
  | 'wrong-state'
  /** [R43] The policy does not have it. */
  | 'not-allowed'
  | 'invalid-policy'
