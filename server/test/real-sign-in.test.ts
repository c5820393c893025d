/** Signing in as people do: real pages, the real server, a real provider of the city; and what a wall says that is closed under them. */
import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer'
import t, { type Test } from 'tap'
import { bringAxe, violationsOf } from '#loadtest/browser/axe.ts'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { pressNamed } from '#loadtest/browser/named.ts'
import { openPage, says } from '#loadtest/browser/people-pages.ts'
import { CLIENT, openCity, type There } from './city-provider.ts'
import { TestSystem } from './harness.ts'

const CITY = 'Log ind med kommunens login'
const WALL_CLOSED_MS_MAX = 1_000
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

const bo: There = { sub: 'c-17', preferred_username: 'bo', name: 'Bo Lindholm', groups: ['kk-agents'] }
const guest: There = { sub: 'c-18', preferred_username: 'gorm', name: 'Gorm Uden Rolle', groups: ['kk-all'] }

type Started = { system: TestSystem; browser: Browser; cityUrl: string; password: string }

/** One system and one browser for the file: supervisors need a code, and agents come by the city too. */
async function start(t: Test): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-sign-in-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  let cityUrl = ''
  // Both take a while, side by side.
  const launching = launchChromium({ areSideBySide: true, cameraFps: 5 })
  t.teardown(async () => (await launching).close())
  const system = await TestSystem.start(t, {
    serverEnv: async (url) => {
      cityUrl = (await openCity(t, url, [bo, guest])).url
      const file = join(folder, 'city.yaml')
      const { clientId } = CLIENT
      writeFileSync(
        file,
        JSON.stringify({ issuer: cityUrl, clientId, ownOrigin: url, roles: { agent: ['kk-agents'] } }),
      )
      return {
        SKRANKE_SERVER_CITY_SIGN_IN_FILE: file,
        SKRANKE_SERVER_CITY_SIGN_IN_SECRET: CLIENT.clientSecret,
        SKRANKE_SERVER_SECOND_FACTOR_ROLES: 'supervisor',
        // Chromium takes them from the loopback without TLS too, as from a city with it.
        SKRANKE_SERVER_SECURE_COOKIES: 'true',
      }
    },
  })
  const browser = await launching
  return { system, browser, cityUrl, password: system.access.accounts[0]?.password ?? '' }
}

async function openAt({ browser, system }: Started, path: string): Promise<Page> {
  const page = await openPage(browser, { width: 1280, height: 720 })
  await page.goto(`${system.url}/agent/${path}`)
  return page
}

/** What axe says of a state, and a picture of it where somebody asks for one. */
async function judge(t: Test, page: Page, name: string): Promise<void> {
  if (shotsDir !== undefined) {
    mkdirSync(shotsDir, { recursive: true })
    await page.screenshot({ path: resolve(shotsDir, `real-${name.replaceAll(/\W+/g, '-')}.png`) as `${string}.png` })
  }
  await bringAxe(page)
  const found = (await violationsOf(page)).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  t.same(found, [], `${name}: axe finds nothing`)
}

/** RFC 6238 by itself, as an app on a phone has it: the code of so many periods of 30 s after this one, from a secret in base32. */
function codeOfApp(secret: string, periodsAfter = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + periodsAfter))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

const press = (page: Page, name: string): Promise<void> => pressNamed(page, { role: 'button', name })

async function signIn(page: Page, { username, password }: { username: string; password: string }): Promise<void> {
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(password)
  await press(page, 'Log ind')
}

/** Gives a code, once it is asked for and without anybody having to look for its field. Returns what the server says of it. */
async function giveCode(page: Page, code: string, button = 'Log ind'): Promise<string | undefined> {
  await page.waitForSelector('input[name=code]:focus')
  await page.locator('input[name=code]').fill(code)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => /\/(sign-in|second-factor\/on)$/.test(response.url())),
    press(page, button),
  ])
  return answer.ok() ? undefined : ((await answer.json()) as { error: { code: string } }).error.code
}

const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (all) => all.map(({ textContent }) => textContent.replaceAll(' ', '')))

