/** `POST /api/v1/roster` and `/roster/csv`: how many agents supervisors plan. */
import type { FastifyInstance } from 'fastify'
import { ROSTER_FAULTS_SHOWN, RosterBody, RosterCsvBody, RosterReply } from '#server/contract/forecast.ts'
import { HttpError } from '#server/contract/http.ts'
import { quartersOrNone } from '#server/forecast/day-forecast.ts'
import { readRoster } from '#server/forecast/roster-csv.ts'
import { QUARTER_MS } from '#server/figures/calendar.ts'
import type { Policy } from '#server/routing/policy.ts'
import type { Database } from '#server/store/database.ts'
import { writeRoster } from '#server/store/roster.ts'
import { sendError } from './sign-in.ts'

export type RosterParts = {
  readonly db: Database
  readonly policy: () => Policy
}

/** A file is larger than what pages send otherwise. */
const FILE_BYTES_MAX = 2 * 1024 * 1024

/** Adds the routes below `/api/v1`. */
export function addRosterRoutes(app: FastifyInstance, { db, policy }: RosterParts): void {
  const response = { 200: RosterReply, 400: HttpError, 401: HttpError, 403: HttpError }
  const isQueue = (queueId: string) => Object.hasOwn(policy().queues, queueId)
  app.post<{ Body: RosterBody }>('/roster', { schema: { body: RosterBody, response } }, async (request, reply) => {
    const { queueId, date, counts } = request.body
    const starts = quartersOrNone(date)
    const [from] = starts
    const last = starts.at(-1)
    const isWrong =
      counts.some(({ at }) => !starts.includes(at)) || new Set(counts.map(({ at }) => at)).size < counts.length
    if (!isQueue(queueId) || from === undefined || last === undefined || isWrong) {
      return sendError(reply, 400, 'bad-request', 'no such queue or day, or no quarter-hours of that day, each once')
    }
    const entries = counts.map(({ at, agentsCount }) => ({ queueId, at, agentsCount }))
    await writeRoster(db, entries, [{ queueId, from, to: last + QUARTER_MS }])
    return reply.send({ writtenCount: counts.length, faultsCount: 0, faults: [] })
  })
  app.post<{ Body: RosterCsvBody }>(
    '/roster/csv',
    { schema: { body: RosterCsvBody, response }, bodyLimit: FILE_BYTES_MAX },
    async (request, reply) => {
      const read = readRoster(request.body.csv, isQueue)
      if (!read.isTaken) {
        const { faults } = read
        const shown = faults.slice(0, ROSTER_FAULTS_SHOWN).map((fault) => ({ ...fault }))
        return reply.send({ writtenCount: 0, faultsCount: faults.length, faults: shown })
      }
      await writeRoster(db, read.entries)
      return reply.send({ writtenCount: read.entries.length, faultsCount: 0, faults: [] })
    },
  )
}
