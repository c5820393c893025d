/** The headers of every kind of response, what is refused before it is read, and who may ask from where. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import t, { type Test } from 'tap'
import { BARE_HEADERS } from '#sfu/binding/bare-headers.ts'
import { createSocketServer } from '#sfu/binding/socket-server.ts'
import { addGuidePictures } from '../http/guides.ts'
import { addHealthRoutes } from '../http/health.ts'
import { openHttp } from '../http/http-server.ts'
import { addPages } from '../http/pages.ts'
import { accountGuards, addSignInRoutes } from '../http/sign-in.ts'
import type { Tables } from '../store/database.ts'

const ORIGIN = 'https://skranke.example.org'
const SFU = 'https://sfu.example.org'
const CSP =
  "default-src 'none';script-src 'self';worker-src 'self';style-src 'self';img-src 'self' data: blob:;" +
  "media-src 'self' blob: mediastream:;font-src 'self';connect-src 'self' https://sfu.example.org wss://sfu.example.org;" +
  "base-uri 'none';form-action 'self';frame-ancestors 'none'"

/** Of every response, whatever it is. */
const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
}
const CHANGING = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'etag',
  'last-modified',
  'accept-ranges',
])

async function openAll(t: Test, isHttps = true) {
  const folder = t.testdir()
  for (const page of ['kiosk', 'agent']) {
    mkdirSync(join(folder, 'dist', page, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'dist', page, 'index.html'), '<!doctype html><title>page</title>')
    writeFileSync(join(folder, 'dist', page, 'assets', 'main-abcd1234.js'), 'export {}')
  }
  mkdirSync(join(folder, 'guides', 'passport'), { recursive: true })
  writeFileSync(join(folder, 'guides', 'passport', 'step-1.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'guides', 'passport', 'da.md'), '# Pas')
  for (const place of ['.', 'dist']) writeFileSync(join(folder, place, 'secret.svg'), 'beside the folders')
  const log = pino({ level: 'silent' })
  const http = await openHttp({ log, connectUrls: [SFU], allowedOrigins: [ORIGIN], isHttps })
  addHealthRoutes(http, {
    registry: new Registry(),
    missing: async () => ['no kiosk is set up'],
    overdue: async () => [],
  })
  await http.register(
    async (api) => {
      // Finds nobody.
      const db = new Kysely<Tables>({
        dialect: {
          createAdapter: () => new PostgresAdapter(),
          createDriver: () => new DummyDriver(),
          createIntrospector: (its) => new PostgresIntrospector(its),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        },
      })
      const directory = { people: new Map() } as never
      const limits = { signInMs: 60_000, signInIdleMs: 60_000 }
      const guards = { ...accountGuards('a secret'), limits, secondFactorRoles: [] }
      addSignInRoutes(api, { ...guards, db, directory, hasSecureCookies: isHttps, signOut: async () => undefined })
      api.get('/broken', () => {
        throw new Error('a secret of the inside')
      })
    },
    { prefix: '/api/v1' },
  )
  await addPages(http, join(folder, 'dist'))
  await addGuidePictures(http, join(folder, 'guides'))
  createSocketServer(http.server, { allowedOrigins: [ORIGIN], isMissingOriginAllowed: true })
  await http.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => http.close())
  return `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body, headers })
const JSON_TYPE = { 'content-type': 'application/json' }
const WRONG = JSON.stringify({ username: 'nobody', password: 'x'.repeat(12) })

t.test('every kind of response has its headers, and no other', async (t) => {
  const url = await openAll(t)
  const kinds: [string, string, RequestInit, number, Record<string, string>][] = [
    ['a page', '/kiosk/', {}, 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }],
    [
      'a built file',
      '/agent/assets/main-abcd1234.js',
      {},
      200,
      {
        'content-type': 'application/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    ],
    [
      'a drawing',
      '/guides/passport/step-1.svg',
      {},
      200,
      { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' },
    ],
    ['a redirection', '/', {}, 302, { location: '/agent/' }],
    ['health', '/health/live', {}, 200, {}],
    ['not ready', '/health/ready', {}, 503, {}],
    ['not signed in', '/api/v1/session', {}, 401, {}],
    ['wrong credentials', '/api/v1/sign-in', post(WRONG, JSON_TYPE), 401, {}],
    ['a body that is no JSON', '/api/v1/sign-in', post('{', JSON_TYPE), 400, {}],
    ['a body that does not fit', '/api/v1/sign-in', post('{}', JSON_TYPE), 400, {}],
    ['a body of another kind', '/api/v1/sign-in', post('a=1', { 'content-type': 'text/plain' }), 415, {}],
    ['too large a body', '/api/v1/sign-in', post(`"${'x'.repeat(70_000)}"`, JSON_TYPE), 413, {}],
    ['from another page', '/api/v1/sign-in', post(WRONG, { ...JSON_TYPE, origin: 'https://evil.example' }), 403, {}],
    ['nothing there', '/api/v1/nothing', {}, 404, {}],
    ['no such method', '/kiosk/', { method: 'DELETE' }, 404, {}],
    ['a fault of ours', '/api/v1/broken', {}, 500, {}],
  ]
  for (const [kind, path, init, status, own] of kinds) {
    const response = await fetch(url + path, { redirect: 'manual', ...init })
    const body = await response.text()
    t.equal(response.status, status, kind)
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !CHANGING.has(name)))
    const { 'permissions-policy': permissions = '', vary: _vary, 'content-type': type, ...rest } = headers
    const expected = { ...ALWAYS, 'cache-control': 'no-store', ...own }
    const { 'content-type': ownType, ...others } = expected as Record<string, string>
    for (const [name, value] of Object.entries(others)) t.equal(rest[name], value, `${kind}: ${name}`)
    const more = Object.keys(rest).filter((name) => !(name in others))
    t.same(
      more.filter((name) => !/^x-(dns-prefetch|download|permitted|xss)|^origin-agent/.test(name)),
      [],
      `${kind}: no other`,
    )
    t.equal(type, ownType ?? (body === '' ? type : 'application/json; charset=utf-8'), `${kind}: its type`)
    t.match(permissions, /^camera=\(self\), microphone=\(self\), .*, display-capture=\((self)?\)$/, kind)
    for (const feature of ['geolocation', 'usb', 'payment', 'bluetooth']) t.match(permissions, `${feature}=()`)
    t.notMatch(body, /secret of the inside|node_modules|at .*\.ts/, `${kind} tells nothing of the inside`)
  }
  t.notMatch(CSP, /unsafe|\*|http:/, 'nothing is unsafe')
  t.notOk(
    (await fetch(`${await openAll(t, false)}/kiosk/`)).headers.has('strict-transport-security'),
    'not without https',
  )
})

t.test('only JSON is read, however it is called', async (t) => {
  const url = await openAll(t)
  const status = async (type: string | undefined) => {
    const body = type === undefined ? new Blob([WRONG]) : WRONG
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
    return (await fetch(`${url}/api/v1/sign-in`, { method: 'POST', body, headers })).status
  }
  const refused = [
    'application/json\t; charset=utf-8',
    'application/json;charset=utf-16',
    'application/jsonx',
    'text/json',
  ]
  const more = [
    'application/json, text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
  ]
  const odd = ['application/json;', 'application/json; x=1', 'application/vnd.api+json', 'application/json/', '*/*']
  for (const type of [...refused, ...more, ...odd]) t.equal(await status(type), 415, type)
  t.equal(await status(undefined), 415, 'a body of no kind')
  for (const type of [
    'application/json',
    'APPLICATION/JSON',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
  ]) {
    t.equal(await status(type), 401, `${type} is read`)
  }
})

t.test('a change is asked for by our pages and by programs', async (t) => {
  const url = await openAll(t)
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${url}/api/v1/sign-in`, post(WRONG, { ...JSON_TYPE, ...headers }))).status
  t.equal(await status({ origin: ORIGIN }), 401, 'ours')
  for (const origin of ['null', `${ORIGIN}.evil.example`, ORIGIN.replace('https', 'http'), `${ORIGIN}:8443`]) {
    t.equal(await status({ origin }), 403, origin)
  }
  t.equal(await status({ 'sec-fetch-site': 'cross-site' }), 403, 'from another site, without a word of its origin')
  t.equal(await status({ origin: ORIGIN, 'sec-fetch-site': 'same-origin' }), 401)
})

