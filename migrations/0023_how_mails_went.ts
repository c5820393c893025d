/** How it went with reports by e-mail, for whoever set them up: when one was sent, since when it cannot be, how many were refused. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table report_mails add column sent_at timestamptz, add column failing_since timestamptz,
    add column refused_count integer not null default 0`.execute(db)
}
