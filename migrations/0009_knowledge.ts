/** What agents look up: articles, the words they are made of, and what was said against them. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Comes with Postgres, and is trusted: whoever owns the database may add it.
  `create extension if not exists pg_trgm`,
  // How the words of a language are led back to their stems.
  `create function article_stemmer(language text) returns regconfig language sql immutable parallel safe return
    case language when 'da' then 'pg_catalog.danish'::regconfig when 'en' then 'pg_catalog.english'::regconfig
    else 'pg_catalog.simple'::regconfig end`,
  // An article that is taken away stays as retired: what was said of it is still to be read.
  `create table articles (
    article_id text primary key, version integer not null check (version > 0), updated_at timestamptz not null,
    title text not null, title_letters text not null, service_id text references services,
    matter_ids text[] not null default '{}', language text not null, keywords text[] not null default '{}',
    body text not null, plain text not null, valid_from date not null, valid_until date, owner text not null,
    last_checked date not null, is_retired boolean not null default false, search tsvector not null,
    check (valid_until >= valid_from))`,
  `create index articles_by_search on articles using gin (search) with (fastupdate = off) where not is_retired`,
  // Every word of every article, for those who spell it otherwise. 'letters' are a to z and digits alone, since trigrams of
  // other letters depend on the locale the database was made with.
  `create table article_words (
    language text not null, word text collate "C" not null, letters text collate "C" not null, stem text not null,
    articles_count integer not null, primary key (word, language))`,
  `create index article_words_by_letters on article_words (letters)`,
  `create index article_words_by_count on article_words (articles_count)`,
  `create index article_words_by_stem on article_words (stem)`,
  `create index article_words_by_likeness on article_words using gin (letters gin_trgm_ops) with (fastupdate = off)`,
  `create table article_remarks (
    remark_id text primary key, article_id text not null references articles, article_version integer not null,
    said_by text not null, said_at timestamptz not null, words text not null, done_at timestamptz, done_by text,
    check ((done_at is null) = (done_by is null)))`,
  `create index article_remarks_by_age on article_remarks (said_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
