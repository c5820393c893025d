/** Since when each part of a kiosk has its fault, and who took a screen out of use or back. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

const statements = [
  // Of each faulty part, in ms since epoch.
  `alter table kiosk_health add column faulty_since jsonb not null default '{}'`,
  // Grows by each order; never changed. People leave, what they ordered stays.
  `create table kiosk_orders (
    order_id bigint generated always as identity primary key,
    kiosk_id text not null references kiosks on delete cascade, at timestamptz not null, agent_id text not null,
    is_out_of_order boolean not null)`,
  `create index kiosk_orders_by_kiosk on kiosk_orders (kiosk_id, order_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
