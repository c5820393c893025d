/** Promised callbacks for reports, by what the call was that each goes on with. */
import { sql } from 'kysely'
import { CALLBACK_SUMS, type CallbackSums } from '#server/figures/sums.ts'
import type { Database } from './database.ts'
import { dimensionColumn, type ReportQuestion } from './reports.ts'

export type CountedCallbacks = { readonly group: Readonly<Record<string, string>>; readonly sums: CallbackSums }

/** The callbacks that were promised for the range, in the order of their groups; one row more than asked for at most. */
export async function loadCallbackSums(
  db: Database,
  { range, groupBy, filters, rowsMax }: Omit<ReportQuestion, 'interval'>,
): Promise<CountedCallbacks[]> {
  const keys = groupBy.map(dimensionColumn)
  const isMeant = [...filters].map(
    ([name, ids]) => sql`and ${sql.ref(`f.${dimensionColumn(name)}`)} = any(${[...ids]})`,
  )
  const groups = sql.join([sql`count(*)::int as promised`, ...keys.map((key) => sql.ref(`f.${key}`))])
  const places =
    keys.length === 0
      ? sql``
      : sql.raw(
          `group by ${keys.map((key) => `f.${key}`).join(', ')} order by ${keys.map((key) => `f.${key}`).join(', ')}`,
        )
  const { rows } = await sql<Record<string, unknown>>`
    select ${groups}, count(*) filter (where b.result = 'kept')::int as kept,
      count(*) filter (where b.result = 'broken')::int as broken,
      count(*) filter (where b.result = 'missed')::int as missed,
      count(*) filter (where b.result = 'cancelled')::int as cancelled
    from callbacks b cross join lateral (
      -- One look for each: there are few callbacks among all calls. Without the offset it is a reading of the whole table.
      select * from figure_calls where call_id = b.of_call_id offset 0) f
    where b.due_at >= ${new Date(range.from)} and b.due_at < ${new Date(range.to)}
      and b.result is distinct from 'withdrawn' ${sql.join(isMeant, sql` `)}
    ${places} limit ${rowsMax + 1}`.execute(db)
  return rows.map((row) => ({
    group: Object.fromEntries(groupBy.map((name) => [name, String(row[dimensionColumn(name)] ?? '')])),
    sums: Object.fromEntries(CALLBACK_SUMS.map((name) => [name, Number(row[name])])) as CallbackSums,
  }))
}
