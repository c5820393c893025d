import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, received, says, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { eventually, TestSystem } from './harness.ts'

/** Where pictures of each page go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']
/** Calls of the first-frame run: so many show that none is left without a picture; the times are reported, not judged. */
const CALLS = 6

async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  await page.screenshot({ path: join(shotsDir, `${name}.png`) as `${string}.png` })
}

async function moves(page: Page, who: string): Promise<void> {
  const before = await received(page)
  await eventually(`picture and sound at the ${who}`, async () => {
    const now = await received(page)
    return now.framesDecoded > before.framesDecoded + 20 && now.audioEnergy > before.audioEnergy
  })
}

t.test(
  'a real call: a moving picture, sound, a server killed in the middle, a reload, and another window',
  async (t) => {
    const system = await TestSystem.start(t)
    const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
    t.teardown(() => browser.close())
    const kiosk = await openPage(browser, { width: 1080, height: 1920 })
    const agent = await openPage(browser, { width: 1280, height: 720 })
    const supervisor = await openPage(browser, { width: 1280, height: 720 })
    const account = (username: string) => ({ username, password: system.access.accounts[0]?.password ?? '' })

    await agent.goto(`${system.url}/agent/`)
    await shoot(agent, 'agent-sign-in')
    await signIn(agent, account('amal'))
    await press(agent, 'Alt er i orden – jeg er klar')
    await supervisor.goto(`${system.url}/agent/supervisor.html`)
    await signIn(supervisor, account('lone'))
    await says(supervisor, 'Amal Hassan')

    await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
    await untilButton(kiosk, 'Ring efter hjælp')
    await shoot(kiosk, 'kiosk-idle')
    await press(kiosk, 'Ring efter hjælp')
    await untilButton(agent, 'Svar')
    await shoot(kiosk, 'kiosk-waiting')
    await shoot(agent, 'agent-offer')
    await press(agent, 'Svar')

    await Promise.all([moves(kiosk, 'kiosk'), moves(agent, 'agent')])
    await shoot(kiosk, 'kiosk-call')
    await shoot(agent, 'agent-call')
    await says(supervisor, 'Borgerservice Mini, Hovedbanegården')
    await shoot(supervisor, 'supervisor')

    await system.killServer()
    await Promise.all([moves(kiosk, 'kiosk without a server'), moves(agent, 'agent without a server')])
    await system.startServer()
    await Promise.all([moves(kiosk, 'kiosk'), moves(agent, 'agent')])

    agent.on('dialog', (dialog) => void dialog.accept())
    await agent.reload()
    await Promise.all([moves(kiosk, 'kiosk after a reload'), moves(agent, 'page that was loaded anew')])
    const elsewhere = await openPage(browser, { width: 1280, height: 720 })
    await elsewhere.goto(`${system.url}/agent/`)
    await signIn(elsewhere, account('amal'))
    await untilButton(elsewhere, 'Tag over her')
    await moves(agent, 'first window, as long as nobody has said so')
    await press(elsewhere, 'Tag over her')
    await Promise.all([moves(kiosk, 'kiosk after the change'), moves(elsewhere, 'second window')])
    await says(agent, 'Du er i gang i et andet vindue')
    t.equal(await agent.evaluate(() => document.querySelectorAll('video').length), 0, 'the first window films nobody')

    await press(kiosk, 'Læg på')
    await press(elsewhere, 'Færdig – klar til næste')
    await shoot(kiosk, 'kiosk-goodbye')
    const calls = await eventually('the record', async () => {
      const rows = await system.db.selectFrom('calls').selectAll().execute()
      return rows[0]?.outcome == null ? undefined : rows
    })
    t.equal(calls.length, 1)
    t.match(calls, [{ outcome: 'answered', end_reason: 'caller-hung-up', agent_id: 'amal', queue_id: 'citizen.da' }])
    const [, ...others] = await eventually('the handling time', async () => {
      const rows = await system.db.selectFrom('handlings').selectAll().execute()
      return rows[0]?.wrapped_up_at == null ? undefined : rows
    })
    t.equal(others.length, 0, 'one handling, whatever became of the windows')
    await supervisor.goto(`${system.url}/agent/figures.html`)
    await says(supervisor, 'I alt pr. kø', 'Borgerservice', '100\u00a0%')
    await shoot(supervisor, 'figures')
  },
)

t.test(`accept → first picture on both sides, ${CALLS} calls in a row`, async (t) => {
  const system = await TestSystem.start(t)
  const report = await system.loadtest('first-frame', '--calls', String(CALLS))
  t.match(report, { scenario: 'first-frame', isPassed: true, calls: CALLS })
  t.comment(JSON.stringify(report))
})
