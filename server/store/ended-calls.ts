/** What is known of calls that the engine has let go of. */
import type { Database } from './database.ts'

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
