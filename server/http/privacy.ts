/** `/api/v1/privacy/…`: an administrator finds what is kept of a person, and deletes it. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { PersonDeleted, PersonFound, PersonKey, type PersonKind } from '#server/contract/privacy.ts'
import type { Database } from '#server/store/database.ts'
import { forgetPerson, type Directory, type Person } from '#server/store/directory.ts'
import {
  deleteAgentData,
  deleteStaffData,
  deleteTicketData,
  findAgentData,
  findStaffData,
  findTicketData,
} from '#server/store/person-data.ts'
import { signedIn } from './route-gate.ts'
import { sendError } from './sign-in.ts'

export type PrivacyParts = {
  readonly db: Database
  readonly directory: Directory
  /** Takes somebody out of the engine and closes their page; says why not where that cannot be. */
  readonly signOut: (person: Person) => Promise<'agent-busy' | undefined>
}

const find = { agent: findAgentData, staff: findStaffData, ticket: findTicketData } as const
type Asked = FastifyRequest<{ Params: PersonKey }>

/** Adds the routes below `/api/v1`. */
export function addPrivacyRoutes(app: FastifyInstance, parts: PrivacyParts): void {
  const { db } = parts
  const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 409: HttpError }
  app.get<{ Params: PersonKey }>(
    '/privacy/:kind/:key',
    { schema: { params: PersonKey, response: { 200: PersonFound, ...errors } } },
    async (request: Asked, reply) => {
      const { kind, key } = request.params
      return reply.send({ tables: { ...(await find[kind](db, key)) } })
    },
  )
  app.post<{ Params: PersonKey }>(
    '/privacy/:kind/:key/delete',
    { schema: { params: PersonKey, response: { 200: PersonDeleted, ...errors } } },
    async (request: Asked, reply) => {
      const by = signedIn(request)
      const { kind, key } = request.params
      if (kind === 'agent' && key === by.agentId) {
        return sendError(reply, 409, 'wrong-state', 'another administrator deletes you')
      }
      const leaving = kind === 'agent' ? parts.directory.people.get(key) : undefined
      const refusal = leaving === undefined ? undefined : await parts.signOut(leaving)
      if (refusal !== undefined) return sendError(reply, 409, refusal, 'not in a call or with an offer on the screen')
      const isDeleted = await erase(parts, kind, key)
      // Who did it is written down, and not of whom: that is what was asked for.
      request.log.info({ agentId: by.agentId, kind, isDeleted }, 'person.deleted')
      return reply.send({ isDeleted })
    },
  )
}

async function erase({ db, directory }: PrivacyParts, kind: PersonKind, key: string): Promise<boolean> {
  if (kind === 'ticket') return (await deleteTicketData(db, key)) > 0
  if (kind === 'staff') return await deleteStaffData(db, key)
  const isDeleted = await deleteAgentData(db, key)
  forgetPerson(directory, key)
  return isDeleted
}
