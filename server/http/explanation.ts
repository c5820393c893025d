/** `GET /api/v1/calls/:callId/explanation`: why a call waited and went where it went. */
import type { FastifyInstance } from 'fastify'
import { CallExplanation, CallIdParams } from '#server/contract/explanation.ts'
import { HttpError } from '#server/contract/http.ts'
import type { State } from '#server/routing/state.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { explainCall, wasInCall } from '#server/store/explanations.ts'
import { sendError } from './sign-in.ts'

export type ExplanationParts = {
  readonly db: Database
  readonly directory: Directory
  readonly state: () => State
  readonly identify: (cookies: string | undefined) => Promise<Person | undefined>
}

/** Adds the route below `/api/v1`. Supervisors may ask for every call, agents for those they are or were in. */
export function addExplanationRoute(app: FastifyInstance, parts: ExplanationParts): void {
  const { db, directory } = parts
  const response = { 200: CallExplanation, 400: HttpError, 401: HttpError, 403: HttpError, 404: HttpError }
  app.get<{ Params: CallIdParams }>(
    '/calls/:callId/explanation',
    { schema: { params: CallIdParams, response } },
    async (request, reply) => {
      const person = await parts.identify(request.headers.cookie)
      if (person === undefined) return sendError(reply, 401, 'not-signed-in', 'sign in first')
      const { callId } = request.params
      if (person.role !== 'supervisor' && !(await isTheirs(parts, callId, person.agentId))) {
        return sendError(reply, 403, 'not-allowed', 'for supervisors, and for those who were in the call')
      }
      const nameOf = (agentId: string) => directory.people.get(agentId)?.name ?? agentId
      const explanation = await explainCall(db, callId, nameOf)
      if (explanation === undefined) return sendError(reply, 404, 'unknown-call', 'there was no such call')
      return reply.send(explanation)
    },
  )
}

async function isTheirs({ db, state }: ExplanationParts, callId: string, agentId: string): Promise<boolean> {
  const work = state().agents.get(agentId)?.work
  const isNow = work !== undefined && work.kind !== 'idle' && work.callId === callId
  return isNow || (await wasInCall(db, callId, agentId))
}
