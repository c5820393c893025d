/**
 * Every route and every event that the server has registered, asked by everybody there is, of what is theirs, of what is somebody
 * else's and of what is not there: the answer is what `server/auth` says, and a refused one has changed nothing.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { fitting, type JsonSchema } from '#loadtest/fuzz/fitting.ts'
import { AUDIENCES, DOORS, EVENT_RIGHTS, type Audience } from '../auth/event-rights.ts'
import { ROLES, WHOSE, type Right } from '../auth/rights.ts'
import { API_RIGHTS, PAGE_RIGHTS } from '../auth/route-rights.ts'
import { rightOf, type GuardedRoute } from '../http/route-gate.ts'
import type { GuardedEvent } from '../socket/gate.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { keepRemark } from '../store/article-remarks.ts'
import { AuthorisedCity, type Identity } from './authorised-city.ts'
import { fuzzOf } from './fuzzed-city.ts'

/** A change that comes of itself, as a promise that is kept, does not come at every look. */
const LOOKS_MAX = 2

const city = await AuthorisedCity.start(t, await openTestDatabase(t))
const { identities, asked } = city
let askedCount = 0

/** What a call is to whoever asks: theirs, somebody else's, or not there. */
type Thing = { readonly is: 'own' | 'other' | 'missing'; readonly callId: string }

function thingsFor({ callId }: Identity): Thing[] {
  const others = identities.flatMap((each) =>
    each.callId === undefined || each.callId === callId ? [] : [each.callId],
  )
  const own: Thing[] = callId === undefined ? [] : [{ is: 'own', callId }]
  return [...own, { is: 'other', callId: others[0] ?? '' }, { is: 'missing', callId: randomUUID() }]
}

/** The same at every run: what is asked is no matter of chance. */
const sampleOf = (schema: unknown): Record<string, unknown> => {
  const [made] = fc.sample(fitting((schema ?? { type: 'object' }) as JsonSchema), { seed: 7, numRuns: 1 })
  return made as Record<string, unknown>
}

/** A question that means something: about the call that is meant, and otherwise of people and places nobody here needs. */
function withIds(body: Record<string, unknown>, { callId }: Thing): Record<string, unknown> {
  const ids: Record<string, unknown> = {
    callId,
    offerId: `${callId}/1`,
    joinId: randomUUID(),
    agentId: 'cecilie',
    toAgentId: 'cecilie',
    kioskId: 'kiosk-lufthavnen',
    queueId: 'library.da',
  }
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, Object.hasOwn(ids, key) ? ids[key] : value]),
  )
}

/** Asks all of it and says what was other than expected; `ask` says so itself, as a sentence. What is kept must stay as it is. */
async function unchanged(what: string, work: () => Promise<string[]>): Promise<string[]> {
  let faults: string[] = []
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const before = await city.kept()
    faults = await work()
    const after = await city.kept()
    if (before === after) return faults
    const [old, now] = [before.split(' '), after.split(' ')]
    const changed = now.filter((each, i) => each !== old[i])
    if (look === LOOKS_MAX - 1) faults.push(`${what} changed ${changed.join(', ')}`)
  }
  return faults
}

// ── Sockets ────────────────────────────────────────────────────────────────────────────────────────────

async function askEvent({ name, body }: GuardedEvent, who: Identity, thing: Thing) {
  askedCount += 1
  return city.ask(who, name, withIds(sampleOf(body), thing))
}

const rowOf = ({ audience, name }: GuardedEvent): Right => EVENT_RIGHTS[audience][name] as Right

/** What must be refused, or change nothing: by role, or because it is somebody else's. */
async function refusedEvents(event: GuardedEvent): Promise<string[]> {
  const faults: string[] = []
  for (const who of identities.filter(({ home }) => home === event.audience)) {
    const whose = rowOf(event).may[who.role]
    for (const thing of thingsFor(who)) {
      const isTheirs = whose !== undefined && (thing.is === 'own' || WHOSE[whose].looks === 'nobody')
      // An id that nobody has used is a new call's, and a ticket is whose it is known to.
      if (isTheirs || whose === 'known-ticket' || (whose === 'call-to-be' && thing.is === 'missing')) continue
      const outcome = await askEvent(event, who, thing)
      const code = outcome.error?.code
      const isAsItShould =
        whose === undefined
          ? code === 'not-allowed'
          : WHOSE[whose].looks === 'gate'
            ? code === WHOSE[whose].refusal
            : whose === 'own-or-nothing' || (!outcome.ok && code !== 'internal')
      if (!isAsItShould)
        faults.push(`${who.name}, ${event.name} of ${thing.is}: ${JSON.stringify(outcome).slice(0, 200)}`)
    }
  }
  return faults
}

const isGated = (event: GuardedEvent) => Object.values(rowOf(event).may).some((whose) => WHOSE[whose].looks === 'gate')

