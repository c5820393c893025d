/** The screens of an employee with a citizen beside them, and what the specialist sees of both, in both languages and both lights. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { branded, maja, sara } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const ROOTS = 'page|call|beside|staff|text|idle|away|class|error|status|duration|language|people'
const NOTE =
  'Fru Jensen har mistet sit pas på rejsen og skal flyve på fredag. Hun har billede med, men ingen kvittering.'

const shown = branded<never>({
  kind: 'text',
  shownId: '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a55',
  language: 'da',
  title: 'Husk på fredag',
  body: 'Tag *billede* og pas med på fredag.',
})

for (const look of looks) {
  t.test(`a citizen beside: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    const { beside } = server
    server.view = { ...server.view, availability: 'available', awayReason: null, besideSiteName: beside.view.siteName }
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const { page } = screen
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      await check('beside: the way in', '.beside-card')
      await page.locator('.beside-card button').click()
      await check('beside: nothing said yet', '.beside-form button:disabled')
      beside.show({ line: { ...beside.view.line, isOpen: false, opensAt: branded(server.now() + 50_000_000) } })
      await check('beside: closed, as a citizen is told', '.beside-line')
      beside.show({ line: { ...beside.view.line, isOpen: true, opensAt: null } })
      await page.locator('.beside-choices input').click()
      await page.select('.beside-needs select', 'so')
      await page.locator('.beside-needs label + .beside-choices label:nth-of-type(2) input').click()
      await page.type('#beside-note', NOTE.padEnd(420, '.'))
      await check('beside: all said, with a long note', '.beside-form button[type=submit]:not(:disabled)')
      server.refusals.set('call.start', 'unknown-matter')
      await page.locator('.beside-form button[type=submit]').click()
      await check('beside: refused, and the form stands', '.notice-alarm')
      await page.locator('.beside-form button[type=submit]').click()
      await check('beside: in line', '.beside-waiting .own-picture')
      server.show({ availability: 'away', awayReason: 'with-citizen', besideCallId: beside.call().callId })
      const notices = [
        {
          noticeId: branded<never>('7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a66'),
          labels: { da: 'Længere ventetid i dag.', en: 'Longer waits today.' },
        },
      ]
      beside.show({ notices, call: beside.call({ wait: null, branch: 'interpreter' }) })
      await check('beside: nobody at work can take it', '.beside-line')
      beside.show({ notices: [], call: beside.call({ status: 'waiting', positionMin: 1, positionMax: 1, wait: null }) })
      beside.show({ call: beside.talk() })
      await check('beside: the specialist answers', '.call .cover')
      const others = [{ participantId: 'agent-cecilie', firstName: 'Cecilie', role: 'specialist' }]
      beside.show({ call: beside.talk({ others, stillBy: 'Amal', shown: { shown, byFirstName: 'Amal' } }) })
      await check('beside: a colleague is there, something is shown', '.beside-shown')
      beside.show({ call: beside.talk({ hold: { since: server.now(), byFirstName: 'Amal' } }) })
      await check('beside: on hold', '.call .cover')
      beside.show({ call: beside.talk({ isAgentLost: true }) })
      await check('beside: the specialist is lost', '.call .cover .spinner')
      server.show({ besideCallId: null })
      beside.show({ call: beside.end({ outcome: 'full', endReason: 'queue-full' }) })
      await check('beside: not let in', '.beside-end')
      beside.show({ call: beside.end({ outcome: 'answered', endReason: 'agent-hung-up' }) })
      await check('beside: over, and away still', '.is-away, .is-imposed')
      server.offer(600_000, { staff: { ...maja, isAtOwnDesk: true, note: { words: [], text: NOTE } } })
      await check('beside: as the specialist is asked', '.offer .staff-note')
      server.converse({ staff: { ...maja, isAtOwnDesk: true, note: { words: [], text: NOTE } } })
      await check('beside: as the specialist has it', '.call .staff-note')
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}

t.test('what is asked: once, with all that was said; cancelled, nothing of it is left', async (t) => {
  const server = await ScriptedServer.start()
  server.view = { ...server.view, availability: 'available', awayReason: null, besideSiteName: 'Kvik' }
  const [look] = looks
  const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
  const { page } = screen
  try {
    await page.locator('.beside-card button').click()
    await page.locator('.beside-choices input').click()
    await page.locator('.beside-needs .beside-choices:last-child label:nth-of-type(3) input').click()
    await page.type('#beside-note', '  Med papirer.  ')
    await page.locator('.beside-form button[type=submit]').click()
    await page.waitForSelector('.beside-waiting')
    const beside = { matterId: 'passport', isInterpreterWanted: false, note: 'Med papirer.' }
    const [start] = server.asked.filter(({ name }) => name === 'call.start')
    t.match(start?.body, { language: 'da', mode: 'video', classId: 'unsafe', beside })
    server.show({ availability: 'away', awayReason: 'with-citizen', besideCallId: server.beside.call().callId })
    await page.waitForFunction(() => document.querySelectorAll('.bar .choice button:disabled').length === 4)
    await page.reload()
    await page.waitForSelector('.beside-waiting', {})
    t.equal(server.asked.filter(({ name }) => name === 'call.start').length, 1, 'loaded anew: the same call')
    await page.locator('.beside-line-facts button').click()
    server.show({ besideCallId: null })
    await page.waitForSelector('.beside-card')
    await page.waitForFunction(() => document.activeElement !== document.body)
    await page.locator('.beside-card button').click()
    await page.waitForSelector('#beside-note')
    t.equal(await page.$eval('#beside-note', (note) => (note as HTMLTextAreaElement).value), '')
    t.same(screen.complaints, [])
    t.same(server.bugs, [])
  } finally {
    await screen.close()
    await server.stop()
  }
})
