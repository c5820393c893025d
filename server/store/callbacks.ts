/** [R40] What a callback goes on with, from the rows of calls that are over. */
import { sql } from 'kysely'
import type { QueueCallbacks } from '#server/contract/callbacks.ts'
import type { Database } from './database.ts'

export type CallToGoOn = {
  readonly firstCallId: string
  readonly kioskId: string
  readonly siteId: string
  readonly queueId: string
  readonly classId: string
  readonly mode: string
  readonly language: string
  readonly matterId: string | null
  readonly ticket: string
}

/** The call that is gone on with; undefined where it is not known, or never had a ticket or a site. */
export async function callToGoOn(db: Database, callId: string): Promise<CallToGoOn | undefined> {
  const row = await db
    .selectFrom('calls')
    .leftJoin('callbacks', 'callbacks.call_id', 'calls.call_id')
    .select(['kiosk_id', 'site_id', 'queue_id', 'class_id', 'mode', 'language', 'matter_id', 'ticket', 'first_call_id'])
    .where('calls.call_id', '=', callId)
    .executeTakeFirst()
  if (row === undefined || row.ticket === null || row.site_id === null) return undefined
  return {
    firstCallId: row.first_call_id ?? callId,
    kioskId: row.kiosk_id,
    siteId: row.site_id,
    queueId: row.queue_id,
    classId: row.class_id,
    mode: row.mode,
    language: row.language,
    matterId: row.matter_id,
    ticket: row.ticket,
  }
}

/** For each queue with a callback promised for `from` up to, not including, `to` (ms since 1970). */
export async function loadCallbackFigures(
  db: Database,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<QueueCallbacks[]> {
  const { rows } = await sql<QueueCallbacks>`
    select c.queue_id as "queueId", count(*)::int as promised,
      count(*) filter (where b.result = 'kept')::int as kept,
      count(*) filter (where b.result = 'broken')::int as broken,
      count(*) filter (where b.result = 'missed')::int as missed,
      count(*) filter (where b.result = 'cancelled')::int as cancelled
    from callbacks b join calls c on c.call_id = b.of_call_id
    where b.due_at >= ${new Date(from)} and b.due_at < ${new Date(to)} and b.result is distinct from 'withdrawn'
    group by c.queue_id order by c.queue_id`.execute(db)
  return rows
}
