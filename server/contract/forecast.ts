/**
 * `GET /api/v1/forecast`: the calls of a day to come and the agents they need, for supervisors. How it is worked out: `server/forecast`.
 */
import { Type, type Static } from 'typebox'
import { Labels, Language, QueueId } from './ids.ts'
import { Count, orNull, strict } from './shapes.ts'

/** A date of the city: `2026-11-30`. */
export const CityDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** The targets that can be chosen beside the policy's own: so many of a hundred are answered in time. */
export const LEVEL_PERCENTS = [70, 80, 90, 95] as const

export const ForecastQuery = Type.Object(
  {
    /** The first of them where it is left out. */
    queue: Type.Optional(QueueId),
    date: CityDate,
    /** From 50 to 99 of a hundred; the policy's own where it is left out. Within which time is the policy's. */
    level: Type.Optional(Type.String({ pattern: '^[5-9][0-9]$' })),
  },
  strict,
)
export type ForecastQuery = Readonly<{ queue?: string; date: string; level?: string }>

/** The mean of the earlier days; on four days of five the count is from `low` to `high`, both included. */
const ExpectedCalls = Type.Object({ mean: Type.Number({ minimum: 0 }), low: Count, high: Count }, strict)

/** Agents for the calls expected, and for as many as one day in ten exceeds. */
const NeedRange = Type.Object({ expected: Count, high: Count }, strict)

export const ForecastQuarter = Type.Object(
  {
    /** When it begins, in ms since 1970. */
    at: Type.Integer(),
    isOpen: Type.Boolean(),
    /** Null while the queue is closed, and where too few days are known. */
    calls: orNull(ExpectedCalls),
    erlangC: orNull(NeedRange),
    /** Null too where too few people gave up to say how long they bear to wait. */
    erlangA: orNull(NeedRange),
    /** Agents of the roster; null where nothing is planned. */
    plannedCount: orNull(Count),
  },
  strict,
)
export type ForecastQuarter = Static<typeof ForecastQuarter>

const Ms = Type.Number({ minimum: 0 })

export const ForecastReply = Type.Object(
  {
    /** All queues of the policy in force: what can be asked for. */
    queues: Type.Array(Type.Object({ queueId: QueueId, serviceLabels: Labels, language: Language }, strict)),
    queueId: QueueId,
    date: CityDate,
    /** The name of the holiday that the date is, in the words of the calendar; null where it is none. */
    holidayName: orNull(Type.String()),
    /** Up to when the journal was counted, in ms. */
    asOf: Type.Integer(),
    /** The days that the counts are of, the newest first. With fewer than `daysMin` nothing is forecast. */
    earlierDates: Type.Array(CityDate, { maxItems: 16 }),
    daysMin: Type.Integer({ minimum: 1 }),
    target: Type.Object(
      {
        levelPercent: Type.Integer(),
        ofPolicyPercent: Type.Integer(),
        withinMs: Ms,
        occupancyMax: Type.Number({ minimum: 0, maximum: 1 }),
      },
      strict,
    ),
    /** How long an agent is taken by a call, wrap-up included, over so many of the last weeks; null where none was handled. */
    handlingMs: orNull(Ms),
    handledCount: Count,
    /** The mean and its 95 % interval; null where fewer than `abandonedMin` gave up. */
    patience: orNull(Type.Object({ meanMs: Ms, lowMs: Ms, highMs: Ms }, strict)),
    abandonedCount: Count,
    abandonedMin: Count,
    /** Of the whole day. */
    calls: orNull(ExpectedCalls),
    quarters: Type.Array(ForecastQuarter, { maxItems: 100 }),
  },
  strict,
)
export type ForecastReply = Static<typeof ForecastReply>

/** `POST /api/v1/roster`: what is planned for a queue on a day, in place of what was; what is left out is planned no more. */
export const RosterBody = Type.Object(
  {
    queueId: QueueId,
    date: CityDate,
    counts: Type.Array(
      Type.Object(
        { at: Type.Integer({ minimum: 0 }), agentsCount: Type.Integer({ minimum: 0, maximum: 999 }) },
        strict,
      ),
      { maxItems: 100 },
    ),
  },
  strict,
)
export type RosterBody = Static<typeof RosterBody>

/** `POST /api/v1/roster/csv`: lines of queue, date, time and agents. All of them are taken, or none. */
export const RosterCsvBody = Type.Object({ csv: Type.String({ maxLength: 1_500_000 }) }, strict)
export type RosterCsvBody = Static<typeof RosterCsvBody>

const ROSTER_FAULTS = ['columns', 'queue', 'date', 'time', 'agents', 'twice', 'empty', 'too-long'] as const
export type RosterFaultCode = (typeof ROSTER_FAULTS)[number]

/** More are told by their number alone. */
export const ROSTER_FAULTS_SHOWN = 20

export const RosterReply = Type.Object(
  {
    /** 0 where a line was refused. */
    writtenCount: Count,
    faultsCount: Count,
    /** The first of them: the line, from 1, and what stands there. */
    faults: Type.Array(
      Type.Object(
        {
          line: Type.Integer({ minimum: 1 }),
          code: Type.Unsafe<RosterFaultCode>(Type.Union(ROSTER_FAULTS.map((each) => Type.Literal(each)))),
          text: Type.String({ maxLength: 80 }),
        },
        strict,
      ),
      { maxItems: ROSTER_FAULTS_SHOWN },
    ),
  },
  strict,
)
export type RosterReply = Static<typeof RosterReply>
