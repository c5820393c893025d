/**
 * Reads the journal on from where it was left, and keeps what figures are made of. The place in the journal and all rows move in
 * one transaction, so that a server that dies has either read a row or has not; two that read at once wait for each other.
 */
import { sql, type Transaction } from 'kysely'
import { Spans, type Span } from '#server/figures/spans.ts'
import { Trails, type JournalLine, type Trail } from '#server/figures/trails.ts'
import type { Fact } from '#server/routing/effect.ts'
import type { Database, Tables } from './database.ts'
import { dropAgentFiguresAgain } from './agent-figures.ts'
import { keepCallRows, keepSaidLater, loadThresholds, saidSince } from './figure-call-rows.ts'
import { rollUp, rollUpAgents, rollUpAll } from './figure-rollups.ts'
import { upgradedEvent } from './old-events.ts'

/** Rows of the journal that are read at once. More needs more memory, fewer more turns. */
const ROWS_AT_ONCE = 10_000

/** What is written beside the journal may become visible later than it says. */
const LATE_MS_MAX = 120_000

type Position = { readonly seq: number; readonly at: number; readonly besideAt: Date }

/** Reads on until nothing is left. Returns the rows that were read. May be called by several at once. */
export async function foldFigures(db: Database): Promise<number> {
  let count = 0
  for (;;) {
    const read = await db.transaction().execute(async (trx) => {
      const before = await lockPosition(trx)
      const step = await foldOnce(trx, before)
      if (step === undefined) return 0
      await rollUp(trx, step.dirty)
      await rollUpAgents(trx, step.agentsFrom, step.asOf)
      return step.rowsCount
    })
    count += read
    if (read < ROWS_AT_ONCE) return count
  }
}

/** Forgets everything and reads the whole journal again. Others see the former figures until it is done. Returns the rows read. */
export async function rebuildFigures(db: Database): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await lockPosition(trx)
    const agents = ['figure_spans', 'figure_agent_quarters', 'figure_agent_days'] as const
    for (const table of ['figure_calls', 'figure_trails', ...agents] as const) await trx.deleteFrom(table).execute()
    // All that was said until now is met with its calls; the next run looks at what is said from now on.
    const { newest } = await saidSince(trx, new Date(0))
    let position: Position = { seq: 0, at: 0, besideAt: newest }
    let count = 0
    let firstAt: number | undefined
    for (;;) {
      const step = await foldOnce(trx, position)
      if (step === undefined) break
      firstAt ??= step.firstAt
      count += step.rowsCount
      position = { seq: step.seq, at: step.asOf, besideAt: newest }
    }
    await rollUpAll(trx)
    if (firstAt !== undefined) await rollUpAgents(trx, firstAt, position.at)
    await dropAgentFiguresAgain(trx)
    return count
  })
}

/** Where the journal was left; held until the transaction ends, so that nobody else moves on from there. */
export async function lockPosition(trx: Transaction<Tables>): Promise<Position> {
  const {
    seq,
    at,
    beside_at: besideAt,
  } = await trx.selectFrom('figures_position').selectAll().forUpdate().executeTakeFirstOrThrow()
  return { seq: Number(seq), at: at.getTime(), besideAt }
}

/** One portion of the journal; undefined where there is nothing new, in it or beside it. */
async function foldOnce(trx: Transaction<Tables>, before: Position) {
  const rows = await readLines(trx, before.seq)
  const said = await saidSince(trx, new Date(before.besideAt.getTime() - LATE_MS_MAX))
  const isSaid = said.newest > before.besideAt
  if (rows.length === 0 && !isSaid) return undefined
  const asOf = rows.at(-1)?.event.at ?? before.at
  const spans = new Spans(await openSpans(trx))
  const trails = new Trails((agentId) => spans.centreOf(agentId))
  for (const trail of await openTrails(trx)) trails.open.set(trail.callId, trail)
  for (const row of rows) {
    trails.take(row)
    spans.take(row)
  }
  const finished = await keepCallRows(trx, trails.open, await loadThresholds(trx), asOf)
  const touched = [...trails.open.keys()]
  const dirty = await keepSaidLater(trx, [...new Set([...touched, ...said.callIds])])
  await keepSpans(trx, spans.changed)
  const workFrom = await keepWork(trx, touched, before.at)
  await keepTrails(trx, trails.open, finished)
  const seq = rows.at(-1)?.seq ?? before.seq
  await trx
    .updateTable('figures_position')
    .set({ seq, at: new Date(asOf), beside_at: said.newest })
    .execute()
  const firstAt = rows[0]?.event.at ?? asOf
  // What lasts was cut where the last run ended; what began earlier and ended now may have been counted otherwise.
  const changedFrom = [...spans.changed].flatMap(({ kind, from }) =>
    kind === 'available' || kind === 'away' ? [] : [from],
  )
  const agentsFrom = Math.min(before.at === 0 ? firstAt : before.at, firstAt, workFrom ?? asOf, ...changedFrom)
  return { rowsCount: rows.length, seq, asOf, firstAt, dirty, agentsFrom }
}

