/** What is written after a call keeps itself, whatever happens to the page, the connection or the time. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { callbackTimes } from '../model/callback-times.ts'
import { hasCprNumber } from '../model/cpr-number.ts'
import { wrapUp } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)

deskTest('codes, an answer and a note are saved by themselves, and are there after a reload', {}, async (t, desk) => {
  const { server, screen } = desk
  server.converse()
  await screen.press('Læg på')
  await screen.heading('Hvad kom der ud af det?')
  await screen.press('Tid bestilt', 'checkbox')
  await screen.press('Mangler papirer', 'checkbox')
  await screen.press('Tid bestilt', 'checkbox')
  await screen.press('Nej', 'radio')
  await screen.fill('Note', 'Kommer igen med fødselsattest.')
  await screen.says('Gemt')
  t.same(server.wrapUp.form, {
    outcomeCodes: ['papers-missing'],
    isSolvedFirst: false,
    note: 'Kommer igen med fødselsattest.',
  })
  await screen.page.reload()
  await screen.says('Nørrebro Bibliotek')
  const note = await screen.find('textbox', 'Note')
  t.equal(await note.evaluate((element) => (element as HTMLTextAreaElement).value), 'Kommer igen med fødselsattest.')
  await screen.press('Færdig – klar til næste')
  await screen.heading('Du er klar')
})

deskTest('a page that is loaded anew with the server away has lost no word', {}, async (t, { server, screen }) => {
  server.show({ work: wrapUp(server.now(), 60_000) })
  await screen.find('textbox', 'Note')
  server.refusals.set('wrap-up.write', 'internal')
  await screen.fill('Note', 'Ringer fredag')
  await screen.says('Ikke gemt endnu.')
  t.equal(server.wrapUp.form.note, '')
  await screen.page.reload()
  await screen.says('Gemt')
  t.equal(server.wrapUp.form.note, 'Ringer fredag')
})

deskTest('the wrap-up ends by itself while there is no connection', {}, async (t, { server, screen }) => {
  server.show({ work: wrapUp(server.now(), 60_000) })
  await screen.find('textbox', 'Note')
  server.doorCode = 'not-ready'
  server.dropConnections()
  await screen.says('Ingen forbindelse')
  await screen.fill('Note', 'Sidste ord')
  server.view = { ...server.view, work: { kind: 'idle', since: server.now(), restsUntil: null } }
  server.doorCode = null
  await screen.heading('Du er klar')
  const written = async () => server.wrapUp.form.note === 'Sidste ord'
  for (let i = 0; i < 400 && !(await written()); i += 1)
    await screen.page.evaluate(() => new Promise(requestAnimationFrame))
  t.equal(server.wrapUp.form.note, 'Sidste ord')
  t.equal(await screen.page.evaluate(() => Object.keys(sessionStorage).filter((key) => /wrap-up/.test(key)).length), 0)
})

deskTest('[R40] a callback is promised, moved to anyone, and taken back', {}, async (t, { server, screen }) => {
  const from = Math.ceil((server.now() + 600_000) / 900_000) * 900_000
  server.wrapUp.callback = { openings: [{ from, until: from + 3_600_000 }], promised: null }
  server.show({ work: wrapUp(server.now(), 60_000) })
  await screen.press('Lov det')
  await screen.says('med dig')
  t.same(server.wrapUp.callback?.promised, { dueAt: from, isByMe: true }, 'the first time there is')
  const [, time, who] = await screen.page.$$('.after-callback select')
  await time?.select(String(from + 900_000))
  await who?.select('anyone')
  await screen.press('Flyt aftalen')
  await screen.says('med enhver, der kan')
  t.same(server.wrapUp.callback?.promised, { dueAt: from + 900_000, isByMe: false })
  await screen.press('Tag løftet tilbage')
  await screen.find('button', 'Lov det')
  t.equal(server.wrapUp.callback?.promised, null)
})

t.test('[R40] times to promise are quarters of an hour, each under its day in Copenhagen', async (t) => {
  const [from, until] = [Date.parse('2026-11-27T22:40:00Z'), Date.parse('2026-11-27T23:20:00Z')]
  t.same(
    [...callbackTimes([{ from, until }])],
    [
      ['2026-11-27', [Date.parse('2026-11-27T22:45:00Z')]],
      ['2026-11-28', [Date.parse('2026-11-27T23:00:00Z'), Date.parse('2026-11-27T23:15:00Z')]],
    ],
  )
})

t.test('what looks like a CPR number', async (t) => {
  for (const text of ['010190-1234', 'cpr 0101901234.', 'født 311299 1234']) t.ok(hasCprNumber(text), text)
  for (const text of ['sag 4400112233', '12345678901234', 'kl. 10.30', '320190-1234', '011390-1234']) {
    t.notOk(hasCprNumber(text), text)
  }
})
