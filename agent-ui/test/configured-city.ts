/** The demo city in a real Postgres with the real routes of administrators and the built pages: what the page says is what is kept. */
import { dirname } from 'node:path'
import { pino } from 'pino'
import type { Test } from 'tap'
import type { Wish } from '#server/contract/admin.ts'
import { changeCity, cityNow } from '#server/city/city-desk.ts'
import { addAdminRoutes } from '#server/http/admin.ts'
import { openHttp } from '#server/http/http-server.ts'
import { addPages } from '#server/http/pages.ts'
import { guardRoutes } from '#server/http/route-gate.ts'
import { accountGuards, addSignInRoutes, identifier } from '#server/http/sign-in.ts'
import { freePort } from '#server/launch/ports.ts'
import { demoPassword, seedDemoCity } from '#server/launch/seed-demo.ts'
import { openTestDatabase } from '#server/launch/test-database.ts'
import { openDatabase } from '#server/store/database.ts'
import { loadDirectory } from '#server/store/directory.ts'
import { builtPages } from './built-pages.ts'

const SECRET = 'the demo city of a test'
const DAY_MS = 24 * 60 * 60 * 1_000

/** Ends with the test. */
export async function openConfiguredCity(t: Test) {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  await seedDemoCity(db, SECRET)
  const directory = await loadDirectory(db)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const log = pino({ level: 'silent' })
  const app = await openHttp({ log, connectUrls: [], allowedOrigins: [url], isHttps: false })
  /** What the next answers of the administrators' routes wait for; undefined: they fail. */
  const door: { opens: Promise<void> | undefined } = { opens: Promise.resolve() }
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/v1/admin')) return
    if (door.opens === undefined) await reply.status(503).send({ error: { code: 'not-ready', message: 'not now' } })
    await door.opens
  })
  const limits = { signInMs: DAY_MS, signInIdleMs: DAY_MS }
  const guards = { ...accountGuards('a secret'), secondFactorRoles: [] }
  const signInParts = { db, directory, hasSecureCookies: false, limits, ...guards }
  const who = identifier(signInParts)
  const identify = async (cookies: string | undefined) => (await who(cookies))?.person
  const now = () => Date.now()
  guardRoutes(app, { identify, owns: () => false })
  await app.register(
    (api, _options, done) => {
      addSignInRoutes(api, { ...signInParts, signOut: async () => undefined })
      addAdminRoutes(api, { db, followNow: () => directory.readAgain(), now })
      done()
    },
    { prefix: '/api/v1' },
  )
  await addPages(app, dirname(await builtPages()))
  await app.listen({ host: '127.0.0.1', port })
  t.teardown(async () => {
    await app.close()
    await db.destroy()
  })
  return {
    url,
    door,
    document: async () => (await cityNow(db)).document,
    /** Somebody else changes something. */
    change: async (wish: Wish) => {
      const order = { version: (await cityNow(db)).version, wish, isForWaiting: true }
      return await changeCity(db, order, { id: null, name: 'drift', how: 'command' }, now())
    },
    signIn: async (username: string) => {
      const payload = { username, password: demoPassword(SECRET) }
      const { cookies } = await app.inject({ method: 'POST', url: '/api/v1/sign-in', payload })
      const [cookie] = cookies
      if (cookie === undefined) throw new Error(`${username} could not sign in`)
      return { name: cookie.name, value: cookie.value }
    },
  }
}
