/** What the calls of a queue took in the last weeks is read from an index alone: of a year of two million calls that is seconds less. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index figure_calls_by_queue on figure_calls (queue_id, quarter)
    include (talk_ms, hold_ms, wrap_up_ms, handled, wait_ms_max, abandoned)`.execute(db)
}
