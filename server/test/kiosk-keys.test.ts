/** Enrolling kiosks over HTTP and coming in with a key, on a real server with a real database: who may, and what is written down. */
import { webcrypto } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import t, { type Test } from 'tap'
import { PROTOCOL_VERSION } from '../contract/caller-socket.ts'
import { connectText, enrolText, KEY_KIND, SIGNED_WITH, tokenText } from '../contract/kiosk-proof.ts'
import { KEY_ACTS_KEPT_MS } from '../jobs/kiosk-key-retention.ts'
import { dropOldKeyActs } from '../store/kiosk-keys.ts'
import { TestSystem } from './harness.ts'

const KIOSK = 'kiosk-valby-kulturhus'

type Answer = { readonly status: number; readonly body: Record<string, unknown> & { error?: { code: string } } }

/** Asks the server as a page does. */
const asker =
  (url: string) =>
  async (method: 'GET' | 'POST', path: string, body?: object, cookie?: string): Promise<Answer> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }

/** A screen with a key of its own. */
async function screen(ask: ReturnType<typeof asker>) {
  const pair = await webcrypto.subtle.generateKey(KEY_KIND, false, ['sign', 'verify'])
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('spki', pair.publicKey))
  const publicKey = bytes.toString('base64url')
  const keyId = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('base64url')
  const sign = async (text: (nonce: string) => string) => {
    const nonce = String((await ask('POST', '/kiosk/challenge')).body['nonce'])
    const signed = await webcrypto.subtle.sign(SIGNED_WITH, pair.privateKey, Buffer.from(text(nonce)))
    return { nonce, signature: Buffer.from(signed).toString('base64url') }
  }
  const code = async () => {
    const proof = await sign((nonce) => enrolText(nonce, publicKey))
    return ask('POST', '/kiosk/enrolments', { publicKey, ...proof })
  }
  const token = async () => ask('POST', '/kiosk/token', { keyId, ...(await sign((nonce) => tokenText(nonce, keyId))) })
  const door = async (its: unknown) => ({ token: its, ...(await sign((nonce) => connectText(nonce, String(its)))) })
  return { keyId, code, token, door }
}

async function knock(t: Test, url: string, auth: object): Promise<{ socket: Socket; code: string | undefined }> {
  const socket = io(`${url}/caller`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { protocolVersion: PROTOCOL_VERSION, ...auth },
  })
  t.teardown(() => socket.disconnect())
  return new Promise((resolve) => {
    socket.on('connect', () => resolve({ socket, code: undefined }))
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve({ socket, code: error.data?.code ?? error.message }),
    )
  })
}

t.test('a kiosk is enrolled, comes in with its key, and is sent away', async (t) => {
  const system = await TestSystem.start(t, { serverEnv: { SKRANKE_SERVER_DEVICE_KEYS: 'false' } })
  const ask = asker(system.url)
  const [agent, supervisor] = [await system.signIn('bo'), await system.signIn('lone')]
  const { kioskId, deviceKey } = system.access.kiosks[0] ?? {}
  t.equal(
    (await knock(t, system.url, { kioskId, deviceKey })).code,
    'not-signed-in',
    'keys that can be copied are none',
  )

  const one = await screen(ask)
  t.match(await one.token(), { status: 401, body: { error: { code: 'not-signed-in' } } })
  const { code } = (await one.code()).body
  t.match(await ask('GET', `/kiosk/enrolments/${one.keyId}`), { status: 200, body: { state: 'waiting' } })
  const wish = { code, kioskId: KIOSK }
  for (const [cookie, status] of [[undefined, 401] as const, [agent, 403] as const]) {
    t.equal((await ask('POST', '/kiosks/enrol', wish, cookie)).status, status)
    t.equal((await ask('POST', '/kiosks/revoke', { kioskId: KIOSK }, cookie)).status, status)
    t.equal((await ask('POST', '/kiosks/rotate', { kioskId: KIOSK }, cookie)).status, status)
    t.equal((await ask('GET', '/kiosks/keys', undefined, cookie)).status, status)
  }
  t.equal((await ask('POST', '/kiosks/enrol', { ...wish, code: 'AAAA' }, supervisor)).status, 400)
  t.match(await ask('POST', '/kiosks/enrol', { ...wish, code: 'AAAAAAAA' }, supervisor), {
    status: 404,
    body: { error: { code: 'unknown-code' } },
  })
  t.equal((await ask('POST', '/kiosks/enrol', wish, supervisor)).status, 200)
  const { token, kioskId: its } = (await one.token()).body
  t.equal(its, KIOSK)

  const proof = await one.door(token)
  const { socket, code: refusal } = await knock(t, system.url, proof)
  t.equal(refusal, undefined)
  t.match(await socket.timeout(5_000).emitWithAck('hello', {}), { ok: true })
  t.equal((await knock(t, system.url, proof)).code, 'not-signed-in', 'said again')
  const thief = await screen(ask)
  t.equal((await knock(t, system.url, await thief.door(token))).code, 'not-signed-in', 'a token without its key')

  const closed = new Promise((resolve) => socket.on('disconnect', () => resolve(performance.now())))
  const before = performance.now()
  t.equal((await ask('POST', '/kiosks/revoke', { kioskId: KIOSK }, supervisor)).status, 200)
  t.comment(`closed after ${Math.round(Number(await closed) - before)} ms`)
  t.equal((await one.token()).status, 401)

  const acts = await system.db.selectFrom('kiosk_key_acts').selectAll().orderBy('act_id').execute()
  t.match(acts, [
    { act: 'enrolled', kiosk_id: KIOSK, key_id: one.keyId, agent_id: 'lone' },
    { act: 'revoked', kiosk_id: KIOSK, key_id: one.keyId, agent_id: 'lone' },
  ])
  t.equal(await dropOldKeyActs(system.db, Date.now() - KEY_ACTS_KEPT_MS), 0)
  t.equal(await dropOldKeyActs(system.db, Date.now() + 1_000), 2, 'two years later')

  await one.code()
  await system.killServer()
  await system.startServer()
  t.match((await ask('GET', `/kiosk/enrolments/${one.keyId}`)).body, { state: 'over' }, 'a restart forgets codes')
})
