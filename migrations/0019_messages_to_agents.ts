/** What supervisors write to agents, for the day. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  `create table staff_messages (
    message_id text not null,
    to_id text not null,
    by_id text not null,
    words text not null,
    sent_at timestamptz not null,
    read_at timestamptz,
    primary key (message_id, to_id))`,
  `create index staff_messages_sent on staff_messages (sent_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
