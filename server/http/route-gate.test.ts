/** How often a route is asked, as its row of the table says: by whoever is signed in, or by an address. */
import rateLimit from '@fastify/rate-limit'
import { fastify } from 'fastify'
import t from 'tap'
import { RATES } from '#server/auth/rights.ts'
import type { Person } from '#server/store/directory.ts'
import { guardRoutes } from './route-gate.ts'

const OPEN = '/api/v1/open-data/sites'
const OWN = '/api/v1/session'

t.test('so often and no oftener, by whom it is counted, and of others nobody', async (t) => {
  const app = fastify()
  t.teardown(() => app.close())
  await app.register(rateLimit, { global: false })
  const identify = async (cookies: string | undefined) =>
    cookies === undefined ? undefined : ({ agentId: 'amal', role: 'agent' } as unknown as Person)
  const rates = { ...RATES, public: { ...RATES.public, max: 2 }, ask: { ...RATES.ask, max: 3 } }
  guardRoutes(app, { identify, owns: () => true }, { rates })
  for (const url of [OPEN, OWN]) app.get(url, () => ({}))
  const ask = async (url: string, remoteAddress: string, token?: string) => {
    const headers = token === undefined ? {} : { cookie: `skranke-sign-in=${token}` }
    return (await app.inject({ url, remoteAddress, headers })).statusCode
  }

  const [here, there] = ['192.0.2.1', '192.0.2.2']
  t.same([await ask(OPEN, here), await ask(OPEN, here, 'one'), await ask(OPEN, here)], [200, 200, 429], 'an address')
  t.equal(await ask(OPEN, here, 'another'), 429, 'whatever cookie comes along')
  t.equal(await ask(OPEN, there), 200, 'another address')

  const ofOne = []
  for (const address of [here, there, here, there]) ofOne.push(await ask(OWN, address, 'one'))
  t.same(ofOne, [200, 200, 200, 429], 'a sign-in, wherever it is used')
  t.equal(await ask(OWN, here, 'another'), 200, 'another one at the same address')
})
