/** The journal in Postgres: events, what followed, and the calls' own rows, in one transaction each batch. */
import { sql, type Transaction } from 'kysely'
import type { Journal } from '#server/host/ports.ts'
import type { Snapshot } from '#server/routing/snapshot.ts'
import type { Database, Tables } from './database.ts'
import { keepStatement } from './journal-statement.ts'
import { upgradedEvent } from './old-events.ts'

/** Snapshots kept, should the newest ever be unreadable. */
const NEWEST_SNAPSHOTS_KEPT = 2

const CITY_TIME_ZONE = 'Europe/Copenhagen'

/**
 * The journal of `db`. Sequence numbers are the primary key, so a second writer cannot append: its commit
 * fails and its process stops.
 */
export function postgresJournal(db: Database): Journal {
  return {
    async load(version) {
      const newest = await db
        .selectFrom('journal_snapshots')
        .selectAll()
        .where(sql`snapshot->>'version'`, '=', String(version))
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      const snapshotSeq = newest === undefined ? 0 : Number(newest.seq)
      const rows = await db
        .selectFrom('journal')
        .select(['seq', 'event'])
        .where('seq', '>', String(snapshotSeq))
        .orderBy('seq')
        .execute()
      // Written by append() below and by nothing else.
      const events = rows.map(({ seq, event }) => ({ seq: Number(seq), event: upgradedEvent(event) }))
      return { snapshot: newest?.snapshot as Snapshot | undefined, snapshotSeq, events }
    },
    async append(entries) {
      // A statement alone is a transaction, and needs no further turns to begin and to commit.
      await keepStatement(entries).execute(db)
    },
    async keepSnapshot(seq, snapshot) {
      await db.transaction().execute((trx) => keepSnapshot(trx, { seq, snapshot }))
    },
  }
}

/** Keeps a snapshot, and lets go of older ones, but for the first of each day: from there the day can be replayed. */
async function keepSnapshot(trx: Transaction<Tables>, kept: { seq: number; snapshot: Snapshot }): Promise<void> {
  const at = new Date(kept.snapshot.at)
  await trx
    .insertInto('journal_snapshots')
    .values({ seq: kept.seq, at, snapshot: JSON.stringify(kept.snapshot) })
    .execute()
  await sql`delete from journal_snapshots where seq in (
    select seq from (
      select seq, row_number() over (order by seq desc) as age,
        row_number() over (partition by (at at time zone ${CITY_TIME_ZONE})::date order by seq) as place_in_day
      from journal_snapshots) as placed
    where age > ${NEWEST_SNAPSHOTS_KEPT} and place_in_day > 1)`.execute(trx)
}
