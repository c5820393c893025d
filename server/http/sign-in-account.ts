/** One's own sign-in: where one is signed in, the password, the second factor. Open to who has yet to set up the last. */
import type { FastifyInstance } from 'fastify'
import { isGuessable } from '#server/auth/guessable-passwords.ts'
import { hashPassword, isGoodPassword, isPassword } from '#server/auth/passwords.ts'
import { newToken } from '#server/auth/tokens.ts'
import { HttpError } from '#server/contract/http.ts'
import { EndSignInsBody, OwnAccount, PasswordBody, type OwnSignIn } from '#server/contract/sign-ins.ts'
import { secondFactorOf } from '#server/store/second-factors.ts'
import { endOwnSignIns, keepPasswordHash, passwordHashOf, renewToken, signInsOf } from '#server/store/sign-ins.ts'
import { addFactorRoutes, type AccountDoor } from './sign-in-code.ts'
import { identifier, sendError, sendSlower, setSignInCookie, tryOf, type SignInParts, type Who } from './sign-in.ts'

const errors = { 400: HttpError, 401: HttpError, 403: HttpError, 409: HttpError, 429: HttpError }

/** Adds the routes below `/api/v1/account`. */
export function addAccountRoutes(app: FastifyInstance, parts: SignInParts): void {
  const { db } = parts
  const door = accountDoor(parts)
  addFactorRoutes(app, parts, door)

  app.get('/account', { schema: { response: { 200: OwnAccount, ...errors } } }, async (request, reply) => {
    const who = await door.mustKnow(request, reply)
    return who === undefined ? reply : accountOf(parts, who)
  })

  app.post<{ Body: EndSignInsBody }>(
    '/account/sign-ins/end',
    { schema: { body: EndSignInsBody, response: { 200: OwnAccount, ...errors } } },
    async (request, reply) => {
      const who = await door.mustKnow(request, reply)
      if (who === undefined) return reply
      const { signInId } = request.body
      const which = signInId === null ? { butSignInId: who.signIn.signInId } : { signInId }
      const endedCount = await endOwnSignIns(db, who.person.agentId, which)
      request.log.info({ agentId: who.person.agentId, endedCount }, 'sign-ins.ended-by-oneself')
      return accountOf(parts, who)
    },
  )

  app.post<{ Body: PasswordBody }>(
    '/account/password',
    { schema: { body: PasswordBody, response: { ...errors } } },
    async (request, reply) => {
      const who = await door.mustKnow(request, reply)
      if (who === undefined) return reply
      const { password, newPassword } = request.body
      const { agentId, username } = who.person
      if (!(await door.isTheirPassword(request, reply, who, password))) return reply
      if (newPassword === password || !isGoodPassword(newPassword, username)) {
        return sendError(reply, 400, 'weak-password', 'too short, too simple, or the one before')
      }
      const { name, firstName } = who.person
      if (await isGuessable(newPassword, [username, name, firstName])) {
        return sendError(reply, 400, 'guessable-password', 'it is common, or made of the names of its owner')
      }
      const passwordHash = await hashPassword(newPassword)
      await keepPasswordHash(db, agentId, passwordHash, who.signIn.signInId)
      await door.onRightsChanged(reply, who)
      request.log.info({ agentId }, 'password.changed')
      return reply.status(204).send()
    },
  )
}

function accountDoor(parts: SignInParts): AccountDoor {
  const { db, tries } = parts
  const identify = identifier(parts)
  return {
    mustKnow: async (request, reply) => {
      const who = await identify(request.headers.cookie)
      if (who === undefined) sendError(reply, 401, 'not-signed-in', 'nobody is signed in')
      return who
    },
    isTheirPassword: async (request, reply, { person }, password) => {
      const taken = tries.ofPasswords.take(tryOf(parts, request, person.username, person))
      if (taken.right === undefined) {
        sendSlower(reply, taken.waitMs)
        return false
      }
      if (await isPassword(password, await passwordHashOf(db, person.agentId))) {
        taken.right()
        return true
      }
      sendError(reply, 401, 'wrong-credentials', 'the password is wrong')
      return false
    },
    onRightsChanged: async (reply, { person, signIn }) => {
      const { token, tokenHash } = newToken()
      await renewToken(db, signIn.signInId, tokenHash)
      await endOwnSignIns(db, person.agentId, { butSignInId: signIn.signInId })
      setSignInCookie(parts, reply, token)
    },
  }
}

async function accountOf(parts: SignInParts, { person, signIn }: Who): Promise<OwnAccount> {
  const { db, limits, secondFactorRoles } = parts
  const { secretSealed, recoveryCodesCount } = await secondFactorOf(db, person.agentId)
  const signIns = await signInsOf(db, person.agentId, limits)
  return {
    username: person.username,
    way: signIn.way,
    secondFactor: {
      isOn: secretSealed !== undefined,
      isRequired: secondFactorRoles.includes(person.role),
      recoveryCodesCount,
    },
    signIns: signIns.map(({ signInId, way, browser, startedAt, usedAt }) => ({
      signInId,
      isThis: signInId === signIn.signInId,
      way,
      browser,
      startedAt: startedAt.getTime() as OwnSignIn['startedAt'],
      usedAt: usedAt.getTime() as OwnSignIn['usedAt'],
    })),
  }
}