t.test('what no database keeps is no question', async (t) => {
  const url = await openAll(t)
  const status = async (username: string) => {
    const body = `{"username":"${username}","password":"${'x'.repeat(12)}"}`
    return (await fetch(`${url}/api/v1/sign-in`, post(body, JSON_TYPE))).status
  }
  t.equal(await status('bo'), 401)
  for (const text of ['bo\\u0000', '\\ud800', '\\udc00bo']) t.equal(await status(text), 400, text)
})

t.test('of the folders that are served, nothing else is', async (t) => {
  const url = await openAll(t)
  t.equal((await fetch(`${url}/guides/passport/step-1.svg`)).status, 200)
  const guides = ['passport/da.md', 'passport/', 'passport/.hidden.svg', 'passport', '']
  for (const path of guides) t.equal((await fetch(`${url}/guides/${path}`)).status, 404, path)
  // As bytes: whoever makes a URL of it takes the dots away.
  for (const up of ['..', '%2e%2e', '..%2f..', '%2e%2e%2f', '..%5c', 'passport/../..']) {
    for (const [folder, file] of [
      ['guides', 'secret.svg'],
      ['kiosk', 'secret.svg'],
      ['agent', '../secret.svg'],
    ] as const) {
      const answer = await raw(url, `GET /${folder}/${up}/${file} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      t.match(answer, /^HTTP\/1.1 4\d\d /, `${folder}/${up}/${file}`)
      t.notMatch(answer, 'beside the folders')
    }
  }
})

/** The bytes that come back for `bytes`, until the other side closes. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.on('data', (data) => (text += data.toString('latin1')))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

t.test('what is no HTTP, and the door of the sockets', async (t) => {
  const url = await openAll(t)
  const garbage = await raw(url, 'MAY I COME IN\r\n\r\n')
  t.match(garbage, /^HTTP\/1.1 400 [^]*x-content-type-options: nosniff\r\n\r\n$/)
  t.match(await raw(url, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1.1 400 /)

  const upgrade = (origin: string) =>
    raw(
      url,
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: x\r\n${origin}connection: upgrade\r\nupgrade: websocket\r\n` +
        'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
  for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`]) {
    t.match(await upgrade(`origin: ${origin}\r\n`), /^HTTP\/1.1 4\d\d /, `${origin} is not let in`)
  }
  const bad = await fetch(`${url}/kiosk/%zz`)
  t.equal(bad.status, 400, 'a path that is none')
  t.notMatch(await bad.text(), 'zz')
  const polling = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: { origin: ORIGIN } })
  t.equal(polling.status, 400, 'WebSocket only')
  for (const [name, value] of Object.entries(BARE_HEADERS)) {
    t.same(
      [bad, polling].map(({ headers }) => headers.get(name)),
      [value, value],
      name,
    )
  }
})
