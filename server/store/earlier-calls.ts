/** The calls a citizen has made earlier in the day, as far as their tickets tell. */
import { sql } from 'kysely'
import { EARLIER_CALLS_MAX } from '#server/contract/desk.ts'
import type { Database } from './database.ts'

/** Longer, and the letters may be somebody else's by then. In ms. */
const KEPT_MS = 24 * 60 * 60 * 1_000

/** Drops the tickets that nobody may look for any more. `now` in ms since 1970. Returns how many there were. */
export async function dropEarlierTickets(db: Database, now: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('earlier_tickets')
    .where('at', '<', new Date(now - KEPT_MS))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Keeps which ticket a citizen says they had before, until {@link dropEarlierTickets}. `now` in ms since 1970. */
export async function keepEarlierTicket(db: Database, callId: string, ticket: string, now: number): Promise<void> {
  await db
    .insertInto('earlier_tickets')
    .values({ call_id: callId, ticket, at: new Date(now) })
    .onConflict((conflict) => conflict.column('call_id').doNothing())
    .execute()
}

export type EarlierCallRow = {
  readonly callId: string
  readonly arrivedAt: number
  readonly siteId: string | null
  readonly queueId: string
  readonly agentId: string | null
  readonly outcome: string
}

/**
 * Calls that are over and arrived from `from` (ms since 1970) on, newest first: those of the ticket of `callId`, of the
 * ticket its citizen had before, and of the one before that.
 */
export async function earlierCalls(db: Database, callId: string, from: number): Promise<EarlierCallRow[]> {
  const since = new Date(from)
  const { rows } = await sql<{
    call_id: string
    arrived_at: Date
    site_id: string | null
    queue_id: string
    agent_id: string | null
    outcome: string
  }>`
    with recursive known (call_id, ticket, depth) as (
      select call_id, ticket, 0 from calls where call_id = ${callId} and ticket is not null
      union
      select calls.call_id, calls.ticket, known.depth + 1 from known
        left join earlier_tickets earlier on earlier.call_id = known.call_id
        join calls on calls.ticket in (known.ticket, earlier.ticket)
      where calls.arrived_at >= ${since} and calls.call_id <> known.call_id and known.depth < ${EARLIER_CALLS_MAX})
    select distinct on (c.arrived_at, c.call_id) c.call_id, c.arrived_at, c.site_id, c.queue_id, c.agent_id, c.outcome
    from calls c join known on known.call_id = c.call_id
    where c.call_id <> ${callId} and c.outcome is not null
      and c.arrived_at <= (select arrived_at from calls where call_id = ${callId})
    order by c.arrived_at desc, c.call_id limit ${EARLIER_CALLS_MAX}`.execute(db)
  return rows.map((row) => ({
    callId: row.call_id,
    arrivedAt: row.arrived_at.getTime(),
    siteId: row.site_id,
    queueId: row.queue_id,
    agentId: row.agent_id,
    outcome: row.outcome,
  }))
}
