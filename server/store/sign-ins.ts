/** Who is signed in, by the hash of their token. */
import type { Database } from './database.ts'

/** Keeps a sign-in, and forgets those that are older than `ageMsMax`: nobody's comings and goings are collected. */
export async function keepSignIn(db: Database, tokenHash: Buffer, agentId: string, ageMsMax: number): Promise<void> {
  await db
    .deleteFrom('sign_ins')
    .where('created_at', '<=', new Date(Date.now() - ageMsMax))
    .execute()
  await db.insertInto('sign_ins').values({ token_hash: tokenHash, agent_id: agentId }).execute()
}

/** Who the token belongs to, unless it is older than `ageMsMax`. */
export async function findSignIn(db: Database, tokenHash: Buffer, ageMsMax: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('sign_ins')
    .select('agent_id')
    .where('token_hash', '=', tokenHash)
    .where('created_at', '>', new Date(Date.now() - ageMsMax))
    .executeTakeFirst()
  return row?.agent_id
}

/** Ends every sign-in of somebody. */
export async function endSignInsOf(db: Database, agentId: string): Promise<void> {
  await db.deleteFrom('sign_ins').where('agent_id', '=', agentId).execute()
}

/** Ends a sign-in. */
export async function endSignIn(db: Database, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('sign_ins').where('token_hash', '=', tokenHash).execute()
}
