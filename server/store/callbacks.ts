/** [R40] What a callback goes on with, from the rows of calls that are over. */
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
