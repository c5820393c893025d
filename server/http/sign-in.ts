/** Signing in and out, and who is signed in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError, SignedIn, SignInBody } from '#server/contract/http.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import { isPassword } from '#server/auth/passwords.ts'
import { cookieValue, hashToken, newToken, SIGN_IN_COOKIE, SIGN_IN_MS_MAX } from '#server/auth/tokens.ts'
import type { Database } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { endSignIn, findSignIn, keepSignIn } from '#server/store/sign-ins.ts'

export type SignInParts = {
  readonly db: Database
  readonly directory: Directory
  readonly hasSecureCookies: boolean
  /** Takes the agent out of the engine; says why not where that cannot be. */
  readonly signOut: (person: Person) => Promise<'agent-busy' | undefined>
}

/** Tries of one name from one address: its owner elsewhere is not kept out by them. */
const TRIES_OF_NAME = { max: 10, timeWindow: '5 minutes' } as const
/** Wrong passwords from one address. The right ones are not counted: a whole centre signs in from one address at eight. */
const FAILURES_OF_ADDRESS = { max: 60, timeWindow: '5 minutes' } as const

/** Who the cookies of a request or a socket belong to. */
export function identifier(
  db: Database,
  directory: Directory,
): (cookies: string | undefined) => Promise<Person | undefined> {
  return async (cookies) => {
    const token = cookieValue(cookies, SIGN_IN_COOKIE)
    if (token === undefined) return undefined
    const agentId = await findSignIn(db, hashToken(token), SIGN_IN_MS_MAX)
    return agentId === undefined ? undefined : directory.people.get(agentId)
  }
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
  const { db, directory } = parts
  const identify = identifier(db, directory)
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
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: parts.hasSecureCookies,
    maxAge: SIGN_IN_MS_MAX / 1000,
  } as const

  const signIn = async (request: FastifyRequest<{ Body: SignInBody }>, reply: FastifyReply) => {
    const { username, password } = request.body
    if (await isTooOften(request)) return sendError(reply, 429, 'too-many-requests', 'try again in a few minutes')
    const person = [...directory.people.values()].find((known) => known.username === username.toLowerCase())
    if (!(await isPassword(password, person?.passwordHash)) || person === undefined) {
      await countAddress(request)
      return sendError(reply, 401, 'wrong-credentials', 'the user name or the password is wrong')
    }
    const { token, tokenHash } = newToken()
    await keepSignIn(db, tokenHash, person.agentId, SIGN_IN_MS_MAX)
    request.log.info({ agentId: person.agentId }, 'agent.signed-in-by-password')
    return reply.setCookie(SIGN_IN_COOKIE, token, cookie).send(toSignedIn(person))
  }
  app.post<{ Body: SignInBody }>(
    '/sign-in',
    { schema: { body: SignInBody, response: { 200: SignedIn, ...errors } } },
    signIn,
  )

  app.get('/session', { schema: { response: { 200: SignedIn, ...errors } } }, async (request, reply) => {
    const person = await identify(request.headers.cookie)
    return person === undefined ? sendError(reply, 401, 'not-signed-in', 'nobody is signed in') : toSignedIn(person)
  })

  app.post('/sign-out', { schema: { response: { ...errors } } }, async (request, reply) => {
    const person = await identify(request.headers.cookie)
    const refusal = person === undefined ? undefined : await parts.signOut(person)
    if (refusal !== undefined) return sendError(reply, 409, refusal, 'not in a call or with an offer on the screen')
    const token = cookieValue(request.headers.cookie, SIGN_IN_COOKIE)
    if (token !== undefined) await endSignIn(db, hashToken(token))
    return reply.clearCookie(SIGN_IN_COOKIE, { path: '/' }).status(204).send()
  })
}
