/** `GET /api/v1/policy`, for supervisors: the rules in force, and how long anybody can have to wait under them. */
import { Type, type Static } from 'typebox'
import { ClassId, Instant, QueueId } from './ids.ts'

const strict = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

const Ms = Type.Number({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })

/** Of what supervisors are warned, each with where it begins and where it is over; null: of that they are not. */
const WarningThresholds = Type.Object(
  {
    queues: Type.Array(
      Type.Object(
        {
          queueId: QueueId,
          longestWait: orNull(Type.Object({ aboveMs: Ms, clearsBelowMs: Ms }, strict)),
          /** The lower bound of the last half hour's interval, of no fewer calls than these. */
          serviceLevel: orNull(Type.Object({ below: Share, clearsAbove: Share, callsMin: Count }, strict)),
          promiseBroken: orNull(Type.Object({ clearsAfterMs: Ms }, strict)),
        },
        strict,
      ),
    ),
    nobodySignedIn: orNull(Type.Object({ afterMs: Ms }, strict)),
    kioskSilent: orNull(Type.Object({ afterMs: Ms, clearsAfterMs: Ms }, strict)),
  },
  strict,
)
export type WarningThresholds = Static<typeof WarningThresholds>

export const PolicyReply = Type.Object(
  {
    version: Type.String(),
    loadedAt: orNull(Instant),
    classes: Type.Array(
      Type.Object(
        {
          classId: ClassId,
          headStartMs: Type.Number({ minimum: 0 }),
          slope: Type.Number({ exclusiveMinimum: 0 }),
          isFirst: Type.Boolean(),
        },
        strict,
      ),
    ),
    /**
     * The longest wait of each class in each queue in the worst overload the lines allow, with the agents who are at work
     * now. Null for the classes that go first, and where nobody who can take the queue is at work.
     */
    bounds: Type.Array(
      Type.Object({ queueId: QueueId, classId: ClassId, waitMs: orNull(Type.Number({ minimum: 0 })) }, strict),
    ),
    /** What the bounds count with: no call takes an agent longer, and no more calls go first meanwhile. */
    occupiedMsMax: Count,
    firstCallsCount: Count,
    warnings: WarningThresholds,
  },
  strict,
)
export type PolicyReply = Static<typeof PolicyReply>
