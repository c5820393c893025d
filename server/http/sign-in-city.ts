/** The way in by the city's own sign-in: there, back again, and out again when the city says so. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Asked, CitySignIn } from '#server/auth/city-sign-in.ts'
import { seal, unseal } from '#server/auth/second-factor.ts'
import { signInCookieOptions } from '#server/auth/sign-in-cookies.ts'
import { cookieValue } from '#server/auth/tokens.ts'
import type { Role } from '#server/contract/http.ts'
import { SignInWays } from '#server/contract/sign-ins.ts'
import { cityPerson, endSignInsOfCity, roleKept } from '#server/store/city-people.ts'
import { beginSignIn, type SignInParts } from './sign-in.ts'

export type CityParts = {
  readonly door: CitySignIn
  readonly issuer: string
  /** Who is entered by signing in, and where. */
  readonly enter: { readonly centreId: string; readonly roles: readonly Role[] } | undefined
  /** Resolves once the directory knows whoever was entered, or became something else. */
  readonly followNow: () => Promise<void>
}

/** How long somebody may take at the city's sign-in, in s. */
const AWAY_S_MAX = 10 * 60
/** Our own pages of staff, and nowhere else: a way back that others could choose would lead people to them. */
const OWN_PAGE = /^\/agent\/[\w-]*(\.html)?(\?wall)?(#[\w-]*)?$/

const away = (hasSecureCookies: boolean): string => (hasSecureCookies ? '__Host-skranke-away' : 'skranke-away')

/** Why it did not work, in the address of the page that says so. */
type Refusal = 'city-failed' | 'city-unknown' | 'city-no-role'
const refuse = (reply: FastifyReply, why: Refusal): FastifyReply => reply.redirect(`/agent/?sign-in=${why}`)

/** Adds the routes below `/api/v1`. Without `city` they refuse, and the page is told so. */
export function addCityRoutes(app: FastifyInstance, parts: SignInParts, city: CityParts | undefined): void {
  app.get('/sign-in/ways', { schema: { response: { 200: SignInWays } } }, () => ({ hasCity: city !== undefined }))
  addWayThere(app, parts, city)
  addWayBack(app, parts, city)
  addWordOfSignOut(app, parts, city)
}

const Query = Type.Object({ to: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false })

function addWayThere(
  app: FastifyInstance,
  { accountKey, hasSecureCookies }: SignInParts,
  city: CityParts | undefined,
): void {
  app.get<{ Querystring: { to?: string } }>(
    '/sign-in/city',
    { schema: { querystring: Query } },
    async (request, reply) => {
      if (city === undefined) return refuse(reply, 'city-failed')
      const { to = '' } = request.query
      try {
        const { url, asked } = await city.door.ask()
        const kept = seal(accountKey, JSON.stringify({ ...asked, to: OWN_PAGE.test(to) ? to : '/agent/' }))
        const options = { ...signInCookieOptions(hasSecureCookies), maxAge: AWAY_S_MAX }
        return await reply.setCookie(away(hasSecureCookies), kept.toString('base64url'), options).redirect(url.href)
      } catch (error) {
        request.log.warn({ err: error }, 'city-sign-in.not-reached')
        return refuse(reply, 'city-failed')
      }
    },
  )
}

function addWayBack(app: FastifyInstance, parts: SignInParts, city: CityParts | undefined): void {
  const { db, accountKey, hasSecureCookies } = parts
  app.get('/sign-in/city/back', async (request, reply) => {
    if (city === undefined) return refuse(reply, 'city-failed')
    const { door, issuer, enter, followNow } = city
    const name = away(hasSecureCookies)
    const kept = unseal(accountKey, Buffer.from(cookieValue(request.headers.cookie, name) ?? '', 'base64url'))
    reply.clearCookie(name, signInCookieOptions(hasSecureCookies))
    if (kept === undefined) return refuse(reply, 'city-failed')
    const { to, ...asked } = JSON.parse(kept) as Asked & { to: string }
    let there
    try {
      there = await door.answer(request.url.split('?')[1] ?? '', asked)
    } catch (error) {
      request.log.warn({ err: error }, 'city-sign-in.refused')
      return refuse(reply, 'city-failed')
    }
    const key = `${issuer} ${there.subject}`
    // Who has two roles there keeps the one they have here.
    const before = await roleKept(db, key, there.username)
    const role = there.roles.find((each) => each === before) ?? there.roles[0]
    if (role === undefined) return refuse(reply, 'city-no-role')
    const centreId = enter?.roles.includes(role) === true ? enter.centreId : undefined
    const agentId = await cityPerson(db, { key, ...there, role }, centreId)
    if (agentId === null) return refuse(reply, 'city-unknown')
    // Before the new sign-in: whoever becomes something else loses every one they have.
    if (before !== role) await followNow()
    await beginSignIn(parts, request, reply, {
      agentId,
      way: 'provider',
      provider: { subject: key, session: there.session },
    })
    request.log.info({ agentId, role }, 'agent.signed-in-by-city')
    return reply.redirect(to)
  })
}

function addWordOfSignOut(app: FastifyInstance, { db }: SignInParts, city: CityParts | undefined): void {
  void app.register((inner, _options, done) => {
    inner.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    inner.post('/sign-in/city/sign-out', async (request, reply) => {
      const token = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('logout_token')
      try {
        if (city === undefined) throw new Error('the city has no sign-in here')
        const { subject, session } = await city.door.signOutOf(token ?? '')
        const key = subject === null ? null : `${city.issuer} ${subject}`
        const endedCount = await endSignInsOfCity(db, { key, session })
        request.log.info({ endedCount }, 'city-sign-in.signed-out-there')
        return await reply.status(200).send()
      } catch (error) {
        request.log.warn({ err: error }, 'city-sign-in.no-word')
        return reply.status(400).send({ error: { code: 'bad-request', message: 'this is no word of a sign-out' } })
      }
    })
    done()
  })
}
