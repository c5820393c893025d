/**
 * One statement that keeps a whole batch: every row of every table at once, so that a commit costs one turn to the
 * database. All parts of a statement see the tables as they were before it, so what happens to one row within a batch
 * is put together here first.
 */
import { sql, type RawBuilder } from 'kysely'
import type { JournalEntry } from '#server/host/ports.ts'
import type { CallRecord } from '#server/routing/effect.ts'
import { addCallback, endCallbacks, keepCallbacks, type CallbackEnded, type NewCallback } from './callback-statement.ts'
import { column } from './statement-column.ts'

type Ended = Extract<CallRecord, { type: 'ended' }>
type Arrived = Extract<CallRecord, { type: 'arrived' }>
type Handled = Extract<CallRecord, { type: 'handled' }>
type WrappedUp = Extract<CallRecord, { type: 'wrapped-up' }>
type Promised = Extract<CallRecord, { type: 'promised' }>
type CallRecordOfCall = Ended | Arrived | Promised | Extract<CallRecord, { type: 'answered' }>

/** What a batch does to the row of one call. */
type CallChange = { callId: string; arrived?: Arrived; promised?: Promised; answeredAt?: Date; ended?: Ended }
type NewHandling = { readonly handled: Handled; wrappedUpAt: Date | null }

type Changes = {
  readonly calls: Map<string, CallChange>
  readonly newHandlings: NewHandling[]
  /** Ends of wrap-ups whose call was handled in an earlier batch. */
  readonly wrappedUp: WrappedUp[]
  /** [R40] What was promised, and what became of promises of earlier batches. */
  readonly promised: Map<string, NewCallback>
  readonly callbacksEnded: Map<string, CallbackEnded>
}

/** The statement for at least one entry. */
export function keepStatement(entries: readonly JournalEntry[]): RawBuilder<unknown> {
  const { calls, newHandlings, wrappedUp, promised, callbacksEnded } = changesOf(entries)
  const changes = [...calls.values()]
  const known = changes.filter(({ arrived }) => arrived === undefined)
  const parts = [
    ...partOf(
      'arrived',
      changes.flatMap(({ arrived, ...rest }) => (arrived === undefined ? [] : [{ arrived, ...rest }])),
      insertCalls,
    ),
    ...partOf('changed', known, changeCalls),
    ...partOf('handled', newHandlings, insertHandlings),
    ...partOf('wrapped_up', wrappedUp, endWrapUps),
    ...partOf('callbacks_promised', [...promised.values()], keepCallbacks),
    ...partOf('callbacks_ended', [...callbacksEnded.values()], endCallbacks),
  ]
  const insert = insertEntries(entries)
  return parts.length === 0 ? insert : sql`with ${sql.join(parts)} ${insert}`
}

/** A part of the statement, where there is something for it to do. */
function partOf<Row>(name: string, rows: readonly Row[], make: (rows: readonly Row[]) => RawBuilder<unknown>) {
  return rows.length === 0 ? [] : [sql`${sql.raw(name)} as (${make(rows)})`]
}

function changesOf(entries: readonly JournalEntry[]): Changes {
  const changes: Changes = {
    calls: new Map(),
    newHandlings: [],
    wrappedUp: [],
    promised: new Map(),
    callbacksEnded: new Map(),
  }
  for (const entry of entries) {
    for (const record of entry.records) {
      if (record.type === 'callback-promised' || record.type === 'callback-ended') addCallback(changes, record)
      else addRecord(changes, record)
    }
  }
  return changes
}

function addRecord({ calls, newHandlings, wrappedUp }: Changes, record: CallRecordOfCall | Handled | WrappedUp): void {
  const { callId } = record
  if (record.type === 'handled') {
    newHandlings.push({ handled: record, wrappedUpAt: null })
    return
  }
  if (record.type === 'wrapped-up') {
    wrappedUp.push(record)
    for (const handling of newHandlings) {
      const { handled } = handling
      if (handled.callId === callId && handled.agentId === record.agentId) handling.wrappedUpAt ??= new Date(record.at)
    }
    return
  }
  const change = calls.get(callId) ?? { callId }
  calls.set(callId, change)
  // Twice in one batch is as wrong as twice in two: the database refuses the second row.
  if (record.type === 'arrived' && change.arrived !== undefined) throw new Error(`call ${callId} arrived twice`)
  if (record.type === 'arrived') change.arrived = record
  else if (record.type === 'promised') change.promised = record
  else if (record.type === 'answered') change.answeredAt = new Date(record.at)
  // No outcome is ever changed.
  else change.ended ??= record
}

function insertEntries(entries: readonly JournalEntry[]): RawBuilder<unknown> {
  return sql`insert into journal (seq, at, type, call_id, agent_id, event, facts) select * from unnest(
    ${column(entries, 'bigint', ({ seq }) => seq)},
    ${column(entries, 'timestamptz', ({ event }) => new Date(event.at))},
    ${column(entries, 'text', ({ event }) => event.type)},
    ${column(entries, 'text', callIdOf)},
    ${column(entries, 'text', ({ event }) => ('agentId' in event ? event.agentId : null))},
    ${column(entries, 'jsonb', ({ event }) => JSON.stringify(event))},
    ${column(entries, 'jsonb', ({ facts }) => JSON.stringify(facts))})`
}

function callIdOf({ event }: JournalEntry): string | null {
  if ('callId' in event) return event.callId
  return 'offerId' in event ? event.offerId.slice(0, event.offerId.lastIndexOf('/')) : null
}

