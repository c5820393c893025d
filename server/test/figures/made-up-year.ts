/**
 * A year of calls as they are once they are counted: the calls of a real log, counted by the real job, lived again on other days, at other
 * places. Every sum of every call is one that the job wrote; only how many there are is made up. For measuring.
 */
import { sql } from 'kysely'
import { cityDateOf, quarterOf } from '../../figures/calendar.ts'
import type { Database } from '../../store/database.ts'
import { AGENT_SUM_COLUMNS, columns, SUM_COLUMNS } from '../../store/figure-columns.ts'
import { foldFigures } from '../../store/figure-fold.ts'
import { rollUpAgentDays, rollUpAll } from '../../store/figure-rollups.ts'
import { ROLL_UPS } from '../../store/roll-ups.ts'
import { keepLog } from './keep-log.ts'

const LOG = { seed: 20_261_127, daysEach: 1, callsPerDay: 3_000, agentsCount: 52 }

const SITES_COUNT = 60
const DISTRICTS_COUNT = 10
/** Rows of one statement. */
const ROWS_AT_ONCE = 200_000
/** One callback is promised for so many calls. */
const CALLS_PER_CALLBACK = 50
/** Every so many of the made-up calls one is compared with the call that it is made of. */
const COMPARED_EVERY = 997

/** What the job wrote of a log: rows as JSON. */
export type CountedLog = { readonly calls: string; readonly agentQuarters: string }

/** Keeps a log in an empty database, counts it, and takes the rows along. */
export async function countLog(db: Database): Promise<CountedLog> {
  await keepLog(db, LOG, async () => undefined)
  await foldFigures(db)
  const rowsOf = async (query: string) => {
    const { rows } = await sql<{
      rows: string
    }>`select jsonb_agg(f)::text as rows from (${sql.raw(query)}) as f`.execute(db)
    return rows[0]?.rows ?? '[]'
  }
  return {
    calls: await rowsOf('select * from figure_calls where outcome is not null order by call_id'),
    agentQuarters: await rowsOf('select * from figure_agent_quarters where idle_ms > 0 order by agent_id, quarter'),
  }
}

/** What a year can be asked by. */
export type MadeUpYear = Readonly<
  Record<'queue' | 'service' | 'matter' | 'site' | 'district' | 'language' | 'centre', string[]>
> & {
  /** How long all roll-ups took to make. */
  readonly rollUpMs: number
}

/** Fills 2026 of a database that has a city already, with agents' quarter-hours and callbacks. Throws where a made-up call is not as its pattern. */
export async function fillYear(db: Database, log: CountedLog, callsCount: number): Promise<MadeUpYear> {
  await unhurried(db, async (own) => {
    await sql`create unlogged table made_up_calls as select row_number() over () as n, f.*
      from jsonb_populate_recordset(null::figure_calls, ${log.calls}::jsonb) f`.execute(own)
    await sql`create unlogged table made_up_quarters as select row_number() over () as n, f.*
      from jsonb_populate_recordset(null::figure_agent_quarters, ${log.agentQuarters}::jsonb) f`.execute(own)
  })
  await addPlaces(db)
  await withoutIndexes(db, 'figure_calls', () => addCalls(db, callsCount))
  await compareSome(db, callsCount)
  const startedAt = performance.now()
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await rollUpAll(trx)
  })
  const rollUpMs = Math.round(performance.now() - startedAt)
  await addAgents(db)
  await addCallbacks(db, callsCount)
  await sql`drop table made_up_calls, made_up_quarters`.execute(db)
  // Nothing of it stands in the journal: the day before is not to be checked.
  await sql`update figures_position set at = now()`.execute(db)
  await sql`insert into figure_checks select (now() at time zone 'Europe/Copenhagen')::date, now(), 0, '{}'`.execute(db)
  await unhurried(db, async (own) => {
    for (const table of [...TABLES, 'callbacks']) await sql`vacuum analyze ${sql.table(table)}`.execute(own)
  })
  const known = async (name: string) => {
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(name)} as id from figure_all_months where ${sql.ref(name)} <> '' order by 1`.execute(db)
    return rows.map(({ id }) => id)
  }
  return {
    ...{ queue: await known('queue_id'), service: await known('service_id'), matter: await known('matter_id') },
    ...{ site: await known('site_id'), district: await known('district_id') },
    ...{ language: await known('language'), centre: await known('centre_id'), rollUpMs },
  }
}

/** A connection on which a statement may take its time. */
async function unhurried(db: Database, work: (own: Database) => Promise<void>): Promise<void> {
  await db.connection().execute(async (own) => {
    await sql`set statement_timeout = 0`.execute(own)
    try {
      await work(own)
    } finally {
      await sql`reset statement_timeout`.execute(own)
    }
  })
}

/** The same, some minutes sooner: indexes are made of a full table. */
async function withoutIndexes(db: Database, table: string, work: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = current_schema() and tablename = ${table} and indexname <> ${`${table}_pkey`}`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db)
  await work()
  await unhurried(db, async (own) => {
    for (const { definition } of rows) await sql.raw(definition).execute(own)
  })
}

