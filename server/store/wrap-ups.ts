/** What agents wrote down about their calls. The note is kept for some days, everything else for good. */
import { sql } from 'kysely'
import type { Labels } from '#server/contract/ids.ts'
import type { WrapUpForm } from '#server/contract/wrap-up.ts'
import type { Database } from './database.ts'

/** A call as whoever writes about it needs it. */
export type CallToWrapUp = {
  readonly ticket: string | null
  readonly siteId: string | null
  readonly queueId: string
  readonly matterId: string | null
  /** When the agent left it, in ms since 1970; null for one who has not, or was never in it. */
  readonly hungUpAt: number | null
}

/** The call, with when this agent left it last; undefined where there was no such call. */
export async function callToWrapUp(db: Database, callId: string, agentId: string): Promise<CallToWrapUp | undefined> {
  const row = await db
    .selectFrom('calls')
    .select(['ticket', 'site_id', 'queue_id', 'matter_id'])
    .select((of) =>
      of
        .selectFrom('handlings')
        .select(({ fn }) => fn.max('hung_up_at').as('hung_up_at'))
        .where('call_id', '=', callId)
        .where('agent_id', '=', agentId)
        .as('hung_up_at'),
    )
    .where('call_id', '=', callId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { ticket, site_id: siteId, queue_id: queueId, matter_id: matterId, hung_up_at: hungUpAt } = row
  return { ticket, siteId, queueId, matterId, hungUpAt: hungUpAt?.getTime() ?? null }
}

/** The service of a queue that may be retired by now; undefined for one that never was. */
export async function serviceOfQueue(
  db: Database,
  queueId: string,
): Promise<{ readonly serviceId: string; readonly labels: Labels } | undefined> {
  const row = await db
    .selectFrom('queues')
    .innerJoin('services', 'services.service_id', 'queues.service_id')
    .select(['services.service_id', 'labels'])
    .where('queue_id', '=', queueId)
    .executeTakeFirst()
  return row === undefined ? undefined : { serviceId: row.service_id, labels: row.labels }
}

/** What an agent wrote about a call; an empty form where nothing. */
export async function readWrapUp(db: Database, callId: string, agentId: string): Promise<WrapUpForm> {
  const row = await db
    .selectFrom('wrap_ups')
    .selectAll()
    .where('call_id', '=', callId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  if (row === undefined) return { outcomeCodes: [], isSolvedFirst: null, note: '' }
  const { outcome_codes: codes, is_solved_first: isSolvedFirst, note } = row
  // The codes were checked when they were written.
  return { outcomeCodes: codes as unknown as WrapUpForm['outcomeCodes'], isSolvedFirst, note: note ?? '' }
}

/** Keeps the whole form of an agent for a call. `at`: ms since 1970. Throws where there is no such call. */
export async function keepWrapUp(
  db: Database,
  written: { readonly callId: string; readonly agentId: string; readonly form: WrapUpForm; readonly at: number },
): Promise<void> {
  const { callId, agentId, form, at } = written
  const values = {
    outcome_codes: [...form.outcomeCodes],
    is_solved_first: form.isSolvedFirst,
    note: form.note.trim() === '' ? null : form.note,
    written_at: new Date(at),
  }
  await db
    .insertInto('wrap_ups')
    .values({ call_id: callId, agent_id: agentId, ...values })
    .onConflict((known) => known.columns(['call_id', 'agent_id']).doUpdateSet(values))
    .execute()
}

/** Deletes the notes written before `before` (ms since 1970); codes and answers stay. Returns how many there were. */
export async function deleteNotes(db: Database, before: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('wrap_ups')
    .set({ note: null, note_deleted_at: sql`now()` })
    .where('note', 'is not', null)
    .where('written_at', '<', new Date(before))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
