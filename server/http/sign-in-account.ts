/** One's own sign-in: where one is signed in, and ending it there. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { EndSignInsBody, OwnAccount } from '#server/contract/sign-ins.ts'
import { endOwnSignIns, signInsOf } from '#server/store/sign-ins.ts'
import { identifier, sendError, type SignInParts, type Who } from './sign-in.ts'

const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 409: HttpError, 429: HttpError }

/** Adds the routes below `/api/v1/account`. */
export function addAccountRoutes(app: FastifyInstance, parts: SignInParts): void {
  const { db, limits } = parts
  const who = identifier(parts)
  /** Who asks; undefined where that was answered already. */
  const mustKnow = async (request: FastifyRequest, reply: FastifyReply): Promise<Who | undefined> => {
    const known = await who(request.headers.cookie)
    if (known === undefined) sendError(reply, 401, 'not-signed-in', 'nobody is signed in')
    return known
  }
  const accountOf = async ({ person, signIn }: Who): Promise<OwnAccount> => ({
    username: person.username,
    signIns: (await signInsOf(db, person.agentId, limits)).map(({ signInId, way, browser, startedAt, usedAt }) => ({
      signInId,
      isThis: signInId === signIn.signInId,
      way,
      browser,
      startedAt: startedAt.getTime() as OwnAccount['signIns'][number]['startedAt'],
      usedAt: usedAt.getTime() as OwnAccount['signIns'][number]['usedAt'],
    })),
  })

  app.get('/account', { schema: { response: { 200: OwnAccount, ...errors } } }, async (request, reply) => {
    const known = await mustKnow(request, reply)
    return known === undefined ? reply : accountOf(known)
  })

  app.post<{ Body: EndSignInsBody }>(
    '/account/sign-ins/end',
    { schema: { body: EndSignInsBody, response: { 200: OwnAccount, ...errors } } },
    async (request, reply) => {
      const known = await mustKnow(request, reply)
      if (known === undefined) return reply
      const { signInId } = request.body
      const { person, signIn } = known
      const which = signInId === null ? { butSignInId: signIn.signInId } : { signInId }
      const endedCount = await endOwnSignIns(db, person.agentId, which)
      request.log.info({ agentId: person.agentId, endedCount }, 'sign-ins.ended-by-oneself')
      return accountOf(known)
    },
  )
}
