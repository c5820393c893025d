/** The second factor of a local account: set up, proven, turned off. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  factorUri,
  newFactorSecret,
  newRecoveryCodes,
  periodOfCode,
  recoveryHash,
  seal,
  unseal,
} from '#server/auth/second-factor.ts'
import { HttpError } from '#server/contract/http.ts'
import { FactorBody, FactorOffBody, FactorOnBody, FactorShown, RecoveryCodes } from '#server/contract/sign-ins.ts'
import { dropSecondFactor, keepPendingFactor, secondFactorOf, turnFactorOn } from '#server/store/second-factors.ts'
import { isCodeRight } from './sign-in-code-check.ts'
import { sendError, sendSlower, tryOf, type SignInParts, type Who } from './sign-in.ts'

const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 409: HttpError, 429: HttpError }

export type AccountDoor = {
  /** Who asks; undefined where that was answered already. */
  mustKnow(request: FastifyRequest, reply: FastifyReply): Promise<Who | undefined>
  /** Whether the password of whoever asks is right; false where that was answered already. */
  isTheirPassword(request: FastifyRequest, reply: FastifyReply, who: Who, password: string): Promise<boolean>
  /** A new token for the sign-in that asks, and the end of all others of the person. */
  onRightsChanged(reply: FastifyReply, who: Who): Promise<void>
}

/** Adds the routes below `/api/v1/account/second-factor`. */
export function addFactorRoutes(app: FastifyInstance, parts: SignInParts, door: AccountDoor): void {
  const { db, accountKey, now, secondFactorRoles, tries } = parts

  app.post<{ Body: FactorBody }>(
    '/account/second-factor',
    { schema: { body: FactorBody, response: { 200: FactorShown, ...errors } } },
    async (request, reply) => {
      const who = await door.mustKnow(request, reply)
      if (who === undefined) return reply
      if (!(await door.isTheirPassword(request, reply, who, request.body.password))) return reply
      const { agentId, username } = who.person
      const secret = newFactorSecret()
      await keepPendingFactor(db, agentId, seal(accountKey, secret))
      return { secret, uri: factorUri(secret, username) } satisfies FactorShown
    },
  )

  app.post<{ Body: FactorOnBody }>(
    '/account/second-factor/on',
    { schema: { body: FactorOnBody, response: { 200: RecoveryCodes, ...errors } } },
    async (request, reply) => {
      const who = await door.mustKnow(request, reply)
      if (who === undefined) return reply
      const { agentId, username } = who.person
      const { pendingSealed } = await secondFactorOf(db, agentId)
      const secret = pendingSealed === undefined ? undefined : unseal(accountKey, pendingSealed)
      if (pendingSealed === undefined || secret === undefined) {
        return sendError(reply, 409, 'wrong-state', 'nothing is being set up')
      }
      const taken = tries.ofCodes.take(tryOf(parts, request, username, who.person))
      if (taken.right === undefined) return sendSlower(reply, taken.waitMs)
      const period = periodOfCode(secret, request.body.code.replace(/\s/g, ''), now())
      if (period === undefined) return sendError(reply, 401, 'wrong-code', 'the code is wrong or too old')
      taken.right()
      const recoveryCodes = newRecoveryCodes()
      const codeHashes = recoveryCodes.map((code) => recoveryHash(accountKey, agentId, code))
      if (!(await turnFactorOn(db, agentId, { pendingSealed, period, codeHashes }))) {
        return sendError(reply, 409, 'wrong-state', 'something else is being set up')
      }
      await door.onRightsChanged(reply, who)
      request.log.info({ agentId }, 'second-factor.on')
      return { recoveryCodes } satisfies RecoveryCodes
    },
  )

  app.post<{ Body: FactorOffBody }>(
    '/account/second-factor/off',
    { schema: { body: FactorOffBody, response: { ...errors } } },
    async (request, reply) => {
      const who = await door.mustKnow(request, reply)
      if (who === undefined) return reply
      const { agentId, role, username } = who.person
      if (secondFactorRoles.includes(role)) return sendError(reply, 403, 'not-allowed', 'this role needs one')
      if (!(await door.isTheirPassword(request, reply, who, request.body.password))) return reply
      const taken = tries.ofCodes.take(tryOf(parts, request, username, who.person))
      if (taken.right === undefined) return sendSlower(reply, taken.waitMs)
      if (!(await isCodeRight(parts, agentId, request.body.code))) {
        return sendError(reply, 401, 'wrong-code', 'the code is wrong, too old, or was used before')
      }
      taken.right()
      await dropSecondFactor(db, agentId)
      await door.onRightsChanged(reply, who)
      request.log.info({ agentId }, 'second-factor.off')
      return reply.status(204).send()
    },
  )
}