/** The next portion of the journal. */
export async function readLines(trx: Transaction<Tables>, after: number): Promise<JournalLine[]> {
  const rows = await trx
    .selectFrom('journal')
    .select(['seq', 'event', 'facts'])
    .where('seq', '>', String(after))
    .orderBy('seq')
    .limit(ROWS_AT_ONCE)
    .execute()
  return rows.map((row) => ({
    seq: Number(row.seq),
    event: upgradedEvent(row.event),
    facts: row.facts as readonly Fact[],
  }))
}

async function openTrails(trx: Transaction<Tables>): Promise<Trail[]> {
  const rows = await trx.selectFrom('figure_trails').select('trail').execute()
  // Written below and by nothing else.
  return rows.map(({ trail }) => trail as Trail)
}

/** Remembers the calls that are not over, in place of those that were remembered. */
async function keepTrails(
  trx: Transaction<Tables>,
  open: ReadonlyMap<string, Trail>,
  finished: ReadonlySet<string>,
): Promise<void> {
  await trx.deleteFrom('figure_trails').execute()
  const rest = [...open.values()].filter(({ callId }) => !finished.has(callId))
  if (rest.length === 0) return
  await sql`insert into figure_trails (call_id, trail) select t->>'callId', t
    from jsonb_array_elements(${JSON.stringify(rest)}::jsonb) as t`.execute(trx)
}

/** What lasts of what the journal tells: who is available or away, and whom it rings. */
async function openSpans(trx: Transaction<Tables>): Promise<Span[]> {
  const rows = await trx
    .selectFrom('figure_spans')
    .selectAll()
    .where('until_at', 'is', null)
    .where('kind', 'in', ['available', 'away', 'offered'])
    .orderBy('span_id')
    .execute()
  return rows.map((row) => ({
    spanId: row.span_id,
    agentId: row.agent_id,
    kind: row.kind as Span['kind'],
    from: row.from_at.getTime(),
    until: null,
    centreId: row.centre_id,
    callId: row.call_id,
    offerId: row.offer_id,
    end: row.how as Span['end'],
  }))
}

async function keepSpans(trx: Transaction<Tables>, changed: ReadonlySet<Span>): Promise<void> {
  const values = [...changed].map(({ spanId, agentId, kind, from, until, centreId, callId, offerId, end }) => ({
    span_id: spanId,
    agent_id: agentId,
    kind,
    from_at: new Date(from).toISOString(),
    until_at: until === null ? null : new Date(until).toISOString(),
    centre_id: centreId,
    call_id: callId,
    offer_id: offerId,
    how: end,
  }))
  if (values.length === 0) return
  const json = JSON.stringify(values)
  await sql`update figure_spans s set until_at = r.until_at, how = r.how
    from jsonb_populate_recordset(null::figure_spans, ${json}::jsonb) r where r.span_id = s.span_id`.execute(trx)
  await sql`insert into figure_spans (agent_id, kind, from_at, until_at, centre_id, call_id, offer_id, how)
    select agent_id, kind, from_at, until_at, centre_id, call_id, offer_id, how
    from jsonb_populate_recordset(null::figure_spans, ${json}::jsonb) where span_id is null`.execute(trx)
}

/**
 * Until when agents were in these calls, and how long they wrote: both stand in the calls' own rows. Returns since when those were in
 * one whose work ended at `since` or after it, in ms since 1970.
 */
async function keepWork(
  trx: Transaction<Tables>,
  callIds: readonly string[],
  since: number,
): Promise<number | undefined> {
  await sql`update figure_spans s set until_at = h.hung_up_at from handlings h
    where s.kind = 'in-call' and s.call_id = any(${callIds}) and h.call_id = s.call_id and h.agent_id = s.agent_id
      and h.accepted_at = s.from_at and s.until_at is distinct from h.hung_up_at`.execute(trx)
  await sql`insert into figure_spans (agent_id, kind, from_at, until_at, centre_id, call_id)
    select h.agent_id, 'wrap-up', h.hung_up_at, h.wrapped_up_at, s.centre_id, h.call_id
    from handlings h join figure_spans s on s.kind = 'in-call' and s.call_id = h.call_id and s.agent_id = h.agent_id
      and s.from_at = h.accepted_at
    where h.call_id = any(${callIds})
    on conflict (agent_id, call_id, from_at) where kind = 'wrap-up' do update set until_at = excluded.until_at`.execute(
    trx,
  )
  const { rows } = await sql<{ first: Date | null }>`
    select min(accepted_at) as first from handlings where call_id = any(${callIds})
      and (hung_up_at >= ${new Date(since)} or wrapped_up_at >= ${new Date(since)})`.execute(trx)
  return rows[0]?.first?.getTime()
}
