/** Own calls between two calls: of today by themselves, any of them by a search, a page at a time. */
import t from 'tap'
import { openBrowser } from './browser.ts'
import { deskTests } from './desk-page.ts'
import { myCall } from './scripted-my-calls.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const deskTest = deskTests(browser)

deskTest('today’s calls come anew after each call, and when the connection is back', {}, async (t, desk) => {
  const { server, screen } = desk
  await screen.says('Du har ikke haft opkald i dag.')
  const [query] = server.myCalls.asked
  t.ok(Date.parse(query?.to ?? '') - Date.parse(query?.from ?? '') >= 23 * 3_600_000)
  server.myCalls.answer = () => ({ calls: [myCall(server.now())], nextBefore: null })
  server.offer()
  await screen.says('Nørrebro Bibliotek')
  server.show({ work: { kind: 'idle', since: server.now(), restsUntil: null } })
  await screen.says('Kommer igen med fødselsattest.')
  await screen.saysLike(/Varede 3:08 · billet K7M.4QX/)
  await screen.says('Løst første gang')
  server.myCalls.answer = () => 'not-ready'
  await screen.page.reload()
  await screen.says('Opkaldene kunne ikke hentes.')
  server.dropConnections()
  server.myCalls.answer = () => ({ calls: [myCall(server.now())], nextBefore: null })
  await screen.says('Kommer igen med fødselsattest.')
})

deskTest('a search by day, ticket, place and outcome, further pages, and back', {}, async (t, { server, screen }) => {
  await screen.says('Du har ikke haft opkald i dag.')
  await screen.page.locator('summary ::-p-text(Søg i mine opkald)').click()
  await screen.fill('Billet', 'k7m 4q')
  await screen.press('Søg')
  await screen.says('En billet har seks tegn')
  t.equal(server.myCalls.asked.length, 1, 'nothing was asked that cannot be')
  const other = (place: string) => myCall(server.now(), { siteName: place, acceptedAt: server.now() - place.length })
  server.myCalls.answer = ({ before }) =>
    before === undefined
      ? { calls: [other('Sundby Bibliotek')], nextBefore: '123' }
      : { calls: [other('Valby Kulturhus')], nextBefore: null }
  await screen.fill('Billet', 'k7m 4qx')
  await screen.fill('Sted', ' bibliotek ')
  await screen.page.select('.my-search select', 'appointment')
  await screen.press('Søg')
  await screen.says('Sundby Bibliotek')
  t.match(server.myCalls.asked.at(-1), { ticket: 'K7M4QX', place: 'bibliotek', outcome: 'appointment' })
  await screen.press('Vis flere')
  await screen.says('Valby Kulturhus')
  t.match(server.myCalls.asked.at(-1), { before: '123', place: 'bibliotek' })
  t.match(await screen.text(), /Sundby Bibliotek/)
  server.myCalls.answer = () => ({ calls: [], nextBefore: null })
  await screen.press('Tilbage til i dag')
  await screen.says('Du har ikke haft opkald i dag.')
})
