/** What kiosks last said of themselves. */
import { sql } from 'kysely'
import type { KioskReport } from '#server/contract/kiosk-report.ts'
import type { Database } from './database.ts'

/** Keeps the report in place of the last one, and says whether the kiosk is out of order. `at` in ms since epoch. */
export async function keepReport(db: Database, kioskId: string, at: number, report: KioskReport): Promise<boolean> {
  const { rows } = await sql<{ is_out_of_order: boolean }>`
    with kept as (
      insert into kiosk_health (kiosk_id, at, report) values (${kioskId}, ${new Date(at)}, ${JSON.stringify(report)}::jsonb)
      on conflict (kiosk_id) do update set at = excluded.at, report = excluded.report)
    select is_out_of_order from kiosks where kiosk_id = ${kioskId}`.execute(db)
  return rows[0]?.is_out_of_order ?? false
}
