/** Signing in and out, and who is signed in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError, SignedIn, SignInBody, type Role } from '#server/contract/http.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { KNOWN_MS, knownDeviceCookieName, knownDeviceOf, newKnownDevice } from '#server/auth/known-devices.ts'
import { hashPassword, isOldHash, isPassword } from '#server/auth/passwords.ts'
import { browserOf, signInCookieName, signInCookieOptions, signInToken } from '#server/auth/sign-in-cookies.ts'
import { accountKeyOf } from '#server/auth/second-factor.ts'
import { SignInTries } from '#server/auth/sign-in-tries.ts'
import { cookieValue, hashToken, newToken } from '#server/auth/tokens.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { secondFactorOf } from '#server/store/second-factors.ts'
import {
  endSignIn,
  findSignIn,
  keepPasswordHash,
  keepSignIn,
  passwordHashOf,
  type NewSignIn,
  type SignIn,
  type SignInLimits,
} from '#server/store/sign-ins.ts'
import { isCodeRight } from './sign-in-code-check.ts'

export type SignInParts = {
  readonly db: Database
  readonly directory: Directory
  readonly hasSecureCookies: boolean
  readonly limits: SignInLimits
  /** Who may do nothing by a password alone. */
  readonly secondFactorRoles: readonly Role[]
  /** Of what is sealed for accounts. */
  readonly accountKey: Buffer
  /** Of passwords, and of codes once the password was right. */
  readonly tries: { readonly ofPasswords: SignInTries; readonly ofCodes: SignInTries }
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Takes the agent out of the engine; says why not where that cannot be. */
  readonly signOut: (person: Person) => Promise<'agent-busy' | undefined>
}

/** What guards accounts beside their passwords. `secret`: of the server; `now`: milliseconds since 1970. */
export function accountGuards(secret: string, now: () => number = () => Date.now()) {
  const tries = { ofPasswords: new SignInTries(now), ofCodes: new SignInTries(now) }
  return { accountKey: accountKeyOf(secret), tries, now }
}

/** A person, and the sign-in by which they are known. */
export type Who = {
  readonly person: Person
  readonly signIn: SignIn
  /** Nothing is answered but what sets up the second factor. */
  readonly mustSetUpFactor: boolean
}

type IdentifierParts = Pick<SignInParts, 'db' | 'directory' | 'hasSecureCookies' | 'limits' | 'secondFactorRoles'>

/** Who the cookies of a request or a socket belong to, and by which sign-in. */
export function identifier(parts: IdentifierParts): (cookies: string | undefined) => Promise<Who | undefined> {
  const { db, directory, hasSecureCookies, limits, secondFactorRoles } = parts
  return async (cookies) => {
    const token = signInToken(cookies, hasSecureCookies)
    const signIn = token === undefined ? undefined : await findSignIn(db, hashToken(token), limits)
    const person = signIn === undefined ? undefined : directory.people.get(signIn.agentId)
    if (signIn === undefined || person === undefined) return undefined
    const { role, way, hasSecondFactor } = signIn
    const mustSetUpFactor = way === 'password' && !hasSecondFactor && secondFactorRoles.includes(role)
    return { person: person.role === role ? person : { ...person, role }, signIn, mustSetUpFactor }
  }
}

/** Signs somebody in on the browser that asks, with a token of its own; what that browser was signed in with before is over. */
export async function beginSignIn(
  parts: Pick<SignInParts, 'db' | 'hasSecureCookies' | 'limits'>,
  request: FastifyRequest,
  reply: FastifyReply,
  signIn: Omit<NewSignIn, 'browser'>,
): Promise<void> {
  const { db, hasSecureCookies, limits } = parts
  const former = signInToken(request.headers.cookie, hasSecureCookies)
  if (former !== undefined) await endSignIn(db, hashToken(former))
  const { token, tokenHash } = newToken()
  await keepSignIn(db, tokenHash, { ...signIn, browser: browserOf(request.headers['user-agent']) }, limits)
  setSignInCookie(parts, reply, token)
}

/** Gives the browser the token. */
export function setSignInCookie(
  { hasSecureCookies, limits }: Pick<SignInParts, 'hasSecureCookies' | 'limits'>,
  reply: FastifyReply,
  token: string,
): void {
  const maxAge = Math.floor(limits.signInMs / 1000)
  reply.setCookie(signInCookieName(hasSecureCookies), token, { ...signInCookieOptions(hasSecureCookies), maxAge })
}

/** Answers with an error of the contract. */
export function sendError(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.status(status).send({ error: { code, message } })
}

/** The answer to whoever tries too fast. */
export function sendSlower(reply: FastifyReply, waitMs: number): FastifyReply {
  reply.header('retry-after', String(Math.ceil(waitMs / 1000)))
  return sendError(reply, 429, 'too-many-requests', 'try again in a while')
}

