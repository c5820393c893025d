/** Signing in with the city's own sign-in, against a real provider on the loopback: who gets in as what, who does not, and who is put out. */
import { generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { CitySignIn } from '../auth/city-sign-in.ts'
import { addCityRoutes } from '../http/sign-in-city.ts'
import { openHttp } from '../http/http-server.ts'
import { accountGuards, addSignInRoutes } from '../http/sign-in.ts'
import { seedDemoCity } from '../launch/seed-demo.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { loadDirectory } from '../store/directory.ts'
import { CLIENT, listen, openCity, type There } from './city-provider.ts'

const SECRET = 'a secret of at least thirty-two characters'
const SIGN_OUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Follows redirects from one host to the other with its cookies, as browsers do. */
class MadeUpBrowser {
  readonly #jars = new Map<string, Map<string, string>>()

  async open(address: string, body?: URLSearchParams): Promise<Response> {
    const { origin } = new URL(address)
    const jar = this.#jars.get(origin) ?? new Map<string, string>()
    this.#jars.set(origin, jar)
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie },
      ...(body === undefined ? {} : { method: 'POST', body }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    return response
  }

  /** Until nothing leads on, or to one of our pages, which are not served here. Returns where that is. */
  async follow(address: string): Promise<string> {
    let at = address
    for (let i = 0; i < 12; i += 1) {
      const next = (await this.open(at)).headers.get('location')
      if (next === null) return at
      at = new URL(next, at).href
      if (new URL(at).pathname.startsWith('/agent')) return at
    }
    throw new Error(`no end of redirects at ${at}`)
  }
}

async function openServer(t: Test, db: Database, enter?: { centreId: string; roles: readonly ['agent'] }) {
  const app = await openHttp({ log: pino({ level: 'silent' }), connectUrls: [], isHttps: false })
  // The address has to be known to the city first.
  const { server, url } = await listen(t)
  server.close()
  const city = await openCity(t, url)
  const roles = { agent: ['kk-agents'], supervisor: ['kk-leaders'] }
  const claims = { groupsClaim: 'groups', usernameClaim: 'preferred_username' }
  const door = new CitySignIn({
    issuer: city.url,
    ...CLIENT,
    callbackUrl: `${url}/api/v1/sign-in/city/back`,
    roles,
    ...claims,
  })
  const directory = await loadDirectory(db)
  const parts = {
    db,
    directory,
    hasSecureCookies: false,
    limits: { signInMs: 43_200_000, signInIdleMs: 1_800_000 },
    secondFactorRoles: ['supervisor'] as const,
    ...accountGuards(SECRET),
    signOut: async () => undefined,
  }
  await app.register(
    (api, _options, done) => {
      addSignInRoutes(api, parts)
      addCityRoutes(api, parts, { door, issuer: city.url, enter, followNow: () => directory.readAgain() })
      done()
    },
    { prefix: '/api/v1' },
  )
  await app.listen({ host: '127.0.0.1', port: Number(new URL(url).port) })
  t.teardown(() => app.close())
  const signIn = async (person: There, browser = new MadeUpBrowser(), to = '/agent/reports.html') => {
    city.person = person
    const end = await browser.follow(`${url}/api/v1/sign-in/city?to=${encodeURIComponent(to)}`)
    return { end: end.replace(url, ''), browser, who: async () => (await browser.open(`${url}/api/v1/session`)).json() }
  }
  return { url, city, signIn }
}

const bo = { sub: 'c-17', preferred_username: 'Bo', name: 'Bo Lindholm', groups: ['kk-agents', 'kk-all'] }

t.test("the city's own sign-in", async (t) => {
  const databaseUrl = await openTestDatabase(t)
  const { db } = openDatabase(databaseUrl, () => undefined)
  t.teardown(() => db.destroy())
  await seedDemoCity(db, SECRET)
  const { url, city, signIn } = await openServer(t, db)

  await t.test('somebody who is known is in, on the page they came for, and bound to their account', async (t) => {
    const { end, who } = await signIn(bo)
    t.equal(end, '/agent/reports.html')
    const wall = '/agent/supervisor.html?wall'
    t.equal((await signIn(bo, new MadeUpBrowser(), wall)).end, wall, 'a screen on the wall is one again')
    t.equal((await signIn(bo, new MadeUpBrowser(), `${wall}&x`)).end, '/agent/', 'and no other address is taken')
    t.match(await who(), { agentId: 'bo', role: 'agent' })
    const kept = await db.selectFrom('agents').select('provider_key').where('agent_id', '=', 'bo').execute()
    t.match(kept, [{ provider_key: `${city.url} c-17` }])
    t.match(
      await (await signIn({ ...bo, preferred_username: 'renamed' })).who(),
      { agentId: 'bo' },
      'by subject from then on',
    )
    t.equal(
      (await signIn({ ...bo, sub: 'c-99' })).end,
      '/agent/?sign-in=city-unknown',
      'another one of that name is not',
    )
  })

  await t.test('groups say the role: another one ends what was open by the former, none is refused', async (t) => {
    const first = await signIn(bo)
    const { who } = await signIn({ ...bo, groups: ['kk-leaders'] })
    t.match(await who(), { agentId: 'bo', role: 'supervisor' }, 'and no second factor is asked for here')
    t.match(await first.who(), { error: { code: 'not-signed-in' } })
    const both = await signIn({ ...bo, groups: ['kk-agents', 'kk-leaders'] })
    t.match(await both.who(), { role: 'supervisor' }, 'with both they keep the one they have')
    t.equal((await signIn({ ...bo, groups: [] })).end, '/agent/?sign-in=city-no-role')
    await signIn(bo)
  })

  await t.test('what is altered, repeated or from another browser is refused; nobody is led elsewhere', async (t) => {
    const browser = new MadeUpBrowser()
    const there = (await browser.open(`${url}/api/v1/sign-in/city?to=//evil.example/`)).headers.get('location') ?? ''
    t.match(new URL(there).searchParams.get('code_challenge_method'), 'S256')
    city.person = bo
    let back = there
    while (!back.startsWith(url)) back = new URL((await browser.open(back)).headers.get('location') ?? '', back).href
    const failed = '/agent/?sign-in=city-failed'
    const locationOf = async (at: string, by = new MadeUpBrowser()) => (await by.open(at)).headers.get('location')
    t.equal(await locationOf(back), failed, 'a browser that did not ask')
    const other = new MadeUpBrowser()
    await other.open(`${url}/api/v1/sign-in/city`)
    t.equal(await locationOf(back, other), failed, 'one that asked for something else')
    t.equal(await locationOf(back, browser), '/agent/', 'the right one, and to our own page')
    t.equal(await locationOf(back, browser), failed, 'a second time')

    const asker = new MadeUpBrowser()
    back = `${url}/api/v1/sign-in/city`
    do back = new URL((await asker.open(back)).headers.get('location') ?? '', back).href
    while (!back.startsWith(url))
    const altered = new URL(back)
    altered.searchParams.set('state', `${altered.searchParams.get('state')}x`)
    t.equal(await locationOf(altered.href, asker), failed, 'the right browser with a word that it was not given')
  })

  await t.test('the city says that a session is over: that sign-in ends, and no forged word ends any', async (t) => {
    const say = (token: string) =>
      fetch(`${url}/api/v1/sign-in/city/sign-out`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    const { who } = await signIn(bo)
    const word = async (claims: object, key: CryptoKey = city.privateKey, audience = CLIENT.clientId) =>
      new SignJWT({ events: { [SIGN_OUT_EVENT]: {} }, sub: 'c-17', jti: Math.random().toString(36), ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(city.url)
        .setAudience(audience)
        .setIssuedAt()
        .sign(key)
    const foreign = (await generateKeyPair('RS256')).privateKey
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forged: [string, string][] = [
      ['nothing', ''],
      ['signed by somebody else', await word({}, foreign)],
      ['not signed', `${part({ alg: 'none' })}.${part({ iss: city.url, aud: 'skranke', sub: 'c-17' })}.`],
      ['meant for another of the city’s systems', await word({}, city.privateKey, 'another')],
      ['of a sign-in', await word({ nonce: 'n' })],
      ['about something else', await word({ events: {} })],
      ['of nobody', await word({ sub: undefined })],
      ['without an id', await word({ jti: undefined })],
    ]
    for (const [title, token] of forged) t.equal((await say(token)).status, 400, title)
    const old = new SignJWT({ events: { [SIGN_OUT_EVENT]: {} }, sub: 'c-17', jti: 'old' })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(city.url)
      .setIssuedAt(Math.floor(Date.now() / 1_000) - 600)
    t.equal((await say(await old.setAudience(CLIENT.clientId).sign(city.privateKey))).status, 400, 'of long ago')
    t.equal((await say(`${await word({})}x`)).status, 400, 'altered')
    t.match(await who(), { agentId: 'bo' }, 'still in')
    t.equal((await say(await word({ sub: 'c-18' }))).status, 200, 'somebody else')
    t.match(await who(), { agentId: 'bo' })
    const right = await word({})
    t.equal((await say(right)).status, 200)
    t.match(await who(), { error: { code: 'not-signed-in' } })
    t.equal((await say(right)).status, 400, 'a replay')
  })

  await t.test('signing out at the city itself, which tells us', async (t) => {
    const { who, browser } = await signIn(bo)
    const other = await signIn(bo)
    const page = await (await browser.open(`${city.url}/session/end`)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const out = await browser.open(`${city.url}/session/end/confirm`, new URLSearchParams({ xsrf, logout: 'yes' }))
    t.equal(out.status, 303)
    t.match(await who(), { error: { code: 'not-signed-in' } })
    t.match(await other.who(), { agentId: 'bo' }, 'the session on another browser is another one')
  })

  await t.test('who is not entered here is refused, or entered where the city wishes it for that role', async (t) => {
    const ida: There = {
      sub: 'c-50',
      preferred_username: 'ida',
      name: 'Ida Maria Berg',
      given_name: 'Ida',
      groups: ['kk-agents'],
    }
    t.equal((await signIn(ida)).end, '/agent/?sign-in=city-unknown')
    const open = await openServer(t, db, { centreId: 'sundby', roles: ['agent'] })
    t.match(await (await open.signIn(ida)).who(), { name: 'Ida Maria Berg', firstName: 'Ida', role: 'agent' })
    t.match(await (await open.signIn(ida)).who(), { name: 'Ida Maria Berg' }, 'once')
    const leader = { ...ida, sub: 'c-51', preferred_username: 'leader', groups: ['kk-leaders'] }
    t.equal((await open.signIn(leader)).end, '/agent/?sign-in=city-unknown', 'for agents only')
    const rows = await db
      .selectFrom('agents')
      .select(['centre_id', 'password_hash'])
      .where('username', '=', 'ida')
      .execute()
    t.same(rows, [{ centre_id: 'sundby', password_hash: '!' }])
  })
})

t.test('a city whose sign-in does not answer: that is said, and a password is still a way in', async (t) => {
  const { server, url } = await listen(t)
  server.close()
  const settings = {
    issuer: url,
    ...CLIENT,
    callbackUrl: `${url}/back`,
    roles: {},
    groupsClaim: 'g',
    usernameClaim: 'u',
  }
  const door = new CitySignIn(settings)
  await t.rejects(door.ask())
  await t.rejects(door.ask(), 'and asked again with the next person')
})
