/** What can be asked over HTTP, below `/api/v1`. Errors are `{ error: { code, message } }` with the status that fits. */
import { Type, type Static } from 'typebox'
import { AgentId, Instant, Labels, Language, QueueId } from './ids.ts'
import { OutcomeCode } from './wrap-up.ts'
import { QueueCallbacks } from './callbacks.ts'
import { LentTime, QueuePeople } from './people-figures.ts'

const strict = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })

/** An agent takes calls, a supervisor watches the floor and steps in, an administrator sets up what both work with: nobody is two of them at once. */
export const Role = Type.Union([Type.Literal('agent'), Type.Literal('supervisor'), Type.Literal('administrator')])
export type Role = Static<typeof Role>

/** `POST /api/v1/sign-in`. Sets the cookie; the cookie is all that identifies the page afterwards. */
export const SignInBody = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 128 }),
    /** Of the app, or one from the paper; wanted where the answer was `code-needed`. */
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  },
  strict,
)
export type SignInBody = Static<typeof SignInBody>

/** `GET /api/v1/session`, and the answer to signing in. */
export const SignedIn = Type.Object(
  {
    agentId: AgentId,
    name: Type.String(),
    firstName: Type.String(),
    role: Role,
    /** When this sign-in ends whatever is done, but for a citizen who is with them then. */
    endsAt: Instant,
  },
  strict,
)
export type SignedIn = Static<typeof SignedIn>

export const HttpError = Type.Object(
  { error: Type.Object({ code: Type.String(), message: Type.String() }, strict) },
  strict,
)
export type HttpError = Static<typeof HttpError>

/** Times as ISO 8601 with zone; at most {@link METRICS_RANGE_MS_MAX} apart. */
export const MetricsQuery = Type.Object(
  { from: Type.String({ format: 'date-time' }), to: Type.String({ format: 'date-time' }) },
  strict,
)
export type MetricsQuery = Static<typeof MetricsQuery>
export const METRICS_RANGE_MS_MAX = 31 * 24 * 60 * 60 * 1000
export const QUARTER_HOUR_MS = 15 * 60 * 1000

/** Raised, quiet lines never learn how they do; lowered, one face can be traced to one conversation. */
export const FACES_MIN = 5

export const Faces = Type.Object({ good: Count, soSo: Count, bad: Count }, strict)
export type Faces = Static<typeof Faces>

/**
 * One queue in one quarter-hour, or one queue over the whole range. A call counts in the quarter-hour in
 * which it was queued, and in the queue it ended in.
 */
const figures = {
  /** Calls that entered the queue: answered + abandoned + expired + failed + still open. */
  offered: Count,
  answered: Count,
  /** The caller left by their own act before an answer. */
  abandoned: Count,
  /** Of `abandoned`: after a wait of at most the queue's `shortAbandonMs`. */
  abandonedShort: Count,
  /** Never let in: the line was as long as it may be, closed, or paused. Never counted as impatience. */
  full: Count,
  closed: Count,
  paused: Count,
  /** Kept a ticket, was called, and did not come. */
  expired: Count,
  /** Ended by a machine or a network before an answer: nobody's wish, and never booked as impatience. */
  failed: Count,
  stillOpen: Count,
  /** Answered with a wait of at most the queue's `answerWithinMs`. */
  answeredInTime: Count,
  /** answeredInTime / (answered + abandoned − abandonedShort); null where that is 0. */
  serviceLevel: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  /** From being queued to both sides having picture or sound, over the answered calls. */
  waitMsAverage: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  /** The longest wait of any call of the row, answered or not. */
  waitMsMax: Type.Union([Count, Type.Null()]),
  /** From answer to the end of wrap-up, averaged over answered calls whose wrap-up is over. */
  handlingMsAverage: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  /** Of the offered: made by an employee of the place together with a citizen. */
  withStaff: Count,
  /** The faces that citizens chose after their calls; null below {@link FACES_MIN}, so that nobody finds out whose it was. */
  faces: Type.Union([Faces, Type.Null()]),
  /** Calls of which everybody who answered said that the matter was solved at the first contact. */
  solvedFirst: Count,
  /** Calls of which somebody said that it was not. What nobody said counts in neither. */
  notSolvedFirst: Count,
}

export const QueueFigures = Type.Object({ queueId: QueueId, intervalStartsAt: Instant, ...figures }, strict)
export type QueueFigures = Static<typeof QueueFigures>

export const QueueTotals = Type.Object({ queueId: QueueId, ...figures }, strict)
export type QueueTotals = Static<typeof QueueTotals>

/** Without labels where the policy in force no longer names the code. */
export const QueueOutcome = Type.Object(
  {
    queueId: QueueId,
    code: OutcomeCode,
    labels: Type.Union([Labels, Type.Null()]),
    count: Type.Integer({ minimum: 1 }),
  },
  strict,
)
export type QueueOutcome = Static<typeof QueueOutcome>

/** `GET /api/v1/metrics/queues?from=&to=`, for supervisors. */
export const MetricsReply = Type.Object(
  {
    from: Instant,
    to: Instant,
    queues: Type.Array(
      Type.Object(
        {
          queueId: QueueId,
          serviceLabels: Labels,
          language: Language,
          answerWithinMs: Count,
          shortAbandonMs: Count,
        },
        strict,
      ),
    ),
    /** Only rows in which something happened, ordered by interval, then queue. */
    rows: Type.Array(QueueFigures),
    totals: Type.Array(QueueTotals),
    /** How many calls of each queue have each outcome code; one call may have several. The most first. */
    outcomes: Type.Array(QueueOutcome),
    /** Transfers and joins of each queue, and whose time was lent to it. */
    people: Type.Array(QueuePeople),
    lent: Type.Array(LentTime),
    /** Callbacks that agents promised, and whether they were kept. */
    callbacks: Type.Optional(Type.Array(QueueCallbacks)),
  },
  strict,
)
export type MetricsReply = Static<typeof MetricsReply>