/** What they may: whatever is answered, it is not that they may not. */
async function allowedEvents(event: GuardedEvent): Promise<string[]> {
  const faults: string[] = []
  for (const who of identities.filter(({ home }) => home === event.audience)) {
    const whose = rowOf(event).may[who.role]
    const [thing] = thingsFor(who)
    if (whose === undefined || thing === undefined || (WHOSE[whose].looks !== 'nobody' && thing.is !== 'own')) continue
    const outcome = await askEvent(event, who, thing)
    const code = outcome.error?.code ?? ''
    const isRefused = WHOSE[whose].looks === 'gate' ? [WHOSE[whose].refusal as string] : []
    // What the rules refuse in one's own call, as a supervision that the policy does not have, is no matter of who asks.
    const isByRules = code === 'not-allowed' && ['call.supervise', 'call.start', 'hand-over.note'].includes(event.name)
    if (
      ['not-allowed', 'not-signed-in', 'internal', ...isRefused].includes(code) &&
      !isByRules &&
      (await city.stillHas(who))
    ) {
      faults.push(`${who.name}, ${event.name}: ${JSON.stringify(outcome).slice(0, 200)}`)
    }
  }
  return faults
}

t.test('the doors: each lets in whom the table names', async (t) => {
  for (const who of identities) {
    for (const audience of AUDIENCES.filter((each) => each !== who.home)) {
      // Whoever has the cookie of a desk is an agent, and the desk is asked for by a word of its own.
      const role = who.role === 'desk' && audience !== '/caller' ? 'agent' : who.role
      if (DOORS[audience].includes(role)) continue
      askedCount += 1
      t.type(await city.knock(who, audience), 'string', `${who.name} at ${audience}`)
    }
    if (who.home !== undefined) t.ok(DOORS[who.home].includes(who.role), `${who.name} is at home`)
  }
})

t.test('of what is theirs, nobody is told that there is no such thing', async (t) => {
  for (const event of asked.events.filter(isGated)) t.same(await allowedEvents(event), [], event.name)
})

t.test('events asked where one has not come in are not answered and change nothing', async (t) => {
  const ask = async (event: GuardedEvent, who: Identity) => {
    askedCount += 1
    const [thing] = thingsFor(who)
    const frames = await city.askUnentered(
      who,
      event.audience,
      event.name,
      withIds(sampleOf(event.body), thing as Thing),
    )
    return frames.some((frame) => frame.startsWith('43')) ? [`${who.name} was answered ${event.name}`] : []
  }
  const faults = await unchanged('an event of nobody', async () => {
    const inside = city.of('idle kiosk')
    const notTheirs = asked.events.filter(({ audience }) => audience !== inside.home).slice(0, 3)
    const all = [
      ...asked.events.map((event) => [event, city.of('nobody')] as const),
      ...notTheirs.map((event) => [event, inside] as const),
    ]
    return (await Promise.all(all.map(([event, who]) => ask(event, who)))).flat()
  })
  t.same(faults, [])
})

t.test('events: what is not for somebody is refused, and nothing is other than before', async (t) => {
  for (const event of asked.events) {
    t.same(await unchanged(event.name, () => refusedEvents(event)), [], `${event.name} of ${event.audience}`)
  }
})

// ── Routes ─────────────────────────────────────────────────────────────────────────────────────────────

const remarks = { own: randomUUID(), other: randomUUID(), missing: randomUUID() }

/** What somebody asks of a route: `is` says of whose things. */
async function askRoute({ method, url, schema }: GuardedRoute, { name, cookie }: Identity, thing: Thing) {
  askedCount += 1
  const params: Record<string, string> = {
    callId: thing.callId,
    remarkId: remarks[name === 'amal' || thing.is === 'missing' ? thing.is : 'other'],
    articleId: 'pas-nyt',
    mailId: 'a-mail',
    kioskId: 'kiosk-lufthavnen',
    kind: 'ticket',
    key: 'ZZZZZZ',
    changeId: '999999',
    keyId: 'x'.repeat(43),
  }
  const path = url.replace(/:(\w+)/g, (_, param: string) => params[param] ?? '').replace('*', 'index.html')
  const query = withIds(schema.querystring === undefined ? {} : sampleOf(schema.querystring), thing)
  if (url.endsWith('/reports/agents')) query['agent'] = thing.is === 'own' ? name : 'marta'
  const address = `${city.url}${path}?${new URLSearchParams(query as Record<string, string>)}`
  const isWithBody = method === 'POST' && schema.body !== undefined
  const response = await fetch(address, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(isWithBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(isWithBody ? { body: JSON.stringify(withIds(sampleOf(schema.body), thing)) } : {}),
  })
  const text = await response.text()
  const isError = response.status >= 400 && text.startsWith('{"error"')
  const code = isError ? (JSON.parse(text) as { error: { code: string } }).error.code : ''
  return { status: response.status, code }
}

const byHttp = identities.filter(
  ({ home, role, name }) => name !== 'lone at a desk' && (home !== '/caller' || role === 'nobody'),
)
const routes = asked.routes.filter(({ method }) => method !== 'HEAD')
const rightOfRoute = ({ method, url }: GuardedRoute): Right => rightOf(method, url) as Right

