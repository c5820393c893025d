/** The policies a city has loaded, as the text that was reviewed. The newest is the one in force. */
import { sql } from 'kysely'
import { listenTo } from './channel.ts'
import type { Database } from './database.ts'
import type { Directory, QueueSetting } from './directory.ts'
import { loadQueues } from './directory.ts'

/** Postgres' channel on which a loaded policy is announced. */
const CHANNEL = 'skranke_policies'

export type KeptPolicy = {
  /** Grows with each policy that is loaded. */
  readonly policyNumber: number
  readonly version: string
  readonly document: string
  /** Whether those who wait already follow it. */
  readonly isForWaiting: boolean
  /** Milliseconds since 1970. */
  readonly loadedAt: number
}

/** The policy in force, or undefined where none was ever loaded. */
export async function newestPolicy(db: Database): Promise<KeptPolicy | undefined> {
  const row = await db.selectFrom('policies').selectAll().orderBy('policy_number', 'desc').limit(1).executeTakeFirst()
  if (row === undefined) return undefined
  const { policy_number: policyNumber, version, document, is_for_waiting: isForWaiting, loaded_at: loadedAt } = row
  return { policyNumber: Number(policyNumber), version, document, isForWaiting, loadedAt: loadedAt.getTime() }
}

type PolicyToKeep = { readonly version: string; readonly document: string; readonly isForWaiting: boolean }

/** Keeps a policy whose text was checked, and tells a running server of it. */
export async function keepPolicy(db: Database, policy: PolicyToKeep): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await insertPolicy(trx, policy)
    await sql`select pg_notify(${CHANNEL}, ${policy.version})`.execute(trx)
  })
}

/** Keeps it as a part of a larger change, which is announced as a whole. */
export async function insertPolicy(trx: Database, policy: PolicyToKeep): Promise<void> {
  const { version, document, isForWaiting } = policy
  await trx.insertInto('policies').values({ version, document, is_for_waiting: isForWaiting }).execute()
}

/**
 * Calls `onLoaded` whenever a policy is kept. Resolves with what ends it; `onLost` is called where the connection
 * breaks, since a policy could then be missed.
 */
export async function watchPolicies(
  databaseUrl: string,
  onLoaded: () => void,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  return listenTo(databaseUrl, CHANNEL, onLoaded, onLost)
}

/**
 * Makes the queues that figures and screens know those of a policy: new ones come, gone ones are retired and keep
 * their figures. `directory` shows them from then on.
 */
export async function keepQueues(
  db: Database,
  directory: Directory,
  queues: readonly (Pick<QueueSetting, 'id' | 'serviceId' | 'language' | 'answerWithinMs' | 'shortAbandonMs'> & {
    readonly callersMax: number
  })[],
): Promise<void> {
  const rows = queues.map(({ id, serviceId, language, callersMax, answerWithinMs, shortAbandonMs }) => ({
    queue_id: id,
    service_id: serviceId,
    language,
    callers_max: callersMax,
    answer_within_ms: answerWithinMs,
    short_abandon_ms: shortAbandonMs,
    is_retired: false,
  }))
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('queues').set({ is_retired: true }).execute()
    for (const row of rows) {
      const { queue_id: _id, ...settings } = row
      await trx
        .insertInto('queues')
        .values(row)
        .onConflict((conflict) => conflict.column('queue_id').doUpdateSet(settings))
        .execute()
    }
  })
  directory.showQueues(await loadQueues(db))
}
