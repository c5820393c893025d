/** What calls and agents' time add up to by the quarter-hour and the day: always made anew for the whole of it, never added to. */
import { sql, type RawBuilder } from 'kysely'
import { agentQuarters, type KeptSpan } from '#server/figures/agent-quarters.ts'
import { cityDateOf, quarterOf } from '#server/figures/calendar.ts'
import { AGENT_SUMS } from '#server/figures/sums.ts'
import type { Database } from './database.ts'
import { AGENT_SUM_COLUMNS, columnOf, columns, SUM_COLUMNS, SUM_MAX, summed } from './figure-columns.ts'

const LINE = ['queue_id', 'service_id', 'language', 'centre_id']
export const QUARTER_KEY = ['quarter', ...LINE]
export const LINE_DAY_KEY = ['city_date', ...LINE]
export const DAY_KEY = ['city_date', ...LINE, 'site_id', 'district_id']

/** The waits of the answered calls of a group, packed for `quantiles.ts`; in order, so that the same calls give the same bytes. */
const WAITS = sql`coalesce(string_agg(int4send(answered_wait_ms), ''::bytea order by answered_wait_ms) filter (where answered = 1), ''::bytea) as answered_waits`

/** Agents' quarter-hours that are made at once: a day's spans of a city fit into memory. */
const AGENTS_STEP_MS = 24 * 60 * 60 * 1_000

/** What is to be made anew: quarter-hours as instants, days as dates. */
export type Dirty = { readonly quarters: readonly number[]; readonly dates: readonly string[] }

/** Makes the roll-ups of these quarter-hours and days from their calls. */
export async function rollUp(db: Database, { quarters, dates }: Dirty): Promise<void> {
  const instants = sql`${quarters.map((at) => new Date(at))}::timestamptz[]`
  if (quarters.length > 0) {
    await sql`delete from figure_quarters where quarter = any(${instants})`.execute(db)
    await addUp(db, 'figure_quarters', QUARTER_KEY, sql`quarter = any(${instants})`)
  }
  if (dates.length === 0) return
  const days = sql`${dates}::date[]`
  await addUpDays(db, sql`city_date = any(${days})`)
  await addUpMonths(db, sql`city_date in (select date_trunc('month', day)::date from unnest(${days}) as day)`)
}

/** All roll-ups of calls of the days from one up to, not including, another; of all days where they are null. */
export async function rollUpDays(db: Database, range: { from: string; to: string } | null): Promise<void> {
  const isMeant = range === null ? sql`true` : sql`city_date >= ${range.from}::date and city_date < ${range.to}::date`
  // Days of the city begin and end with a quarter-hour.
  const start = (date: string) => sql`(${date}::date)::timestamp at time zone 'Europe/Copenhagen'`
  const isQuarter = range === null ? sql`true` : sql`quarter >= ${start(range.from)} and quarter < ${start(range.to)}`
  await sql`delete from figure_quarters where ${isQuarter}`.execute(db)
  await addUp(db, 'figure_quarters', QUARTER_KEY, isMeant)
  await addUpDays(db, isMeant)
  const isMonth =
    range === null
      ? sql`true`
      : sql`city_date >= date_trunc('month', ${range.from}::date)::date and city_date < ${range.to}::date`
  await addUpMonths(db, isMonth)
}

async function addUpDays(db: Database, isMeant: RawBuilder<unknown>): Promise<void> {
  await sql`delete from figure_days where ${isMeant}`.execute(db)
  await addUp(db, 'figure_days', DAY_KEY, isMeant)
  await sql`delete from figure_line_days where ${isMeant}`.execute(db)
  await addUp(db, 'figure_line_days', LINE_DAY_KEY, isMeant)
}

