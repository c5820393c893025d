/** How long what agents did from when to when is kept, and what it adds up to. The figures of calls name nobody and stay. */
import { sql } from 'kysely'
import { cityDateOf } from '#server/figures/calendar.ts'
import type { Database } from './database.ts'

/** Deletes what agents did before `before` (ms since 1970, a midnight of the city). Returns how many quarter-hours of agents there were. */
export async function dropAgentFigures(db: Database, before: number): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    // Held, so that no run of the figures writes what is deleted here; it never goes back.
    const { rows } = await sql<{ agents_since: Date }>`
      update figures_position set agents_since = greatest(agents_since, ${new Date(before)}) returning agents_since`.execute(
      trx,
    )
    return await dropBefore(trx, rows[0]?.agents_since ?? new Date(before))
  })
}

/** Deletes again what a rebuild brought back from the journal. */
export async function dropAgentFiguresAgain(trx: Database): Promise<void> {
  await dropBefore(trx, await agentFiguresSince(trx))
}

/** Since when what agents did is kept. */
export async function agentFiguresSince(db: Database): Promise<Date> {
  const { agents_since: since } = await db
    .selectFrom('figures_position')
    .select('agents_since')
    .executeTakeFirstOrThrow()
  return since
}

async function dropBefore(db: Database, since: Date): Promise<number> {
  // What lasts into the time that is kept belongs to it.
  await db.deleteFrom('figure_spans').where('until_at', '<', since).execute()
  await db
    .deleteFrom('figure_agent_days')
    .where('city_date', '<', sql<string>`${cityDateOf(since.getTime())}::date`)
    .execute()
  const { numDeletedRows } = await db
    .deleteFrom('figure_agent_quarters')
    .where('quarter', '<', since)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
