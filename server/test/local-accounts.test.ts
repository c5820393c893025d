/** Passwords and second factors over HTTP, on a real database: what is taken, what is refused, and how fast it may be tried. */
import cookies from '@fastify/cookie'
import { hash } from '@node-rs/argon2'
import { fastify } from 'fastify'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { codeAt } from '../auth/second-factor.ts'
import type { Role } from '../contract/http.ts'
import type { FactorShown, OwnAccount, RecoveryCodes } from '../contract/sign-ins.ts'
import { addAccountRoutes } from '../http/sign-in-account.ts'
import { accountGuards, addSignInRoutes } from '../http/sign-in.ts'
import { openAccount } from '../launch/account-command.ts'
import { demoPassword, seedDemoCity } from '../launch/seed-demo.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { loadDirectory } from '../store/directory.ts'

const SECRET = 'a secret of at least thirty-two characters'
const PASSWORD = demoPassword(SECRET)
/** Far enough from the limits of a sign-in, which go by the database's clock. */
const START = Date.now()

/** The routes, with a clock that the test moves. */
async function openAccounts(t: Test, db: Database, secondFactorRoles: readonly Role[] = []) {
  const clock = { now: START }
  const app = fastify()
  await app.register(cookies)
  const parts = {
    db,
    directory: await loadDirectory(db),
    hasSecureCookies: true,
    limits: { signInMs: 43_200_000, signInIdleMs: 1_800_000 },
    secondFactorRoles,
    ...accountGuards(SECRET, () => clock.now),
    signOut: async () => undefined,
  }
  addSignInRoutes(app, parts)
  addAccountRoutes(app, parts)
  t.teardown(() => app.close())
  return { clock, browser: (address = '10.0.0.1') => new MadeUpBrowser(app, address) }
}

/** Keeps its cookies, as browsers do. */
class MadeUpBrowser {
  readonly #app: ReturnType<typeof fastify>
  readonly #address: string
  readonly jar = new Map<string, string>()

  constructor(app: ReturnType<typeof fastify>, address: string) {
    this.#app = app
    this.#address = address
  }

  async ask<Reply = unknown>(method: 'GET' | 'POST', url: string, payload?: object) {
    const cookie = [...this.jar].map((pair) => pair.join('=')).join('; ')
    const answer = await this.#app.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: { cookie },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of answer.cookies) this.jar.set(name, value)
    const json = answer.body === '' ? undefined : (answer.json() as Reply & { error?: { code: string } })
    return { status: answer.statusCode, code: json?.error?.code, json: json as Reply, headers: answer.headers }
  }

  signIn = (username: string, password: string, code?: string) =>
    this.ask('POST', '/sign-in', { username, password, ...(code === undefined ? {} : { code }) })
}