/** The cookies of the page's browser by their names, as it keeps them. */
async function cookiesOf(page: Page) {
  const cookies = await page.browserContext().cookies()
  const kept = cookies.map(({ name, secure, httpOnly, sameSite, path, domain }) => {
    return [name, { secure, httpOnly, sameSite, path, domain }] as const
  })
  return new Map(kept)
}
const OF_THIS_HOST_ALONE = { secure: true, httpOnly: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' }

t.test('signing in', async (t) => {
  const started = await start(t)
  const { system, password, cityUrl } = started
  const lone = await openAt(started, 'supervisor.html')
  let paper: string[] = []

  await t.test('a password, an app set up with the key that is shown, and from then on both', async (t) => {
    await lone.waitForSelector('input[name=username]:focus')
    await judge(t, lone, 'sign-in')
    await signIn(lone, { username: 'lone', password: 'not that one' })
    await says(lone, 'Brugernavn eller adgangskode')
    await signIn(lone, { username: 'lone', password })
    await says(lone, 'Du mangler en app til koder')
    await judge(t, lone, 'set up first')
    await pressNamed(lone, { role: 'link', name: 'Sæt op nu' })
    await lone.locator('.my-sign-in input[name=password]').fill(password)
    await press(lone, 'Sæt app op')
    await lone.waitForSelector('.factor-qr')
    await judge(t, lone, 'the key')
    const [secret = ''] = await textsOf(lone, '.my-sign-in p > code')
    t.equal(await giveCode(lone, '000000', 'Slå til'), 'wrong-code')
    await says(lone, 'Koden er forkert, for gammel eller brugt før.')
    const used = codeOfApp(secret)
    t.equal(await giveCode(lone, used, 'Slå til'), undefined)
    await says(lone, 'Skriv disse koder ned')
    await judge(t, lone, 'paper')
    paper = await textsOf(lone, '.factor-paper code')
    await press(lone, 'Jeg har skrevet dem ned')
    await pressNamed(lone, { role: 'link', name: 'Til min side' })
    await lone.waitForSelector('.board-main')
    const cookies = await cookiesOf(lone)
    t.same(cookies.get('__Host-skranke-sign-in'), OF_THIS_HOST_ALONE)
    t.same(cookies.get('__Host-skranke-known'), OF_THIS_HOST_ALONE)
    t.equal(await lone.evaluate(() => document.cookie), '', 'no page can read them')

    await press(lone, 'Log ud')
    await says(lone, 'Du er logget ud.')
    t.notOk((await cookiesOf(lone)).has('__Host-skranke-sign-in'))
    await signIn(lone, { username: 'lone', password })
    await says(lone, 'Skriv koden fra din app.')
    for (const wrong of ['000000', used]) {
      t.equal(await giveCode(lone, wrong), 'wrong-code')
      await says(lone, 'Koden er forkert, for gammel eller brugt før. Vent på den næste, og prøv igen.')
    }
    await judge(t, lone, 'a code that was used')
    t.equal(await giveCode(lone, codeOfApp(secret, 1)), undefined)
    await lone.waitForSelector('.board-main')
  })

  await t.test('made an agent, with the wall open: it is closed within 1 s, and says why and what to do', async (t) => {
    await lone.goto(`${system.url}/agent/supervisor.html?wall`)
    await lone.waitForSelector('.wall')
    await lone.evaluate(() => {
      const look = new MutationObserver(() => {
        if (document.querySelector('.wall') !== null) return
        Object.assign(globalThis, { closedAt: Date.now() })
        look.disconnect()
      })
      look.observe(document, { subtree: true, childList: true })
    })
    const inge = await openAt(started, 'admin.html#people/lone')
    await signIn(inge, { username: 'inge', password })
    await inge.locator('select[name=role]').fill('agent')
    const change = inge.waitForResponse((response) => response.url().endsWith('/admin/city/change'))
    await press(inge, 'Gem')
    t.equal((await change).status(), 200)
    const acknowledgedAt = Date.now()
    await says(lone, 'Du er logget ud, fordi din rolle er ændret. Log ind igen')
    const closedAt = Number(await lone.evaluate(() => Reflect.get(globalThis, 'closedAt')))
    t.comment(`closed ${closedAt - acknowledgedAt} ms after the change was acknowledged`)
    t.ok(closedAt - acknowledgedAt <= WALL_CLOSED_MS_MAX)
    t.equal(await lone.$('.wall'), null)
    t.equal(await lone.evaluate(async () => (await fetch('/api/v1/session')).status), 401)
    await says(lone, 'Storskærmen kommer tilbage, når en vagtleder logger ind her.')
    await judge(t, lone, 'the wall is closed')
    await inge.close()

    await signIn(lone, { username: 'lone', password })
    t.equal(await giveCode(lone, paper[0] ?? ''), undefined)
    await says(lone, 'Denne side er til vagtledere')
    await judge(t, lone, 'not a supervisor any more')
    await pressNamed(lone, { role: 'link', name: 'Gå til mine opkald' })
    await lone.waitForSelector('.desk')
    await lone.close()
  })

  await t.test('by the city: there and back to the desk, and out when they are out there', async (t) => {
    const desk = await openAt(started, '')
    await pressNamed(desk, { role: 'link', name: CITY })
    await press(desk, 'Bo Lindholm')
    await desk.waitForSelector('.desk')
    t.equal(desk.url(), `${system.url}/agent/`)
    t.same((await cookiesOf(desk)).get('__Host-skranke-sign-in'), OF_THIS_HOST_ALONE)
    t.equal(await desk.evaluate(async () => (await (await fetch('/api/v1/session')).json()).agentId), 'bo')
    await desk.locator('.menu-button').click()
    await press(desk, 'Log ud')
    await says(desk, 'Du er logget ud.')
    await judge(t, desk, 'out, with the way of the city')

    await pressNamed(desk, { role: 'link', name: CITY })
    await desk.waitForSelector('.desk')
    const city = await desk.browserContext().newPage()
    await city.goto(`${cityUrl}/session/end`)
    await Promise.all([city.waitForNavigation(), city.locator('button[name=logout]').click()])
    // What lies behind is not drawn, and not looked at.
    await city.close()
    await desk.bringToFront()
    await says(desk, 'Du er logget ud, fordi du er logget ud af kommunens login.')
    await judge(t, desk, 'out at the city')

    await pressNamed(desk, { role: 'link', name: CITY })
    await press(desk, 'Gorm Uden Rolle')
    await says(desk, 'Kommunens login kender dig, men du har ingen rolle her.')
    await judge(t, desk, 'no role at the city')
  })
})
