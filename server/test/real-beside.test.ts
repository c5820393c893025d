/** [R41] Two real browsers: an employee with a citizen beside them, and the specialist they call together. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, received, says, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { eventually, TestSystem } from './harness.ts'

const READY = 'Alt er i orden – jeg er klar'
const TOGETHER = 'Ring til en specialist sammen med en borger'
const NOTE = 'Har papirerne med, men ikke billedet.'

/** Where pictures of each page go, when somebody asks for them. */
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir === undefined) return
  mkdirSync(shotsDir, { recursive: true })
  await page.screenshot({ path: join(shotsDir, `real-${name}.png`) as `${string}.png` })
}

async function moves(page: Page, who: string): Promise<void> {
  const before = await received(page)
  await eventually(`picture and sound at the ${who}`, async () => {
    const now = await received(page)
    return now.framesDecoded > before.framesDecoded + 10 && now.audioEnergy > before.audioEnergy
  })
}

t.test(
  'an employee and a citizen call a specialist: seen and heard both ways, over a reload, to the end',
  async (t) => {
    const system = await TestSystem.start(t)
    const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
    t.teardown(() => browser.close())
    const desk = async (username: string): Promise<Page> => {
      const page = await openPage(browser, { width: 1280, height: 720 })
      await page.goto(`${system.url}/agent/`)
      await signIn(page, { username, password: system.access.accounts[0]?.password ?? '' })
      await press(page, READY)
      return page
    }
    const [kirsten, amal] = await Promise.all([desk('kirsten'), desk('amal')])
    t.equal(await amal.$('.beside-card'), null, 'nobody else is offered to do so')
    await press(kirsten, TOGETHER)
    await kirsten.locator('.beside-choices input').click()
    await kirsten.locator('#beside-note').fill(NOTE)
    await press(kirsten, 'Ring op')
    await untilButton(amal, 'Svar')
    await says(amal, 'Kirsten Dahl, Borgerservice Kvik, Krystalgade, sammen med en borger', NOTE)
    await shoot(amal, 'beside-offer')
    t.equal((await received(amal)).framesDecoded, 0, 'nothing of either while it rings')
    await press(amal, 'Svar')
    await Promise.all([moves(kirsten, 'employee and the citizen'), moves(amal, 'specialist')])
    await says(kirsten, 'I taler med Amal, Hans Nansens Gård', 'Væk: sammen med en borger')
    await Promise.all([shoot(kirsten, 'beside-call'), shoot(amal, 'beside-specialist')])

    await press(kirsten, 'Mikrofon til')
    await says(amal, 'Borgerens mikrofon er slukket')
    await press(kirsten, 'Mikrofon fra')
    await kirsten.reload()
    await says(kirsten, 'I taler med Amal')
    await Promise.all([moves(kirsten, 'employee after a reload'), moves(amal, 'specialist, after it')])
    await press(kirsten, 'Læg på for begge')
    await untilButton(amal, 'Færdig – klar til næste')
    await says(kirsten, 'Du har været i et opkald sammen med en borger')
    const rows = system.db.selectFrom('calls').select(['origin', 'outcome', 'site_id', 'beside_agent_id'])
    await eventually('the call to be kept', async () => (await rows.executeTakeFirst())?.outcome === 'answered')
    const handled = await system.db.selectFrom('handlings').select(['agent_id']).execute()
    t.match(await rows.execute(), [{ origin: 'desk', site_id: 'kvik-indre-by', beside_agent_id: 'kirsten' }])
    t.same(handled, [{ agent_id: 'amal' }], 'the employee handled nothing')
    t.equal(await system.db.selectFrom('ratings').selectAll().executeTakeFirst(), undefined)
  },
)
