/** `GET /api/v1/forecast`: the calls of a day to come in one queue and the agents they need, for supervisors. */
import type { FastifyInstance } from 'fastify'
import { ForecastQuery, ForecastReply } from '#server/contract/forecast.ts'
import { HttpError } from '#server/contract/http.ts'
import { clockOf, forecastOf, quartersOfDay } from '#server/forecast/day-forecast.ts'
import { DAYS_MIN, likeDays, WEEKS_MAX } from '#server/forecast/like-days.ts'
import { ABANDONED_MIN, patienceOf } from '#server/forecast/patience.ts'
import { startOfCityDate } from '#server/figures/calendar.ts'
import { openness } from '#server/routing/hours.ts'
import type { Policy } from '#server/routing/policy.ts'
import type { CalendarInForce } from '#server/policy/calendar-in-force.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory } from '#server/store/directory.ts'
import { callsOfDates, countedDates, countedUntil, recentWork } from '#server/store/forecast-history.ts'
import { plannedAgents } from '#server/store/roster.ts'
import { sendError } from './sign-in.ts'

export type ForecastParts = {
  readonly db: Database
  readonly directory: Pick<Directory, 'queues'>
  /** The rules in force. */
  readonly policy: () => Policy
  /** How many of a hundred the policy in force wants answered in time, by queue. */
  readonly targets: () => Readonly<Record<string, number>>
  /** Opening hours and holidays of the policy in force. */
  readonly calendar: () => CalendarInForce
}

/** Dates further ahead than this have no policy yet that anybody decided. */
const DAYS_AHEAD_MAX = 366

/** Until a policy is loaded. */
const PERCENT_PLAIN = 80

/** Adds the route below `/api/v1`. */
export function addForecastRoute(app: FastifyInstance, parts: ForecastParts): void {
  const response = { 200: ForecastReply, 400: HttpError, 401: HttpError, 403: HttpError }
  app.get<{ Querystring: ForecastQuery }>(
    '/forecast',
    { schema: { querystring: ForecastQuery, response } },
    async (request, reply) => {
      try {
        return reply.send((await forecastFor(parts, request.query)) as ForecastReply)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return sendError(reply, 400, 'bad-request', error.message)
      }
    },
  )
}

/** The forecast of a question. Throws RangeError for a queue that the policy does not have, and for what is no date or too far ahead. */
export async function forecastFor(parts: ForecastParts, { queue: asked, date, level }: ForecastQuery) {
  const { db, directory, policy, calendar } = parts
  const { queues, occupancyMax } = policy()
  const known = [...directory.queues.values()].filter(({ id }) => queues[id] !== undefined)
  const queue = asked ?? known[0]?.id ?? ''
  const rules = queues[queue]
  if (rules === undefined) throw new RangeError(`there is no queue ${queue}`)
  const { answerWithinMs: withinMs, calendarIds } = rules
  const startsAt = startOfCityDate(date)
  const { asOf, date: knownUntil } = await countedUntil(db)
  if (startsAt > Date.now() + DAYS_AHEAD_MAX * 24 * 60 * 60 * 1_000) throw new RangeError(`${date} is too far ahead`)
  const { holidayName, hoursOn } = calendar()
  const isOpenOn = (each: string) => {
    const hours = hoursOn(each)
    return quartersOfDay(each).some((at) => openness(hours, calendarIds, at).isOpen)
  }
  // A day on which the queue was closed, as on Christmas Eve, says nothing of one on which it is open.
  const likely = likeDays(date, knownUntil, (each) => holidayName(each) !== null)
  const candidates = isOpenOn(date) ? likely.filter(isOpenOn) : likely
  const earlierDates = (await countedDates(db, queue, candidates)).slice(0, WEEKS_MAX)
  const dayEndsAt = startOfCityDate(Temporal.PlainDate.from(date).add({ days: 1 }).toString())
  const [calls, recent, planned] = await Promise.all([
    callsOfDates(db, queue, earlierDates),
    recentWork(db, queue, Math.min(asOf, startsAt)),
    plannedAgents(db, { queueId: queue, from: startsAt, to: dayEndsAt }),
  ])
  const hours = hoursOn(date)
  const patience = patienceOf(recent.waitedMs, recent.abandonedCount)
  const handlingMs = recent.handledCount === 0 ? null : recent.handlingMs / recent.handledCount
  const ofPolicyPercent = parts.targets()[queue] ?? PERCENT_PLAIN
  const levelPercent = level === undefined ? ofPolicyPercent : Number(level)
  const forecast = forecastOf({
    date,
    earlier: earlierDates.map((each) => ({
      date: each,
      callsAt: new Map((calls.get(each) ?? []).map(({ at, callsCount }) => [clockOf(at), callsCount])),
    })),
    isOpenAt: (at) => openness(hours, calendarIds, at).isOpen,
    handlingMs,
    patienceMs: patience?.meanMs ?? null,
    target: { levelShare: levelPercent / 100, withinMs, occupancyMax },
  })
  return {
    queues: known.map(({ id: queueId, serviceLabels, language }) => ({ queueId, serviceLabels, language })),
    queueId: queue,
    date,
    holidayName: holidayName(date),
    asOf,
    earlierDates,
    daysMin: DAYS_MIN,
    target: { levelPercent, ofPolicyPercent, withinMs, occupancyMax },
    handlingMs,
    handledCount: recent.handledCount,
    patience,
    abandonedCount: recent.abandonedCount,
    abandonedMin: ABANDONED_MIN,
    calls: forecast.calls,
    quarters: forecast.quarters.map((each) => ({ ...each, plannedCount: planned.get(each.at) ?? null })),
  }
}
