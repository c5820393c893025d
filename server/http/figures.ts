/** `GET /api/v1/metrics/queues`: the figures of the queues, for supervisors. */
import type { FastifyInstance } from 'fastify'
import { HttpError, METRICS_RANGE_MS_MAX, MetricsQuery, MetricsReply } from '#server/contract/http.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory } from '#server/store/directory.ts'
import { loadFigures, loadOutcomes } from '#server/store/figures.ts'
import { loadCallbackFigures } from '#server/store/callbacks.ts'
import { loadLentTime, loadPeopleFigures } from '#server/store/people-figures.ts'
import { sendError } from './sign-in.ts'

export type FiguresParts = {
  readonly db: Database
  readonly directory: Directory
  /** What the policy in force calls the outcomes of a service. */
  readonly outcomesOf: (serviceId: string) => readonly { readonly code: string; readonly labels: object }[]
}

/** Adds the route below `/api/v1`. */
export function addFiguresRoute(app: FastifyInstance, parts: FiguresParts): void {
  const response = { 200: MetricsReply, 400: HttpError, 401: HttpError, 403: HttpError }
  app.get<{ Querystring: MetricsQuery }>(
    '/metrics/queues',
    { schema: { querystring: MetricsQuery, response } },
    async (request, reply) => {
      const from = Date.parse(request.query.from)
      const to = Date.parse(request.query.to)
      if (!(from < to) || to - from > METRICS_RANGE_MS_MAX) {
        return sendError(reply, 400, 'bad-request', '`from` must be before `to`, and at most 31 days')
      }
      const { db } = parts
      const figures = await loadFigures(db, { from, to, now: Date.now() })
      const range = { from, to }
      const [people, lent, callbacks] = await Promise.all([
        loadPeopleFigures(db, range),
        loadLentTime(db, range),
        loadCallbackFigures(db, range),
      ])
      const queues = [...parts.directory.queues.values()].map((queue) => {
        const { id: queueId, serviceLabels, language, answerWithinMs, shortAbandonMs } = queue
        return { queueId, serviceLabels, language, answerWithinMs, shortAbandonMs }
      })
      const outcomes = (await loadOutcomes(parts.db, { from, to })).map((row) => ({
        ...row,
        labels: labelsOf(parts, row),
      }))
      return reply.send({ from, to, queues, ...figures, outcomes, people, lent, callbacks } as MetricsReply)
    },
  )
}

function labelsOf({ directory, outcomesOf }: FiguresParts, { queueId, code }: { queueId: string; code: string }) {
  const serviceId = directory.queues.get(queueId)?.serviceId
  const outcomes = serviceId === undefined ? [] : outcomesOf(serviceId)
  return outcomes.find((outcome) => outcome.code === code)?.labels ?? null
}