function insertCalls(rows: readonly (CallChange & { arrived: Arrived })[]): RawBuilder<unknown> {
  return sql`insert into calls (call_id, kiosk_id, site_id, queue_id, class_id, mode, language, ticket, matter_id,
    arrived_at, answered_at, ended_at, agent_id, outcome, end_reason, promised_p50_ms, promised_p80_ms, origin, staff_id,
    beside_agent_id) select * from unnest(
    ${column(rows, 'text', ({ callId }) => callId)},
    ${column(rows, 'text', ({ arrived }) => arrived.kioskId)},
    ${column(rows, 'text', ({ arrived }) => arrived.siteId)},
    ${column(rows, 'text', ({ arrived, ended }) => (ended ?? arrived).queueId)},
    ${column(rows, 'text', ({ arrived, ended }) => (ended ?? arrived).classId)},
    ${column(rows, 'text', ({ arrived }) => arrived.mode)},
    ${column(rows, 'text', ({ arrived, ended }) => (ended ?? arrived).language)},
    ${column(rows, 'text', ({ arrived }) => arrived.ticket)},
    ${column(rows, 'text', ({ ended }) => ended?.matterId ?? null)},
    ${column(rows, 'timestamptz', ({ arrived }) => new Date(arrived.at))},
    ${column(rows, 'timestamptz', ({ answeredAt }) => answeredAt ?? null)},
    ${column(rows, 'timestamptz', ({ ended }) => (ended === undefined ? null : new Date(ended.at)))},
    ${column(rows, 'text', ({ ended }) => ended?.agentId ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.outcome ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.endReason ?? null)},
    ${column(rows, 'integer', ({ promised }) => roundedOrNull(promised?.p50Ms))},
    ${column(rows, 'integer', ({ promised }) => roundedOrNull(promised?.p80Ms))},
    ${column(rows, 'text', ({ arrived }) => originOf(arrived))},
    ${column(rows, 'text', ({ arrived }) => arrived.staffId)},
    ${column(rows, 'text', ({ arrived }) => arrived.besideAgentId)})`
}

/** Who made the call: a citizen alone, an employee at the kiosk, or one at their own desk beside the citizen. */
function originOf({ staffId, besideAgentId }: Arrived): 'citizen' | 'staff' | 'desk' {
  if (besideAgentId !== null) return 'desk'
  return staffId === null ? 'citizen' : 'staff'
}

function roundedOrNull(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms)
}

/** What a batch does to calls of earlier batches, each row once. What it does not say stays; no outcome is ever changed. */
function changeCalls(rows: readonly CallChange[]): RawBuilder<unknown> {
  return sql`update calls set answered_at = coalesce(r.answered_at, calls.answered_at),
    promised_p50_ms = coalesce(r.promised_p50_ms, calls.promised_p50_ms),
    promised_p80_ms = coalesce(r.promised_p80_ms, calls.promised_p80_ms),
    queue_id = coalesce(r.queue_id, calls.queue_id), class_id = coalesce(r.class_id, calls.class_id),
    language = coalesce(r.language, calls.language), matter_id = coalesce(r.matter_id, calls.matter_id),
    agent_id = coalesce(r.agent_id, calls.agent_id), ended_at = r.ended_at, outcome = r.outcome, end_reason = r.end_reason
    from unnest(
    ${column(rows, 'text', ({ callId }) => callId)},
    ${column(rows, 'timestamptz', ({ answeredAt }) => answeredAt ?? null)},
    ${column(rows, 'integer', ({ promised }) => roundedOrNull(promised?.p50Ms))},
    ${column(rows, 'integer', ({ promised }) => roundedOrNull(promised?.p80Ms))},
    ${column(rows, 'text', ({ ended }) => ended?.queueId ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.classId ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.language ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.matterId ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.agentId ?? null)},
    ${column(rows, 'timestamptz', ({ ended }) => (ended === undefined ? null : new Date(ended.at)))},
    ${column(rows, 'text', ({ ended }) => ended?.outcome ?? null)},
    ${column(rows, 'text', ({ ended }) => ended?.endReason ?? null)})
    as r (call_id, answered_at, promised_p50_ms, promised_p80_ms, queue_id, class_id, language, matter_id, agent_id,
      ended_at, outcome, end_reason)
    where calls.call_id = r.call_id and calls.outcome is null`
}

function insertHandlings(rows: readonly NewHandling[]): RawBuilder<unknown> {
  return sql`insert into handlings (call_id, agent_id, accepted_at, hung_up_at, wrapped_up_at, lent_by_centre_id, asked_in_as,
    searched_ms, is_handed_over) select * from unnest(
    ${column(rows, 'text', ({ handled }) => handled.callId)},
    ${column(rows, 'text', ({ handled }) => handled.agentId)},
    ${column(rows, 'timestamptz', ({ handled }) => new Date(handled.acceptedAt))},
    ${column(rows, 'timestamptz', ({ handled }) => new Date(handled.at))},
    ${column(rows, 'timestamptz', ({ wrappedUpAt }) => wrappedUpAt)},
    ${column(rows, 'text', ({ handled }) => handled.lentByCentreId)},
    ${column(rows, 'text', ({ handled }) => handled.askedInAs)},
    ${column(rows, 'integer', ({ handled }) => handled.searchedMs)},
    ${column(rows, 'boolean', ({ handled }) => handled.isHandedOver)})`
}

function endWrapUps(rows: readonly WrappedUp[]): RawBuilder<unknown> {
  return sql`update handlings set wrapped_up_at = r.wrapped_up_at from unnest(
    ${column(rows, 'text', ({ callId }) => callId)},
    ${column(rows, 'text', ({ agentId }) => agentId)},
    ${column(rows, 'timestamptz', ({ at }) => new Date(at))})
    as r (call_id, agent_id, wrapped_up_at)
    where handlings.call_id = r.call_id and handlings.agent_id = r.agent_id and handlings.wrapped_up_at is null`
}
