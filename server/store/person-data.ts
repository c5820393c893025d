/** What is kept of one person: found, and deleted when they leave or ask for it. The record of calls keeps ids, and nobody's name. */
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** How many rows of which tables are of somebody. Tables without any are left out. */
export type Found = Readonly<Record<string, number>>

/** Rows that name an agent by a column, beside the record of calls. */
const OF_AGENT = [
  ['agents', 'agent_id'],
  ['sign_ins', 'agent_id'],
  ['second_factors', 'agent_id'],
  ['recovery_codes', 'agent_id'],
  ['staff_messages', 'to_id'],
  ['staff_messages', 'by_id'],
  ['article_remarks', 'said_by'],
  ['figure_agent_quarters', 'agent_id'],
  ['figure_agent_days', 'agent_id'],
  ['figure_spans', 'agent_id'],
  ['handlings', 'agent_id'],
  ['wrap_ups', 'agent_id'],
  ['callbacks', 'promised_by_id'],
  ['notices', 'posted_by'],
  ['kiosk_orders', 'agent_id'],
  ['kiosk_key_acts', 'agent_id'],
  ['warnings', 'acknowledged_by'],
  ['city_changes', 'by_id'],
  ['journal', 'agent_id'],
] as const

async function countOf(db: Database, table: string, isMeant: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table)} where ${isMeant}`.execute(db)
  return Number(rows[0]?.count)
}

async function counted(db: Database, asked: readonly (readonly [string, ReturnType<typeof sql>])[]): Promise<Found> {
  const found: Record<string, number> = {}
  for (const [table, isMeant] of asked) {
    const count = await countOf(db, table, isMeant)
    if (count > 0) found[table] = (found[table] ?? 0) + count
  }
  return found
}

/** What is kept of an agent, a supervisor or an administrator; empty where they are not known at all. */
export function findAgentData(db: Database, agentId: string): Promise<Found> {
  return counted(db, [
    ...OF_AGENT.map(([table, column]) => [table, sql`${sql.ref(column)} = ${agentId}`] as const),
    ['article_owners', sql`people ? ${agentId}`] as const,
  ])
}

/**
 * Deletes who an agent was: name, user name, password, sign-ins, messages, remarks, figures of their time and their notes. What
 * stays is an id in the record of calls that nobody is named by any more. Returns whether there was anybody. Asking again
 * changes nothing. Whoever calls sees to it that they are signed out.
 */
export async function deleteAgentData(db: Database, agentId: string): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await sql`delete from staff_messages where to_id = ${agentId} or by_id = ${agentId}`.execute(trx)
    await sql`delete from article_remarks where said_by = ${agentId}`.execute(trx)
    await sql`update article_remarks set done_by = null where done_by = ${agentId}`.execute(trx)
    await sql`delete from figure_agent_quarters where agent_id = ${agentId}`.execute(trx)
    await sql`delete from figure_agent_days where agent_id = ${agentId}`.execute(trx)
    await sql`delete from figure_spans where agent_id = ${agentId}`.execute(trx)
    await sql`update wrap_ups set note = null, note_deleted_at = now()
      where agent_id = ${agentId} and note is not null`.execute(trx)
    await sql`update article_owners set people = people - ${agentId} where people ? ${agentId}`.execute(trx)
    await sql`update kiosk_key_acts set agent_id = null where agent_id = ${agentId}`.execute(trx)
    await sql`update city_changes set by_id = null, by_name = '–' where by_id = ${agentId}`.execute(trx)
    await sql`update warnings set acknowledged_by = null where acknowledged_by = ${agentId}`.execute(trx)
    await sql`delete from notices where posted_by = ${agentId} and (expires_at < now() or taken_back_at is not null)`.execute(
      trx,
    )
    // Sign-ins and second factors go with it.
    const { numDeletedRows } = await trx.deleteFrom('agents').where('agent_id', '=', agentId).executeTakeFirst()
    return numDeletedRows > 0n
  })
}

/** What is kept of an employee who signs in at kiosks, by their staff number. */
export function findStaffData(db: Database, staffNumber: string): Promise<Found> {
  const own = sql`staff_id in (select staff_id from staff where staff_number = ${staffNumber})`
  return counted(db, [
    ['staff', own],
    ['calls', own],
  ])
}

/** Deletes who an employee at kiosks was; their calls keep an id. Returns whether there was anybody. */
export async function deleteStaffData(db: Database, staffNumber: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('staff').where('staff_number', '=', staffNumber).executeTakeFirst()
  return numDeletedRows > 0n
}

/** The calls of a ticket, with what a callback on it was: a citizen knows nothing of themselves but its letters. */
const callsOf = (ticket: string) => sql`call_id in (select call_id from calls where ticket = ${ticket})`

/** What is kept of the citizen who had a ticket. */
export function findTicketData(db: Database, ticket: string): Promise<Found> {
  const own = callsOf(ticket)
  return counted(db, [
    ['calls', own],
    ['wrap_ups', sql`${own} and note is not null`],
    ['call_notes', own],
    ['callbacks', own],
    ['ratings', own],
    ['earlier_tickets', sql`ticket = ${ticket} or ${own}`],
  ])
}

/**
 * Deletes what says something of the citizen who had a ticket: notes, the face they chose, and that these calls were on one
 * ticket. That there were calls stays counted. Returns how many calls there were; a call that still runs is left alone.
 */
export async function deleteTicketData(db: Database, ticket: string): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const own = sql`call_id in (select call_id from calls where ticket = ${ticket} and ended_at is not null)`
    await sql`update wrap_ups set note = null, note_deleted_at = now() where ${own} and note is not null`.execute(trx)
    for (const table of ['call_notes', 'ratings', 'earlier_tickets']) {
      await sql`delete from ${sql.table(table)} where ${own}`.execute(trx)
    }
    await sql`delete from earlier_tickets where ticket = ${ticket}`.execute(trx)
    const { numUpdatedRows } = await trx
      .updateTable('calls')
      .set({ ticket: null })
      .where('ticket', '=', ticket)
      .where('ended_at', 'is not', null)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
}
