/** A year of calls as they are once they are counted, made up inside Postgres: for measuring, not for believing. */
import { sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { columns, SUM_COLUMNS } from '../../store/figure-columns.ts'
import { rollUpDays } from '../../store/figure-rollups.ts'

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}-${String(i + 1).padStart(2, '0')}`)

/** A city of 60 sites and ten services in six languages; each service is at home in one of five centres. */
export const MADE_UP = {
  sites: numbered('site', 60),
  services: numbered('service', 10),
  languages: ['da', 'en', 'ar', 'tr', 'pl', 'so'],
  centres: numbered('centre', 5),
  districts: numbered('district', 10),
}

/** Rows of one statement. */
const ROWS_AT_ONCE = 100_000

/** What is made up of a call; all other sums are 0. `w` is its wait, `t` its talk, `a` and `b` whether it was answered or abandoned. */
const MADE_UP_SUMS: Readonly<Record<string, string>> = {
  offered: '1',
  answered: 'a',
  answered_in_time: 'case when a = 1 and w <= 60000 then 1 else 0 end',
  abandoned: 'b',
  abandoned_in_time: 'case when b = 1 and w <= 60000 then 1 else 0 end',
  abandoned_short: 'case when b = 1 and w <= 5000 then 1 else 0 end',
  flowed_out: '1 - a - b',
  service_level_events: '1',
  answered_wait_ms: 'a * w',
  abandoned_wait_ms: 'b * w',
  wait_ms_max: 'w',
  handled: 'a',
  talk_ms: 'a * t',
  wrap_up_ms: 'a * (t / 8)',
  wrap_ups: 'a',
  offers_made: 'a',
  offers_accepted: 'a',
  offer_answer_ms: 'a * 2500',
}

/** Fills a year, adds it up, and returns how long that took in ms. */
export async function fillYear(db: Database, callsCount: number): Promise<number> {
  const sums = SUM_COLUMNS.map((name) => MADE_UP_SUMS[name] ?? '0').join(', ')
  for (let from = 0; from < callsCount; from += ROWS_AT_ONCE) {
    const to = Math.min(callsCount, from + ROWS_AT_ONCE)
    await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx)
      await sql`select setseed(${(from / callsCount) * 0.9})`.execute(trx)
      await sql`insert into figure_calls (call_id, pressed_at, entered_at, ended_at, quarter, city_date, queue_id, service_id,
          language, centre_id, site_id, district_id, kiosk_id, matter_id, outcome, ${columns(SUM_COLUMNS)})
        select 'call-' || i, at, at, at + make_interval(secs => (w + t) / 1000.0),
          date_bin('15 minutes', at, timestamptz '2000-01-01'), (at at time zone 'Europe/Copenhagen')::date,
          format('service-%s.%s', service, language), format('service-%s', service), language,
          case when a = 0 then '' else format('centre-%s', lpad((1 + (service::int + (lent < 0.05)::int) % 5)::text, 2, '0')) end,
          format('site-%s', lpad(site::text, 2, '0')), format('district-%s', lpad((1 + site % 10)::text, 2, '0')),
          format('kiosk-%s-%s', site, i % 4), null, case when a = 1 then 'answered' when b = 1 then 'abandoned' else 'expired' end,
          ${sql.raw(sums)}
        from (select i, lent, language, site, lpad((1 + floor(10 * s ^ 2))::int::text, 2, '0') as service,
            day + make_interval(secs => 28800 + 43200 * (h1 + h2) / 2) as at,
            least(3600000, (-45000 * ln(1 - wait)))::int as w, least(7200000, (-240000 * ln(1 - talk)))::int as t,
            (luck < 0.86)::int as a, (luck >= 0.86 and luck < 0.98)::int as b
          from (select i, random() as lent, (array['da','da','da','da','da','da','da','da','en','en','ar','tr','pl','so'])[1 + floor(14 * random())] as language,
              (1 + floor(60 * random() ^ 2))::int as site, random() as s, random() as h1, random() as h2, random() as wait,
              random() as talk, random() as luck,
              timestamptz '2026-01-01T00:00+01' + make_interval(days => floor(365 * random())::int) as day
            from generate_series(${from}::int + 1, ${to}::int) as i) as drawn) as calls`.execute(trx)
    })
  }
  const startedAt = performance.now()
  await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await rollUpDays(trx, null)
  })
  const rollUpMs = Math.round(performance.now() - startedAt)
  for (const table of TABLES) await sql`vacuum analyze ${sql.table(table)}`.execute(db)
  return rollUpMs
}

const TABLES = ['figure_calls', 'figure_quarters', 'figure_days', 'figure_line_days', 'figure_months']

/** Rows and megabytes of each table, its indexes included. */
export async function sizesOf(db: Database) {
  const sizeOf = async (table: string) => {
    const { rows } = await sql<{ rows: number; mb: number; table_mb: number }>`
      select (select count(*) from ${sql.table(table)})::int as rows, round(pg_total_relation_size(${table}) / 1e6)::int as mb,
        round(pg_relation_size(${table}) / 1e6)::int as table_mb`.execute(db)
    return [table, { rows: rows[0]?.rows, megabytes: rows[0]?.mb, withoutIndexes: rows[0]?.table_mb }] as const
  }
  return Object.fromEntries(await Promise.all(TABLES.map(sizeOf)))
}