t.test('local accounts', async (t) => {
  const databaseUrl = await openTestDatabase(t)
  const { db } = openDatabase(databaseUrl, () => undefined)
  t.teardown(() => db.destroy())
  await seedDemoCity(db, SECRET)
  const hashOf = async (agentId: string) =>
    (await db.selectFrom('agents').select('password_hash').where('agent_id', '=', agentId).executeTakeFirst())
      ?.password_hash ?? ''

  await t.test('an older hash is taken once, and made anew; nobody is signed out by it', async (t) => {
    const { browser } = await openAccounts(t, db)
    const cheap = await hash(PASSWORD, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    const first = browser()
    await first.signIn('bo', PASSWORD)
    await db.transaction().execute(async (trx) => {
      await sql`select set_config('skranke.sign_in_stays', 'all', true)`.execute(trx)
      await trx.updateTable('agents').set({ password_hash: cheap }).where('agent_id', '=', 'bo').execute()
    })
    t.equal((await browser().signIn('bo', PASSWORD)).status, 200)
    const anew = await hashOf('bo')
    t.match(anew, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    t.equal((await browser().signIn('bo', PASSWORD)).status, 200)
    t.equal(await hashOf('bo'), anew, 'only once')
    t.equal((await first.ask('GET', '/session')).status, 200)
  })

  await t.test('a password is changed by who knows it, to a good one; every other sign-in ends', async (t) => {
    const { browser } = await openAccounts(t, db)
    const [here, there] = [browser(), browser()]
    await here.signIn('elin', PASSWORD)
    await there.signIn('elin', PASSWORD)
    const change = (password: string, newPassword: string) =>
      here.ask('POST', '/account/password', { password, newPassword })
    t.equal((await change('wrong', 'korrekt hest batteri')).code, 'wrong-credentials')
    for (const weak of ['kort', 'aaaaaaaaaaaaaaaa', 'elinelinelinelin', 'skranke-elin-1', PASSWORD]) {
      t.equal((await change(PASSWORD, weak)).code, 'weak-password', weak)
    }
    for (const common of ['Password1234!', 'Adgangskode123!', 'Sommer2026!!', 'Kommunen2026!', '123456789012']) {
      t.equal((await change(PASSWORD, common)).code, 'guessable-password', common)
    }
    const own =
      (await db.selectFrom('agents').select('name').where('agent_id', '=', 'elin').executeTakeFirst())?.name ?? ''
    t.equal((await change(PASSWORD, `${own} 2026`)).code, 'guessable-password', own)
    const token = here.jar.get('__Host-skranke-sign-in')
    t.equal((await change(PASSWORD, 'korrekt hest batteri')).status, 204)
    t.not(here.jar.get('__Host-skranke-sign-in'), token, 'with a new token')
    t.equal((await here.ask('GET', '/session')).status, 200)
    t.equal((await there.ask('GET', '/session')).status, 401)
    t.equal((await browser().signIn('elin', PASSWORD)).status, 401)
    t.equal((await browser().signIn('elin', 'korrekt hest batteri')).status, 200)
  })

  await t.test('a second factor: set up, asked for, good once, replaced by paper once, turned off', async (t) => {
    const { browser, clock } = await openAccounts(t, db)
    const here = browser()
    await here.signIn('farah', PASSWORD)
    t.equal((await here.ask('POST', '/account/second-factor', { password: 'wrong' })).code, 'wrong-credentials')
    const { json: shown } = await here.ask<FactorShown>('POST', '/account/second-factor', { password: PASSWORD })
    t.ok(shown.uri.includes(`secret=${shown.secret}`))
    t.equal((await browser().signIn('farah', PASSWORD)).status, 200, 'shown is not on')
    t.equal((await here.ask('POST', '/account/second-factor/on', { code: '000000' })).code, 'wrong-code')
    const code = () => codeAt(shown.secret, clock.now)
    const on = await here.ask<RecoveryCodes>('POST', '/account/second-factor/on', { code: code() })
    t.equal(on.json.recoveryCodes.length, 10)
    const { json: account } = await here.ask<OwnAccount>('GET', '/account')
    t.match(account.secondFactor, { isOn: true, isRequired: false, recoveryCodesCount: 10 })
    t.equal(account.signIns.length, 1, 'every other sign-in has ended')

    t.equal((await browser().signIn('farah', 'wrong', code())).code, 'wrong-credentials')
    t.equal((await browser().signIn('farah', PASSWORD)).code, 'code-needed')
    t.equal((await browser().signIn('farah', PASSWORD, code())).code, 'wrong-code', 'it was used to turn it on')
    clock.now += 30_000
    t.equal((await browser().signIn('farah', PASSWORD, code())).status, 200)
    t.equal((await browser().signIn('farah', PASSWORD, code())).code, 'wrong-code', 'a replay')
    clock.now += 60_000
    const both = await Promise.all([1, 2].map(() => browser().signIn('farah', PASSWORD, code())))
    t.same(both.map(({ status }) => status).sort(), [200, 401], 'two at once')

    const [paper = ''] = on.json.recoveryCodes
    t.equal((await browser().signIn('farah', PASSWORD, paper.toUpperCase())).status, 200)
    t.equal((await browser().signIn('farah', PASSWORD, paper)).code, 'wrong-code')
    const kept = JSON.stringify(await db.selectFrom('second_factors').selectAll().execute())
    t.notOk(kept.includes(shown.secret))

    clock.now += 60_000
    const off = (given: string) => here.ask('POST', '/account/second-factor/off', { password: PASSWORD, code: given })
    t.equal((await off('111111')).code, 'wrong-code')
    t.equal((await off(code())).status, 204)
    t.equal((await browser().signIn('farah', PASSWORD)).status, 200)
  })

  await t.test('where a role needs one, a password alone opens nothing but the way to set it up', async (t) => {
    const { browser, clock } = await openAccounts(t, db, ['supervisor', 'administrator'])
    t.equal((await browser().signIn('amal', PASSWORD)).status, 200, 'agents are not asked')
    const here = browser()
    t.equal((await here.signIn('lone', PASSWORD)).code, 'second-factor-required')
    t.equal((await here.ask('GET', '/session')).code, 'second-factor-required')
    const { json: shown } = await here.ask<FactorShown>('POST', '/account/second-factor', { password: PASSWORD })
    const code = () => codeAt(shown.secret, clock.now)
    t.equal((await here.ask('POST', '/account/second-factor/on', { code: code() })).status, 200)
    t.equal((await here.ask('GET', '/session')).status, 200)
    const off = await here.ask('POST', '/account/second-factor/off', { password: PASSWORD, code: code() })
    t.equal(off.code, 'not-allowed')
  })

  await t.test(
    'guessing is slow, of passwords and of codes; who is known on their browser waits for nobody',
    async (t) => {
      const { browser, clock } = await openAccounts(t, db)
      const own = browser('10.0.0.9')
      await own.signIn('dogan', PASSWORD)
      const guesser = browser('10.0.0.9')
      for (let i = 0; i < 5; i += 1) t.equal((await guesser.signIn('dogan', `guess ${i}`)).status, 401)
      const slowed = await guesser.signIn('dogan', PASSWORD)
      t.match(
        slowed,
        { status: 429, code: 'too-many-requests', headers: { 'retry-after': '1' } },
        'not even the right one',
      )
      t.equal((await own.signIn('dogan', PASSWORD)).status, 200, 'the owner, at the same address')
      clock.now += 1_000
      t.equal((await guesser.signIn('dogan', PASSWORD)).status, 200, 'slowed, not locked')

      const nobody = browser('10.0.0.8')
      const answers = []
      for (let i = 0; i < 6; i += 1) answers.push(await nobody.signIn('nobody-here', `guess ${i}`))
      t.same(
        answers.map(({ status }) => status),
        [401, 401, 401, 401, 401, 429],
        'a name that there is not is as slow',
      )

      await own.ask('POST', '/account/second-factor', { password: PASSWORD })
      const codes = []
      for (let i = 0; i < 6; i += 1) codes.push(await own.ask('POST', '/account/second-factor/on', { code: '12345' }))
      t.same(
        codes.map(({ status }) => status),
        [401, 401, 401, 401, 401, 429],
      )
    },
  )

  await t.test('whoever has the password guesses no code: the codes are as slow by themselves', async (t) => {
    const { browser, clock } = await openAccounts(t, db)
    const own = browser('10.0.0.7')
    await own.signIn('yusuf', PASSWORD)
    const { json: shown } = await own.ask<FactorShown>('POST', '/account/second-factor', { password: PASSWORD })
    const code = () => codeAt(shown.secret, clock.now)
    t.equal((await own.ask('POST', '/account/second-factor/on', { code: code() })).status, 200)
    clock.now += 30_000
    const thief = browser('10.0.0.6')
    const answers = []
    for (let i = 0; i < 5; i += 1) answers.push((await thief.signIn('yusuf', PASSWORD, '12345')).code)
    t.same(answers, Array(5).fill('wrong-code'))
    t.match(
      await thief.signIn('yusuf', PASSWORD, code()),
      { status: 429, code: 'too-many-requests' },
      'not even the right one',
    )
    t.equal((await own.signIn('yusuf', PASSWORD, code())).status, 200, 'the owner waits for nobody')
  })

  await t.test(
    'who cannot get in is let in anew by whoever runs the database: another password, no second factor, nothing open',
    async (t) => {
      const { browser, clock } = await openAccounts(t, db)
      const here = browser()
      await here.signIn('cecilie', PASSWORD)
      const { json: shown } = await here.ask<FactorShown>('POST', '/account/second-factor', { password: PASSWORD })
      await here.ask('POST', '/account/second-factor/on', { code: codeAt(shown.secret, clock.now) })
      t.match(await openAccount(db, 'nobody-here'), { exitCode: 1, faults: /nobody-here/ })
      const { exitCode, out } = await openAccount(db, 'Cecilie')
      t.equal(exitCode, 0)
      const password = /password (\S{16}) /.exec(out)?.[1] ?? ''
      t.equal((await here.ask('GET', '/session')).status, 401)
      t.equal((await browser().signIn('cecilie', PASSWORD)).code, 'wrong-credentials')
      t.equal((await browser().signIn('cecilie', password)).status, 200)
    },
  )

  await t.test('an unknown name takes as long as a wrong password', async (t) => {
    const { browser } = await openAccounts(t, db)
    const timeOf = async (username: string, i: number) => {
      const from = performance.now()
      await browser(`10.1.0.${i}`).signIn(username, 'a wrong password')
      return performance.now() - from
    }
    const times: Record<string, number[]> = { marta: [], 'nobody-here': [] }
    for (let i = 0; i < 15; i += 1) for (const name of Object.keys(times)) times[name]?.push(await timeOf(name, i))
    const [known = 0, unknown = 0] = Object.values(times).map((all) => all.sort((a, b) => a - b)[7])
    t.comment(`${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown`)
    t.ok(unknown > known / 2 && unknown < known * 2)
  })
})
