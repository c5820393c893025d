/** [R40] A callback that an agent promises after a call: when it may be, what was promised, and how it stands. */
import { Type, type Static } from 'typebox'
import { CallId, Instant, QueueId, Ticket } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

/** As many openings as a choice of times holds; the policy takes no more than thirteen days. */
export const OPENINGS_MAX = 60

export const CallbackToPromise = Type.Object({ callId: CallId, dueAt: Instant, isByMe: Type.Boolean() }, strict)
export type CallbackToPromise = Static<typeof CallbackToPromise>

/** What may be promised after a call, and what is. */
export const CallbackSheet = Type.Object(
  {
    /** When the queue is open at the site, within what the policy allows. */
    openings: Type.Array(Type.Object({ from: Instant, until: Instant }, strict), { maxItems: OPENINGS_MAX }),
    promised: orNull(Type.Object({ dueAt: Instant, isByMe: Type.Boolean() }, strict)),
  },
  strict,
)
export type CallbackSheet = Static<typeof CallbackSheet>

/** One that this agent promised and nobody has taken yet. */
export const OwnCallback = Type.Object(
  {
    callId: CallId,
    ticket: Ticket,
    dueAt: Instant,
    isByMe: Type.Boolean(),
    /** `missed`: it rang and nobody came, and rings again. `given-up`: not any more. `here`: the citizen waits. */
    state: Type.Union([
      Type.Literal('promised'),
      Type.Literal('ringing'),
      Type.Literal('missed'),
      Type.Literal('given-up'),
      Type.Literal('here'),
    ]),
    /** When it rings next, where that is known. */
    ringsAt: orNull(Instant),
    /** How often it rings still. */
    triesLeftCount: Count,
  },
  strict,
)
export type OwnCallback = Static<typeof OwnCallback>

/** What a call goes on with, for the agent who has it. */
export const CallbackForAgent = Type.Object(
  { promisedByName: Name, dueAt: Instant, isByPromiser: Type.Boolean() },
  strict,
)
export type CallbackForAgent = Static<typeof CallbackForAgent>

/** What a citizen is told of it. */
export const CallbackForCaller = Type.Object(
  {
    dueAt: Instant,
    /** Who will talk with them; null where it is anyone. */
    byFirstName: orNull(Name),
    /** It rings now. */
    isRinging: Type.Boolean(),
  },
  strict,
)
export type CallbackForCaller = Static<typeof CallbackForCaller>

/**
 * [R40] The callbacks of one queue that were promised for the range, as counted in `SPEC.md`; part of `GET /api/v1/metrics/queues`. Apart
 * from the calls: one that rings is a call offered from its time on, and the call that it goes on with stays answered.
 */
export const QueueCallbacks = Type.Object(
  {
    /** Of the call that it goes on with. */
    queueId: QueueId,
    /** Without those that were withdrawn. */
    promised: Count,
    kept: Count,
    /** By us: rung or taken too late, or not at all. */
    broken: Count,
    /** Rung in time, and nobody came. */
    missed: Count,
    /** Given back by the citizen. */
    cancelled: Count,
  },
  strict,
)
export type QueueCallbacks = Static<typeof QueueCallbacks>
