/** The calls an agent had, the newest first, found by the agent's own handlings. */
import type { Labels } from '#server/contract/ids.ts'
import type { Database } from './database.ts'

export type MyCallsSearch = {
  readonly agentId: string
  /** From `from` up to, not including, `to`; ms since 1970. */
  readonly from: number
  readonly to: number
  readonly ticket?: string
  /** A part of the site's name, in any case. */
  readonly place?: string
  readonly outcome?: string
  /** Only what was accepted before this instant. */
  readonly before?: number
  readonly limit: number
}

export type MyCallRow = {
  readonly callId: string
  readonly ticket: string | null
  readonly siteName: string | null
  readonly serviceId: string
  readonly serviceLabels: Labels
  readonly matterLabels: Labels | null
  readonly language: string
  readonly mode: string
  readonly acceptedAt: number
  readonly hungUpAt: number
  readonly outcome: string | null
  readonly outcomeCodes: readonly string[]
  readonly isSolvedFirst: boolean | null
  readonly note: string | null
  readonly isNoteDeleted: boolean
  /** When the form was written last; null where nothing was. */
  readonly writtenAt: number | null
}

/** `%` and `_` mean themselves. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** At most `limit` calls that fit all of the search. */
export async function loadMyCalls(db: Database, search: MyCallsSearch): Promise<MyCallRow[]> {
  const { agentId, from, to, ticket, place, outcome, before, limit } = search
  let query = rowsOf(db)
    .where('handlings.agent_id', '=', agentId)
    .where('accepted_at', '>=', new Date(from))
    .where('accepted_at', '<', new Date(Math.min(to, before ?? to)))
  if (ticket !== undefined) query = query.where('ticket', '=', ticket)
  if (place !== undefined) query = query.where('sites.name', 'ilike', `%${literal(place)}%`)
  if (outcome !== undefined) query = query.where(({ val, eb }) => eb(val(outcome), '=', eb.fn.any('outcome_codes')))
  const rows = await query.orderBy('accepted_at', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    callId: row.call_id,
    ticket: row.ticket,
    siteName: row.site_name,
    serviceId: row.service_id,
    serviceLabels: row.service_labels,
    matterLabels: row.matter_labels,
    language: row.language,
    mode: row.mode,
    acceptedAt: row.accepted_at.getTime(),
    hungUpAt: row.hung_up_at.getTime(),
    outcome: row.outcome,
    outcomeCodes: row.outcome_codes ?? [],
    isSolvedFirst: row.is_solved_first,
    note: row.note,
    isNoteDeleted: row.note_deleted_at !== null,
    writtenAt: row.written_at?.getTime() ?? null,
  }))
}

function rowsOf(db: Database) {
  return db
    .selectFrom('handlings')
    .innerJoin('calls', 'calls.call_id', 'handlings.call_id')
    .innerJoin('queues', 'queues.queue_id', 'calls.queue_id')
    .innerJoin('services', 'services.service_id', 'queues.service_id')
    .leftJoin('sites', 'sites.site_id', 'calls.site_id')
    .leftJoin('matters', 'matters.matter_id', 'calls.matter_id')
    .leftJoin('wrap_ups', (join) =>
      join.onRef('wrap_ups.call_id', '=', 'handlings.call_id').onRef('wrap_ups.agent_id', '=', 'handlings.agent_id'),
    )
    .select(['handlings.call_id', 'ticket', 'calls.language', 'mode', 'accepted_at', 'hung_up_at', 'outcome'])
    .select(['sites.name as site_name', 'services.service_id', 'services.labels as service_labels'])
    .select(['matters.labels as matter_labels', 'outcome_codes', 'is_solved_first', 'note', 'note_deleted_at'])
    .select('written_at')
}
