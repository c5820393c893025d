/** The calls an agent had, the newest first: found by the agent's own handlings, and those they made with a citizen beside them. */
import { sql } from 'kysely'
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
  /** They made it with a citizen beside them, from `acceptedAt` on; a colleague took it, or nobody did. */
  readonly isBeside: boolean
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
  let query = rowsOf(db, agentId)
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
    isBeside: row.is_beside,
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

function rowsOf(db: Database, agentId: string) {
  return db
    .selectFrom(partsOf(db, agentId).as('parts'))
    .innerJoin('calls', 'calls.call_id', 'parts.call_id')
    .innerJoin('queues', 'queues.queue_id', 'calls.queue_id')
    .innerJoin('services', 'services.service_id', 'queues.service_id')
    .leftJoin('sites', 'sites.site_id', 'calls.site_id')
    .leftJoin('matters', 'matters.matter_id', 'calls.matter_id')
    .leftJoin('wrap_ups', (join) =>
      join.onRef('wrap_ups.call_id', '=', 'parts.call_id').on('wrap_ups.agent_id', '=', agentId),
    )
    .select(['parts.call_id', 'ticket', 'calls.language', 'mode', 'accepted_at', 'hung_up_at', 'is_beside', 'outcome'])
    .select(['sites.name as site_name', 'services.service_id', 'services.labels as service_labels'])
    .select(['matters.labels as matter_labels', 'outcome_codes', 'is_solved_first', 'note', 'note_deleted_at'])
    .select('written_at')
}

/** What the agent had a part in, and is over for them. */
function partsOf(db: Database, agentId: string) {
  const beside = db
    .selectFrom('calls')
    .where('beside_agent_id', '=', agentId)
    .where('ended_at', 'is not', null)
    .select(['call_id', 'arrived_at as accepted_at', sql<Date>`ended_at`.as('hung_up_at')])
    .select(sql<boolean>`true`.as('is_beside'))
  return db
    .selectFrom('handlings')
    .where('agent_id', '=', agentId)
    .select(['call_id', 'accepted_at', 'hung_up_at', sql<boolean>`false`.as('is_beside')])
    .unionAll(beside)
}
