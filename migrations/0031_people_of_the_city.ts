/** Who somebody is to the city's own sign-in: issuer and subject, bound to one account once. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table agents add column provider_key text unique`.execute(db)
  await sql`create index sign_ins_by_provider on sign_ins (provider_subject) where provider_subject is not null`.execute(
    db,
  )
}
