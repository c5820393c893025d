/** What agents look up, as it was loaded last. */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { lettersOf, wordsOf } from './article-words.ts'

/** An article as its author wrote it. Days are `2026-11-27`. */
export type WrittenArticle = {
  readonly articleId: string
  readonly title: string
  /** The service it belongs to; null where it belongs to all. */
  readonly serviceId: string | null
  /** The matters it is suggested for, those it is about first. */
  readonly matterIds: readonly string[]
  readonly language: string
  /** Other words for it that are not in the text. */
  readonly keywords: readonly string[]
  /** In Markdown. */
  readonly body: string
  /** The body without its marks, a paragraph a line. */
  readonly plain: string
  readonly headings: readonly string[]
  readonly validFrom: string
  readonly validUntil: string | null
  /** Somebody's id, or the name of a function. */
  readonly owner: string
  readonly lastChecked: string
}

export type KeptArticle = Omit<WrittenArticle, 'headings'> & {
  /** From 1, one more with each change. */
  readonly version: number
  /** Milliseconds since 1970. */
  readonly updatedAt: number
}

/** What loading has changed, as ids. */
export type ArticleChanges = {
  readonly come: readonly string[]
  readonly changed: readonly string[]
  readonly gone: readonly string[]
}

const columns = [
  'article_id',
  'version',
  'updated_at',
  'title',
  'service_id',
  'matter_ids',
  'language',
  'keywords',
  'body',
  'plain',
  'owner',
] as const

const days = [
  sql<string>`to_char(valid_from, 'YYYY-MM-DD')`.as('valid_from_day'),
  sql<string | null>`to_char(valid_until, 'YYYY-MM-DD')`.as('valid_until_day'),
  sql<string>`to_char(last_checked, 'YYYY-MM-DD')`.as('last_checked_day'),
] as const

/** All that are not retired, also those that are not valid yet or no more. */
export async function loadedArticles(db: Database): Promise<KeptArticle[]> {
  const rows = await db
    .selectFrom('articles')
    .select([...columns, ...days])
    .where('is_retired', '=', false)
    .execute()
  return rows.map(toArticle)
}

/** One that holds on the day `today`. */
export async function findArticle(db: Database, articleId: string, today: string): Promise<KeptArticle | undefined> {
  const row = await valid(db, today).where('article_id', '=', articleId).executeTakeFirst()
  return row === undefined ? undefined : toArticle(row)
}

/** What a call is about, as far as it is known. */
export type CallSubject = {
  readonly serviceId: string | undefined
  readonly matterId: string | undefined
  readonly language: string | undefined
}

/**
 * Those that may be wanted in such a call, the likeliest first: those about its matter, those of its service, those of all
 * services; among them the ones in its language, then the newest. Without a service, the newest of all.
 */
export async function suggestedArticles(
  db: Database,
  { serviceId, matterId, language }: CallSubject,
  today: string,
  countMax: number,
): Promise<KeptArticle[]> {
  const rows = await valid(db, today)
    .$if(serviceId !== undefined, (query) =>
      query.where((of) => of.or([of('service_id', 'is', null), of('service_id', '=', serviceId ?? '')])),
    )
    .orderBy(sql`coalesce(${matterId ?? null}::text = any(matter_ids), false)`, 'desc')
    .orderBy(sql`service_id is not null`, 'desc')
    .orderBy(sql`coalesce(language = ${language ?? null}::text, false)`, 'desc')
    .orderBy('updated_at', 'desc')
    .orderBy('article_id')
    .limit(countMax)
    .execute()
  return rows.map(toArticle)
}

/**
 * Makes these the articles there are: new ones come, changed ones get their next version, and those that are not among them
 * are retired. Whole or not at all; a search meanwhile finds the former ones.
 */
