/** Every state of looking things up, in both languages and both lights: nothing that axe knows to be wrong, nothing cut off. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import type { ErrorCode } from '#server/contract/errors.ts'
import { openBrowser, Screen } from './browser.ts'
import { niels, sara } from './people.ts'
import { remark } from './scripted-knowledge.ts'
import { ScriptedServer, wrapUp } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const looks = [
  { name: 'Danish, light, desk size', isDark: false, width: 1280, height: 720 },
  { name: 'English, dark, narrow', isDark: true, width: 320, height: 640, speaks: 'en' },
] as const

const speakEnglish = (): void => localStorage.setItem('skranke.language', 'en')
const shotsDir = process.env['SKRANKE_TEST_SHOTS']

async function check(t: Test, screen: Screen, name: string, selector: string): Promise<void> {
  await screen.page.waitForSelector(selector)
  if (shotsDir !== undefined) {
    mkdirSync(shotsDir, { recursive: true })
    const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${screen.page.viewport()?.width}.png`
    await screen.page.screenshot({ path: resolve(shotsDir, file) as `${string}.png`, fullPage: true })
  }
  t.same(await screen.violations(), [], `${name}: axe finds nothing`)
  const overflowPx = await screen.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  t.equal(overflowPx, 0, `${name}: nothing is wider than the window`)
  t.notMatch(await screen.text(), /\b(knowledge|remarks|shortcuts|error)\.[a-z]/i, `${name}: no bare ids`)
}

for (const look of looks) {
  const { isDark, width, height } = look
  const options = { isDark, width, height, ...('speaks' in look ? { before: speakEnglish } : {}) }

  t.test(`looking things up: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const { knowledge } = server
    server.view = { ...server.view, availability: 'available', awayReason: null }
    knowledge.remarks = [remark(), remark({ remarkId: remark().articleId as never, done: { at: 1, byName: 'Lone' } })]
    let answer: (code: ErrorCode | null) => void = () => undefined
    const keepWaiting = () => {
      knowledge.code = new Promise((resolve) => (answer = resolve))
    }
    keepWaiting()
    const screen = await Screen.open(browser, server.url, { ...options, cookie: server.cookieOf(sara) })
    const { page } = screen
    const type = (words: string) => page.locator('#knowledge-search').fill(words)
    try {
      await check(t, screen, 'suggestions under way', '.knowledge-results[aria-busy=true]')
      knowledge.code = null
      answer(null)
      await check(t, screen, 'suggested between calls, with remarks', '.remarks-list')
      server.converse()
      await page.waitForSelector('#side-tab-knowledge')
      await page.click('#side-tab-knowledge')
      await check(t, screen, 'suggested in a call', '.side-panel .knowledge-hit')
      await type('pas')
      await check(t, screen, 'found', '.knowledge-hit mark')
      await type('zebra')
      await check(t, screen, 'nothing found', '.knowledge-results:not(:has(.knowledge-hit))')
      await type('pas')
      await page.waitForSelector('.knowledge-hit mark')
      keepWaiting()
      await page.click('.knowledge-hit')
      await check(t, screen, 'an article under way', '.article[aria-busy=true]')
      answer('not-ready')
      await check(t, screen, 'an article that does not come', '.article .fault')
      knowledge.code = null
      await page.click('.article .fault button')
      await check(t, screen, 'an article', '.article-text li')
      await page.click('.article-wrong summary')
      await check(t, screen, 'saying that it is wrong', '.article-wrong textarea')
      knowledge.code = 'too-many-requests'
      await page.type('.article-wrong textarea', 'Prisen er en anden')
      await page.click('.article-wrong form button')
      await check(t, screen, 'what was said is not kept', '.article-wrong .fault')
      await page.click('.article-back')
      await type('flyt')
      await check(t, screen, 'a search that fails', '.knowledge-results .fault')
      server.doorCode = 'not-ready'
      server.dropConnections()
      await check(t, screen, 'a search, the server away', '.notice')
      knowledge.code = null
      server.doorCode = null
      await page.waitForSelector('.knowledge-results:not(:has(.fault)) .knowledge-hit')
      t.pass('it asks again by itself')
      server.show({ work: wrapUp(server.now(), 60_000) })
      await check(t, screen, 'beside what is written after a call', '.wrap-up-sheet ~ .knowledge-card .knowledge-hit')
      await page.click('.knowledge-hit')
      await check(t, screen, 'an article after a call', '.article-text')
      t.notMatch(await screen.text(), /Vis for borgeren|Show to the citizen/, 'there is nobody to show it to')
      t.same(screen.complaints, [])
    } finally {
      await screen.close()
      await server.stop()
    }
  })

  t.test(`what was said, for supervisors: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const { knowledge } = server
    const cookie = server.cookieOf(niels)
    const screen = await Screen.open(browser, server.url, { ...options, cookie, path: '/agent/supervisor.html' })
    try {
      await check(t, screen, 'no remarks', '.remarks-card > p.quiet')
      knowledge.remarks = [remark()]
      await screen.page.click('.remarks-head button')
      await screen.page.waitForSelector('.remarks-list button')
      knowledge.code = 'not-ready'
      await screen.page.click('.remarks-list button')
      await check(t, screen, 'a remark that could not be done with', '.remarks-card .fault')
      knowledge.code = null
      await screen.page.click('.remarks-list button')
      await check(t, screen, 'a remark that is done with', '.remarks-list li > p')
      t.same(screen.complaints, [])
    } finally {
      await screen.close()
      await server.stop()
    }
  })
}
