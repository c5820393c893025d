/** What is known of calls that the engine has let go of. */
import type { Database } from './database.ts'

/** How long a conversation is remembered by its ticket. Longer, and the letters may be somebody else's by then. */
const REMEMBERED_MS = 12 * 60 * 60 * 1_000

/** Who answered the last call of a ticket, or null where nobody did of late. */
export async function agentOfTicket(db: Database, ticket: string, now: number): Promise<string | null> {
  const row = await db
    .selectFrom('calls')
    .select('agent_id')
    .where('ticket', '=', ticket)
    .where('arrived_at', '>', new Date(now - REMEMBERED_MS))
    .where('outcome', 'is not', null)
    .orderBy('arrived_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.agent_id ?? null
}

/** Whether there has been a call of this id and it is over. */
export async function isEndedCall(db: Database, callId: string): Promise<boolean> {
  const row = await db
    .selectFrom('calls')
    .select('call_id')
    .where('call_id', '=', callId)
    .where('outcome', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}
