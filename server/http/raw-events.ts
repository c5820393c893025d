/** `GET /api/v1/calls/:callId/events` and `GET /api/v1/events`: the journal, for supervisors. */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { CallIdParams } from '#server/contract/explanation.ts'
import { HttpError } from '#server/contract/http.ts'
import { CallEventsReply, EventsQuery } from '#server/contract/raw-events.ts'
import type { Database } from '#server/store/database.ts'
import { eventsAfter, eventsOfCall } from '#server/store/raw-events.ts'
import { sendError } from './sign-in.ts'

export type RawEventsParts = {
  readonly db: Database
}

const LIMIT = 10_000
const errors = { 400: HttpError, 401: HttpError, 403: HttpError }

/** Adds the routes below `/api/v1`. */
export function addRawEventRoutes(app: FastifyInstance, { db }: RawEventsParts): void {
  app.get<{ Params: CallIdParams }>(
    '/calls/:callId/events',
    { schema: { params: CallIdParams, response: { 200: CallEventsReply, 404: HttpError, ...errors } } },
    async (request, reply) => {
      const { callId } = request.params
      const events = await eventsOfCall(db, callId)
      if (events === undefined) return sendError(reply, 404, 'unknown-call', 'there was no such call')
      return reply.send({ callId, events })
    },
  )
  app.get<{ Querystring: EventsQuery }>(
    '/events',
    { schema: { querystring: EventsQuery, response: errors } },
    async (request, reply) => {
      const after = Number(request.query.after ?? 0)
      const limit = Number(request.query.limit ?? LIMIT)
      return reply.type('application/x-ndjson').send(Readable.from(lines(db, after, limit)))
    },
  )
}

/** A page of the journal as lines, and the next one only when that is taken. */
async function* lines(db: Database, after: number, limit: number): AsyncGenerator<string> {
  for await (const events of eventsAfter(db, after, limit)) {
    yield events.map((event) => `${JSON.stringify(event)}\n`).join('')
  }
}
