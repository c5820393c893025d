/** Reports that are sent by e-mail: what is asked, how often, to whom, and up to which period it has been sent. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `create table report_mails (
    mail_id text primary key,
    -- The subject, as whoever set it up words it.
    title text not null,
    -- The question of a report as in an address, without its days.
    question text not null,
    every text not null check (every in ('day', 'week', 'month')),
    recipients text[] not null check (cardinality(recipients) between 1 and 50),
    -- The first day of the last period that was sent; null before the first.
    sent_for date
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
