/** What kiosks last said of themselves, and what was ordered of them. */
import { sql } from 'kysely'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import type { Database } from './database.ts'

/** Of each faulty part, since when, in ms since epoch. */
export type FaultySince = Readonly<Record<string, number>>

export type KeptHealth = {
  readonly kioskId: string
  /** Of its last report, in ms since epoch. */
  readonly at: number
  readonly faultySince: FaultySince
}

/** Who ordered it, and when; null where it was done past the server. */
export type KeptOrder = { readonly kioskId: string; readonly at: number | null; readonly agentId: string | null }

export type NewOrder = {
  readonly kioskId: string
  readonly isOutOfOrder: boolean
  readonly at: number
  readonly agentId: string
}

/** Keeps the report in place of the last one, and says whether the kiosk is out of order. `at` in ms since epoch. */
export async function keepReport(
  db: Database,
  { kioskId, at, faultySince }: KeptHealth,
  report: KioskReport,
): Promise<boolean> {
  const { rows } = await sql<{ is_out_of_order: boolean }>`
    with kept as (
      insert into kiosk_health (kiosk_id, at, report, faulty_since)
      values (${kioskId}, ${new Date(at)}, ${JSON.stringify(report)}::jsonb, ${JSON.stringify(faultySince)}::jsonb)
      on conflict (kiosk_id) do update
      set at = excluded.at, report = excluded.report, faulty_since = excluded.faulty_since)
    select is_out_of_order from kiosks where kiosk_id = ${kioskId}`.execute(db)
  return rows[0]?.is_out_of_order ?? false
}

/** What a kiosk said last; undefined where it never said anything. `at` in ms since epoch. */
export async function lastReport(
  db: Database,
  kioskId: string,
): Promise<{ readonly at: number; readonly report: KioskReport } | undefined> {
  const row = await db
    .selectFrom('kiosk_health')
    .select(['at', 'report'])
    .where('kiosk_id', '=', kioskId)
    .executeTakeFirst()
  return row === undefined ? undefined : { at: row.at.getTime(), report: row.report }
}

/** The last word of each kiosk that ever said one. */
export async function keptHealth(db: Database): Promise<KeptHealth[]> {
  const rows = await db.selectFrom('kiosk_health').select(['kiosk_id', 'at', 'faulty_since']).execute()
  return rows.map((row) => ({ kioskId: row.kiosk_id, at: row.at.getTime(), faultySince: row.faulty_since }))
}

/** The kiosks that are out of order, each with the order that made it so. */
export async function kiosksOutOfOrder(db: Database): Promise<KeptOrder[]> {
  const { rows } = await sql<{ kiosk_id: string; at: Date | null; agent_id: string | null }>`
    select kiosks.kiosk_id, last.at, last.agent_id from kiosks left join lateral (
      select at, agent_id, is_out_of_order from kiosk_orders
      where kiosk_orders.kiosk_id = kiosks.kiosk_id order by order_id desc limit 1) last on last.is_out_of_order
    where kiosks.is_out_of_order`.execute(db)
  return rows.map((row) => ({ kioskId: row.kiosk_id, at: row.at?.getTime() ?? null, agentId: row.agent_id }))
}

/** Takes a kiosk out of use or back, and writes down who did it; both or neither. */
export async function keepOrder(db: Database, { kioskId, isOutOfOrder, at, agentId }: NewOrder): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('kiosks')
      .set({ is_out_of_order: isOutOfOrder })
      .where('kiosk_id', '=', kioskId)
      .execute()
    await transaction
      .insertInto('kiosk_orders')
      .values({ kiosk_id: kioskId, at: new Date(at), agent_id: agentId, is_out_of_order: isOutOfOrder })
      .execute()
  })
}
