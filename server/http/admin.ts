/** What administrators ask: the city as it is, what a change would do, doing it, and who changed what. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  ADMIN_BODY_BYTES_MAX,
  ChangeBody,
  ChangeParams,
  CHANGES_MAX,
  ChangesQuery,
  ChangesReply,
  CheckBody,
  CityOutcome,
  CityReply,
  type Wish,
} from '#server/contract/admin.ts'
import { HttpError } from '#server/contract/http.ts'
import { changeCity, checkWish, CityRefusal, cityNow, takeChangeBack, type Author } from '#server/city/city-desk.ts'
import { keptChanges } from '#server/store/city-changes.ts'
import { readRetention } from '#server/store/city.ts'
import type { Database } from '#server/store/database.ts'
import type { Person } from '#server/store/directory.ts'
import { signedIn } from './route-gate.ts'
import { sendError } from './sign-in.ts'

export type AdminParts = {
  readonly db: Database
  /** Resolves once this server works with what was changed. */
  readonly followNow: () => Promise<void>
  /** In ms since 1970. */
  readonly now: () => number
}

const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 404: HttpError, 409: HttpError, 413: HttpError }

/** Adds the routes below `/api/v1`. */
export function addAdminRoutes(app: FastifyInstance, parts: AdminParts): void {
  addCityRoutes(app, parts)
  addChangeRoutes(app, parts)
}

const authorOf = ({ agentId, name }: Person, how: Author['how']): Author => ({ id: agentId, name, how })

const isText = (wish: Wish): boolean => 'text' in wish || 'policyText' in wish

function addCityRoutes(app: FastifyInstance, { db, followNow, now }: AdminParts): void {
  app.get('/admin/city', { schema: { response: { 200: CityReply, ...errors } } }, async (_request, reply) => {
    return reply.send(await cityNow(db))
  })

  app.get('/admin/city.yaml', async (_request, reply) => {
    const { text } = await cityNow(db)
    return reply
      .header('content-disposition', 'attachment; filename="city.yaml"')
      .type('application/yaml; charset=utf-8')
      .send(text)
  })

  app.post<{ Body: CheckBody }>(
    '/admin/city/check',
    { bodyLimit: ADMIN_BODY_BYTES_MAX, schema: { body: CheckBody, response: { 200: CityOutcome, ...errors } } },
    async (request, reply) => {
      return reply.send(await checkWish(db, request.body.wish))
    },
  )

  app.post<{ Body: ChangeBody }>(
    '/admin/city/change',
    { bodyLimit: ADMIN_BODY_BYTES_MAX, schema: { body: ChangeBody, response: { 200: CityOutcome, ...errors } } },
    async (request, reply) => {
      const by = authorOf(signedIn(request), isText(request.body.wish) ? 'text' : 'page')
      return await answer(request, reply, () => changeCity(db, request.body, by, now()), followNow)
    },
  )
}

function addChangeRoutes(app: FastifyInstance, { db, followNow, now }: AdminParts): void {
  app.get<{ Querystring: ChangesQuery }>(
    '/admin/changes',
    { schema: { querystring: ChangesQuery, response: { 200: ChangesReply, ...errors } } },
    async (request, reply) => {
      const { before } = request.query
      const changes = await keptChanges(db, before === undefined ? undefined : Number(before), CHANGES_MAX + 1)
      const { changesDays: keptDays } = await readRetention(db)
      return reply.send({
        changes: changes.slice(0, CHANGES_MAX),
        hasMore: changes.length > CHANGES_MAX,
        keptDays,
      } as ChangesReply)
    },
  )

  app.post<{ Params: ChangeParams }>(
    '/admin/changes/:changeId/take-back',
    { schema: { params: ChangeParams, response: { 200: CityOutcome, ...errors } } },
    async (request, reply) => {
      const changeId = Number(request.params.changeId)
      const by = authorOf(signedIn(request), 'taken-back')
      return await answer(request, reply, () => takeChangeBack(db, changeId, by, now()), followNow)
    },
  )
}

/** Answers only once this server works with the change: whoever made it sees it. */
async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  change: () => Promise<CityOutcome>,
  followNow: () => Promise<void>,
): Promise<FastifyReply> {
  try {
    const outcome = await change()
    if (outcome.changeId !== null) {
      request.log.info({ changeId: outcome.changeId }, 'city.changed')
      await followNow()
    }
    return await reply.send(outcome)
  } catch (error) {
    if (!(error instanceof CityRefusal)) throw error
    return sendError(reply, error.code === 'unknown-change' ? 404 : 409, error.code, error.message)
  }
}
