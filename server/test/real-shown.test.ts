/** What an agent shows, with real pages and real media: from the desk to the glass and back, through the loss of the server. */
import t from 'tap'
import { launchChromium } from '#loadtest/browser/chromium.ts'
import { openPage, press, received, signIn, untilButton } from '#loadtest/browser/people-pages.ts'
import { eventually, TestSystem } from './harness.ts'

t.test('a guide is shown beside the moving picture, pointed at, shown again and closed', async (t) => {
  const system = await TestSystem.start(t, { grace: '3 min' })
  const browser = await launchChromium({ areSideBySide: true, cameraFps: 10 })
  t.teardown(() => browser.close())
  const kiosk = await openPage(browser, { width: 1080, height: 1920 })
  const agent = await openPage(browser, { width: 1280, height: 720 })
  await agent.goto(`${system.url}/agent/`)
  await signIn(agent, { username: 'amal', password: system.access.accounts[0]?.password ?? '' })
  await press(agent, 'Alt er i orden – jeg er klar')
  await kiosk.goto(`${system.url}${system.access.kiosks[0]?.urlPath}`)
  await untilButton(kiosk, 'Ring efter hjælp')
  await press(kiosk, 'Ring efter hjælp')
  await press(agent, 'Svar')
  const moves = async (what: string) => {
    const { framesDecoded } = await received(kiosk)
    await eventually(what, async () => (await received(kiosk)).framesDecoded > framesDecoded + 10)
  }
  await moves('the picture at the kiosk')

  await agent.locator('::-p-aria([name="Vis"][role="tab"])').click()
  await press(agent, 'Nyt pas Dansk')
  const drawing = '.shown-box img[src="/guides/passport/step-1.svg"]'
  await kiosk.waitForSelector(drawing)
  await kiosk.waitForFunction(
    (of) => (document.querySelector<HTMLImageElement>(of)?.naturalWidth ?? 0) > 0,
    {},
    drawing,
  )
  await moves('the picture beside the guide')
  await press(agent, 'Næste trin')
  await kiosk.waitForFunction(() => document.body.innerText.includes('Trin 2 af 3'))
  await agent.locator('.shown-copy [data-block="1"]').click()
  await kiosk.waitForSelector('.shown-box img.pointed')
  await agent.waitForSelector('.shown-hand')

  await system.killServer()
  await moves('the picture without a server')
  await system.startServer()
  await agent.waitForFunction(() => document.querySelector('.notice-alarm') === null)
  await kiosk.waitForFunction(() => document.querySelector('.shown-box h2')?.textContent === 'Tag det gamle pas med')
  await press(kiosk, 'Luk det viste')
  await agent.waitForFunction(() => document.body.innerText.includes('Borgeren har lukket visningen'))
  t.equal(await kiosk.$('.shown-box'), null)
  await moves('the picture afterwards')

  // What an agent looks up goes the same way, a part of it in one click.
  await agent.locator('::-p-aria([name="Vidensstøtte"][role="tab"])').click()
  await agent.waitForSelector('.knowledge-hit')
  await agent.locator('#knowledge-search').fill('mistet pass')
  await agent.locator('.knowledge-hit[data-article="pas-bortkommet"]:has(mark)').click()
  await press(agent, 'Send til skærmen: Sådan melder man det')
  await kiosk.waitForFunction(() => document.querySelector('.shown-box')?.textContent?.includes('stjålet'))
  const shown = await kiosk.$eval('.shown-box', (box) => box.textContent ?? '')
  t.match(shown, /Mistet pas[^]*Sådan melder man det/)
  t.notMatch(shown, /Og så et nyt/, 'the other parts stay where they are')
  await moves('the picture beside the article')
  await press(kiosk, 'Læg på')
  await untilButton(agent, 'Færdig – klar til næste')

  await t.test(
    'guides are for whoever is signed in, their drawings for every screen, and nothing else is served',
    async (t) => {
      const status = async (path: string, cookie?: string) =>
        (await fetch(`${system.url}${path}`, cookie === undefined ? {} : { headers: { cookie } })).status
      t.equal(await status('/api/v1/guides'), 401)
      t.equal(await status('/api/v1/guides', await system.signIn('amal')), 200)
      t.equal(await status('/guides/passport/step-1.svg'), 200)
      for (const path of ['da.md', 'step-9.svg', '..%2f..%2fpackage.json', ''])
        t.equal(await status(`/guides/passport/${path}`), 404, path)
    },
  )
})
