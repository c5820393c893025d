/** The supervisor says something to the screens. */
import t from 'tap'
import { boardTests, floorPage } from './board-page.ts'
import { openBrowser } from './browser.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
t.setTimeout(240_000)

const pageTest = boardTests(browser)

/** The form that closes a site has fields of the same names, and stands above this one. */
const DANISH = '[aria-labelledby=notices-title] input[name=da]'
const ENGLISH = '[aria-labelledby=notices-title] input[name=en]'

pageTest('a message is posted, stands, and is taken down', floorPage, async (t, { server, screen }) => {
  await screen.heading('Beskeder på skærmene')
  await screen.says('Der står ingen besked på skærmene.')
  t.ok(await screen.page.$('[aria-labelledby=notices-title] form button:disabled'), 'not without words')
  await screen.page.type(DANISH, 'Der er en fejl i MitID')
  t.ok(await screen.page.$('[aria-labelledby=notices-title] form button:disabled'), 'nor in one language')
  await screen.page.type(ENGLISH, 'MitID is out of order')
  await screen.page.select('[aria-labelledby=notices-title] select', 'site lufthavnen')
  await screen.press('Vis på skærmene')
  await screen.says('Københavns Lufthavn. Fra Niels Krogh.')
  const labels = { da: 'Der er en fejl i MitID', en: 'MitID is out of order' }
  t.match(server.asked.at(-1), {
    name: 'notice.post',
    body: { audience: { kind: 'site', siteId: 'lufthavnen' }, labels, minutes: 60 },
  })
  t.equal(await screen.page.$eval(DANISH, (input) => (input as HTMLInputElement).value), '', 'ready for the next')
  await screen.press('Tag beskeden ned')
  await screen.says('Der står ingen besked på skærmene.')
})

pageTest('a refusal is told, and the words stay', floorPage, async (t, { server, screen }) => {
  await screen.heading('Beskeder på skærmene')
  server.refusals.set('notice.post', 'too-many-notices')
  await screen.page.type(DANISH, 'Besked')
  await screen.page.type(ENGLISH, 'Message')
  await screen.press('Vis på skærmene')
  await screen.says('Der står beskeder nok. Tag en ned først.')
  t.equal(await screen.page.$eval(DANISH, (input) => (input as HTMLInputElement).value), 'Besked')
})
