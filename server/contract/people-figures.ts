/** How several people worked at one call, as counted (research/routing.md §3.3); part of `GET /api/v1/metrics/queues`. */
import { Type, type Static } from 'typebox'
import { CentreId, QueueId } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

/** One queue over the whole range. A join is no transfer: whoever asked stays. */
export const QueuePeople = Type.Object(
  {
    queueId: QueueId,
    answered: Count,
    /** Of the answered: handed over at least once. Whoever had the call left it, directly or after a talk of all three, and others went on. */
    transferred: Count,
    /** Of the answered: somebody came in beside those who were there, and nobody left for it. */
    joined: Count,
    /** Of the joined: whoever had the call first had it to the end. */
    firstStayed: Count,
    /** From being asked for to coming in, over all who came in beside; null where nobody did. */
    joinMsAverage: orNull(Type.Number({ minimum: 0 })),
  },
  strict,
)
export type QueuePeople = Static<typeof QueuePeople>

/** Time of one centre's people in calls of a queue that is not at home there: from coming into a call to the end of wrap-up. */
export const LentTime = Type.Object(
  {
    centreId: CentreId,
    centreName: Name,
    queueId: QueueId,
    handlings: Count,
    lentMs: Type.Number({ minimum: 0 }),
  },
  strict,
)
export type LentTime = Static<typeof LentTime>