/** Months out of their days. `isMeant` is of the first of the month. */
async function addUpMonths(db: Database, isMeant: RawBuilder<unknown>): Promise<void> {
  const rest = columns(DAY_KEY.slice(1))
  await sql`delete from figure_months where ${isMeant}`.execute(db)
  await sql`insert into figure_months (city_date, ${rest}, ${columns(SUM_COLUMNS)}, answered_waits)
    select city_date, ${rest}, ${summed(SUM_COLUMNS)}, string_agg(answered_waits, ''::bytea order by day)
    from (select city_date as day, date_trunc('month', city_date)::date as city_date, ${rest}, ${columns(SUM_COLUMNS)}, answered_waits
      from figure_days) as days
    where ${isMeant} group by city_date, ${rest}`.execute(db)
}

async function addUp(db: Database, table: string, key: readonly string[], isMeant: RawBuilder<unknown>): Promise<void> {
  await sql`insert into ${sql.table(table)} (${columns([...key, ...SUM_COLUMNS])}, answered_waits)
    select ${columns(key)}, ${summed(SUM_COLUMNS)}, ${WAITS} from figure_calls where ${isMeant}
    group by ${columns(key)}`.execute(db)
}

type SpanRow = {
  agent_id: string
  kind: KeptSpan['kind']
  from_at: Date
  until_at: Date | null
  centre_id: string
  how: string | null
  is_handed_over: boolean | null
  asked_in_as: string | null
  lent_ms: number | null
}

/** Makes agents' quarter-hours anew from the one that `from` is in, up to `asOf`, where what lasts is cut. */
export async function rollUpAgents(db: Database, from: number, asOf: number): Promise<void> {
  const start = quarterOf(from)
  await sql`delete from figure_agent_quarters where quarter >= ${new Date(start)} and quarter < ${new Date(asOf)}`.execute(
    db,
  )
  for (let at = start; at < asOf; at += AGENTS_STEP_MS) {
    const until = Math.min(at + AGENTS_STEP_MS, asOf)
    const rows = agentQuarters(await spansBetween(db, at, until), at, until)
    const values = rows.map(({ quarter, agentId, centreId, sums }) => ({
      quarter: new Date(quarter).toISOString(),
      city_date: cityDateOf(quarter),
      agent_id: agentId,
      centre_id: centreId,
      ...Object.fromEntries(AGENT_SUMS.map((name) => [columnOf(name), Math.min(SUM_MAX, sums[name])])),
    }))
    if (values.length === 0) continue
    const all = columns(['quarter', 'city_date', 'agent_id', 'centre_id', ...AGENT_SUM_COLUMNS])
    await sql`insert into figure_agent_quarters (${all}) select ${all}
      from jsonb_populate_recordset(null::figure_agent_quarters, ${JSON.stringify(values)}::jsonb)`.execute(db)
  }
}

async function spansBetween(db: Database, from: number, to: number): Promise<KeptSpan[]> {
  const { rows } = await sql<SpanRow>`
    select s.agent_id, s.kind, s.from_at, s.until_at, s.centre_id, s.how, h.is_handed_over, h.asked_in_as,
      case when h.lent_by_centre_id is not null
        then (extract(epoch from coalesce(h.wrapped_up_at, h.hung_up_at) - h.accepted_at) * 1000)::float8 end as lent_ms
    from figure_spans s left join handlings h
      on s.kind = 'in-call' and h.call_id = s.call_id and h.agent_id = s.agent_id and h.accepted_at = s.from_at
    where s.from_at < ${new Date(to)} and (s.until_at is null or s.until_at >= ${new Date(from)})`.execute(db)
  return rows.map((row) => ({
    agentId: row.agent_id,
    kind: row.kind,
    from: row.from_at.getTime(),
    until: row.until_at?.getTime() ?? null,
    centreId: row.centre_id,
    how: row.how,
    isHandedOver: row.is_handed_over ?? false,
    isJoined: row.asked_in_as === 'join',
    lentMs: row.lent_ms === null ? null : Math.round(row.lent_ms),
  }))
}
