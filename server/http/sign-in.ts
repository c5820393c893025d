/** Signing in and out, and who is signed in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError, SignedIn, SignInBody } from '#server/contract/http.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { isPassword } from '#server/auth/passwords.ts'
import { browserOf, signInCookieName, signInCookieOptions, signInToken } from '#server/auth/sign-in-cookies.ts'
import { hashToken, newToken } from '#server/auth/tokens.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import {
  endSignIn,
  findSignIn,
  keepSignIn,
  type NewSignIn,
  type SignIn,
  type SignInLimits,
} from '#server/store/sign-ins.ts'

export type SignInParts = {
  readonly db: Database
  readonly directory: Directory
  readonly hasSecureCookies: boolean
  readonly limits: SignInLimits
  /** Takes the agent out of the engine; says why not where that cannot be. */
  readonly signOut: (person: Person) => Promise<'agent-busy' | undefined>
}

/** Tries of one name from one address: its owner elsewhere is not kept out by them. */
const TRIES_OF_NAME = { max: 10, timeWindow: '5 minutes' } as const
/** Wrong passwords from one address. The right ones are not counted: a whole centre signs in from one address at eight. */
const FAILURES_OF_ADDRESS = { max: 60, timeWindow: '5 minutes' } as const

/** A person, and the sign-in by which they are known. */
export type Who = { readonly person: Person; readonly signIn: SignIn }

type IdentifierParts = Pick<SignInParts, 'db' | 'directory' | 'hasSecureCookies' | 'limits'>

/** Who the cookies of a request or a socket belong to, and by which sign-in. */
export function identifier(parts: IdentifierParts): (cookies: string | undefined) => Promise<Who | undefined> {
  const { db, directory, hasSecureCookies, limits } = parts
  return async (cookies) => {
    const token = signInToken(cookies, hasSecureCookies)
    const signIn = token === undefined ? undefined : await findSignIn(db, hashToken(token), limits)
    const person = signIn === undefined ? undefined : directory.people.get(signIn.agentId)
    return signIn === undefined || person === undefined ? undefined : { person, signIn }
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

function toSignedIn(person: Person): SignedIn {
  const { agentId, name, firstName, role } = person
  // The directory's ids were checked when they were written.
  return { agentId: agentId as SignedIn['agentId'], name, firstName, role }
}

/** Adds the routes below `/api/v1`. */
export function addSignInRoutes(app: FastifyInstance, parts: SignInParts): void {
  const { db, directory, hasSecureCookies } = parts
  const identify = identifier(parts)
  const errors = { 401: HttpError, 409: HttpError, 429: HttpError }
  const countName = app.createRateLimit({
    ...TRIES_OF_NAME,
    keyGenerator: (request) => `${request.ip} ${(request.body as SignInBody).username.toLowerCase()}`,
  })
  const countAddress = app.createRateLimit({ ...FAILURES_OF_ADDRESS, keyGenerator: (request) => request.ip })
  const isTooOften = async (request: FastifyRequest) => {
    const limits = [await countName(request), await countAddress(request, { increment: false })]
    return limits.some((limit) => !limit.isAllowed && limit.isExceeded)
  }
  const signIn = async (request: FastifyRequest<{ Body: SignInBody }>, reply: FastifyReply) => {
    const { username, password } = request.body
    if (await isTooOften(request)) return sendError(reply, 429, 'too-many-requests', 'try again in a few minutes')
    const person = [...directory.people.values()].find((known) => known.username === username.toLowerCase())
    if (!(await isPassword(password, person?.passwordHash)) || person === undefined) {
      await countAddress(request)
      return sendError(reply, 401, 'wrong-credentials', 'the user name or the password is wrong')
    }
    await beginSignIn(parts, request, reply, { agentId: person.agentId, way: 'password' })
    request.log.info({ agentId: person.agentId }, 'agent.signed-in-by-password')
    return reply.send(toSignedIn(person))
  }
  app.post<{ Body: SignInBody }>(
    '/sign-in',
    { schema: { body: SignInBody, response: { 200: SignedIn, ...errors } } },
    signIn,
  )

  app.get('/session', { schema: { response: { 200: SignedIn, ...errors } } }, async (request, reply) => {
    const who = await identify(request.headers.cookie)
    return who === undefined ? sendError(reply, 401, 'not-signed-in', 'nobody is signed in') : toSignedIn(who.person)
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
