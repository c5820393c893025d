/** The roster: how many agents are planned for a queue in each quarter-hour. No names. */
import { sql } from 'kysely'
import type { RosterEntry } from '#server/forecast/roster-csv.ts'
import { cityDateOf, startOfCityDate } from '#server/figures/calendar.ts'
import type { Database } from './database.ts'

type Span = { readonly queueId: string; readonly from: number; readonly to: number }

/** What is planned for a queue from `from` up to, not including, `to`, in ms since 1970, by the beginning of the quarter-hour. */
export async function plannedAgents(db: Database, { queueId, from, to }: Span): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ quarter: Date; agents_count: number }>`
    select quarter, agents_count from roster
    where queue_id = ${queueId} and quarter >= ${new Date(from)} and quarter < ${new Date(to)}`.execute(db)
  return new Map(rows.map(({ quarter, agents_count: count }) => [quarter.getTime(), count]))
}

/**
 * Writes entries in place of all that was planned for their queues on their days (of the city), in one transaction. `also`: days that are
 * emptied where no entry is of them.
 */
export async function writeRoster(
  db: Database,
  entries: readonly RosterEntry[],
  also: readonly Span[] = [],
): Promise<void> {
  const days = new Map<string, Span>(also.map((span) => [`${span.queueId} ${span.from}`, span]))
  for (const { queueId, at } of entries) {
    const date = cityDateOf(at)
    const from = startOfCityDate(date)
    if (days.has(`${queueId} ${from}`)) continue
    const to = startOfCityDate(Temporal.PlainDate.from(date).add({ days: 1 }).toString())
    days.set(`${queueId} ${from}`, { queueId, from, to })
  }
  await db.transaction().execute(async (trx) => {
    for (const { queueId, from, to } of days.values()) {
      await sql`delete from roster
        where queue_id = ${queueId} and quarter >= ${new Date(from)} and quarter < ${new Date(to)}`.execute(trx)
    }
    if (entries.length === 0) return
    await sql`insert into roster (queue_id, quarter, agents_count)
      select * from unnest(${entries.map(({ queueId }) => queueId)}::text[],
        ${entries.map(({ at }) => new Date(at))}::timestamptz[], ${entries.map(({ agentsCount }) => agentsCount)}::integer[])
      on conflict (queue_id, quarter) do update set agents_count = excluded.agents_count`.execute(trx)
  })
}

/** Deletes what was planned for times before `before`, in ms since 1970; returns how many quarter-hours. */
export async function dropOldRoster(db: Database, before: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from roster where quarter < ${new Date(before)}`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
