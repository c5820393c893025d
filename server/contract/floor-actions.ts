/** What a supervisor may do on the floor: who waits, moving a call, setting an agent away, signing one out, pausing a queue. */
import { Type, type Static } from 'typebox'
import { ChosenAwayReason } from './agent-socket.ts'
import { AgentId, CallId, ClassId, Instant, Language, Mode, QueueId, type Id } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

/** [R42] Of the routing rules. Codes alone, for they are kept with the call. */
export const MOVE_REASONS = ['waited-long', 'needs-help-now', 'wrong-queue', 'queue-too-long', 'other'] as const
export const MoveReason = Type.Union([
  Type.Literal('waited-long'),
  Type.Literal('needs-help-now'),
  Type.Literal('wrong-queue'),
  Type.Literal('queue-too-long'),
  Type.Literal('other'),
])
export type MoveReason = Static<typeof MoveReason>

/** Chosen by whoever moves, so that asking again after a lost answer moves once. A UUID. */
export const MoveId = Type.Unsafe<Id<'MoveId'>>(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
)
export type MoveId = Static<typeof MoveId>

export const WaitingCall = Type.Object(
  {
    callId: CallId,
    queueId: QueueId,
    classId: ClassId,
    language: Language,
    mode: Mode,
    siteName: Name,
    arrivedAt: Instant,
    /** Gone from the screen with a ticket. */
    isAway: Type.Boolean(),
    /** Rings at somebody, or cannot be moved for another reason. */
    isMovable: Type.Boolean(),
    /** [R44] The citizen stands there: a supervisor may take the call themselves. */
    isTakeable: Type.Boolean(),
  },
  strict,
)
export type WaitingCall = Static<typeof WaitingCall>

/** Further calls are only counted. */
export const WAITING_CALLS_MAX = 200

/** By queue, and within it in the order of their places. */
export const WaitingCalls = Type.Object(
  { calls: Type.Array(WaitingCall, { maxItems: WAITING_CALLS_MAX }), totalCount: Count },
  strict,
)
export type WaitingCalls = Static<typeof WaitingCalls>

export const CallMove = Type.Object(
  {
    moveId: MoveId,
    callId: CallId,
    /** Null: the queue it stands in. */
    queueId: orNull(QueueId),
    isToFront: Type.Boolean(),
    reason: MoveReason,
  },
  strict,
)
export type CallMove = Static<typeof CallMove>

export const AwayOrder = Type.Object({ agentId: AgentId, reason: ChosenAwayReason }, strict)
export type AwayOrder = Static<typeof AwayOrder>

/** Paused, a queue lets nobody new in; those inside are served. */
export const QueueOrder = Type.Object({ queueId: QueueId, isPaused: Type.Boolean() }, strict)
export type QueueOrder = Static<typeof QueueOrder>
