/** Finding articles by what somebody asks, in Danish or English, in half a word or misspelt. */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { lettersOf, wordsOf } from './article-words.ts'

export type FoundArticle = {
  readonly articleId: string
  readonly title: string
  readonly serviceId: string | null
  readonly language: string
  readonly plain: string
  readonly owner: string
  readonly lastChecked: string
  /** Every word of the article's language that counted as one of those asked for, in small letters. */
  readonly matched: readonly string[]
}

export type ArticleQuestion = {
  /** As it was typed. */
  readonly words: string
  /** Articles in it come first where two are as good. */
  readonly language: string | undefined
  /** The day on which the articles must hold, as `2026-11-27`. */
  readonly today: string
  readonly countMax: number
}

/** What is read of a question at most. Whoever pastes half a letter is answered by its beginning. */
const ASKED_WORDS_MAX = 12

/** Words by which one asks, and which are of no subject. Stop words proper are Postgres' to know. */
const ASKING_WORDS: ReadonlySet<string> = new Set(
  (
    'hvordan hvornår hvorfor hvilken hvilket hvilke hvem kan kunne får få gør gøre går vil må bør have brug hej ' +
    'how what when where why which who can could get do does need want would like please'
  ).split(' '),
)

/** How sure it is that a word of an article is meant by a word that was asked for. */
const SURE = { sameWord: 1, sameStem: 0.95, beginsWith: 0.75, endsWith: 0.6, looksLike: 0.9 } as const
/** Words of articles that one asked word may mean, of each kind. */
const MEANINGS_MAX = 6

/** What a word counts in the text, under a heading or as a keyword, and in the title: Postgres' D, C, B, A. */
const WEIGHTS = '{0.2, 0.2, 0.7, 1}'
/** What the likeness of the whole question to the title adds, against words that are found one by one. */
const TITLE_LIKENESS = 1.5
const OWN_LANGUAGE = 1.1

/**
 * The articles that answer a question best, the best first; none where no word of it is known.
 *
 * `asked`: the words of the question without those that say nothing. `meant`: what each of them may mean in each
 * language: itself, its stem (`flyttede` → `flytte`), what it begins (half a word, or the first part of a compound), what
 * it ends (`støtte` → `boligstøtte`), and, where no article has it, what looks like it by trigrams (the root of the
 * likeness, since one wrong letter in a short word leaves half of its trigrams). `hits`: for each
 * article and asked word the best of these: how sure it is × how rare the word is × where in the article it stands
 * (`ts_rank` with the weights above). An article's rank is the sum over the asked words, so that it counts more to have all
 * of them than to have one often, plus how much the title looks like the whole question by trigrams.
 */
export async function searchArticles(db: Database, question: ArticleQuestion): Promise<FoundArticle[]> {
  const words = [...new Set(wordsOf(question.words))]
    .filter((word) => !ASKING_WORDS.has(word))
    .slice(0, ASKED_WORDS_MAX)
  if (words.length === 0) return []
  const letters = words.map(lettersOf)
  const { rows } = await sql<FoundArticle>`
    with asked as materialized (
      select number, letters, to_tsvector('danish', word) as danish, to_tsvector('english', word) as english
      from unnest(${words}::text[], ${letters}::text[]) with ordinality as given (word, letters, number)
      where to_tsvector('danish', word) <> '' and to_tsvector('english', word) <> ''
    ),
    meant as materialized (
      select number, language, stem, quote_literal(stem)::tsquery as query,
        max(sure) * ln(1 + (select max(articles_count) from article_words) / max(articles_count)::float) as weight
      from asked cross join lateral (
        select language, stem, articles_count, ${SURE.sameWord}::float as sure
        from article_words where article_words.letters = asked.letters
        union all
        select language, stem, articles_count, ${SURE.sameStem}
        from article_words
        where (language = 'da' and stem = any (tsvector_to_array(danish)))
          or (language = 'en' and stem = any (tsvector_to_array(english)))
        union all
        (select language, stem, articles_count, ${SURE.beginsWith}
        from article_words where article_words.letters like asked.letters || '%'
        order by articles_count desc limit ${MEANINGS_MAX})
        union all
        (select language, stem, articles_count, ${SURE.endsWith}
        from article_words where length(asked.letters) > 3 and article_words.letters like '%' || asked.letters
        order by articles_count desc limit ${MEANINGS_MAX})
        union all
        (select language, stem, articles_count, ${SURE.looksLike} * sqrt(similarity(article_words.letters, asked.letters))
        from article_words where article_words.letters % asked.letters
          and not exists (select from article_words same where same.letters = asked.letters)
        order by similarity(article_words.letters, asked.letters) desc limit ${MEANINGS_MAX})
      ) as meaning
      group by number, language, stem
    ),
    hits as (
      select article_id, number, max(weight * ts_rank(${WEIGHTS}::real[], search, query)) as rank
      -- For each meaning by the index: an article has few of them.
      from meant cross join lateral (
        select article_id, search from articles
        where search @@ query and language = meant.language and not is_retired
          and valid_from <= ${question.today}::date and coalesce(valid_until >= ${question.today}::date, true)
        offset 0
      ) as article
      group by article_id, number
    ),
    ranked as (
      select article_id, sum(rank) as rank from hits group by article_id order by rank desc limit 50
    )
    select article_id as "articleId", title, service_id as "serviceId", language, plain, owner,
      to_char(last_checked, 'YYYY-MM-DD') as "lastChecked",
      (select array_agg(distinct word) from article_words join meant using (language, stem)
      where article_words.language = articles.language) as matched
    from ranked join articles using (article_id)
    order by (rank + ${TITLE_LIKENESS} * similarity(title_letters, (select string_agg(letters, ' ' order by number) from asked)))
      * case when language = ${question.language ?? null}::text then ${OWN_LANGUAGE}::float else 1 end desc, article_id
    limit ${question.countMax}`.execute(db)
  return rows
}
