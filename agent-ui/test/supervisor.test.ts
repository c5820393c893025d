/** The supervisor's two pages. */
import t from 'tap'
import { dayOf } from '../model/copenhagen-time.ts'
import { boardTests, figuresPage, floorPage } from './board-page.ts'
import { openBrowser, signIn, type Screen } from './browser.ts'
import { CALL_ID, metrics, sara } from './people.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const pageTest = boardTests(browser)

/** The first cells of a table's rows, from top to bottom. */
const rowNames = (screen: Screen, table: number): Promise<string[]> =>
  screen.page.$$eval(
    'table',
    (tables, wanted) => [...(tables[wanted]?.querySelectorAll('tbody th') ?? [])].map((cell) => cell.textContent ?? ''),
    table,
  )

pageTest('signing in as a supervisor leads to the floor', { ...floorPage, who: null }, async (_t, { screen }) => {
  await signIn(screen, 'niels-krogh')
  await screen.find('heading', 'Venter nu')
})

pageTest('an agent is told where to go', { ...floorPage, who: sara }, async (_t, { screen }) => {
  await screen.heading('Denne side er til vagtledere')
  await screen.find('link', 'Gå til mine opkald')
})

pageTest('the floor is live', floorPage, async (t, { server, screen }) => {
  await screen.heading('Køer')
  const tile = () => screen.page.$$eval('.tile-value', (values) => values.map((value) => value.textContent))
  t.equal((await tile())[0], '4')
  await screen.says('over målet')
  await screen.says('ingen logget ind')
  await screen.says('Væk: svarede ikke')
  await screen.says('51 af 53 skærme er forbundet på 34 steder.')
  server.showFloor({
    queues: server.floor.queues.map((queue) => ({ ...queue, waitingCount: 0, oldestQueuedAt: null })),
  })
  await screen.page.waitForFunction(() => document.querySelector('.tile-value')?.textContent === '0')
  await screen.says('ingen venter')
  await screen.saysNoMore('over målet')
})

pageTest('the tables sort by their headings', floorPage, async (t, { screen }) => {
  await screen.heading('Medarbejdere')
  t.equal((await rowNames(screen, 1))[0], 'Amal Yusuf')
  await screen.press('Navn')
  t.equal((await rowNames(screen, 1))[0], 'Ida Bech')
  t.ok(await screen.page.$('th[aria-sort="descending"]'))
  await screen.press('Venter')
  await screen.press('Venter')
  t.equal((await rowNames(screen, 0))[0], 'Borgerservice', 'the longest line comes first')
})

pageTest('who rests is not ready, and who talks leads to the call', floorPage, async (t, { server, screen }) => {
  await screen.heading('Medarbejdere')
  const rowOf = (name: string) =>
    screen.page.$$eval(
      'table:last-of-type tbody tr',
      (rows, wanted) => rows.map((row) => row.innerText).find((text) => text.startsWith(wanted)),
      name,
    )
  t.match(await rowOf('Ida Bech'), /Pause til \d\d\.\d\d/)
  t.match(await rowOf('Bent Lund'), /Klar/)
  t.same(await screen.page.$$eval('.tile-value', (tiles) => tiles[3]?.textContent), '1/9')
  server.showFloor({ agents: server.floor.agents.map((agent) => ({ ...agent, restsUntil: null })) })
  await screen.saysNoMore('Pause til')
  t.same(await screen.page.$$eval('.tile-value', (tiles) => tiles[3]?.textContent), '2/9')
  await screen.find('link', 'Føtex Amager: se opkaldet')
  await screen.press('Københavns Hovedbibliotek: se opkaldet', 'link')
  await screen.says('Opkaldet ventede 6 min')
  t.equal(new URL(screen.page.url()).hash, `#call=${CALL_ID}`)
})

pageTest('figures from before are told as such', floorPage, async (_t, { server, screen }) => {
  await screen.heading('Køer')
  server.doorCode = 'not-ready'
  server.dropConnections()
  await screen.says('Forbindelsen er væk')
  await screen.find('heading', 'Køer')
  server.doorCode = null
  await screen.saysNoMore('Forbindelsen er væk')
  server.signOutEverywhere()
  await screen.heading('Log ind')
})

pageTest(
  'figures of today, with how sure they are and how they are counted',
  figuresPage,
  async (t, { server, screen }) => {
    await screen.heading('I alt pr. kø')
    const [span] = server.spansAsked
    t.ok(span !== undefined && dayOf(Date.parse(span.from)) === dayOf(Date.now()))
    t.equal(Date.parse(span?.to ?? '') - Date.parse(span?.from ?? '') <= 25 * 3_600_000, true)
    await screen.says('49–94')
    await screen.find('heading', 'Opkald pr. kvarter')
    await screen.page.waitForSelector('.uplot canvas')
    await screen.page.focus('summary')
    await screen.page.keyboard.press('Enter')
    await screen.says('Besvaret i tide divideret med')
    t.match(await rowNames(screen, 1), /Borgerservice/, 'how citizens found it')
    await screen.saysLike(/85\s%/)
    await screen.saysLike(/3 \(7\s%\)/)
    t.match(await rowNames(screen, 4), ['Lærkevej'], 'whose time was lent')
    t.equal((await rowNames(screen, 5)).length, metrics(0, 0).rows.length, 'the chart has its table')
  },
)

pageTest('a span is chosen, and one that cannot be is not asked for', figuresPage, async (t, { server, screen }) => {
  await screen.heading('I alt pr. kø')
  await screen.press('Seneste 7 dage')
  await screen.page.waitForFunction(
    () => document.querySelector('.presets [aria-pressed=true]')?.textContent === 'Seneste 7 dage',
  )
  await screen.heading('I alt pr. kø')
  t.equal(server.spansAsked.length, 2)
  await screen.page.$eval('input[name=from]', (field) => {
    field.value = '2027-01-01'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await screen.press('Vis tal')
  await screen.says('Den første dag skal ligge før den sidste.')
  t.equal(server.spansAsked.length, 2)
  await screen.heading('I alt pr. kø')
})

pageTest('no calls, and figures that do not come', figuresPage, async (_t, { server, screen }) => {
  await screen.heading('I alt pr. kø')
  server.figures = (fromAt, toAt) => ({ ...metrics(fromAt, toAt), rows: [], totals: [] })
  await screen.press('I går')
  await screen.says('Der var ingen opkald i den periode.')
  server.figures = () => 'not-ready'
  await screen.press('I dag')
  await screen.says('Tallene kunne ikke hentes. Serveren er ved at starte.')
  server.figures = metrics
  await screen.press('Prøv igen')
  await screen.heading('I alt pr. kø')
})
