/** Writing changes of a city, and who made which. */
import { sql, type Transaction } from 'kysely'
import type { ChangeWay, CityDifference } from '#server/contract/admin.ts'
import type { CityContent, CityPart } from '#server/contract/city-document.ts'
import { listenTo } from './channel.ts'
import { putEntry, takeEntryAway, type NoSecrets } from './city-rows.ts'
import type { Database, Tables } from './database.ts'

/** Postgres' channel on which a changed city is announced. */
const CHANNEL = 'skranke_city'

/** What is written before what refers to it. Gone things go in the other order. */
const ORDER: readonly CityPart[] = [
  'districts',
  'centres',
  'services',
  'matters',
  'sites',
  'kiosks',
  'people',
  'staff',
  'owners',
]

type Trx = Transaction<Tables>

/** Writes the things that are other, within the transaction that holds the city. The policy is not among them. */
export async function writeCity(
  trx: Trx,
  changes: readonly CityDifference[],
  next: CityContent,
  secrets: NoSecrets,
  at: number,
): Promise<void> {
  const of = (part: string) => changes.filter(({ path }) => path[0] === part)
  for (const part of ORDER) {
    for (const { path, after } of of(part)) if (after !== null) await putEntry(trx, part, path[1] ?? '', after, secrets)
  }
  for (const part of ORDER.toReversed()) {
    for (const { path, after } of of(part)) if (after === null) await takeEntryAway(trx, part, path[1] ?? '', at)
  }
  if (of('phones').length > 0) await writePhones(trx, next.phones)
  if (of('retention').length > 0) {
    const retention = JSON.stringify(next.retention)
    await trx
      .insertInto('city_retention')
      .values({ retention })
      .onConflict((there) => there.column('is_only').doUpdateSet({ retention }))
      .execute()
  }
}

/** Few, and without ids: all anew. */
async function writePhones(trx: Trx, phones: CityContent['phones']): Promise<void> {
  await trx.deleteFrom('city_phones').execute()
  if (phones.length === 0) return
  await trx
    .insertInto('city_phones')
    .values(
      phones.map(({ labels, ...phone }, order) => ({ ...phone, labels: JSON.stringify(labels), sort_order: order })),
    )
    .execute()
}

/** Tells a running server, once the transaction is committed. */
export async function announceCity(trx: Trx): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, '')`.execute(trx)
}

/** Calls `onChanged` whenever a city was changed, until what it resolves with is called; `onLost` where the connection breaks. */
export async function watchCity(
  databaseUrl: string,
  onChanged: () => void,
  onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
  return listenTo(databaseUrl, CHANNEL, onChanged, onLost)
}

/** Which thing has a call that is not over: it cannot be taken away now. */
export async function partsInCall(
  trx: Database,
  gone: readonly (readonly [part: string, id: string])[],
): Promise<(readonly [part: string, id: string])[]> {
  const rows = await trx
    .selectFrom('calls')
    .select(['site_id', 'kiosk_id', 'agent_id', 'beside_agent_id'])
    .where('ended_at', 'is', null)
    .execute()
  const inCall = {
    sites: new Set(rows.map((row) => row.site_id)),
    kiosks: new Set<string | null>(rows.map((row) => row.kiosk_id)),
    people: new Set(rows.flatMap((row) => [row.agent_id, row.beside_agent_id])),
  }
  return gone.filter(([part, id]) => part in inCall && inCall[part as keyof typeof inCall].has(id))
}

export type ChangeToKeep = {
  /** Null: somebody at the server's command line. */
  readonly byId: string | null
  readonly byName: string
  readonly how: ChangeWay
  readonly takesBack: number | null
  readonly differences: readonly CityDifference[]
}

/** Keeps who changed what; resolves with the number of the change. `at`: ms since 1970. */
export async function keepChange(trx: Database, change: ChangeToKeep, at: number): Promise<number> {
  const { byId, byName, how, takesBack, differences } = change
  const row = await trx
    .insertInto('city_changes')
    .values({
      at: new Date(at),
      by_id: byId,
      by_name: byName,
      how,
      takes_back: takesBack === null ? null : String(takesBack),
      differences: JSON.stringify(differences),
    })
    .returning('change_id')
    .executeTakeFirstOrThrow()
  return Number(row.change_id)
}

export type KeptChange = Omit<ChangeToKeep, 'byId'> & {
  readonly changeId: number
  readonly at: number
  readonly takenBackBy: number | null
}

function selectChanges(db: Database) {
  return db
    .selectFrom('city_changes')
    .leftJoin('city_changes as later', 'later.takes_back', 'city_changes.change_id')
    .selectAll('city_changes')
    .select('later.change_id as taken_back_by')
}

function toChange(row: Awaited<ReturnType<ReturnType<typeof selectChanges>['execute']>>[number]): KeptChange {
  const { change_id: changeId, at, by_name: byName, how, takes_back: takesBack, taken_back_by: by, differences } = row
  const links = {
    takesBack: takesBack === null ? null : Number(takesBack),
    takenBackBy: by === null ? null : Number(by),
  }
  return { changeId: Number(changeId), at: at.getTime(), byName, how, ...links, differences }
}

/** The newest first, at most `limit`; only those before change `before`, where that is said. */
export async function keptChanges(db: Database, before: number | undefined, limit: number): Promise<KeptChange[]> {
  let query = selectChanges(db).orderBy('city_changes.change_id', 'desc').limit(limit)
  if (before !== undefined) query = query.where('city_changes.change_id', '<', String(before))
  return (await query.execute()).map(toChange)
}

/** A change, or undefined where it is forgotten or never was. */
export async function findChange(db: Database, changeId: number): Promise<KeptChange | undefined> {
  const row = await selectChanges(db).where('city_changes.change_id', '=', String(changeId)).executeTakeFirst()
  return row === undefined ? undefined : toChange(row)
}

/** What was changed after a change, the oldest first. */
export async function changesAfter(db: Database, changeId: number): Promise<KeptChange[]> {
  const later = selectChanges(db).where('city_changes.change_id', '>', String(changeId))
  return (await later.orderBy('city_changes.change_id').execute()).map(toChange)
}

/** Forgets the changes made before an instant, in ms since 1970; resolves with how many there were. */
export async function dropOldChanges(db: Database, before: number): Promise<number> {
  const gone = await db.deleteFrom('city_changes').where('at', '<', new Date(before)).executeTakeFirst()
  return Number(gone.numDeletedRows)
}
