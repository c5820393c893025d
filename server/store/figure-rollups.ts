/** What calls and agents' time add up to: always made anew for the whole of a quarter-hour, a day or a month, never added to. */
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { agentQuarters, type KeptSpan } from '#server/figures/agent-quarters.ts'
import { cityDateOf, quarterOf, startOfCityDate } from '#server/figures/calendar.ts'
import { AGENT_SUMS } from '#server/figures/sums.ts'
import type { Database, Tables } from './database.ts'
import { AGENT_SUM_COLUMNS, columnOf, columns, SUM_COLUMNS, SUM_MAX, summed } from './figure-columns.ts'
import { keyOf, ROLL_UPS, WEEK_HOUR, type RollUp, type Span } from './roll-ups.ts'

/** The waits of the answered calls of a group, packed for `quantiles.ts`; in order, so that the same calls give the same bytes. */
const WAITS = sql`coalesce(string_agg(int4send(answered_wait_ms), ''::bytea order by answered_wait_ms) filter (where answered = 1), ''::bytea) as answered_waits`

/** Agents' quarter-hours that are made at once: a day's spans of a city fit into memory. */
const AGENTS_STEP_MS = 24 * 60 * 60 * 1_000

/** Days before the months that are made of them. */
const IN_ORDER = ROLL_UPS.toSorted((a, b) => Number(a.from !== undefined) - Number(b.from !== undefined))

/** What is to be made anew: quarter-hours as instants, days as dates. */
export type Dirty = { readonly quarters: readonly number[]; readonly dates: readonly string[] }

/** Which rows of a roll-up are meant, and which calls make them; null: all. */
type Meant = { readonly rows: RawBuilder<unknown>; readonly calls: RawBuilder<unknown> } | null

/** Makes the roll-ups of these quarter-hours and days from their calls. */
export async function rollUp(trx: Transaction<Tables>, { quarters, dates }: Dirty): Promise<void> {
  if (quarters.length === 0 && dates.length === 0) return
  await sortInMemory(trx)
  const meant = { ...instants(quarters), ...days(dates) }
  for (const each of IN_ORDER) await makeAnew(trx, each, meant[each.span])
}

/** Makes all roll-ups of calls from all calls. */
export async function rollUpAll(trx: Transaction<Tables>): Promise<void> {
  await sortInMemory(trx)
  for (const each of IN_ORDER) await makeAnew(trx, each, null)
}

/** A month's rows are sorted where they are added up: more than Postgres sorts without the disk by itself. */
async function sortInMemory(trx: Transaction<Tables>): Promise<void> {
  await sql`set local work_mem = '128MB'`.execute(trx)
}

function instants(quarters: readonly number[]): Record<'quarter' | 'month-hour', Meant> {
  const those = sql`quarter = any(${quarters.map((at) => new Date(at))}::timestamptz[])`
  // All quarter-hours of a month that are the same hour of the same weekday.
  const slots = sql`select distinct date_trunc('month', quarter at time zone 'Europe/Copenhagen')::date as city_date,
      ${WEEK_HOUR} as week_hour from unnest(${quarters.map((at) => new Date(at))}::timestamptz[]) as quarter`
  const alike = sql`select quarter from (select distinct city_date from (${slots}) as slots) as months,
      generate_series(city_date::timestamp at time zone 'Europe/Copenhagen',
        (city_date + interval '1 month') at time zone 'Europe/Copenhagen' - interval '15 minutes', interval '15 minutes') as quarter
    where (city_date, ${WEEK_HOUR}) in (${slots})`
  return {
    quarter: { rows: those, calls: those },
    'month-hour': { rows: sql`(city_date, week_hour) in (${slots})`, calls: sql`quarter = any(array(${alike}))` },
  }
}

function days(dates: readonly string[]): Record<'day' | 'month', Meant> {
  const those = sql`city_date = any(${dates}::date[])`
  const months = [...new Set(dates.map((date) => date.replace(/\d\d$/, '01')))]
  const inMonths = sql`city_date = any(array(select day::date from unnest(${months}::date[]) as month,
    generate_series(month, month + interval '1 month' - interval '1 day', interval '1 day') as day))`
  return {
    day: { rows: those, calls: those },
    month: { rows: sql`city_date = any(${months}::date[])`, calls: inMonths },
  }
}

const MONTH = `date_trunc('month', city_date)::date`
/** The columns of the time of a roll-up, out of those of a call. */
const TIMES_OF_CALLS: Readonly<Record<Span, RawBuilder<unknown>>> = {
  quarter: sql`quarter`,
  day: sql`city_date`,
  month: sql.raw(`${MONTH} as city_date`),
  'month-hour': sql`${sql.raw(MONTH)} as city_date, ${WEEK_HOUR} as week_hour`,
}

/** Whoever came for nothing that has a name came for ''. */
const ofCalls = (name: string) => (name === 'matter_id' ? `coalesce(matter_id, '') as matter_id` : name)

async function makeAnew(db: Database, rollUpOf: RollUp, meant: Meant): Promise<void> {
  const { table, span, by, from } = rollUpOf
  const [rows, calls] = meant === null ? [sql`true`, sql`true`] : [meant.rows, meant.calls]
  const [key, all] = [keyOf(rollUpOf), columns([...keyOf(rollUpOf), ...SUM_COLUMNS])]
  const places = sql.raw(key.map((_, i) => i + 1).join(', '))
  const waits =
    from === undefined ? WAITS : sql`string_agg(answered_waits, ''::bytea order by city_date) as answered_waits`
  await sql`delete from ${sql.table(table)} where ${rows}`.execute(db)
  await sql`insert into ${sql.table(table)} (${all}, answered_waits)
    select ${TIMES_OF_CALLS[span]}, ${columns(by.map(ofCalls))}, ${summed(SUM_COLUMNS)}, ${waits} from ${sql.table(from ?? 'figure_calls')}
    where ${calls} group by ${places} order by ${places}`.execute(db)
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
  if (start < asOf) await rollUpAgentDays(db, cityDateOf(start), cityDateOf(asOf - 1))
}

/** Agents' days out of their quarter-hours, from one date to another, that included. */
export async function rollUpAgentDays(db: Database, first: string, last: string): Promise<void> {
  const isMeant = sql`city_date >= ${first}::date and city_date <= ${last}::date`
  const key = columns(['city_date', 'agent_id', 'centre_id'])
  await sql`delete from figure_agent_days where ${isMeant}`.execute(db)
  await sql`insert into figure_agent_days (${key}, ${columns(AGENT_SUM_COLUMNS)})
    select ${key}, ${summed(AGENT_SUM_COLUMNS)} from figure_agent_quarters
    where ${isMeant} and quarter >= ${new Date(startOfCityDate(first))} group by ${key} order by ${key}`.execute(db)
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
