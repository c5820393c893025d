/**
 * `GET /api/v1/reports`: figures of calls over any time from a quarter-hour to a year, and `GET /api/v1/reports/agents`, those of agents'
 * time. Names, formulas and what is counted are those of `server/figures`; each answer says them, so that a page can show the formula of a
 * figure beside it.
 */
import { Type, type Static } from 'typebox'
import { Labels } from './ids.ts'
import { Count, orNull, strict } from './shapes.ts'

/** More rows are no report any more: another interval or fewer groups say it better. */
export const REPORT_ROWS_MAX = 1_000

/** A date of the city (`2026-11-23`), or an instant as ISO 8601 with zone at which a quarter-hour begins. */
const When = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
})

/** Ids with commas between, fifty at most. */
const Ids = Type.String({ minLength: 1, maxLength: 2_000, pattern: '^[a-z0-9.-]+(,[a-z0-9.-]+){0,49}$' })

export const INTERVALS = ['whole', 'quarter-hour', 'hour', 'day', 'week', 'month', 'year', 'weekday-hour'] as const
export type ReportInterval = (typeof INTERVALS)[number]
export const ReportInterval = Type.Unsafe<ReportInterval>(Type.Union(INTERVALS.map((name) => Type.Literal(name))))

/** `matter`: what the citizen came for. */
export const DIMENSIONS = ['queue', 'service', 'matter', 'site', 'district', 'language', 'centre'] as const
export type ReportDimension = (typeof DIMENSIONS)[number]

/** One or two of the dimensions, with a comma between; none: all calls together. */
const Group = Type.Optional(Type.String({ pattern: `^(${DIMENSIONS.join('|')})(,(${DIMENSIONS.join('|')}))?$` }))

/** Only calls of these. The centre is where whoever answered works. */
const only = {
  queue: Type.Optional(Ids),
  service: Type.Optional(Ids),
  matter: Type.Optional(Ids),
  site: Type.Optional(Ids),
  district: Type.Optional(Ids),
  language: Type.Optional(Ids),
  centre: Type.Optional(Ids),
}

export const ReportQuery = Type.Object(
  {
    from: When,
    /** Not included. */
    to: When,
    /** `whole` (one row for each group) where it is left out. Weeks begin on Monday; days and hours are the city's. */
    interval: Type.Optional(ReportInterval),
    group: Group,
    ...only,
    /** The same for another period of the same length, from here on. */
    compareFrom: Type.Optional(When),
    /** `csv` and `xlsx`: the rows alone, one figure to a column. */
    format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xlsx')])),
  },
  strict,
)
export type ReportQuery = Static<typeof ReportQuery>

/** What is divided (`value × of`) of what, where something was; of shares Wilson's 95 % interval. */
export const ReportFigure = Type.Object(
  { value: orNull(Type.Number()), of: Type.Number(), low: orNull(Type.Number()), high: orNull(Type.Number()) },
  strict,
)
export type ReportFigure = Static<typeof ReportFigure>

const Ms = Type.Integer({ minimum: 0 })

/** The waits of the answered, each a wait that really occurred (nearest rank, exact); the longest is of everybody let in. */
export const ReportWaits = Type.Object({ medianMs: orNull(Ms), p90Ms: orNull(Ms), maxMs: Ms }, strict)

const sums = Type.Record(Type.String(), Type.Integer())
const figures = Type.Record(Type.String(), ReportFigure)

export const ReportRow = Type.Object(
  {
    /**
     * Where the interval begins: an instant in ms for quarter-hours and hours, the first date for days and longer, `1 08` (ISO weekday and hour) for
     * `weekday-hour`; null for `whole`.
     */
    at: orNull(Type.Union([Type.String(), Type.Integer()])),
    /** The id of each dimension that is grouped by; empty where there is none, as the centre of what nobody answered. */
    group: Type.Record(Type.String(), Type.String()),
    sums,
    figures,
    waits: ReportWaits,
  },
  strict,
)
export type ReportRow = Static<typeof ReportRow>

/** How many of the answered waited longer than the bucket before and at most `upToMs`; null: any longer. */
const WaitBucket = Type.Object({ upToMs: orNull(Ms), count: Count }, strict)

