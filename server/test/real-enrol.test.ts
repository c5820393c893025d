/** A screen becomes a kiosk, calls, and is sent away: real pages, a real server that takes no keys that can be copied. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import { io } from 'socket.io-client'
import t, { type Test } from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { eventually, TestSystem } from './harness.ts'

/** Where pictures of each page go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']
const ENROLLED = 'kiosk-valby-kulturhus'

type Auth = Record<string, unknown>

async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  await page.screenshot({ path: join(shotsDir, `${name}.png`) as `${string}.png` })
}

/** The code on a screen. */
async function codeOn(page: Page): Promise<string> {
  const shown = await page.waitForSelector('.enrol-code', { timeout: 20_000 })
  const words = (await shown?.evaluate((element) => element.textContent)) ?? ''
  return /(?:[2-9A-Z] ){7}[2-9A-Z]/.exec(words)?.[0].replaceAll(' ', '') ?? ''
}

/** What this page has said at the doors of the namespaces, as anybody between it and the server could read it without TLS. */
async function overhear(page: Page): Promise<Auth[]> {
  const said: Auth[] = []
  const client = await page.createCDPSession()
  await client.send('Network.enable')
  client.on('Network.webSocketFrameSent', ({ response: { payloadData } }) => {
    const [, json] = /^40\/caller,(.+)$/.exec(payloadData) ?? []
    if (json !== undefined) said.push(JSON.parse(json) as Auth)
  })
  return said
}

/** What the door says to this, out of a browser page: its code, or `in`. */
const knockFrom = (page: Page, auth: Auth): Promise<string> =>
  page.evaluate(
    (words) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
        socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
          if (data.startsWith('0')) socket.send(`40/caller,${words}`)
          if (data.startsWith('40/caller')) resolve('in')
          if (data.startsWith('44/caller')) resolve(/"code":"([a-z-]+)"/.exec(data)?.[1] ?? data)
        })
        socket.addEventListener('close', () => resolve('closed'))
      }),
    JSON.stringify(auth),
  )

/** Signs a connection with that token by the key that this browser has; its own, whatever the token says. */
const signedHere = (page: Page, token: unknown): Promise<Auth> =>
  page.evaluate(async (text) => {
    const post = async (path: string) => (await fetch(`/api/v1/kiosk${path}`, { method: 'POST' })).json()
    const { nonce } = (await post('/challenge')) as { nonce: string }
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const bytes = new TextEncoder().encode(`skranke kiosk connect\n${nonce}\n${text}`)
    const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes)
    const base64 = btoa(String.fromCharCode(...new Uint8Array(signed)))
    const signature = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    return { protocolVersion: 2, token: text, nonce, signature }
  }, String(token))

/** What the browser says to each way of getting the private key out of it. */
const exportsOfKey = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('skranke-kiosk')
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const kept = opening.result.transaction('keys').objectStore('keys').get('current')
    await new Promise((resolve) => kept.addEventListener('success', resolve))
    opening.result.close()
    const { pair } = kept.result as { pair: CryptoKeyPair }
    const ways = ['jwk', 'pkcs8'] as const
    const said = ways.map((way) =>
      crypto.subtle.exportKey(way, pair.privateKey).then(
        () => 'given',
        (error: Error) => error.name,
      ),
    )
    return [`extractable: ${pair.privateKey.extractable}`, ...(await Promise.all(said))]
  })

/** A supervisor who has the card of the screens open. */
async function supervisorPage(page: Page, system: TestSystem): Promise<void> {
  await page.goto(`${system.url}/agent/supervisor.html`)
  await signIn(page, { username: 'lone', password: system.access.accounts[0]?.password ?? '' })
  await press(page, 'Sæt en skærm op eller spær den')
  await page.waitForSelector('form[aria-label="Sæt skærme op"] select')
}

async function enter(page: Page, code: string): Promise<void> {
  await page.select('form[aria-label="Sæt skærme op"] select', ENROLLED)
  await page.locator('.keys-code').fill(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`)
  await press(page, 'Sæt op')
}

/** The two doors that a key which can be copied does not open here. */
async function copiedKeysAreNone(t: Test, system: TestSystem): Promise<void> {
  const { kioskId, deviceKey } = system.access.kiosks[0] ?? {}
  const auth = { protocolVersion: 2, kioskId, deviceKey }
  const socket = io(`${system.url}/caller`, { transports: ['websocket'], reconnection: false, auth })
  t.teardown(() => socket.disconnect())
  const code = await new Promise((resolve) => {
    socket.on('connect', () => resolve('in'))
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => resolve(error.data?.code))
  })
  t.equal(code, 'not-signed-in', 'a key in the address is none here')
}

t.test('a screen is enrolled, calls, is copied in vain, and is sent away', async (t) => {
  const system = await TestSystem.start(t, { serverEnv: { SKRANKE_SERVER_DEVICE_KEYS: 'false' } })
  await copiedKeysAreNone(t, system)
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  const supervisor = await openPage(browser, { width: 1280, height: 720 })
  const said = await overhear(kiosk)

  await Promise.all([kiosk.goto(`${system.url}/kiosk/`), supervisorPage(supervisor, system)])
  const code = await codeOn(kiosk)
  t.match(code, /^[2-9A-HJKMNP-TV-Z]{8}$/)
  await shoot(kiosk, 'enrol')
  await enter(supervisor, code)
  await untilButton(kiosk, 'Ring efter hjælp')
  t.equal(new URL(kiosk.url()).pathname + new URL(kiosk.url()).hash, '/kiosk/')
  await shoot(supervisor, 'enrolled')
  t.same(await exportsOfKey(kiosk), ['extractable: false', 'InvalidAccessError', 'InvalidAccessError'])

  await kiosk.reload()
  await press(kiosk, 'Ring efter hjælp')
  await eventually('the call', async () => (await system.db.selectFrom('journal').selectAll().execute()).length > 0)
  const [door] = said.toReversed()
  t.match(door, { token: String, nonce: String, signature: String })
  t.equal(door?.['deviceKey'], null)

  const elsewhere = await openPage(browser, { width: 800, height: 600 })
  await elsewhere.goto(`${system.url}/agent/`)
  t.equal(await knockFrom(elsewhere, door ?? {}), 'not-signed-in', 'all that the kiosk said, said again')
  t.equal(await knockFrom(elsewhere, await signedHere(elsewhere, door?.['token'])), 'not-signed-in', 'its token')
  t.equal(await knockFrom(elsewhere, { protocolVersion: 2, token: door?.['token'] }), 'not-signed-in')
  await kiosk.waitForFunction(() => document.body.innerText.includes('i køen'))

  const before = performance.now()
  const gone = kiosk.waitForNavigation()
  await press(supervisor, 'Spær skærmen')
  await press(supervisor, 'Ja, spær den')
  await gone
  t.comment(`${Math.round(performance.now() - before)} ms from two presses to the page of the code`)
  const next = await codeOn(kiosk)
  t.not(next, code)
  const acts = await system.db.selectFrom('kiosk_key_acts').selectAll().orderBy('act_id').execute()
  t.match(acts, [
    { act: 'enrolled', kiosk_id: ENROLLED, agent_id: 'lone' },
    { act: 'revoked', kiosk_id: ENROLLED, agent_id: 'lone' },
  ])
  await enter(supervisor, code)
  await supervisor.waitForFunction(() => document.body.innerText.includes('Ingen skærm viser den kode'))
  await enter(supervisor, next)
  // The place in line is the kiosk's, and whoever stands there is asked whether it is theirs.
  await untilButton(kiosk, 'Ja, fortsæt')
})
