/** Second factors of local accounts, sealed: this only keeps them, and sees to it that no code is good twice. */
import type { Database } from './database.ts'

export type SecondFactor = {
  /** Undefined: none is on. */
  readonly secretSealed: Buffer | undefined
  /** Shown, and not yet proven. */
  readonly pendingSealed: Buffer | undefined
  readonly recoveryCodesCount: number
}

/** What somebody has. */
export async function secondFactorOf(db: Database, agentId: string): Promise<SecondFactor> {
  const row = await db
    .selectFrom('second_factors')
    .select(['secret_sealed', 'pending_sealed'])
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  const codes = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  return {
    secretSealed: row?.secret_sealed ?? undefined,
    pendingSealed: row?.pending_sealed ?? undefined,
    recoveryCodesCount: Number(codes?.count ?? 0),
  }
}

/** Keeps a secret that is shown now; one that is on stays on until the new one is proven. */
export async function keepPendingFactor(db: Database, agentId: string, pendingSealed: Buffer): Promise<void> {
  await db
    .insertInto('second_factors')
    .values({ agent_id: agentId, pending_sealed: pendingSealed })
    .onConflict((there) => there.column('agent_id').doUpdateSet({ pending_sealed: pendingSealed }))
    .execute()
}

/** The secret that was shown is on from here, with these codes on paper and none of before. `period`: of the code that proved it. */
export async function turnFactorOn(
  db: Database,
  agentId: string,
  { pendingSealed, period, codeHashes }: { pendingSealed: Buffer; period: number; codeHashes: readonly Buffer[] },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('second_factors')
      .set({ secret_sealed: pendingSealed, pending_sealed: null, last_period: String(period) })
      .where('agent_id', '=', agentId)
      .where('pending_sealed', '=', pendingSealed)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await trx.deleteFrom('recovery_codes').where('agent_id', '=', agentId).execute()
    await trx
      .insertInto('recovery_codes')
      .values(codeHashes.map((code_hash) => ({ agent_id: agentId, code_hash })))
      .execute()
    return true
  })
}

/** Uses the code of a period up. False: it, or a later one, was used before. */
export async function usePeriod(db: Database, agentId: string, period: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ last_period: String(period) })
    .where('agent_id', '=', agentId)
    .where('last_period', '<', String(period))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Uses a code on paper up. False: there is none like it. */
export async function useRecoveryCode(db: Database, agentId: string, codeHash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('agent_id', '=', agentId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Nothing of it is kept. */
export async function dropSecondFactor(db: Database, agentId: string): Promise<void> {
  await db.deleteFrom('second_factors').where('agent_id', '=', agentId).execute()
}