const period = {
  from: Type.Integer(),
  to: Type.Integer(),
  rows: Type.Array(ReportRow, { maxItems: REPORT_ROWS_MAX }),
  /** All rows together, their quantiles from all waits. */
  total: ReportRow,
  waitDistribution: Type.Array(WaitBucket),
}

const definition = Type.Object({ name: Type.String(), kind: Type.String(), formula: Type.String() }, strict)

export const ReportReply = Type.Object(
  {
    /** Of the meaning of the names; it changes when a meaning does. */
    definitionsVersion: Type.String(),
    /** The name of the service level to show first. */
    headline: Type.String(),
    definitions: Type.Array(definition),
    /** Up to when the journal was counted, in ms. */
    asOf: Type.Integer(),
    interval: ReportInterval,
    ...period,
    comparison: orNull(Type.Object(period, strict)),
  },
  strict,
)
export type ReportReply = Static<typeof ReportReply>
export type ReportPeriod = Pick<ReportReply, keyof typeof period>

const Named = Type.Object({ id: Type.String(), labels: Labels, language: orNull(Type.String()) }, strict)

/** `GET /api/v1/reports/names`: what the ids of rows and filters are called, retired lines too. Queues have their service's name and a language. */
export const ReportNames = Type.Object(
  {
    queue: Type.Array(Named),
    service: Type.Array(Named),
    matter: Type.Array(Named),
    site: Type.Array(Named),
    district: Type.Array(Named),
    language: Type.Array(Named),
    centre: Type.Array(Named),
  },
  strict,
)
export type ReportNames = Static<typeof ReportNames>

/** `GET /api/v1/reports/callbacks`: callbacks that agents promised for this time, and what became of them. */
export const CallbackReportQuery = Type.Object(
  { from: When, to: When, group: Group, ...only, compareFrom: Type.Optional(When) },
  strict,
)
export type CallbackReportQuery = Static<typeof CallbackReportQuery>

/** Of the call that is gone on with: its line, its place, and the centre of whoever answered it. */
export const CallbackReportRow = Type.Object(
  { group: Type.Record(Type.String(), Type.String()), sums, figures },
  strict,
)
export type CallbackReportRow = Static<typeof CallbackReportRow>

const callbackPeriod = {
  from: Type.Integer(),
  to: Type.Integer(),
  rows: Type.Array(CallbackReportRow, { maxItems: REPORT_ROWS_MAX }),
  total: CallbackReportRow,
}

export const CallbackReportReply = Type.Object(
  {
    definitionsVersion: Type.String(),
    definitions: Type.Array(definition),
    ...callbackPeriod,
    comparison: orNull(Type.Object(callbackPeriod, strict)),
  },
  strict,
)
export type CallbackReportReply = Static<typeof CallbackReportReply>

const AGENT_INTERVALS = ['whole', 'quarter-hour', 'day', 'month'] as const
export type AgentReportInterval = (typeof AGENT_INTERVALS)[number]
const AgentReportInterval = Type.Unsafe<AgentReportInterval>(
  Type.Union(AGENT_INTERVALS.map((name) => Type.Literal(name))),
)

/** `GET /api/v1/reports/agents`: agents see themselves, supervisors the agents of their own centre. */
export const AgentReportQuery = Type.Object(
  {
    from: When,
    to: When,
    interval: Type.Optional(AgentReportInterval),
    agent: Type.Optional(Ids),
  },
  strict,
)
export type AgentReportQuery = Static<typeof AgentReportQuery>

export const AgentReportRow = Type.Object(
  { at: orNull(Type.Union([Type.String(), Type.Integer()])), agentId: Type.String(), sums, figures },
  strict,
)
export type AgentReportRow = Static<typeof AgentReportRow>

export const AgentReportReply = Type.Object(
  {
    definitionsVersion: Type.String(),
    definitions: Type.Array(definition),
    asOf: Type.Integer(),
    from: Type.Integer(),
    to: Type.Integer(),
    /** Who may be in it, by name. */
    agents: Type.Array(Type.Object({ agentId: Type.String(), name: Type.String() }, strict)),
    rows: Type.Array(AgentReportRow, { maxItems: REPORT_ROWS_MAX }),
  },
  strict,
)
export type AgentReportReply = Static<typeof AgentReportReply>
