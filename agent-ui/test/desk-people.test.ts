/** Whom the desk asks into a call, with which words along, and what it says of whoever does not come. */
import t from 'tap'
import type { JoinId } from '#server/contract/ids.ts'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { choose, openPeople } from './people-panel.ts'
import { branded, join } from './people.ts'
import type { ScriptedServer } from './scripted-server.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)

type Ask = { readonly joinId: JoinId; readonly target: unknown; readonly note?: string }
const asksOf = (server: ScriptedServer) =>
  server.asked.filter(({ name }) => name === 'join.ask').map(({ body }) => body as Ask)

deskTest('an interpreter is the one whom the call needs; a queue; a centre', {}, async (t, { server, screen }) => {
  server.converse({ mode: 'signing' })
  await openPeople(screen)
  await choose(screen, 'Hvem vil du have med?', 'En tolk')
  await screen.press('Bed med')
  await screen.says('Bedt med: Dansk tegnsprog')
  await choose(screen, 'Hvem vil du have med?', 'En, der passer en bestemt kø')
  await choose(screen, 'Hvilken kø?', 'Bibliotek, Engelsk (ingen ledige nu)')
  await screen.press('Bed med')
  await screen.says('Bedt med: Bibliotek, Engelsk')
  await choose(screen, 'Hvem vil du have med?', 'En fra et bestemt center')
  await choose(screen, 'Hvilket center?', 'Lærkevej (1 ledig nu)')
  await screen.press('Bed med')
  await screen.says('Bedt med: Lærkevej')
  t.match(asksOf(server), [
    { target: { kind: 'skill', attribute: 'dts', levelMin: 1 } },
    { target: { kind: 'queue', queueId: 'library.en' } },
    { target: { kind: 'centre', centreId: 'laerkevej' } },
  ])
})

deskTest('a colleague by name, with a note that a server started anew is told again', {}, async (t, desk) => {
  const { server, screen } = desk
  server.converse()
  await openPeople(screen)
  await choose(screen, 'Hvem vil du have med?', 'En bestemt kollega')
  await screen.page.locator('.join input[type=search]').fill('elin')
  await screen.page.waitForFunction(() => document.querySelectorAll('.colleague-choice input').length === 1)
  await screen.page.locator('.colleague-choice input').click()
  await screen.page.locator('.join textarea').fill('  Mangler sit pas.  ')
  server.refusals.set('join.ask', 'agent-away')
  await screen.press('Bed med')
  await screen.says('Kollegaen tager ingen opkald lige nu. Spørg en anden.')
  await screen.press('Bed med')
  await screen.says('Elin Mortensen bliver spurgt, når vedkommende er ledig.')
  await screen.says('Mangler sit pas.')
  const ask = asksOf(server).at(-1)
  t.match(ask, { target: { kind: 'agent', agentId: 'elin' }, note: 'Mangler sit pas.' })
  server.converse({ joins: [join(server.now(), { joinId: ask?.joinId ?? branded(''), note: null })] })
  await screen.says('Mangler sit pas.')
  const sent = server.asked.filter(({ name }) => name === 'hand-over.note')
  t.match(sent, [{ body: { joinId: ask?.joinId, note: 'Mangler sit pas.' } }])
  const target = branded<{ kind: 'agent'; agentId: never; name: string }>({
    kind: 'agent',
    agentId: 'elin',
    name: 'Elin Mortensen',
  })
  const unmet = { joinId: branded<JoinId>(ask?.joinId), byName: 'Sara Holm', target, isTransfer: false } as const
  server.converse({ unmet: { ...unmet, why: 'not-responding' } })
  await screen.says('Elin Mortensen svarede ikke. Spørg en anden, eller fortsæt selv.')
})
