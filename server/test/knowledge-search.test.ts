/** Who cannot spell finds it too: misspelt questions against two thousand articles. */
import t from 'tap'
import { madeUpArticles } from '../launch/demo-articles.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { searchArticles } from '../store/article-search.ts'
import { keepArticles, type WrittenArticle } from '../store/articles.ts'
import { openDatabase } from '../store/database.ts'

const TODAY = '2026-11-27'
const ARTICLES_COUNT = 2_000
const FIRST_COUNT = 3

/** As agents type while somebody talks: letters left out, doubled or swapped, compounds in two, no æ, ø and å. */
const misspelt = [
  ['bortkomet pass', 'pas-bortkommet'],
  ['har mistet kørkort', 'koerekort-bortkommet'],
  ['fornyelse af koerekort', 'koerekort-fornyelse'],
  ['hvad koster sundhedkort', 'sundhedskort-pris'],
  ['søg om boligstote', 'boligstoette-ansoegning'],
  ['bolig støtte for studernde', 'boligstoette-studerende'],
  ['hvornår kommer penge folkepention', 'folkepension-udbetaling'],
  ['afslag på førtidspenssion', 'foertidspension-afslag'],
  ['klage kontanhjælp', 'kontanthjaelp-klage'],
  ['dokumentation sygedagpeng', 'sygedagpenge-bilag'],
  ['barsels dagpenge frist', 'barselsdagpenge-frist'],
  ['daginstution ventetid', 'daginstitution-ventetid'],
  ['hjemmehjelp fuldmakt', 'hjemmehjaelp-fuldmagt'],
  ['parkeringstiladelse pris', 'parkeringstilladelse-pris'],
  ['storskrall ring til hvem', 'storskrald-kontakt'],
  ['statsborgerskap ansøgning', 'statsborgerskab-ansoegning'],
  ['lånekort til børn', 'laanerkort-boern'],
  ['begravelsehjælp dødsfal', 'begravelseshjaelp-doedsfald'],
  ['mit id selvbetjenning', 'mitid-selvbetjening'],
  ['tolk til skillsmisse', 'skilsmisse-tolk'],
] as const

t.test('misspelt Danish questions, and what is never found', async (t) => {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  const articles = madeUpArticles(1).slice(0, ARTICLES_COUNT)
  t.equal(articles.length, ARTICLES_COUNT)
  const [passport] = articles as [WrittenArticle]
  const others: WrittenArticle[] = [
    { ...passport, articleId: 'past', title: 'Xylofoner indtil i går', validUntil: '2026-11-26' },
    { ...passport, articleId: 'future', title: 'Xylofoner fra i morgen', validFrom: '2026-11-28' },
    { ...passport, articleId: 'last-day', title: 'Xylofoner til og med i dag', validUntil: TODAY },
    { ...passport, articleId: 'renewing.en', title: 'Renewing your passports', language: 'en' },
  ]
  await keepArticles(db, [...articles, ...others], Date.now())
  const ask = async (words: string, language?: string) => {
    const found = await searchArticles(db, { words, language, today: TODAY, countMax: 10 })
    return found.map(({ articleId }) => articleId)
  }

  for (const [words, articleId] of misspelt) {
    const first = (await ask(words)).slice(0, FIRST_COUNT)
    t.ok(first.includes(articleId), `«${words}» finds ${articleId}, not ${first.join(', ')}`)
  }

  t.same(await ask('xylofon'), ['last-day'], 'only what holds today; and the stem is enough')
  t.same(await ask('xylo'), ['last-day'], 'half a word is enough')
  t.equal((await ask('renew a passport', 'en'))[0], 'renewing.en', 'English is led back to its stems too')
  t.same(await ask('og hvad er det'), [], 'words that say nothing find nothing')
  t.same(await ask('!!! %% \\ \' " & | <->'), [], 'signs are no words, and do no harm')
  t.ok((await ask(`pas ${'ord '.repeat(90)}`)).length > 0, 'a long question is answered by its beginning')
  t.ok((await ask('ØSTRIGSK PAS')).length > 0, 'capitals are letters')

  await keepArticles(db, articles, Date.now())
  t.same(await ask('xylofon'), [], 'what was taken away is not found')
})
