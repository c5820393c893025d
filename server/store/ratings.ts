/** How citizens found their calls. */
import type { Database } from './database.ts'

export type Rating = {
  readonly callId: string
  readonly siteId: string
  readonly queueId: string
  readonly face: 'good' | 'so-so' | 'bad'
  /** In ms since 1970. */
  readonly at: number
}

/** Keeps the first rating of a call. Returns whether it is this one, told now or before. */
export async function keepRating(db: Database, { callId, siteId, queueId, face, at }: Rating): Promise<boolean> {
  await db
    .insertInto('ratings')
    .values({ call_id: callId, site_id: siteId, queue_id: queueId, face, at: new Date(at) })
    .onConflict((conflict) => conflict.column('call_id').doNothing())
    .execute()
  const kept = await db.selectFrom('ratings').select('face').where('call_id', '=', callId).executeTakeFirst()
  return kept?.face === face
}
