/** Administrators: who sets up what others work with, and neither takes calls nor watches the floor. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table agents drop constraint agents_role_check,
    add constraint agents_role_check check (role in ('agent', 'supervisor', 'administrator'))`.execute(db)
}
