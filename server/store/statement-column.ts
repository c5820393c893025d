/** Sets of rows as a statement of the journal takes them. */
import { sql, type RawBuilder } from 'kysely'

/** A column of a set of rows, as the array that the statement takes for it. */
export function column<Row>(rows: readonly Row[], type: string, value: (row: Row) => unknown): RawBuilder<unknown> {
  return sql`${rows.map(value)}::${sql.raw(type)}[]`
}
