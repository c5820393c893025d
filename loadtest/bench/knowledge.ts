/**
 * `npm run bench -- knowledge`: how long a search takes among two thousand articles, from the question to the whole answer
 * over HTTP of a real server on a real Postgres, one after the other as an agent asks; and how often the right article is
 * among the first three. Questions are made from the titles: as they are, misspelt, with a compound in two, and half typed.
 */
import { availableParallelism } from 'node:os'
import { madeUpArticles } from '#server/launch/demo-articles.ts'
import type { KnowledgeReply } from '#server/contract/knowledge.ts'
import { seededRandom } from '#server/routing/simulation/random.ts'
import { keepArticles, type WrittenArticle } from '#server/store/articles.ts'
import { openDatabase } from '#server/store/database.ts'
import type { Report } from '../run.ts'
import { summaryOf } from '../summary.ts'
import { startBenchSystem, type ProcessorSeconds } from './bench-system.ts'

const ARTICLES_COUNT = 2_000
const QUESTIONS_OF_EACH_KIND = 250
/** Before any is counted: the first ones find cold caches. */
const WARM_UP_COUNT = 40
const P95_MS_MAX = 30
/** Of the machine's processors: when others take more, the mark says little. */
const OTHERS_SHARE_MAX = 0.05
/** Misspelt questions that must find their article among the first three. */
const FOUND_SHARE_MIN = 0.9
const FIRST_COUNT = 3
const SEED = 20_261_127
/** A person may ask 240 times a minute: several ask in turn. */
const ASKERS_COUNT = 10

type Kind = 'as written' | 'misspelt' | 'compound in two' | 'half typed'
type Question = { readonly kind: Kind; readonly words: string; readonly articleId: string }
type Next = () => number

/** The bench. */
export async function knowledge(): Promise<Report> {
  process.stderr.write('starting Postgres, the SFU and the server …\n')
  const system = await startBenchSystem({
    crowd: { agentCount: ASKERS_COUNT, kioskCount: 1 },
    callersMax: 50,
    profileDir: undefined,
  })
  try {
    const articles = madeUpArticles(SEED).slice(0, ARTICLES_COUNT)
    const { db } = openDatabase(system.databaseUrl, () => undefined)
    const loadStartedAt = performance.now()
    await keepArticles(db, articles, Date.now())
    const loadMs = Math.round(performance.now() - loadStartedAt)
    await db.destroy()
    const { url, accounts } = system.access
    const agents = accounts.filter(({ role }) => role === 'agent').slice(0, ASKERS_COUNT)
    const cookies = await Promise.all(agents.map((account) => signIn(url, account)))
    const questions = questionsOf(articles)
    const ask = (at: number, { words }: Question) => search(url, cookies[at % cookies.length] ?? '', words)
    for (const [at, question] of questions.slice(0, WARM_UP_COUNT).entries()) await ask(at, question)
    process.stderr.write(`${questions.length} questions to ${articles.length} articles …\n`)
    const before = system.processorSeconds()
    const askingStartedAt = performance.now()
    const asked: { kind: Kind; ms: number; rank: number; hitsCount: number }[] = []
    for (const [at, question] of questions.entries()) {
      const startedAt = performance.now()
      const found = await ask(at, question)
      const ms = performance.now() - startedAt
      asked.push({ kind: question.kind, ms, rank: found.indexOf(question.articleId), hitsCount: found.length })
    }
    const processors = processorsOf(before, system.processorSeconds(), askingStartedAt, asked.length)
    const kinds = Object.fromEntries(
      [...Map.groupBy(asked, ({ kind }) => kind)].map(([kind, of]) => [kind, figuresOf(of)]),
    )
    const all = figuresOf(asked)
    const isPassed = all.searchMs.p95 <= P95_MS_MAX && (kinds['misspelt']?.foundInFirstThree ?? 0) >= FOUND_SHARE_MIN
    const marks = { p95MsMax: P95_MS_MAX, misspeltFoundShareMin: FOUND_SHARE_MIN }
    return { isPassed, figures: { articlesCount: articles.length, loadMs, marks, ...processors, ...all, kinds } }
  } finally {
    await system.stop()
  }
}

/** What one search costs, and whether others used the machine meanwhile: the mark is for one left alone. */
function processorsOf(before: ProcessorSeconds, after: ProcessorSeconds, startedAt: number, searchesCount: number) {
  const seconds = (performance.now() - startedAt) / 1_000
  const isMachineShared = after.others - before.others > OTHERS_SHARE_MAX * availableParallelism() * seconds
  if (isMachineShared) process.stderr.write('others used the machine: the mark is for one left alone\n')
  const each = (name: 'server' | 'postgres') =>
    Math.round((100_000 * (after[name] - before[name])) / searchesCount) / 100
  return { isMachineShared, processorMsPerSearch: { server: each('server'), postgres: each('postgres') } }
}

function figuresOf(asked: readonly { ms: number; rank: number; hitsCount: number }[]) {
  const share = (isMeant: (rank: number) => boolean) =>
    Math.round((1_000 * asked.filter(({ rank }) => isMeant(rank)).length) / asked.length) / 1_000
  return {
    questionsCount: asked.length,
    searchMs: summaryOf(asked.map(({ ms }) => ms)),
    hitsAverage: Math.round((10 * asked.reduce((sum, { hitsCount }) => sum + hitsCount, 0)) / asked.length) / 10,
    foundFirst: share((rank) => rank === 0),
    foundInFirstThree: share((rank) => rank >= 0 && rank < FIRST_COUNT),
  }
}

async function signIn(url: string, { username, password }: { username: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`${username} could not sign in: ${response.status}`)
  return cookie
}

async function search(url: string, cookie: string, words: string): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/knowledge?language=da&q=${encodeURIComponent(words)}`, {
    headers: { cookie },
  })
  if (response.status !== 200) throw new Error(`a search was answered with ${response.status}`)
  return ((await response.json()) as KnowledgeReply).articles.map(({ articleId }) => articleId)
}

/** In turns of all kinds, so that what passes over the machine meets each. */
function questionsOf(articles: readonly WrittenArticle[]): Question[] {
  const { next, pick } = seededRandom(SEED)
  const kinds: Readonly<Record<Kind, (title: string, next: Next) => string>> = {
    'as written': (title) => title,
    misspelt,
    'compound in two': inTwo,
    'half typed': (title) => title.slice(0, Math.ceil(title.length * 0.7)),
  }
  return Array.from({ length: QUESTIONS_OF_EACH_KIND }, () => pick(articles) as WrittenArticle).flatMap((article) =>
    Object.entries(kinds).map(([kind, made]) => {
      return { kind: kind as Kind, words: made(article.title.toLowerCase(), next), articleId: article.articleId }
    }),
  )
}

/** Every word of more than five letters with one mistake: a letter left out, doubled or swapped, or without its marks. */
function misspelt(title: string, next: Next): string {
  return title.replaceAll(/\p{L}{6,}/gu, (word) => {
    const at = 1 + Math.floor(next() * (word.length - 3))
    const [before, one, two, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)]
    const mistakes = [
      before + two + after,
      before + one + one + two + after,
      before + two + one + after,
      word.replaceAll('æ', 'e').replaceAll('ø', 'o').replaceAll('å', 'a'),
    ]
    return mistakes[Math.floor(next() * mistakes.length)] ?? word
  })
}

function inTwo(title: string): string {
  return title.replace(
    /\p{L}{9,}/u,
    (word) => `${word.slice(0, Math.ceil(word.length / 2))} ${word.slice(Math.ceil(word.length / 2))}`,
  )
}
