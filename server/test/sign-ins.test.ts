/** Being signed in: the cookie, its token, and what is open in its name when it ends, whoever ended it. */
import { randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import fastifyCookie from '@fastify/cookie'
import { sql } from 'kysely'
import t from 'tap'
import { startVirtualSession } from '#sfu/client/virtual-session.ts'
import type { CallId } from '#server/contract/ids.ts'
import type { OwnAccount } from '#server/contract/sign-ins.ts'
import { accountGuards, addSignInRoutes } from '../http/sign-in.ts'
import { LOOK_EVERY_MS } from '../socket/live-sign-ins.ts'
import { loadDirectory } from '../store/directory.ts'
import { eventually, TestSystem, type AgentConnection } from './harness.ts'

type Floor = Awaited<ReturnType<TestSystem['floor']>>
const isOut = ({ state }: AgentConnection | Floor) => state.kind === 'refused' && state.code === 'not-signed-in'
const online = (...all: { readonly state: { readonly kind: string } }[]) =>
  eventually('all to be there', () => all.every(({ state }) => state.kind === 'online'))

t.test('sign-ins', async (t) => {
  const system = await TestSystem.start(t)
  const { db, url } = system
  const status = async (cookie: string) => (await fetch(`${url}/api/v1/session`, { headers: { cookie } })).status
  const account = async (cookie: string) =>
    (await (await fetch(`${url}/api/v1/account`, { headers: { cookie } })).json()) as OwnAccount
  const end = (cookie: string, signInId: string | null) =>
    fetch(`${url}/api/v1/account/sign-ins/end`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ signInId }),
    })
  /** The page is closed by what was told, long before anything is looked at by itself. */
  const isClosedAtOnce = async (connection: AgentConnection | Floor, act: () => Promise<unknown>) => {
    const from = performance.now()
    await act()
    await eventually('the page to be closed', () => isOut(connection))
    const tookMs = performance.now() - from
    t.comment(`closed after ${Math.round(tookMs)} ms`)
    t.ok(tookMs < LOOK_EVERY_MS / 2)
  }

  await t.test(
    'over TLS the cookie is of this host alone, out of reach of pages, and not sent from elsewhere',
    async (t) => {
      const app = fastify()
      await app.register(fastifyCookie)
      const limits = { signInMs: 60_000, signInIdleMs: 60_000 }
      const directory = await loadDirectory(db)
      const guards = { ...accountGuards('a secret'), limits, secondFactorRoles: [] }
      addSignInRoutes(app, { ...guards, db, directory, hasSecureCookies: true, signOut: async () => undefined })
      t.teardown(() => app.close())
      const payload = { username: 'elin', password: system.access.accounts[0]?.password }
      const { headers } = await app.inject({ method: 'POST', url: '/sign-in', payload })
      const set = [headers['set-cookie']].flat().find((each) => each?.startsWith('__Host-skranke-sign-in=')) ?? ''
      t.match(set, /^__Host-skranke-sign-in=[\w-]{43}; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
      const ask = async (cookie: string) => (await app.inject({ url: '/session', headers: { cookie } })).statusCode
      const token = set.split(';')[0]?.split('=')[1] ?? ''
      t.equal(await ask(`__Host-skranke-sign-in=${token}`), 200)
      t.equal(await ask(`skranke-sign-in=${token}`), 401, 'a name that a neighbouring host could set is nobody')
    },
  )

  await t.test('a new sign-in has a new token, and the one that the browser had before is over', async (t) => {
    const before = await system.signIn('bo')
    const response = await fetch(`${url}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: before, 'user-agent': 'Firefox/140.0 (Windows NT)' },
      body: JSON.stringify({ username: 'bo', password: system.access.accounts[0]?.password }),
    })
    const after = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    t.not(after, before)
    t.equal(await status(before), 401)
    t.match(await account(after), {
      username: 'bo',
      signIns: [{ isThis: true, way: 'password', browser: 'Firefox, Windows' }],
    })
  })

  await t.test('whoever is signed in elsewhere ends that, one or all; nobody else can', async (t) => {
    const floor = await system.floor('lone')
    await online(floor)
    const here = await system.signIn('lone')
    const { signIns } = await account(here)
    const there = signIns.find(({ isThis }) => !isThis)?.signInId ?? ''
    const foreign = await end(await system.signIn('bo'), there)
    t.equal(foreign.status, 200)
    t.equal((await account(here)).signIns.length, 2, 'of somebody else nothing was ended')
    await isClosedAtOnce(floor, () => end(here, there))
    const again = await system.floor('lone')
    await online(again)
    await isClosedAtOnce(again, () => end(here, null))
    t.equal(await status(here), 200, 'the one that asked goes on')
  })

  await t.test('another role, another password, or no longer there: every open page is closed', async (t) => {
    const set = (change: string) => sql.raw(`update agents set ${change} where username = 'lone'`).execute(db)
    await sql`alter table agents add column if not exists retired_at timestamptz`.execute(db)
    const changes = [`role = 'agent'`, `password_hash = 'another'`, `retired_at = now()`]
    const { role, password_hash: hash } = await db
      .selectFrom('agents')
      .select(['role', 'password_hash'])
      .where('username', '=', 'lone')
      .executeTakeFirstOrThrow()
    const whys: unknown[] = []
    for (const change of changes) {
      const cookie = await system.signIn('lone')
      const floor = await system.floor('lone')
      floor.on('signed-out', ({ why }) => whys.push(why))
      await online(floor)
      await isClosedAtOnce(floor, () => set(change))
      t.equal(await status(cookie), 401, `${change}: nothing is answered either`)
      await set(`role = '${role}', password_hash = '${hash}', retired_at = null`)
    }
    t.same(whys, ['role', 'password', 'left'], 'each is told why')
    const floor = await system.floor('lone')
    await online(floor)
    await set(`first_name = 'Lone'`)
    t.equal(floor.state.kind, 'online', 'another name is no other right')
  })

  await t.test('without a request or an open page a sign-in ends by itself; with one it does not', async (t) => {
    const idle = await system.signIn('bo')
    const agent = await system.agent('cecilie')
    await online(agent)
    await sql`update sign_ins set used_at = now() - interval '31 minutes' where agent_id = 'bo'`.execute(db)
    t.equal(await status(idle), 401)
    t.equal(agent.state.kind, 'online')
  })

  await t.test('after its hours a sign-in ends, however much it is used', async (t) => {
    const cookie = await system.signIn('bo')
    t.equal(await status(cookie), 200)
    await sql`update sign_ins set created_at = now() - interval '12 hours 1 second' where agent_id = 'bo'`.execute(db)
    t.equal(await status(cookie), 401)
  })

  await t.test(
    'in a call: the desk is out, the citizen stays, and the agent who signs in anew is back with them',
    async (t) => {
      const kiosk = system.kiosk(0)
      const amal = await system.agent('amal')
      await online(kiosk, amal)
      await amal.request('availability.set-available', {})
      const callId = randomUUID() as CallId
      await kiosk.request('call.start', { callId })
      const offerId = await eventually('an offer', () => {
        const work = amal.snapshot?.view.work
        return work?.kind === 'offered' ? work.offerId : undefined
      })
      const session = startVirtualSession({ ticketSource: () => kiosk.request('media.ticket', { callId }) })
      t.teardown(() => session.close())
      await amal.request('offer.accept', { offerId })
      const call = () => kiosk.snapshot?.view.call
      await eventually('the call', () => call()?.status === 'connected')
      await isClosedAtOnce(amal, () => sql`delete from sign_ins where agent_id = 'amal'`.execute(db))
      t.equal(call()?.status, 'connected', 'nothing is torn')
      const back = await system.agent('amal')
      await eventually('the agent in the call again', () => back.snapshot?.view.work.kind === 'in-call')
      t.equal(call()?.status, 'connected')
    },
  )
})
