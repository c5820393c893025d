/** What the desk shows before a call and on an offer: an agent's own day, and the earlier calls of a ticket. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // A citizen may say which ticket they had before. It leads to calls of the day, and is dropped after it.
  `create table earlier_tickets (call_id text primary key, ticket text not null, at timestamptz not null)`,
  `create index earlier_tickets_by_at on earlier_tickets (at)`,
  // So that an agent's own day is read without the day of everybody else.
  `create index handlings_by_agent on handlings (agent_id, accepted_at)`,
  `create index journal_offers_declined on journal (agent_id, at) where type = 'offer.declined'`,
  `create index journal_offers_expired on journal (at) where facts @> '[{"type": "offer.expired"}]'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
