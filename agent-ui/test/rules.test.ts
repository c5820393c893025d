/** «Regler»: who goes before whom, and how long anybody can have to wait. */
import t from 'tap'
import { boardTests, floorPage } from './board-page.ts'
import { openBrowser, signIn, type Screen } from './browser.ts'
import { branded, niels, sara } from './people.ts'
import { policyReply } from './rules-in-force.ts'

const browser = await openBrowser()
t.teardown(() => browser.close())
// Screens take their time where many tests share a machine.
t.setTimeout(240_000)

const pageTest = boardTests(browser)
const rulesPage = { path: '/agent/supervisor.html#rules', who: niels }

const textsOf = (screen: Screen, selector: string): Promise<string[]> =>
  screen.page.$$eval(selector, (all) => all.map((each) => (each as HTMLElement).innerText.replaceAll(/\s+/g, ' ')))

pageTest('from the floor to the rules, in their order, and back', floorPage, async (t, { screen }) => {
  await screen.press('Regler', 'link')
  await screen.heading('Hvem kommer først')
  t.equal(new URL(screen.page.url()).hash, '#rules')
  t.equal(await screen.page.title(), 'Regler – Skranke')
  t.equal(await screen.page.$eval('.board-nav [aria-current]', (link) => link.textContent), 'Regler')
  await screen.saysLike(/Version\s+2026-12-01\s+Indlæst\s+24\. nov\.,? (kl\. )?14\.30/)
  await screen.saysLike(/Hentet kl\. \d\d\.\d\d\.\d\d\./)
  await screen.find('list', 'Hvem kommer først')
  t.same(await textsOf(screen, '.rules-order li'), [
    'Nogen føler sig utryg går før alle andre',
    'Nogen har det dårligt går før alle andre',
    'Har brug for mere tid får 2 min forspring',
    'En medarbejder på stedet ringer får 1 min forspring',
    'Almindeligt efter tur',
    'Et kort spørgsmål haster halvt så meget',
  ])
  const ranks = await screen.page.$$eval('.rules-order li', (all) => all.map((each) => (each as HTMLLIElement).value))
  t.same(ranks, [1, 1, 3, 4, 5, 6], 'those in danger have no order among themselves')
  await screen.press('Overblik', 'link')
  await screen.find('heading', 'Venter nu')
})

pageTest('the longest wait of each class in each queue, rounded up', rulesPage, async (t, { screen }) => {
  await screen.heading('Længste ventetid i værste fald')
  await screen.says('Borgerservice · Dansk')
  t.same(await textsOf(screen, '.bounds-card tbody tr'), [
    'Bibliotek · Dansk 1 t 30 min 1 t 31 min 1 t 32 min 3 t 4 min — går først — går først',
    `Borgerservice · Dansk 12 t 30 min 12 t 31 min 12 t 32 min 25 t 4 min — går først — går først`,
    `Borgerservice · Engelsk${' — ingen på arbejde'.repeat(6)}`,
    'culture.en 43 min 44 min 45 min 1 t 27 min — går først — går først',
  ])
  await screen.says(
    'intet opkald optager en medarbejder i mere end 30 min, og at højst 2 opkald går før alle andre imens.',
  )
  await screen.says('En streg betyder, at der ikke er noget loft')
  await screen.press('Almindeligt')
  t.match(await textsOf(screen, '.bounds-card tbody th'), ['culture.en', 'Bibliotek · Dansk', /Dansk/, /Engelsk/])
})

pageTest('of what one is warned, and when it is over', rulesPage, async (t, { screen }) => {
  await screen.heading('Advarsler')
  t.same(await textsOf(screen, '.thresholds-card tbody tr'), [
    'Bibliotek · Dansk over 5 min overstået under 3 min ingen advarsel straks overstået efter 1 min',
    'Borgerservice · Dansk over 5 min overstået under 3 min under 50 % overstået over 60 % fra 10 opkald straks overstået efter 1 min',
  ])
  await screen.saysLike(/En skærm er tavs\s+straks\s+overstået efter 1 min/)
  await screen.saysLike(/der er åbent\s+efter 2 min/)
})

pageTest('rules of another city', rulesPage, async (t, { server, screen }) => {
  await screen.heading('Hvem kommer først')
  const classes = branded<ReturnType<typeof policyReply>['classes']>([
    { classId: 'flood', headStartMs: 90_000, slope: 1.25, isFirst: true },
    { classId: 'school', headStartMs: 120_000, slope: 2, isFirst: false },
  ])
  server.policy = () => policyReply({ classes, bounds: [], loadedAt: null, firstCallsCount: 0 })
  await screen.press('Hent igen')
  await screen.says('Der er ingen køer i reglerne.')
  await screen.says('tidspunktet er ikke gemt')
  t.same(await textsOf(screen, '.rules-order li'), [
    'flood går før alle andre, får 1 min 30 s forspring og haster 1,25 gange så meget',
    'school får 2 min forspring og haster dobbelt',
  ])
  server.policy = () => policyReply({ classes: [], bounds: [] })
  await screen.press('Hent igen')
  await screen.says('Der er ingen regler i kraft endnu.')
})

pageTest('rules that do not come, and come again', rulesPage, async (t, { server, screen }) => {
  await screen.heading('Hvem kommer først')
  server.policy = () => 'not-ready'
  await screen.page.reload()
  await screen.says('Reglerne kunne ikke hentes. Serveren er ved at starte.')
  t.equal(await screen.page.$('.rules-order'), null)
  server.policy = policyReply
  await screen.press('Prøv igen')
  await screen.heading('Hvem kommer først')
  await screen.saysNoMore('Reglerne kunne ikke hentes.')
  await screen.page.setOfflineMode(true)
  await screen.press('Hent igen')
  await screen.says('Reglerne kunne ikke hentes. Serveren svarer ikke.')
  await screen.heading('Hvem kommer først')
  await screen.page.setOfflineMode(false)
  await screen.press('Prøv igen')
  await screen.saysNoMore('Reglerne kunne ikke hentes.')
})

pageTest('rules under way are told as such', rulesPage, async (_t, { server, screen }) => {
  await screen.heading('Hvem kommer først')
  let arrive = (): void => undefined
  server.policy = () => new Promise((resolve) => (arrive = () => resolve(policyReply())))
  await screen.page.reload()
  await screen.says('Henter reglerne …')
  arrive()
  await screen.heading('Hvem kommer først')
  await screen.saysNoMore('Henter reglerne …')
})

pageTest('whoever is signed out signs in and is back at the rules', rulesPage, async (_t, { server, screen }) => {
  await screen.heading('Hvem kommer først')
  server.policy = () => 'not-signed-in'
  await screen.press('Hent igen')
  await screen.heading('Log ind')
  server.policy = policyReply
  await signIn(screen, 'niels-krogh')
  await screen.heading('Hvem kommer først')
})

pageTest('the rules are not for agents', { ...rulesPage, who: sara }, async (_t, { screen }) => {
  await screen.heading('Denne side er til vagtledere')
})
