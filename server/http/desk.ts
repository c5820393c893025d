/** What an agent's desk asks: the agent's own day, and what the citizen of the call on it has called about today. */
import type { FastifyInstance } from 'fastify'
import { EarlierCalls, OwnDay } from '#server/contract/desk.ts'
import { CallIdParams } from '#server/contract/explanation.ts'
import { HttpError } from '#server/contract/http.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory } from '#server/store/directory.ts'
import { earlierCalls, type EarlierCallRow } from '#server/store/earlier-calls.ts'
import { ownDay, startOfCityDay } from '#server/store/own-day.ts'
import { signedIn } from './route-gate.ts'

export type DeskParts = {
  readonly db: Database
  readonly directory: Directory
}

/** Adds the routes below `/api/v1`. */
export function addDeskRoutes(app: FastifyInstance, parts: DeskParts): void {
  const { db, directory } = parts
  const errors = { 400: HttpError, 401: HttpError, 403: HttpError }
  app.get('/agents/me/day', { schema: { response: { 200: OwnDay, ...errors } } }, async (request, reply) => {
    return reply.send(await ownDay(db, signedIn(request).agentId, startOfCityDay(Date.now())))
  })
  app.get<{ Params: CallIdParams }>(
    '/calls/:callId/earlier',
    { schema: { params: CallIdParams, response: { 200: EarlierCalls, ...errors } } },
    async (request, reply) => {
      const { callId } = request.params
      const rows = await earlierCalls(db, callId, startOfCityDay(Date.now()))
      return reply.send({ calls: rows.map((row) => named(directory, row)) } as EarlierCalls)
    },
  )
}

function named(directory: Directory, { callId, arrivedAt, siteId, queueId, agentId, outcome }: EarlierCallRow) {
  return {
    callId,
    arrivedAt,
    siteName: directory.sites.get(siteId ?? '')?.name ?? '–',
    serviceLabels: directory.queues.get(queueId)?.serviceLabels ?? null,
    agentName: agentId === null ? null : (directory.people.get(agentId)?.name ?? '–'),
    outcome,
  }
}