/** Names for whatever the calls are of. */
async function addPlaces(db: Database): Promise<void> {
  await sql`insert into districts (district_id, name) select format('district-%s', lpad(i::text, 2, '0')), 'District ' || i
    from generate_series(1, ${DISTRICTS_COUNT}::int) as i`.execute(db)
  await sql`insert into sites (site_id, name, site_type, address, district_id)
    select format('site-%s', lpad(i::text, 2, '0')), 'Site ' || i, 'library', '', format('district-%s', lpad((1 + i % ${DISTRICTS_COUNT}::int)::text, 2, '0'))
    from generate_series(1, ${SITES_COUNT}::int) as i`.execute(db)
  const labels = (column: string) => sql.raw(`jsonb_build_object('da', ${column}, 'en', ${column})`)
  await sql`insert into services (service_id, labels) select distinct service_id, ${labels('service_id')} from made_up_calls
    on conflict do nothing`.execute(db)
  await sql`insert into matters (matter_id, service_id, labels, sort_order)
    select distinct on (matter_id) matter_id, service_id, ${labels('matter_id')}, 0 from made_up_calls where matter_id is not null
    on conflict do nothing`.execute(db)
}

async function addCalls(db: Database, callsCount: number): Promise<void> {
  for (let from = 0; from < callsCount; from += ROWS_AT_ONCE) {
    const to = Math.min(callsCount, from + ROWS_AT_ONCE)
    await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx)
      await sql`select setseed(${(from / callsCount) * 0.9})`.execute(trx)
      await sql`insert into figure_calls (call_id, pressed_at, entered_at, ended_at, quarter, city_date, queue_id, service_id,
          language, centre_id, site_id, district_id, kiosk_id, matter_id, outcome, ${columns(SUM_COLUMNS)})
        select 'call-' || i || '-' || n, at - (entered_at - pressed_at), at, at + (ended_at - entered_at),
          date_bin('15 minutes', at, timestamptz '2000-01-01'), (at at time zone 'Europe/Copenhagen')::date, queue_id, service_id,
          language, centre_id, format('site-%s', lpad(site::text, 2, '0')),
          format('district-%s', lpad((1 + site % ${DISTRICTS_COUNT}::int)::text, 2, '0')), format('kiosk-%s-%s', site, i % 4),
          matter_id, outcome, ${columns(SUM_COLUMNS)}
        from (select i, site, pattern,
            (day + make_interval(secs => 28800 + 43200 * (h1 + h2) / 2)) at time zone 'Europe/Copenhagen' as at
          from (select i, (1 + floor(${SITES_COUNT}::int * random() ^ 2))::int as site, random() as h1, random() as h2,
              1 + floor((select count(*) from made_up_calls) * random())::bigint as pattern,
              timestamp '2026-01-01' + make_interval(days => floor(365 * random())::int) as day
            from generate_series(${from}::int + 1, ${to}::int) as i offset 0) as drawn) as calls
        join made_up_calls on n = pattern order by at`.execute(trx)
    })
  }
}

