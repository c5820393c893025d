/** A day of the journal, read back: for replaying what was decided. Reads only, beside a running system too. */
import { sql } from 'kysely'
import type { Fact } from '#server/routing/effect.ts'
import type { RoutingEvent } from '#server/routing/event.ts'
import { SNAPSHOT_VERSION, type Snapshot } from '#server/routing/snapshot.ts'
import type { Database } from './database.ts'
import { upgradedEvent } from './old-events.ts'

/** A day is the city's day, also on the two days when the clock changes. */
const CITY_TIME_ZONE = 'Europe/Copenhagen'

/** Rows read at once. More needs more memory, fewer more turns. */
const PAGE_ROWS = 2_000

/** From `startsAt` up to, not including, `endsAt`, in milliseconds since 1970. */
export type CityDay = { readonly startsAt: number; readonly endsAt: number }

export type JournalRow = {
  readonly seq: number
  readonly event: RoutingEvent
  readonly facts: readonly Fact[]
}

/** What the rows of a call and of its handlings say in the end; times in milliseconds since 1970. */
export type CallRow = {
  readonly callId: string
  readonly queueId: string
  readonly language: string
  readonly agentId: string | null
  readonly outcome: string | null
  readonly endReason: string | null
  readonly answeredAt: number | null
  readonly endedAt: number | null
}
export type HandlingRow = {
  readonly callId: string
  readonly agentId: string
  readonly acceptedAt: number
  readonly hungUpAt: number
  readonly wrappedUpAt: number | null
}

export type JournalDay = {
  /** The newest at or before the beginning of the day that can be read today; undefined to begin with nothing. */
  readonly snapshot: Snapshot | undefined
  /** Everything from that snapshot to the end of the day, so what was before the day too. */
  rows(): AsyncGenerator<JournalRow>
  /** Calls that ended and handlings that were hung up on the day. */
  readonly calls: readonly CallRow[]
  readonly handlings: readonly HandlingRow[]
}

/** The city's day of a date as `2026-11-23`. Throws RangeError for what is no date. */
export function cityDay(date: string): CityDay {
  const day = Temporal.PlainDate.from(date, { overflow: 'reject' })
  const start = (each: Temporal.PlainDate) => each.toZonedDateTime(CITY_TIME_ZONE).epochMilliseconds
  return { startsAt: start(day), endsAt: start(day.add({ days: 1 })) }
}

/** The day as it was kept; undefined where the journal has nothing of it. */
export async function readJournalDay(db: Database, day: CityDay): Promise<JournalDay | undefined> {
  const [start, end] = [new Date(day.startsAt), new Date(day.endsAt)]
  const span = await db
    .selectFrom('journal')
    .select(({ fn }) => [fn.min('seq').as('first'), fn.max('seq').as('last')])
    .where('at', '>=', start)
    .where('at', '<', end)
    .executeTakeFirst()
  if (span === undefined || span.first === null || span.last === null) return undefined
  const [first, last] = [Number(span.first), Number(span.last)]
  const kept = await db
    .selectFrom('journal_snapshots')
    .select(['seq', 'snapshot'])
    .where('seq', '<', String(first))
    .where(sql`snapshot->>'version'`, '=', String(SNAPSHOT_VERSION))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const snapshotSeq = kept === undefined ? 0 : Number(kept.seq)
  return {
    // Written by the journal and by nothing else; of this version, as asked for.
    snapshot: kept?.snapshot as Snapshot | undefined,
    rows: () => rowsBetween(db, snapshotSeq, last),
    calls: await callsEndedBetween(db, start, end),
    handlings: await handlingsBetween(db, start, end),
  }
}

/** Rows after one number up to and with another. Throws where one is missing: without it nothing can be replayed. */
async function* rowsBetween(db: Database, after: number, last: number): AsyncGenerator<JournalRow> {
  let seqBefore = after
  while (seqBefore < last) {
    const rows = await db
      .selectFrom('journal')
      .select(['seq', 'event', 'facts'])
      .where('seq', '>', String(seqBefore))
      .where('seq', '<=', String(last))
      .orderBy('seq')
      .limit(PAGE_ROWS)
      .execute()
    for (const row of rows) {
      const seq = Number(row.seq)
      if (seq !== seqBefore + 1) throw new Error(`The journal has no entry ${seqBefore + 1}.`)
      seqBefore = seq
      yield { seq, event: upgradedEvent(row.event), facts: row.facts as readonly Fact[] }
    }
    if (rows.length === 0) throw new Error(`The journal has no entry ${seqBefore + 1}.`)
  }
}

async function callsEndedBetween(db: Database, start: Date, end: Date): Promise<CallRow[]> {
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('ended_at', '>=', start)
    .where('ended_at', '<', end)
    .execute()
  return rows.map((row) => ({
    callId: row.call_id,
    queueId: row.queue_id,
    language: row.language,
    agentId: row.agent_id,
    outcome: row.outcome,
    endReason: row.end_reason,
    answeredAt: row.answered_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
  }))
}

async function handlingsBetween(db: Database, start: Date, end: Date): Promise<HandlingRow[]> {
  const rows = await db
    .selectFrom('handlings')
    .selectAll()
    .where('hung_up_at', '>=', start)
    .where('hung_up_at', '<', end)
    .execute()
  return rows.map((row) => ({
    callId: row.call_id,
    agentId: row.agent_id,
    acceptedAt: row.accepted_at.getTime(),
    hungUpAt: row.hung_up_at.getTime(),
    wrappedUpAt: row.wrapped_up_at?.getTime() ?? null,
  }))
}
