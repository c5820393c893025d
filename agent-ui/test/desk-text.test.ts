/** The desk's side of real-time text: where it is written, what is kept of it, and for how long. */
import t from 'tap'
import type { Page } from 'puppeteer'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { judge } from './looks.ts'
import { amal, branded, CALL_ID } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)
const summary = 'summary ::-p-text(Skriv med borgeren)'
const isOpen = (page: Page) => page.$eval('.text-pane', (pane) => pane.hasAttribute('open'))
const line = (page: Page) => page.$eval('.text-pane textarea', ({ value }) => value)

deskTest(
  'a line is written, is done with Enter, and nothing is left of it after the call',
  {},
  async (t, { server, screen }) => {
    const { page } = screen
    server.converse()
    await page.locator(summary).click()
    await page.locator('::-p-aria([role="textbox"][name="Du skriver"])').click()
    await page.keyboard.type('Har du dit pas?')
    await screen.says('når frem, så snart forbindelsen er klar')
    t.equal(await line(page), 'Har du dit pas?')
    t.notMatch(await page.$eval('.text-log', (log) => log.textContent), 'pas')
    await page.keyboard.press('Enter')
    await screen.saysLike(/Du\s+Har du dit pas\?/)
    t.equal(await line(page), '', 'the next line begins')
    await page.keyboard.press('Enter')
    t.equal((await page.$$('.text-said')).length, 1, 'an empty line is nothing')
    t.ok(await isOpen(page), 'it stays open while one writes')
    t.same(await screen.violations(), [])
    await page.keyboard.type('ikke sendt')
    await screen.press('Læg på')
    await page.waitForFunction(() => document.querySelector('.text-pane') === null)
    t.notMatch(await page.evaluate(() => document.documentElement.outerHTML), /dit pas|ikke sendt/)
    server.converse({ mode: 'text' })
    await page.waitForSelector('.text-pane')
    t.ok(await isOpen(page), 'whoever came to write is written to at once')
    t.equal(await line(page), '')
    t.same(await page.$$('.text-said'), [])
  },
)

deskTest('in a call with picture the pane waits to be opened', {}, async (t, { server, screen }) => {
  server.converse()
  await screen.page.waitForSelector('.text-pane')
  t.notOk(await isOpen(screen.page))
})

deskTest('captions go letter by letter, and begin anew where a line is full', {}, async (t, { server, screen }) => {
  const { page } = screen
  const said = () =>
    server.asked.flatMap(({ name, body }) =>
      name === 'caption.write' ? [body as { readonly text: string; readonly isDone: boolean }] : [],
    )
  server.converse()
  await page.locator('summary ::-p-text(Undertekster)').click()
  await page.locator('.captions-pane input').click()
  await page.keyboard.type('Du skal bruge et billede, og dit gamle pas, og en tid, som du kan bestille på borger.dk')
  await page.keyboard.press('Enter')
  await screen.says('Sidst: borger.dk')
  const done = said().filter(({ isDone }) => isDone)
  t.same(
    done.map(({ text }) => text),
    ['Du skal bruge et billede, og dit gamle pas, og en tid, som du kan bestille på', 'borger.dk'],
  )
  t.ok(said().length > done.length, 'they are read while they are typed')
  t.same(await screen.violations(), [])
  t.notMatch(await page.$eval('.text-log', (log) => log.textContent), 'billede', 'what is written together is apart')
  server.converse({ hold: { since: server.now(), endsAt: server.now() + 60_000, byName: 'Sara Holm' } })
  await page.waitForSelector('.captions-pane input:disabled')
})

deskTest(
  'captions of a colleague stand over the picture, and are gone with the call',
  {},
  async (t, { server, screen }) => {
    const said = (text: string, isDone: boolean) =>
      server.shown.caption(branded({ callId: CALL_ID, byFirstName: 'Amal', text, isDone }))
    const begin = async () => {
      server.converse({ others: [amal] })
      await screen.page.waitForSelector('.side-panel')
    }
    await begin()
    said('Du skal', false)
    await screen.says('Amal: Du skal')
    said('Du skal bruge et pas', true)
    said('og en tid', false)
    await screen.says('Amal: og en tid')
    await screen.says('Amal: Du skal bruge et pas')
    await judge(t, screen, 'captions of a colleague', '.stage .captions-read', 'captions|call')
    await screen.press('Forlad samtalen')
    await screen.heading('Efterbehandling')
    await begin()
    t.equal(await screen.page.$('.captions-read'), null)
  },
)