async function refusedRoutes(route: GuardedRoute): Promise<string[]> {
  const faults: string[] = []
  const { may } = rightOfRoute(route)
  for (const who of byHttp) {
    const whose = may[who.role]
    for (const thing of thingsFor(who)) {
      const isGated = whose !== undefined && WHOSE[whose].looks === 'gate'
      if (whose !== undefined && (!isGated || thing.is === 'own')) continue
      const { status, code } = await askRoute(route, who, thing)
      const expected =
        whose !== undefined
          ? `404 ${WHOSE[whose].refusal}`
          : who.role === 'nobody'
            ? '401 not-signed-in'
            : '403 not-allowed'
      if (`${status} ${code}` !== expected) faults.push(`${who.name}, ${route.url} of ${thing.is}: ${status} ${code}`)
    }
  }
  return faults
}

t.test(
  'routes: 401 for nobody, 403 by role, 404 for what one may not see, and nothing is other than before',
  async (t) => {
    const ownerless = ['amal', 'bo', 'dogan']
    for (const [remarkId, isOwn] of [
      [remarks.own, true],
      [remarks.other, false],
    ] as const) {
      const articles = city.db.selectFrom('articles').select('article_id').orderBy('article_id')
      const of = isOwn ? articles.where('owner', '=', 'amal') : articles.where('owner', 'not in', ownerless)
      const { article_id: articleId } = await of.executeTakeFirstOrThrow()
      const remark = { remarkId, articleId, articleVersion: 1, saidBy: 'farah', saidAt: Date.now() }
      t.ok(await keepRemark(city.db, { ...remark, words: 'Prisen er en anden nu' }))
    }
    for (const route of routes) {
      t.same(await unchanged(route.url, () => refusedRoutes(route)), [], `${route.method} ${route.url}`)
    }
  },
)

async function allowedRoutes(route: GuardedRoute): Promise<string[]> {
  const faults: string[] = []
  for (const who of byHttp) {
    const whose = rightOfRoute(route).may[who.role]
    const [thing] = thingsFor(who)
    const isTheirs = thing?.is === 'own' && (whose !== 'own-remark' || who.name === 'amal')
    if (whose === undefined || thing === undefined || (WHOSE[whose].looks === 'gate' && !isTheirs)) continue
    const { status, code } = await askRoute(route, who, thing)
    // Where something secret is tried, a wrong one is answered as if nobody had asked.
    const ofRole = rightOfRoute(route).rate === 'guess' ? [] : ['not-signed-in', 'not-allowed']
    const refusals: string[] = [...ofRole, ...(WHOSE[whose].looks === 'gate' ? [WHOSE[whose].refusal] : [])]
    // Without an SFU no calls are taken, and it says so.
    const isBroken = status >= 500 && route.url !== '/health/ready'
    if (refusals.includes(code) || isBroken) faults.push(`${who.name}, ${route.url}: ${status} ${code}`)
  }
  return faults
}

t.test('and whoever may is let in', async (t) => {
  // What ends a call or a sign-in comes last.
  const isLate = (name: string) => /hang-up|sign-out|accept|decline|finish|step-away|take-up|leave/.test(name)
  const [routesFirst, routesLast] = [routes.filter(({ url }) => !isLate(url)), routes.filter(({ url }) => isLate(url))]
  for (const route of routesFirst) t.same(await allowedRoutes(route), [], `${route.method} ${route.url}`)
  const rest = asked.events.filter((event) => !isGated(event))
  for (const event of rest.toSorted((a, b) => Number(isLate(a.name)) - Number(isLate(b.name)))) {
    t.same(await allowedEvents(event), [], `${event.name} of ${event.audience}`)
  }
  for (const route of routesLast) t.same(await allowedRoutes(route), [], `${route.method} ${route.url}`)
  t.same(city.faults, [], 'the server lives')
})

t.test('the tables have a row for each, none without one, and every role in them', (t) => {
  const eventNames = asked.events.map(({ audience, name }) => `${audience} ${name}`)
  const rowNames = AUDIENCES.flatMap((audience: Audience) =>
    Object.keys(EVENT_RIGHTS[audience]).map((name) => `${audience} ${name}`),
  )
  t.same(eventNames.toSorted(), rowNames.toSorted())
  const routeNames = new Set(routes.map(({ method, url }) => `${method} ${url}`))
  const rows = [...Object.keys(API_RIGHTS).map((name) => name.replace(' ', ' /api/v1')), ...Object.keys(PAGE_RIGHTS)]
  t.same([...routeNames].toSorted(), rows.toSorted())
  const roles = new Set(identities.map(({ role }) => role))
  t.same(
    ROLES.filter((role) => !roles.has(role) && role !== 'administrator'),
    [],
  )
  t.comment(
    `${asked.events.length} events and ${routes.length} routes, ${identities.length} who ask, ${askedCount} questions`,
  )
  t.end()
})

t.test('3,000 messages that nobody should send: nothing breaks, and what is refused changes nothing', async (t) => {
  await city.signInAgain()
  const { sent, faults, faultsCount } = await fuzzOf(city, 3_000, 1, () => undefined)
  t.same(faults, [])
  t.equal(faultsCount, 0)
  t.same(city.faults, [], 'the server lives')
  t.same(Object.keys(sent).toSorted(), ['frames by hand', 'in any order', 'near misses', 'requests'])
})
