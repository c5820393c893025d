/** Whether a code is one that its owner has now. */
import { periodOfCode, recoveryHash, unseal } from '#server/auth/second-factor.ts'
import type { Database } from '#server/store/database.ts'
import { secondFactorOf, usePeriod, useRecoveryCode } from '#server/store/second-factors.ts'

type CodeParts = { readonly db: Database; readonly accountKey: Buffer; readonly now: () => number }

/** Whether a code is of the app now, or stands on the paper. It is used up by it. */
export async function isCodeRight({ db, accountKey, now }: CodeParts, agentId: string, code: string): Promise<boolean> {
  const { secretSealed } = await secondFactorOf(db, agentId)
  const secret = secretSealed === undefined ? undefined : unseal(accountKey, secretSealed)
  const plain = code.replace(/\s/g, '')
  const period = secret === undefined ? undefined : periodOfCode(secret, plain, now())
  if (period !== undefined) return usePeriod(db, agentId, period)
  return useRecoveryCode(db, agentId, recoveryHash(accountKey, agentId, plain))
}
