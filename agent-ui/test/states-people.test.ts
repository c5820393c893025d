/** The screens on which colleagues are asked in, in both languages and both lights. */
import t from 'tap'
import type { AskedInView } from '#server/contract/joins.ts'
import { openBrowser } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { city } from './people-handlers.ts'
import { amal, branded, join, library, sara, whyMe } from './people.ts'
import { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const ROOTS = 'closing|page|call|join|people|askedIn|unmet|side|ring|why|error|status|attribute|level'

const note =
  'Fru Jensen har mistet sit pas på rejsen og skal flyve på fredag.\nHun har billede med, men ingen kvittering. Jeg har forklaret prisen.'

const asked: AskedInView = branded({
  joinId: '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a13',
  byName: 'Amal Yusuf',
  target: library,
  isTransfer: false,
  note,
})

for (const look of looks) {
  t.test(`asking colleagues in: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    server.view = { ...server.view, availability: 'available', awayReason: null }
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      const kind = (value: string) => screen.page.select('.join label:first-of-type select', value)
      await screen.page.waitForSelector('.is-ready')
      server.offer(600_000, { askedIn: asked }, whyMe({ askedInByName: 'Amal Yusuf' }))
      await check('people: asked in with a note', '.offer .hand-over')
      server.converse({ askedIn: asked, others: [amal] })
      await check('people: in the call with a note', '.call .hand-over')
      server.converse()
      await screen.page.locator('#side-tab-people').click()
      await check('people: somebody who knows something', '.join select + select, .join label + label select')
      await kind('interpreter')
      await check('people: an interpreter', '.join option[value=dts]')
      await kind('agent')
      await screen.page.locator('.colleague-choice input').click()
      await screen.page.type('.join textarea', 'x'.repeat(420))
      await check('people: one by name, with a long note', '.colleague-choice input:checked')
      await screen.page.type('.join input[type=search]', 'zzz')
      await screen.page.waitForFunction(() => document.querySelector('.colleague-choice input') === null)
      await check('people: nobody of that name', '.colleague-choice')
      server.people = { ...city, colleaguesCount: 48 }
      const target = branded<AskedInView['target']>({ kind: 'agent', agentId: 'elin', name: 'Elin Mortensen' })
      const unmet = { joinId: asked.joinId, byName: 'Sara Holm', target, isTransfer: false, why: 'declined' } as const
      const waiting = join(server.now(), { note, byName: 'Amal Yusuf', isTransfer: true })
      server.converse({ unmet, joins: [waiting], others: [{ ...amal, askedIn: { ...asked, byName: 'Sara Holm' } }] })
      await check('people: one does not come, one is waited for, one has come', '.unmet')
      server.show({ closesAt: branded(server.now() + 600_000) })
      await check('people: the line closes for maintenance', '.notice.closing')
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}
