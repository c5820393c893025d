/**
 * Secrets and a number as the civil register gives them, planted in every kind of input. None of them may come out again:
 * not in the log at its most talkative, the figures, an error, the journal or any other table.
 */
import { io } from 'socket.io-client'
import { sql } from 'kysely'
import t from 'tap'
import { agentRequests } from '../contract/agent-socket.ts'
import { callerRequests, PROTOCOL_VERSION } from '../contract/caller-socket.ts'
import { supervisorRequests } from '../contract/supervisor-socket.ts'
import { eventually, TestSystem } from './harness.ts'

/** One for each way in, so that a find says where it came from. */
const CPR = '0101901234'
const canary = (way: string) => `canary-${way}-${CPR}`
const FOUND = /canary-[\w-]+|0101901234/g
const ANSWER_MS_MAX = 10_000

type Identity = { readonly auth: object; readonly cookie?: string }

/** Everything that one connection is told, for each of `bodies` asked as each of `names`. */
async function told(url: string, { auth, cookie = '' }: Identity, names: readonly string[]): Promise<string[]> {
  const heard: string[] = []
  for (const name of names) {
    const bodies = [{ [canary('key')]: canary('value'), callId: canary('id') }, canary('text'), [canary('list')]]
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocolVersion: PROTOCOL_VERSION, ...auth },
      extraHeaders: { cookie, 'user-agent': canary('socket-agent') },
    })
    const isIn = await new Promise<boolean>((resolve) => {
      socket.on('connect', () => resolve(true))
      socket.on('connect_error', (error) => {
        heard.push(JSON.stringify({ ...error, message: error.message }))
        resolve(false)
      })
    })
    for (const body of isIn ? bodies : []) {
      const ask = socket.timeout(ANSWER_MS_MAX).emitWithAck(name, body)
      heard.push(JSON.stringify(await ask.catch((error: Error) => error.message)))
      if (!socket.connected) break
    }
    socket.disconnect()
  }
  return heard
}

/** Every answer to requests with canaries in path, query, headers, cookies and body. */
async function answered(url: string, cookie: string): Promise<string[]> {
  const headers = { cookie: `${cookie}; other=${canary('cookie')}`, 'user-agent': canary('agent') }
  const json = { ...headers, 'content-type': 'application/json' }
  const body = (value: unknown) => ({ method: 'POST', headers: json, body: JSON.stringify(value) })
  const q = `q=${canary('query')}&from=${canary('from')}&to=${canary('to')}&language=da&day=${canary('day')}`
  const paths = [
    'session',
    'knowledge',
    'my/calls',
    'metrics/queues',
    'reports',
    'guides',
    'raw-events',
    'policy',
    'roster',
  ]
  const asked: [string, RequestInit][] = [
    ...paths.map((path): [string, RequestInit] => [`/api/v1/${path}?${q}`, { headers }]),
    [`/${canary('path')}`, { headers }],
    [`/api/v1/knowledge/articles/${canary('article')}`, { headers }],
    [`/kiosk/?ticket=${canary('ticket')}`, { headers: { ...headers, referer: `https://x/?${canary('referer')}` } }],
    ['/api/v1/sign-in', body({ username: canary('name'), password: canary('password') })],
    ['/api/v1/sign-in', body({ username: 'bo', password: canary('password-2'), [canary('more')]: 1 })],
    ['/api/v1/sign-in', { method: 'POST', headers: json, body: `{"username":"${canary('broken')}` }],
    [
      '/api/v1/sign-in',
      { method: 'POST', headers: { ...headers, 'content-type': `text/${canary('type')}` }, body: 'x' },
    ],
    ['/api/v1/session', { headers: { cookie: `skranke=${canary('session')}; __Host-skranke=${canary('host')}` } }],
    ['/api/v1/session', { headers: { authorization: `Bearer ${canary('bearer')}` } }],
    [`/api/v1/knowledge/articles/${canary('article-2')}/remarks`, body({ words: canary('remark') })],
  ]
  const heard: string[] = []
  for (const [path, init] of asked) {
    const response = await fetch(url + path, { redirect: 'manual', ...init })
    t.ok(response.status < 500, `${path.split('?')[0]}: ${response.status}`)
    heard.push(await response.text())
  }
  return heard
}

t.test('what is planted in every kind of input comes out nowhere', async (t) => {
  const printed: string[] = []
  const system = await TestSystem.start(t, { onOutput: (text) => printed.push(text) })
  const [kiosk] = system.access.kiosks
  const cookies = { agent: await system.signIn('amal'), supervisor: await system.signIn('lone') }
  const { url, sfuUrl } = system

  const strangers: [string, Identity][] = [
    ['/caller', { auth: { kioskId: canary('kiosk'), deviceKey: canary('device-key') } }],
    ['/caller', { auth: { kioskId: kiosk?.kioskId, deviceKey: canary('device-key-2') } }],
    ['/caller', { auth: { ticket: canary('ticket'), ticketKey: canary('ticket-key') } }],
    ['/caller', { auth: { protocolVersion: canary('version') } }],
    ['/agent', { auth: { tabId: canary('tab') }, cookie: `skranke=${canary('cookie-2')}` }],
    [`/${canary('namespace')}`, { auth: {} }],
  ]
  const heard: string[] = []
  for (const [namespace, identity] of strangers) heard.push(...(await told(url + namespace, identity, ['hello'])))
  heard.push(...(await told(`${sfuUrl}/media`, { auth: { ticket: canary('media-ticket') } }, ['hello'])))
  heard.push(...(await told(`${sfuUrl}/control`, { auth: { proof: canary('proof') } }, ['hello'])))
  const known: [string, Identity, object][] = [
    ['/caller', { auth: { kioskId: kiosk?.kioskId, deviceKey: kiosk?.deviceKey } }, callerRequests],
    ['/agent', { auth: {}, cookie: cookies.agent }, agentRequests],
    ['/supervisor', { auth: {}, cookie: cookies.supervisor }, supervisorRequests],
  ]
  for (const [namespace, identity, table] of known) {
    const names = Object.keys(table)
    heard.push(...(await told(url + namespace, identity, [...names, canary('request')])))
  }
  for (const cookie of Object.values(cookies)) heard.push(...(await answered(url, cookie)))

  t.ok(heard.length > 150, `${heard.length} answers`)
  t.same([...new Set(heard.join('\n').match(FOUND))], [], 'no answer says it again')

  // Whatever is written last comes after all that was asked before.
  const kioskAtWork = system.kiosk(1)
  await eventually('the kiosk', () => kioskAtWork.state.kind === 'online')
  const callId = crypto.randomUUID() as Parameters<typeof kioskAtWork.request<'call.start'>>[1]['callId']
  await kioskAtWork.request('call.start', { callId })
  const output = await eventually('the call to be printed', () => {
    const all = printed.join('')
    return all.includes(callId) ? all : undefined
  })
  t.ok(output.length > 1_000)
  t.same([...new Set(output.match(FOUND))], [], 'nothing is printed')
  for (const base of [url, sfuUrl]) {
    const figures = await (await fetch(`${base}/metrics`)).text()
    t.ok(figures.length > 1_000)
    t.same(figures.match(FOUND), null, `nothing at ${base === url ? 'the server' : 'the SFU'}'s metrics`)
  }
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(system.db)
  t.ok(tables.rows.length > 20)
  for (const { name } of tables.rows) {
    const rows = await sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(system.db)
    t.same(
      [
        ...new Set(
          rows.rows
            .map(({ line }) => line)
            .join('\n')
            .match(FOUND),
        ),
      ],
      [],
      `nothing in ${name}`,
    )
  }
})