/** Whether some of the calls are what the job wrote, at times and on dates as the job would have said them. */
async function compareSome(db: Database, callsCount: number): Promise<void> {
  const ids = Array.from(
    { length: Math.floor(callsCount / COMPARED_EVERY) },
    (_, i) => `call-${1 + i * COMPARED_EVERY}-`,
  )
  const { rows } = await sql<{ entered_at: Date; quarter: Date; date: string; made: object; counted: object }>`
    select f.entered_at, f.quarter, f.city_date::text as date, to_jsonb(f) as made, to_jsonb(p) - 'n' as counted
    from figure_calls f join made_up_calls p on p.n = split_part(f.call_id, '-', 3)::bigint
    where regexp_replace(f.call_id, '[0-9]+$', '') = any(${ids})`.execute(db)
  const same = [...SUM_COLUMNS, 'queue_id', 'service_id', 'language', 'centre_id', 'matter_id', 'outcome']
  const lengthMs = (row: Record<string, unknown>) =>
    Date.parse(String(row['ended_at'])) - Date.parse(String(row['pressed_at']))
  const wrong = rows.filter(({ entered_at: at, quarter, date, ...row }) => {
    const [made, counted] = [row.made as Record<string, unknown>, row.counted as Record<string, unknown>]
    const isInTime = quarter.getTime() === quarterOf(at.getTime()) && date === cityDateOf(at.getTime())
    return !isInTime || lengthMs(made) !== lengthMs(counted) || same.some((name) => made[name] !== counted[name])
  })
  if (rows.length !== ids.length || wrong.length > 0)
    throw new Error(
      `of ${ids.length} made-up calls ${rows.length} are there, and ${wrong.length} not as they were counted`,
    )
}

/** Every agent of the city works eight hours on each weekday. */
async function addAgents(db: Database): Promise<void> {
  await unhurried(db, async (own) => {
    await sql`insert into figure_agent_quarters (quarter, city_date, agent_id, centre_id, ${columns(AGENT_SUM_COLUMNS)})
      select (day + make_interval(mins => 480 + 15 * q)) at time zone 'Europe/Copenhagen', day::date, d.agent_id, d.centre_id,
        ${columns(AGENT_SUM_COLUMNS)}
      from (select day, q, agent_id, centre_id, 1 + floor((select count(*) from made_up_quarters) * random())::bigint as pattern
        from generate_series(timestamp '2026-01-01', '2026-12-31', '1 day') as day, generate_series(0, 31) as q, agents
        where extract(isodow from day) < 6 and role = 'agent' offset 0) as d
      join made_up_quarters on n = pattern order by day, q`.execute(own)
    await rollUpAgentDays(own, '2026-01-01', '2026-12-31')
  })
}

async function addCallbacks(db: Database, callsCount: number): Promise<void> {
  await unhurried(db, async (own) => {
    await sql`insert into callbacks (call_id, of_call_id, first_call_id, promised_by_id, promised_at, due_at, is_by_promiser, result, ended_at)
      select call_id || '-again', call_id, call_id, 'crowd-0001', ended_at, ended_at + interval '1 hour', true,
        (array['kept', 'kept', 'kept', 'broken', 'missed', 'cancelled'])[1 + floor(6 * random())], ended_at + interval '1 hour'
      from (select * from figure_calls where answered = 1 and random() < ${1 / CALLS_PER_CALLBACK}::float8
        limit ${callsCount}) as those`.execute(own)
  })
}

const TABLES = ['figure_calls', ...ROLL_UPS.map(({ table }) => table), 'figure_agent_quarters', 'figure_agent_days']

/** Rows and megabytes of each table, its indexes included. */
export async function sizesOf(db: Database) {
  const sizeOf = async (table: string) => {
    const { rows } = await sql<{ rows: number; mb: number; table_mb: number }>`
      select (select count(*) from ${sql.table(table)})::int as rows, round(pg_total_relation_size(${table}) / 1e6)::int as mb,
        round(pg_table_size(${table}) / 1e6)::int as table_mb`.execute(db)
    return [table, { rows: rows[0]?.rows, megabytes: rows[0]?.mb, withoutIndexes: rows[0]?.table_mb }] as const
  }
  return Object.fromEntries(await Promise.all(TABLES.map(sizeOf)))
}
