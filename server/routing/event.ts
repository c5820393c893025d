/** What happened, in the past tense, stamped by the host. Late and repeated events are normal. */
import type { JoinTarget } from './asked-in.ts'
import type { Hours } from './hours.ts'
import type { Policy, Requirement } from './policy.ts'
import type { ChosenAwayReason, Instant, Mode } from './state.ts'
import type { SupervisionKind } from './supervision.ts'

/** Why an agent gave an offer back. */
export type DeclineReason = 'not-mine' | 'know-the-citizen' | 'technical' | 'other'

/** [R42] Why a supervisor moved a call. Codes and no words of their own: whatever is in the journal stays there. */
export type MoveReason = 'waited-long' | 'needs-help-now' | 'wrong-queue' | 'queue-too-long' | 'other'

export type RoutingEvent = { readonly at: Instant } & (
  | {
      readonly type: 'policy.loaded'
      readonly policy: Policy
      /** Whether those who wait already follow it too. */
      readonly isForWaiting: boolean
    }
  | { readonly type: 'hours.loaded'; readonly hours: Hours }
  /** `byId`, here and below: the supervisor who did it to others. For the record: nothing is decided by it. */
  | { readonly type: 'queue.paused'; readonly queueId: string; readonly byId?: string }
  | { readonly type: 'queue.resumed'; readonly queueId: string; readonly byId?: string }
  /** [R46] Nobody new comes in at the screens of a site, until a moment, or until it is opened. Said again, as it was said last. */
  | {
      readonly type: 'site.closed'
      readonly siteId: string
      readonly until: Instant | null
      readonly noticeId: string
      readonly byId: string
    }
  | { readonly type: 'site.opened'; readonly siteId: string; readonly byId: string }
  | {
      readonly type: 'call.arrived'
      readonly callId: string
      readonly kioskId: string
      readonly siteId: string
      readonly queueId: string
      readonly language: string
      readonly ticket: string
      /** The queue's own class where this is null. */
      readonly classId: string | null
      readonly mode: Mode
      /** Whom the same ticket talked to about the same matter. */
      readonly preferredAgentId: string | null
      /** The employee of the place who calls together with the citizen. For the record: nothing is decided by it. */
      readonly staffId?: string | null
      /** [R35] Where the line is closed, a place for its next opening is wanted instead of none. */
      readonly isForNextOpening?: boolean
      /** [R41] The agent with the citizen beside them, and what both said before the call; absent, nobody is beside them. */
      readonly beside?: {
        readonly agentId: string
        readonly matterId: string | null
        readonly isInterpreterWanted: boolean
      }
    }
  | {
      readonly type: 'call.refined'
      readonly callId: string
      readonly queueId: string
      readonly language: string
      readonly isLanguageChosen: boolean
      /** As it was, where this is absent. */
      readonly isInterpreterWanted?: boolean
      readonly matterId: string | null
      readonly classId: string | null
      readonly mode: Mode
    }
  | {
      readonly type: 'call.moved'
      readonly callId: string
      /** The queue it stands in already, where this is null. */
      readonly queueId: string | null
      readonly isToFront: boolean
      readonly reason: MoveReason
      readonly byId: string
    }
  /** [R44] A supervisor who is at work as an agent takes a call that waits. */
  | { readonly type: 'call.taken'; readonly callId: string; readonly byId: string }
  /** [R43] A supervisor listens to a call, whispers to its agents or is in it; said again, in another way. */
  | {
      readonly type: 'call.supervised'
      readonly callId: string
      readonly kind: SupervisionKind
      readonly byId: string
    }
  | { readonly type: 'call.supervision-ended'; readonly callId: string; readonly byId: string }
  | { readonly type: 'caller.hung-up'; readonly callId: string }
  | { readonly type: 'caller.lost'; readonly callId: string }
  | { readonly type: 'caller.returned'; readonly callId: string }
  /** The citizen keeps the ticket and leaves the kiosk. */
  | { readonly type: 'caller.stepped-away'; readonly callId: string; readonly isRungAtKiosk: boolean }
  /** The citizen, or somebody with the ticket, is at a screen again. */
  | {
      readonly type: 'ticket.taken-up'
      readonly ticket: string
      readonly kioskId: string
      readonly siteId: string
      /** The citizen's phone. Its screen may go dark without anybody having left; absent, it is a kiosk. */
      readonly isOwnDevice?: boolean
    }
  /** [R40] In the wrap-up of `ofCallId`: the citizen is talked with again, on the same ticket. Said again, at another time. */
  | {
      readonly type: 'callback.promised'
      readonly callId: string
      readonly agentId: string
      readonly ofCallId: string
      /** The first call of the ticket: the way to it on a phone stays what it was. */
      readonly firstCallId: string
      readonly dueAt: Instant
      readonly isByPromiser: boolean
      readonly kioskId: string
      readonly siteId: string
      readonly queueId: string
      readonly classId: string
      readonly mode: Mode
      readonly language: string
      readonly matterId: string | null
      readonly ticket: string
    }
  | { readonly type: 'callback.withdrawn'; readonly callId: string; readonly agentId: string }
  /** What the citizen was told of the wait, for the first time. */
  | { readonly type: 'promise.told'; readonly callId: string; readonly p50Ms: number; readonly p80Ms: number }
  | {
      readonly type: 'join.asked'
      readonly joinId: string
      readonly callId: string
      readonly agentId: string
      readonly needs: readonly Requirement[]
      /** [R37] Who may come; absent, anyone. */
      readonly target?: JoinTarget
      /** The asker leaves when somebody comes in; absent, they stay. */
      readonly isTransfer?: boolean
    }
  /** By an agent in the call, or by the citizen. */
  | { readonly type: 'join.cancelled'; readonly joinId: string; readonly isByCaller?: boolean }
  | {
      readonly type: 'agent.signed-in'
      readonly agentId: string
      readonly centreId: string
      readonly attributes: Readonly<Record<string, number>>
    }
  | { readonly type: 'agent.signed-out'; readonly agentId: string; readonly byId?: string }
  | { readonly type: 'agent.became-available'; readonly agentId: string }
  | {
      readonly type: 'agent.became-away'
      readonly agentId: string
      readonly reason: ChosenAwayReason
      readonly byId?: string
    }
  /** [R45] A skill at a level, or none of it (0), until the day is over: whoever knows the city's calendar says when that is. */
  | {
      readonly type: 'agent.skill-set'
      readonly agentId: string
      readonly attribute: string
      readonly level: number
      readonly until: Instant
      readonly byId: string
    }
  | {
      readonly type: 'agent.skill-restored'
      readonly agentId: string
      readonly attribute: string
      readonly byId: string
    }
  | { readonly type: 'agent.lost'; readonly agentId: string }
  | { readonly type: 'agent.returned'; readonly agentId: string }
  /** Puts the citizen on hold, and takes up the talk again. */
  | { readonly type: 'call.held'; readonly agentId: string; readonly callId: string }
  | { readonly type: 'call.resumed'; readonly agentId: string; readonly callId: string }
  /** Leaves the call; the last to leave ends it. */
  | { readonly type: 'agent.hung-up'; readonly agentId: string; readonly callId: string }
  /** [R36] More time to write: the wrap-up that would have ended at `endsAt` is to be longer. */
  | { readonly type: 'agent.lengthened-wrap-up'; readonly agentId: string; readonly endsAt: Instant }
  | { readonly type: 'agent.finished-wrap-up'; readonly agentId: string }
  | { readonly type: 'offer.accepted'; readonly agentId: string; readonly offerId: string }
  | {
      readonly type: 'offer.declined'
      readonly agentId: string
      readonly offerId: string
      readonly reason: DeclineReason | null
    }
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
export type EventOf<Type extends RoutingEvent['type']> = Extract<RoutingEvent, { type: Type }>
