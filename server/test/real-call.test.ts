import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t from 'tap'
import { openBrowser, openPage, press, received } from './browser.ts'
import { eventually, TestSystem } from './harness.ts'

/** Where pictures of each page go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  await page.screenshot({ path: join(shotsDir, `${name}.png`) as `${string}.png` })
}

async function signIn(page: Page, username: string, system: TestSystem): Promise<void> {
  await page.locator('::-p-aria([name="Brugernavn"][role="textbox"])').setTimeout(20_000).fill(username)
  await page.locator('input[type=password]').fill(system.access.accounts[0]?.password ?? '')
  await shoot(page, 'agent-sign-in')
  await press(page, 'Log ind')
}

async function moves(page: Page, who: string): Promise<void> {
  const before = await received(page)
  await eventually(`picture and sound at the ${who}`, async () => {
    const now = await received(page)
    return now.framesDecoded > before.framesDecoded + 20 && now.audioEnergy > before.audioEnergy
  })
}

t.test('a real call: two browsers, a moving picture, sound, and a server killed in the middle', async (t) => {
  const system = await TestSystem.start(t)
  const browser = await openBrowser(t)
  const kiosk = await openPage(browser, 1080, 1920)
  const agent = await openPage(browser, 1280, 720)

  await agent.goto(`${system.url}/agent/`)
  await signIn(agent, 'amal', system)
  await press(agent, 'Alt er i orden – jeg er klar')

  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
  await kiosk.locator('::-p-aria([name="Ring efter hjælp"][role="button"])').setTimeout(20_000).wait()
  await shoot(kiosk, 'kiosk-idle')
  await press(kiosk, 'Ring efter hjælp')
  await agent.locator('::-p-aria([name="Svar"][role="button"])').setTimeout(20_000).wait()
  await shoot(kiosk, 'kiosk-waiting')
  await shoot(agent, 'agent-offer')
  await press(agent, 'Svar')

  await Promise.all([moves(kiosk, 'kiosk'), moves(agent, 'agent')])
  await shoot(kiosk, 'kiosk-call')
  await shoot(agent, 'agent-call')

  await system.killServer()
  await Promise.all([moves(kiosk, 'kiosk without a server'), moves(agent, 'agent without a server')])
  await system.startServer()
  await eventually('the agent to be back', async () => (await fetch(`${system.url}/health/ready`)).ok)
  await Promise.all([moves(kiosk, 'kiosk'), moves(agent, 'agent')])

  await press(kiosk, 'Læg på')
  await press(agent, 'Færdig – klar til næste')
  await shoot(kiosk, 'kiosk-goodbye')
  const calls = await eventually('the record', async () => {
    const rows = await system.db.selectFrom('calls').selectAll().execute()
    return rows[0]?.outcome == null ? undefined : rows
  })
  t.equal(calls.length, 1)
  t.match(calls, [{ outcome: 'answered', end_reason: 'caller-hung-up', agent_id: 'amal', queue_id: 'citizen.da' }])
  const handling = await system.db.selectFrom('handlings').selectAll().executeTakeFirst()
  t.ok(handling?.wrapped_up_at, 'handling time is kept')
})
