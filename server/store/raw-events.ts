/** The journal as it is kept, for those who may read it: of one call, or on from a place in it. */
import { sql } from 'kysely'
import type { RawEvent } from '#server/contract/raw-events.ts'
import type { Database } from './database.ts'

/** Rows that are in memory at once. */
const PAGE_ROWS = 1_000

type Row = { seq: string; at: Date; type: string; event: unknown; facts: unknown }

// Written by the journal and by nothing else.
function toEvent({ seq, at, type, event, facts }: Row): RawEvent {
  return { seq: Number(seq), at: at.getTime(), type, event, facts } as RawEvent
}

/**
 * All of one call, in order: its own events, and what followed for it from those of others, which are looked for while it was open and
 * written about. Of the facts only its own. Undefined for a call that never was.
 */
export async function eventsOfCall(db: Database, callId: string): Promise<RawEvent[] | undefined> {
  const { rows: spans } = await sql<{ first: Date; last: Date | null }>`
    select min(j.at) as first, case when min(c.ended_at) is null or bool_or(h.call_id is not null and h.wrapped_up_at is null) then null
      else greatest(min(c.ended_at), max(h.wrapped_up_at), max(j.at)) end as last
    from calls c join journal j on j.call_id = c.call_id left join handlings h on h.call_id = c.call_id
    where c.call_id = ${callId} group by c.call_id`.execute(db)
  const [span] = spans
  if (span === undefined) return undefined
  const { rows } = await sql<Row>`
    select seq, at, type, event, own.facts
    from journal j cross join lateral (
      select coalesce(jsonb_agg(fact), '[]') as facts from jsonb_array_elements(j.facts) as fact where fact->>'callId' = ${callId}) own
    where at >= ${span.first} and (${span.last}::timestamptz is null or at <= ${span.last})
      and (call_id = ${callId} or own.facts <> '[]') order by seq`.execute(db)
  return rows.map(toEvent)
}

/** Events after a place in the journal, at most `limit`, a page at a time. */
export async function* eventsAfter(db: Database, after: number, limit: number): AsyncGenerator<RawEvent[]> {
  let [seq, left] = [after, limit]
  while (left > 0) {
    const rows = await db
      .selectFrom('journal')
      .select(['seq', 'at', 'type', 'event', 'facts'])
      .where('seq', '>', String(seq))
      .orderBy('seq')
      .limit(Math.min(PAGE_ROWS, left))
      .execute()
    if (rows.length === 0) return
    yield rows.map(toEvent)
    seq = Number(rows.at(-1)?.seq ?? seq)
    left -= rows.length
  }
}
