/** [R40] The part of a batch's statement that keeps what was promised, and what became of it. */
import { sql, type RawBuilder } from 'kysely'
import type { CallRecord } from '#server/routing/effect.ts'
import { column } from './statement-column.ts'

type Promised = Extract<CallRecord, { type: 'callback-promised' }>
export type CallbackEnded = Extract<CallRecord, { type: 'callback-ended' }>
export type NewCallback = { readonly promised: Promised; ended: CallbackEnded | undefined }

type Changes = {
  readonly promised: Map<string, NewCallback>
  readonly callbacksEnded: Map<string, CallbackEnded>
}

/** Puts together what happens to one promise within a batch: the newest time, and its end. */
export function addCallback({ promised, callbacksEnded }: Changes, record: Promised | CallbackEnded): void {
  const { callId } = record
  const known = promised.get(callId)
  if (record.type === 'callback-promised') promised.set(callId, { promised: record, ended: undefined })
  else if (known !== undefined) known.ended = record
  else callbacksEnded.set(callId, record)
}

const dateOrNull = (at: number | null | undefined) => (at == null ? null : new Date(at))

/** A promise that was made, or moved to another time. */
export function keepCallbacks(rows: readonly NewCallback[]): RawBuilder<unknown> {
  return sql`insert into callbacks (call_id, of_call_id, first_call_id, promised_by_id, promised_at, due_at,
    is_by_promiser, result, rung_at, tries_count, ended_at) select * from unnest(
    ${column(rows, 'text', ({ promised }) => promised.callId)},
    ${column(rows, 'text', ({ promised }) => promised.ofCallId)},
    ${column(rows, 'text', ({ promised }) => promised.firstCallId)},
    ${column(rows, 'text', ({ promised }) => promised.promisedById)},
    ${column(rows, 'timestamptz', ({ promised }) => new Date(promised.promisedAt))},
    ${column(rows, 'timestamptz', ({ promised }) => new Date(promised.dueAt))},
    ${column(rows, 'boolean', ({ promised }) => promised.isByPromiser)},
    ${column(rows, 'text', ({ ended }) => ended?.result ?? null)},
    ${column(rows, 'timestamptz', ({ ended }) => dateOrNull(ended?.rungAt))},
    ${column(rows, 'integer', ({ ended }) => ended?.triesCount ?? 0)},
    ${column(rows, 'timestamptz', ({ ended }) => dateOrNull(ended?.at))})
    on conflict (call_id) do update set promised_at = excluded.promised_at, due_at = excluded.due_at,
      is_by_promiser = excluded.is_by_promiser, result = excluded.result, rung_at = excluded.rung_at,
      tries_count = excluded.tries_count, ended_at = excluded.ended_at`
}

/** What became of promises of earlier batches. No result is ever changed. */
export function endCallbacks(rows: readonly CallbackEnded[]): RawBuilder<unknown> {
  return sql`update callbacks set result = r.result, rung_at = r.rung_at, tries_count = r.tries_count, ended_at = r.ended_at
    from unnest(
    ${column(rows, 'text', ({ callId }) => callId)},
    ${column(rows, 'text', ({ result }) => result)},
    ${column(rows, 'timestamptz', ({ rungAt }) => dateOrNull(rungAt))},
    ${column(rows, 'integer', ({ triesCount }) => triesCount)},
    ${column(rows, 'timestamptz', ({ at }) => new Date(at))})
    as r (call_id, result, rung_at, tries_count, ended_at)
    where callbacks.call_id = r.call_id and callbacks.result is null`
}
