/** The screens after a call, in both languages and both lights. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { judge, looks, openLook } from './looks.ts'
import { sara } from './people.ts'
import { ScriptedServer, wrapUp } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const ROOTS = 'page|wrapUp|after|explain|error|status'

for (const look of looks) {
  t.test(`after a call: ${look.name}`, async (t) => {
    const server = await ScriptedServer.start()
    server.view = { ...server.view, availability: 'available', awayReason: null, work: wrapUp(server.now(), 60_000) }
    try {
      const screen = await openLook(browser, server, look, { cookie: server.cookieOf(sara) })
      const check = (name: string, selector: string) => judge(t, screen, name, selector, ROOTS)
      await check('after: nothing written yet', '.wrap-up-form')
      await screen.page.click('.after-outcomes input')
      await screen.page.click('.after-solved input')
      await screen.page.type('#after-note', 'Skal bruge en ny tid. 010190-1234')
      await check('after: a note with what looks like a CPR number', '.after-saved svg')
      server.refusals.set('wrap-up.write', 'internal')
      await screen.page.type('#after-note', '!')
      await check('after: not saved', '.after-saved button')
      server.refusals.set('wrap-up.read', 'internal')
      await screen.page.reload()
      await check('after: fields that do not come', '.wrap-up-form-state button')
      server.wrapUp.outcomes = []
      await screen.page.click('.wrap-up-form-state button')
      await check('after: a service without outcomes', '.wrap-up-form .after-solved')
      t.same(screen.complaints, [])
      t.same(server.bugs, [])
      await screen.close()
    } finally {
      await server.stop()
    }
  })
}
