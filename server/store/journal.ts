/** The journal in Postgres: events, what followed, and the calls' own rows, in one transaction each batch. */
import type { Transaction } from 'kysely'
import type { Journal, JournalEntry } from '#server/host/ports.ts'
import type { CallRecord } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'
import type { Snapshot } from '#server/routing/snapshot.ts'
import type { Database, Tables } from './database.ts'

/** Snapshots kept beside the newest, should the newest ever be unreadable. */
const OLD_SNAPSHOTS_MAX = 2

/**
 * The journal of `db`. Sequence numbers are the primary key, so a second writer cannot append: its commit
 * fails and its process stops.
 */
export function postgresJournal(db: Database): Journal {
  return {
    async load() {
      const newest = await db
        .selectFrom('journal_snapshots')
        .selectAll()
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
      const events = rows.map(({ seq, event }) => ({ seq: Number(seq), event: event as RoutingEvent }))
      return { snapshot: newest?.snapshot as Snapshot | undefined, snapshotSeq, events }
    },
    async append(entries, snapshot) {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto('journal').values(entries.map(toRow)).execute()
        for (const entry of entries) for (const record of entry.records) await keepRecord(trx, record)
        if (snapshot !== undefined) await keepSnapshot(trx, snapshot)
      })
    },
  }
}

function toRow(entry: JournalEntry) {
  const { event } = entry
  const offerCallId = 'offerId' in event ? event.offerId.slice(0, event.offerId.lastIndexOf('/')) : null
  return {
    seq: entry.seq,
    at: new Date(event.at),
    type: event.type,
    call_id: 'callId' in event ? event.callId : offerCallId,
    agent_id: 'agentId' in event ? event.agentId : null,
    event: JSON.stringify(event),
    facts: JSON.stringify(entry.facts),
  }
}

async function keepRecord(trx: Transaction<Tables>, record: CallRecord): Promise<void> {
  const at = new Date(record.at)
  switch (record.type) {
    case 'arrived':
      await trx
        .insertInto('calls')
        .values({
          call_id: record.callId,
          kiosk_id: record.kioskId,
          queue_id: record.queueId,
          language: record.language,
          matter_id: null,
          arrived_at: at,
          answered_at: null,
          ended_at: null,
          agent_id: null,
          outcome: null,
          end_reason: null,
        })
        .execute()
      return
    case 'answered':
      await trx.updateTable('calls').set({ answered_at: at }).where('call_id', '=', record.callId).execute()
      return
    case 'ended':
      // No outcome is ever changed: a call that has one is left as it is.
      await trx
        .updateTable('calls')
        .set({
          queue_id: record.queueId,
          language: record.language,
          matter_id: record.matterId,
          agent_id: record.agentId,
          ended_at: at,
          outcome: record.outcome,
          end_reason: record.endReason,
        })
        .where('call_id', '=', record.callId)
        .where('outcome', 'is', null)
        .execute()
      return
    case 'handled':
      await trx
        .insertInto('handlings')
        .values({
          call_id: record.callId,
          agent_id: record.agentId,
          accepted_at: new Date(record.acceptedAt),
          hung_up_at: at,
          wrapped_up_at: null,
        })
        .execute()
      return
    case 'wrapped-up':
      await trx
        .updateTable('handlings')
        .set({ wrapped_up_at: at })
        .where('call_id', '=', record.callId)
        .where('agent_id', '=', record.agentId)
        .where('wrapped_up_at', 'is', null)
        .execute()
  }
}

async function keepSnapshot(trx: Transaction<Tables>, kept: { seq: number; snapshot: Snapshot }): Promise<void> {
  await trx
    .insertInto('journal_snapshots')
    .values({ seq: kept.seq, snapshot: JSON.stringify(kept.snapshot) })
    .execute()
  const older = trx.selectFrom('journal_snapshots').select('seq').orderBy('seq', 'desc').offset(OLD_SNAPSHOTS_MAX)
  await trx.deleteFrom('journal_snapshots').where('seq', 'in', older).execute()
}