/** What is said of somebody who is signed in. */
export function sendSignedIn(
  { limits }: Pick<SignInParts, 'limits'>,
  reply: FastifyReply,
  { person, mustSetUpFactor, signIn }: Omit<Who, 'signIn'> & { readonly signIn: Pick<SignIn, 'startedAt'> },
): FastifyReply {
  if (mustSetUpFactor) return sendError(reply, 403, 'second-factor-required', 'set up a second factor first')
  const { name, firstName, role } = person
  // The directory's ids were checked when they were written.
  const agentId = person.agentId as SignedIn['agentId']
  const endsAt = (signIn.startedAt.getTime() + limits.signInMs) as SignedIn['endsAt']
  return reply.send({ agentId, name, firstName, role, endsAt } satisfies SignedIn)
}

const errors = { 401: HttpError, 403: HttpError, 409: HttpError, 429: HttpError }

/** Adds the routes below `/api/v1`. */
export function addSignInRoutes(app: FastifyInstance, parts: SignInParts): void {
  const { db, hasSecureCookies } = parts
  const identify = identifier(parts)
  addPasswordRoute(app, parts)

  app.get('/session', { schema: { response: { 200: SignedIn, ...errors } } }, async (request, reply) => {
    const who = await identify(request.headers.cookie)
    return who === undefined
      ? sendError(reply, 401, 'not-signed-in', 'nobody is signed in')
      : sendSignedIn(parts, reply, who)
  })

  app.post('/sign-out', { schema: { response: { ...errors } } }, async (request, reply) => {
    const who = await identify(request.headers.cookie)
    const refusal = who === undefined ? undefined : await parts.signOut(who.person)
    if (refusal !== undefined) return sendError(reply, 409, refusal, 'not in a call or with an offer on the screen')
    const token = signInToken(request.headers.cookie, hasSecureCookies)
    if (token !== undefined) await endSignIn(db, hashToken(token))
    return reply
      .clearCookie(signInCookieName(hasSecureCookies), signInCookieOptions(hasSecureCookies))
      .status(204)
      .send()
  })
}

/** The try of a request: whose account it is at, from where, and whether the browser is known there. */
export function tryOf(parts: SignInParts, request: FastifyRequest, username: string, person: Person | undefined) {
  const value = cookieValue(request.headers.cookie, knownDeviceCookieName(parts.hasSecureCookies))
  const knownDevice = knownDeviceOf(parts.accountKey, person?.agentId, value)
  return { account: username, address: request.ip, knownDevice }
}

function addPasswordRoute(app: FastifyInstance, parts: SignInParts): void {
  const { db, directory, hasSecureCookies, accountKey, tries } = parts
  const schema = { body: SignInBody, response: { 200: SignedIn, ...errors } }
  app.post<{ Body: SignInBody }>('/sign-in', { schema }, async (request, reply) => {
    const { password, code } = request.body
    const username = request.body.username.toLowerCase()
    const person = [...directory.people.values()].find((known) => known.username === username)
    const asked = tryOf(parts, request, username, person)
    const ofPassword = tries.ofPasswords.take(asked)
    if (ofPassword.right === undefined) return sendSlower(reply, ofPassword.waitMs)
    const passwordHash = await passwordHashOf(db, person?.agentId ?? '')
    if (!(await isPassword(password, passwordHash)) || person === undefined || passwordHash === undefined) {
      request.log.info({ agentId: person?.agentId }, 'sign-in.refused')
      return sendError(reply, 401, 'wrong-credentials', 'the user name or the password is wrong')
    }
    ofPassword.right()
    const { agentId } = person
    const hasFactor = (await secondFactorOf(db, agentId)).secretSealed !== undefined
    if (hasFactor) {
      if (code === undefined) return sendError(reply, 401, 'code-needed', 'the password is right; a code is wanted too')
      const ofCode = tries.ofCodes.take(asked)
      if (ofCode.right === undefined) return sendSlower(reply, ofCode.waitMs)
      if (!(await isCodeRight(parts, agentId, code))) {
        request.log.info({ agentId }, 'sign-in.code-refused')
        return sendError(reply, 401, 'wrong-code', 'the code is wrong, too old, or was used before')
      }
      ofCode.right()
    }
    if (isOldHash(passwordHash)) await keepPasswordHash(db, agentId, await hashPassword(password), 'all')
    await beginSignIn(parts, request, reply, { agentId, way: 'password' })
    request.log.info({ agentId }, 'agent.signed-in-by-password')
    const name = knownDeviceCookieName(hasSecureCookies)
    const options = { ...signInCookieOptions(hasSecureCookies), maxAge: KNOWN_MS / 1000 }
    if (asked.knownDevice === undefined) reply.setCookie(name, newKnownDevice(accountKey, agentId), options)
    const mustSetUpFactor = !hasFactor && parts.secondFactorRoles.includes(person.role)
    return sendSignedIn(parts, reply, { person, mustSetUpFactor, signIn: { startedAt: new Date() } })
  })
}