export async function keepArticles(
  db: Database,
  articles: readonly WrittenArticle[],
  now: number,
): Promise<ArticleChanges> {
  return await db.transaction().execute(async (trx) => {
    // One loading at a time: the second sees what the first has left.
    await sql`lock table articles in share row exclusive mode`.execute(trx)
    const before = new Map((await loadedArticles(trx)).map((article) => [article.articleId, article]))
    const retired = await trx
      .selectFrom('articles')
      .select(['article_id', 'version'])
      .where('is_retired', '=', true)
      .execute()
    const oldVersions = new Map(retired.map((row) => [row.article_id, row.version]))
    const come: string[] = []
    const changed: string[] = []
    for (const article of articles) {
      const { articleId } = article
      const known = before.get(articleId)
      if (known !== undefined && isSame(known, article)) continue
      ;(known === undefined ? come : changed).push(articleId)
      await keepArticle(trx, article, (known?.version ?? oldVersions.get(articleId) ?? 0) + 1, now)
    }
    const wanted = new Set(articles.map(({ articleId }) => articleId))
    const gone = [...before.keys()].filter((articleId) => !wanted.has(articleId))
    if (gone.length > 0) {
      await trx.updateTable('articles').set({ is_retired: true }).where('article_id', 'in', gone).execute()
    }
    if (come.length + changed.length + gone.length > 0) await keepWords(trx, articles)
    return { come, changed, gone }
  })
}

function valid(db: Database, today: string) {
  return db
    .selectFrom('articles')
    .select([...columns, ...days])
    .where('is_retired', '=', false)
    .where(sql<boolean>`valid_from <= ${today}::date and coalesce(valid_until >= ${today}::date, true)`)
}

function isSame(kept: KeptArticle, { headings: _headings, ...written }: WrittenArticle): boolean {
  const { version: _version, updatedAt: _updatedAt, ...before } = kept
  const named = (article: object) => JSON.stringify(Object.entries(article).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return named(before) === named(written)
}

async function keepArticle(trx: Database, article: WrittenArticle, version: number, now: number): Promise<void> {
  const { articleId: article_id, language, title, keywords, headings, plain } = article
  // The words are put into small letters here: Postgres can only do what its locale allows.
  const part = (text: string, weight: string) =>
    sql`setweight(to_tsvector(article_stemmer(${language}), ${wordsOf(text).join(' ')}), ${weight})`
  const row = {
    version,
    updated_at: new Date(now),
    title,
    title_letters: wordsOf(title).map(lettersOf).join(' '),
    service_id: article.serviceId,
    matter_ids: [...article.matterIds],
    language,
    keywords: [...keywords],
    body: article.body,
    plain,
    valid_from: article.validFrom,
    valid_until: article.validUntil,
    owner: article.owner,
    last_checked: article.lastChecked,
    is_retired: false,
    search: sql<string>`${part(title, 'A')} || ${part([...keywords, ...headings].join(' '), 'B')} || ${part(plain, 'D')}`,
  }
  await trx
    .insertInto('articles')
    .values({ article_id, ...row })
    .onConflict((conflict) => conflict.column('article_id').doUpdateSet(row))
    .execute()
}

/** Which words there are, what their stems are, and in how many articles each stem is. */
async function keepWords(trx: Database, articles: readonly WrittenArticle[]): Promise<void> {
  await trx.deleteFrom('article_words').execute()
  const wordsByLanguage = Map.groupBy(articles, ({ language }) => language)
  for (const [language, those] of wordsByLanguage) {
    const words = [...new Set(those.flatMap(textsOf).flatMap(wordsOf))]
    const countsOf = `select search from articles where not is_retired and language = '${language.replaceAll("'", "''")}'`
    await sql`
      insert into article_words (language, word, letters, stem, articles_count)
      select ${language}, written.word, written.letters, known.word, known.ndoc
      from unnest(${words}::text[], ${words.map(lettersOf)}::text[]) as written (word, letters)
      -- A word that says nothing by itself has no stem, and is left out.
      cross join lateral unnest(tsvector_to_array(to_tsvector(article_stemmer(${language}), written.word))) as stem
      join ts_stat(${countsOf}) as known on known.word = stem
      on conflict do nothing`.execute(trx)
  }
  await sql`analyze article_words, articles`.execute(trx)
}

function textsOf({ title, keywords, headings, plain }: WrittenArticle): string[] {
  return [title, ...keywords, ...headings, plain]
}

type ArticleColumns = Awaited<ReturnType<ReturnType<typeof valid>['execute']>>[number]

function toArticle(row: ArticleColumns): KeptArticle {
  return {
    articleId: row.article_id,
    version: row.version,
    updatedAt: row.updated_at.getTime(),
    title: row.title,
    serviceId: row.service_id,
    matterIds: row.matter_ids,
    language: row.language,
    keywords: row.keywords,
    body: row.body,
    plain: row.plain,
    validFrom: row.valid_from_day,
    validUntil: row.valid_until_day,
    owner: row.owner,
    lastChecked: row.last_checked_day,
  }
}
