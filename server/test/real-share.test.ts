/** A window of the agent's screen at the citizen's, with real media: seen to move, pointed at, and ended by each who may. */
import type { Page } from 'puppeteer'
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, says, signIn, type Watched, untilButton } from '#loadtest/browser/people-pages.ts'
import { eventually, TestSystem } from './harness.ts'

const WINDOW = 'Amal deler et vindue med dig'
/** Fewer pictures a second are no moving window. Of twelve the SFU passes on six where it is short of room, and a busy machine draws fewer. */
const FRAMES_PER_SECOND_MIN = 3
const SHARE = 'Del et vindue'
const STOP = 'Stop deling'

/** How many pictures were drawn in a place whose label has these words, within the last second of what the page knows. */
const drawnLately = (page: Page, words: string): Promise<number> =>
  page.evaluate((words) => {
    const { drawn } = (globalThis as unknown as { watched: Watched }).watched
    const since = performance.timeOrigin + performance.now() - 1_000
    return drawn.filter(({ label, at }) => label.includes(words) && at > since).length
  }, words)

async function moves(page: Page, words: string): Promise<void> {
  let count = 0
  await eventually(
    () => `${words} to move at the kiosk, of which ${count} pictures came within the last second`,
    async () => (count = await drawnLately(page, words)) >= FRAMES_PER_SECOND_MIN,
  )
}
const isGone = (page: Page, selector: string) =>
  page.waitForFunction((selector) => document.querySelector(selector) === null, {}, selector)

t.test('a window is shared', async (t) => {
  const system = await TestSystem.start(t)
  const browser = await launchChromium({ areSideBySide: true, isWindowMadeUp: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  const agent = await openPage(browser, { width: 1280, height: 720 })
  const page = await agent.goto(`${system.url}/agent/`)
  // A page that would leave a call asks first.
  agent.on('dialog', (dialog) => void dialog.accept())
  const screenOf = (policy: string | null | undefined) => /display-capture=(\S+)/.exec(policy ?? '')?.[1]
  t.equal(screenOf(page?.headers()['permissions-policy']), '(self)')
  for (const path of ['/kiosk/', '/agent/supervisor.html', '/health/ready'])
    t.equal(screenOf((await fetch(system.url + path)).headers.get('permissions-policy')), '()', path)
  await signIn(agent, { username: 'amal', password: system.access.accounts[0]?.password ?? '' })
  await press(agent, 'Alt er i orden – jeg er klar')
  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
  await press(kiosk, 'Ring efter hjælp')
  await press(agent, 'Svar')
  await moves(kiosk, 'Amal')
  const openPanel = () => agent.locator('::-p-aria([name="Vis"][role="tab"])').click()
  await openPanel()
  const share = async (): Promise<void> => {
    await press(agent, SHARE)
    await untilButton(agent, STOP)
    await moves(kiosk, WINDOW)
  }

  await t.test('it moves beside the face, and a hand points in shares of it', async (t) => {
    await share()
    await moves(kiosk, 'Billede af')
    const box = await kiosk.$eval('.shown-frame', (frame) => frame.getBoundingClientRect().toJSON() as DOMRect)
    t.ok(box.width > 700, `large: ${Math.round(box.width)} × ${Math.round(box.height)}`)
    t.ok(Math.abs(box.width / box.height - 16 / 9) < 0.02, 'the frame has the shape of the window')
    const [height] = await kiosk.$$eval('.shown-frame video', (all) =>
      all.map((video) => (video as HTMLVideoElement).videoHeight),
    )
    t.comment(`${height} lines`)
    await agent.locator('.shown-copy.window video').click()
    await kiosk.waitForSelector('.shown-frame .hand')
    const hand = await kiosk.$eval('.hand', (hand) => hand.getBoundingClientRect().toJSON() as DOMRect)
    t.ok(Math.abs(hand.x + hand.width / 2 - box.x - box.width / 2) < 12, 'in the middle')
  })

  await t.test('it outlives a kiosk that is loaded anew', async () => {
    await kiosk.reload()
    await press(kiosk, 'Ja, fortsæt')
    await moves(kiosk, WINDOW)
  })

  await t.test('the citizen ends it, and the desk is told', async (t) => {
    await press(kiosk, 'Luk det viste')
    await isGone(kiosk, '.shown-box')
    await says(agent, 'Borgeren har lukket visningen')
    await untilButton(agent, SHARE)
    t.equal(await agent.$('.shown-copy'), null)
    await moves(kiosk, 'Billede af')
  })

  await t.test('a hold ends it, and so does the agent’s page when it goes', async () => {
    await share()
    await press(agent, 'Sæt på vent')
    await isGone(kiosk, '.shown-box')
    await says(agent, 'Delingen stoppede, da borgeren blev sat på vent.')
    await press(agent, 'Tilbage til borgeren')
    await share()
    await agent.reload()
    await isGone(kiosk, '.shown-box')
    await openPanel()
    await says(agent, 'Borgeren ser kun dig')
    await moves(kiosk, 'Billede af')
  })

  await t.test('it ends with the call', async (t) => {
    await share()
    await press(kiosk, 'Læg på')
    await untilButton(agent, 'Færdig – klar til næste')
    const isLetGo = await agent.evaluate(() =>
      [...document.querySelectorAll('video')].every(({ srcObject }) => srcObject === null),
    )
    t.ok(isLetGo, 'nothing is taken any more')
  })
})
