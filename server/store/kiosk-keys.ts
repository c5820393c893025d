/** The public keys of kiosks, and what was done about them. */
import type { KeyAct } from '#server/contract/kiosk-keys.ts'
import type { Database } from './database.ts'

export type KeptKey = {
  readonly keyId: string
  readonly kioskId: string
  /** SPKI in base64url. */
  readonly publicKey: string
  /** In ms since 1970. */
  readonly madeAt: number
  /** When it ends, where another one follows it; null where it stands. */
  readonly validUntil: number | null
}

export type NewAct = {
  readonly act: KeyAct
  readonly kioskId: string
  readonly keyId: string | null
  /** Null where the kiosk did it by itself. */
  readonly agentId: string | null
  /** In ms since 1970. */
  readonly at: number
}

/** Every key that is good, or was until lately. */
export async function kioskKeys(db: Database): Promise<KeptKey[]> {
  const rows = await db.selectFrom('kiosk_keys').selectAll().execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    kioskId: row.kiosk_id,
    publicKey: row.public_key,
    madeAt: row.made_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
  }))
}

/**
 * Puts the keys of one kiosk in place of those it had, and writes down what was done; all of it or nothing. Throws where one of the
 * keys is another kiosk's.
 */
export async function keepKioskKeys(
  db: Database,
  kioskId: string,
  keys: readonly KeptKey[],
  acts: readonly NewAct[],
): Promise<void> {
  await db.transaction().execute(async (step) => {
    await step.deleteFrom('kiosk_keys').where('kiosk_id', '=', kioskId).execute()
    const rows = keys.map((key) => ({
      key_id: key.keyId,
      kiosk_id: kioskId,
      public_key: key.publicKey,
      made_at: new Date(key.madeAt),
      valid_until: key.validUntil === null ? null : new Date(key.validUntil),
    }))
    if (rows.length > 0) await step.insertInto('kiosk_keys').values(rows).execute()
    const done = acts.map((act) => ({
      at: new Date(act.at),
      act: act.act,
      kiosk_id: act.kioskId,
      key_id: act.keyId,
      agent_id: act.agentId,
    }))
    if (done.length > 0) await step.insertInto('kiosk_key_acts').values(done).execute()
  })
}

/** Writes down what was done that changes no key. */
export async function noteKioskAct(db: Database, { act, kioskId, keyId, agentId, at }: NewAct): Promise<void> {
  const row = { at: new Date(at), act, kiosk_id: kioskId, key_id: keyId, agent_id: agentId }
  await db.insertInto('kiosk_key_acts').values(row).execute()
}

/** The last `countMax` acts, the newest first. */
export async function lastKeyActs(db: Database, countMax: number): Promise<NewAct[]> {
  const rows = await db.selectFrom('kiosk_key_acts').selectAll().orderBy('act_id', 'desc').limit(countMax).execute()
  return rows.map((row) => ({
    at: row.at.getTime(),
    act: row.act,
    kioskId: row.kiosk_id,
    keyId: row.key_id,
    agentId: row.agent_id,
  }))
}

/** Deletes what was done before an instant (ms since 1970); resolves with how much that was. */
export async function dropOldKeyActs(db: Database, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('kiosk_key_acts')
    .where('at', '<', new Date(before))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
