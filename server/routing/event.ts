/** What happened, in the past tense, stamped by the host. Late and repeated events are normal. */
import type { ChosenAwayReason, Instant, Policy } from './state.ts'

export type RoutingEvent = { readonly at: Instant } & (
  | { readonly type: 'policy.loaded'; readonly policy: Policy }
  | {
      readonly type: 'call.arrived'
      readonly callId: string
      readonly kioskId: string
      readonly queueId: string
      readonly language: string
    }
  | {
      readonly type: 'call.refined'
      readonly callId: string
      readonly queueId: string
      readonly language: string
      readonly isLanguageChosen: boolean
      readonly matterId: string | null
    }
  | { readonly type: 'caller.hung-up'; readonly callId: string }
  | { readonly type: 'caller.lost'; readonly callId: string }
  | { readonly type: 'caller.returned'; readonly callId: string }
  | { readonly type: 'agent.signed-in'; readonly agentId: string; readonly skills: readonly string[] }
  | { readonly type: 'agent.signed-out'; readonly agentId: string }
  | { readonly type: 'agent.became-available'; readonly agentId: string }
  | { readonly type: 'agent.became-away'; readonly agentId: string; readonly reason: ChosenAwayReason }
  | { readonly type: 'agent.lost'; readonly agentId: string }
  | { readonly type: 'agent.returned'; readonly agentId: string }
  | { readonly type: 'agent.hung-up'; readonly agentId: string; readonly callId: string }
  | { readonly type: 'agent.finished-wrap-up'; readonly agentId: string }
  | { readonly type: 'offer.accepted'; readonly agentId: string; readonly offerId: string }
  | { readonly type: 'offer.declined'; readonly agentId: string; readonly offerId: string }
  /** Both sides have picture or sound of the other. */
  | { readonly type: 'media.flowed'; readonly callId: string }
  /** The picture and sound of the call cannot be had again. */
  | { readonly type: 'media.lost'; readonly callId: string }
  /** The server process began anew: every connection is gone until it is made again. */
  | { readonly type: 'server.restarted' }
  /** A deadline of the state has come. */
  | { readonly type: 'clock.ticked' }
)

export type RoutingEventBody = RoutingEvent extends infer E ? (E extends RoutingEvent ? Omit<E, 'at'> : never) : never
