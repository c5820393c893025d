/** Looking something up during a call with the keyboard alone: searched, read, sent to the screen, copied, said to be wrong. */
import t from 'tap'
import type { Body } from '#sfu/contract/wire.ts'
import type { CallId, MatterId } from '#server/contract/ids.ts'
import type { agentRequests } from '#server/contract/agent-socket.ts'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { branded, call, niels } from './people.ts'
import { remark } from './scripted-knowledge.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)

deskTest('a call brings its suggestions, and the keyboard does the rest', {}, async (t, { server, screen }) => {
  const { knowledge } = server
  const { page } = screen
  const { keyboard } = page
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  await screen.says('Forslag')
  t.ok(knowledge.asked.includes('/suggestions?'), 'between calls nothing is known of a subject')
  server.converse()
  await screen.find('tab', 'Vidensstøtte')
  await screen.chord('W')
  await page.waitForSelector('#knowledge-search:focus')
  t.ok(knowledge.asked.includes('/suggestions?serviceId=citizen&matterId=passport&language=da'))
  await page.waitForSelector('.knowledge-hit')

  await keyboard.type('pas')
  await page.waitForSelector('.knowledge-hit mark')
  t.ok(knowledge.asked.includes('?q=pas&language=da'))
  t.notOk(knowledge.asked.includes('?q=p&language=da'), 'not with every letter')
  t.equal(await page.$eval('.knowledge-hit mark', (mark) => mark.textContent), 'pas')
  await keyboard.press('Tab')
  t.match(await focused(), /^Nyt pas/)
  await keyboard.press('Enter')
  await page.waitForSelector('.article-text li')
  t.match(await focused(), 'Tilbage til listen')
  await screen.says('Efterset 2. nov. 2026')
  await screen.says('Ejer: Amal Hassan')
  t.ok((await screen.text()).includes('<b>spørg</b>'), 'HTML is text like any other')
  const links = await page.$$eval('.article-text a', (all) => all.map((each) => each.getAttribute('href')))
  t.same(links, ['https://www.borger.dk'], 'and only safe addresses are links')

  await keyboard.press('Tab')
  t.equal(await focused(), 'Send til skærmen')
  await keyboard.press('Enter')
  await screen.says('Artiklen står nu på borgerens skærm.')
  const shown = () => server.asked.filter(({ name }) => name === 'shown.show').map(({ body }) => body as Shown)
  t.match(shown()[0]?.shown, {
    kind: 'text',
    title: 'Nyt pas',
    language: 'da',
    body: /^Man møder[^]*## Pas til et barn/,
  })
  await screen.press('Send til skærmen: Pas til et barn')
  await screen.says('«Pas til et barn» står nu på borgerens skærm.')
  t.match(shown()[1]?.shown, { title: 'Nyt pas', body: /^## Pas til et barn\n\nBarnet skal med\.[^#]*$/ })
  server.refusals.set('shown.show', 'wrong-state')
  await screen.press('Send til skærmen')
  await screen.says('Det kom ikke på skærmen. Prøv igen.')

  await screen.press('Kopiér')
  await screen.saysLike(/Artiklen (er kopieret|kunne ikke kopieres)\./)

  await page.focus('.article-wrong summary')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type('Prisen er en anden nu')
  knowledge.code = 'not-ready'
  await screen.press('Sig det til ejeren')
  await page.waitForSelector('.article-wrong .fault')
  knowledge.code = null
  await screen.press('Sig det til ejeren')
  await screen.says('Tak. Amal Hassan får det at vide.')
  t.match(knowledge.said, [{ version: 3, words: 'Prisen er en anden nu' }])

  await page.focus('.article-back')
  await keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-article') === 'pas-nyt')
  t.pass('back in the list the keyboard is where it was')

  const next = {
    callId: branded<CallId>('0b8f3c1e-6a55-4a52-8d3e-2f5b8f2d9c11'),
    matterId: branded<MatterId>('moving'),
    language: 'en',
  } as const
  server.show({ work: { kind: 'in-call', since: server.now(), call: call(server.now(), next) } })
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#knowledge-search')?.value === '')
  await screen.says('Forslag')
  t.ok(
    knowledge.asked.includes('/suggestions?serviceId=citizen&matterId=moving&language=en'),
    'the next call begins anew',
  )
})

type Shown = Body<typeof agentRequests, 'shown.show'>

deskTest('an answer that comes late is nobody’s any more', {}, async (t, { server, screen }) => {
  const { knowledge } = server
  await page(screen).waitForSelector('.knowledge-hit')
  let answer: (code: null) => void = () => undefined
  knowledge.code = new Promise((resolve) => (answer = resolve))
  const box = page(screen).locator('#knowledge-search')
  await box.fill('flytning')
  await page(screen).waitForSelector('.knowledge-results[aria-busy=true]')
  knowledge.code = null
  await box.fill('passport')
  await page(screen).waitForSelector('.knowledge-results[aria-busy=false] .knowledge-hit mark')
  answer(null)
  await page(screen).waitForNetworkIdle({ idleTime: 100 })
  t.same(await page(screen).$$eval('.knowledge-hit', (all) => all.map((hit) => hit.getAttribute('data-article'))), [
    'passport.en',
  ])
})

deskTest('an owner sees what was said, and is done with it', { start: 'check' }, async (_t, { server, screen }) => {
  server.knowledge.remarks = [remark({ ownerName: server.view.name })]
  server.show({ availability: 'available', awayReason: null })
  await screen.heading('Det passer ikke i artiklerne')
  await screen.says('Prisen er en anden nu')
  await screen.press('Ordnet (Nyt pas)')
  await screen.says(`Ordnet af ${niels.name}`)
})

const page = ({ page: of }: { page: import('puppeteer').Page }) => of
