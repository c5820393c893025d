/** Who is asked about articles of a function, and what the screens of a place say of it. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // `people`: a list of agents' ids. Without references: who has left is taken out of it with the person.
  `create table article_owners (
    owner_id text primary key, name text not null, people jsonb not null check (jsonb_typeof(people) = 'array'),
    retired_at timestamptz)`,
  `alter table sites add column screen_note jsonb`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
