/** `GET /api/v1/calls/:callId/explanation`: why a call waited and went where it went. */
import type { FastifyInstance } from 'fastify'
import { CallExplanation, CallIdParams } from '#server/contract/explanation.ts'
import { HttpError } from '#server/contract/http.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory } from '#server/store/directory.ts'
import { explainCall } from '#server/store/explanations.ts'
import { sendError } from './sign-in.ts'

export type ExplanationParts = {
  readonly db: Database
  readonly directory: Directory
}

/** Adds the route below `/api/v1`. Supervisors may ask for every call, agents for those they are or were in. */
export function addExplanationRoute(app: FastifyInstance, parts: ExplanationParts): void {
  const { db, directory } = parts
  const response = { 200: CallExplanation, 400: HttpError, 401: HttpError, 403: HttpError, 404: HttpError }
  app.get<{ Params: CallIdParams }>(
    '/calls/:callId/explanation',
    { schema: { params: CallIdParams, response } },
    async (request, reply) => {
      const { callId } = request.params
      const nameOf = (agentId: string) => directory.people.get(agentId)?.name ?? agentId
      const explanation = await explainCall(db, callId, nameOf)
      if (explanation === undefined) return sendError(reply, 404, 'unknown-call', 'there was no such call')
      return reply.send(explanation)
    },
  )
}
