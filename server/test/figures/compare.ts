/** The two counts beside each other: the first place where they differ, or nothing. */
import { sql } from 'kysely'
import { AGENT_SUMS } from '../../figures/sums.ts'
import type { Database } from '../../store/database.ts'
import { agentSumsOf, SUM_COLUMNS } from '../../store/figure-columns.ts'
import { countAgentsAgain } from './second-agents.ts'
import { SECOND_COLUMNS } from './second-count.ts'

const LINE = ['queue_id', 'service_id', 'language', 'centre_id']
const PLACE = ['site_id', 'district_id']
const MATTER = ['matter_id']

/** What each table is by, beside its time. */
const BY_DAY = {
  figure_days: [...LINE, ...PLACE],
  figure_line_days: LINE,
  figure_place_days: PLACE,
  figure_matter_days: [...LINE, ...MATTER],
}
const BY_MONTH = {
  figure_months: [...LINE, ...PLACE],
  figure_line_months: LINE,
  figure_place_months: PLACE,
  figure_matter_months: [...LINE, ...MATTER],
  figure_all_months: [...LINE, ...PLACE, ...MATTER],
  figure_hours: ['week_hour', ...LINE, ...PLACE],
  figure_line_hours: ['week_hour', ...LINE],
  figure_place_hours: ['week_hour', ...PLACE],
  figure_matter_hours: ['week_hour', 'service_id', ...MATTER],
}

/** Where calls, quarter-hours, days or agents differ: at most five of each, in words. `asOf`: the end of the log. */
export async function differences(db: Database, asOf: number): Promise<string[]> {
  const left = SUM_COLUMNS.filter((name) => !SECOND_COLUMNS.includes(name))
  const added = SECOND_COLUMNS.map((name) => (name === 'wait_ms_max' ? `max(${name})` : `sum(${name})`))
  const sumsBy = (key: readonly string[], date = 'city_date') =>
    `select ${key.map((name) => (name === 'city_date' ? `${date} as city_date` : name)).join(', ')},
      ${added.map((sum, i) => `${sum}::bigint as ${SECOND_COLUMNS[i]}`).join(', ')}
    from second_calls group by ${key.map((_, i) => i + 1).join(', ')}`
  const quarterKey = ['quarter', ...LINE]
  const found = [
    ...left.map((name) => `nothing counts ${name} again`),
    ...(await rowsThatDiffer(
      db,
      'figure_calls',
      ['call_id', ...quarterKey, ...PLACE, 'city_date'],
      'select * from second_calls',
    )),
    ...(await rowsThatDiffer(db, 'figure_quarters', quarterKey, sumsBy(quarterKey))),
  ]
  for (const [table, by] of Object.entries(BY_DAY)) {
    found.push(...(await rowsThatDiffer(db, table, ['city_date', ...by], sumsBy(['city_date', ...by]))))
  }
  for (const [table, by] of Object.entries(BY_MONTH)) {
    const second = sumsBy(['city_date', ...by], `date_trunc('month', city_date)::date`)
    found.push(...(await rowsThatDiffer(db, table, ['city_date', ...by], second)))
  }
  return [...found, ...(await agentsThatDiffer(db, asOf))]
}

async function rowsThatDiffer(db: Database, table: string, key: readonly string[], second: string): Promise<string[]> {
  const all = [...key, ...SECOND_COLUMNS]
  const cast = all.map((name) => (key.includes(name) ? `${name}::text` : `${name}::bigint`)).join(', ')
  const { rows } = await sql<{ side: string; row: Record<string, unknown> }>`
    with one as (select ${sql.raw(cast)} from ${sql.table(table)}), two as (select ${sql.raw(cast)} from (${sql.raw(second)}) as s)
    (select 'first' as side, to_jsonb(d) as row from (select * from one except all select * from two) d limit 5)
    union all (select 'second', to_jsonb(d) from (select * from two except all select * from one) d limit 5)`.execute(
    db,
  )
  const keyOf = (row: Record<string, unknown>) => key.map((name) => String(row[name])).join(' ')
  return rows.map(({ side, row }) => {
    const other = rows.find((each) => each.side !== side && keyOf(each.row) === keyOf(row))?.row
    const names = SECOND_COLUMNS.filter((name) => other === undefined || other[name] !== row[name])
    const what =
      other === undefined ? 'only here' : names.map((name) => `${name} ${String(row[name])} ≠ ${String(other[name])}`)
    return `${table} ${side} ${keyOf(row)}: ${String(what)}`
  })
}

async function agentsThatDiffer(db: Database, asOf: number): Promise<string[]> {
  const second = await countAgentsAgain(db, asOf)
  const { rows } = await sql<Record<string, unknown> & { agent_id: string; quarter: Date }>`
    select * from figure_agent_quarters`.execute(db)
  const first = new Map<string, number>()
  for (const row of rows) {
    const sums = agentSumsOf(row)
    for (const name of AGENT_SUMS) {
      const key = `${row.agent_id}|${row.quarter.getTime()}|${name}`
      if (sums[name] !== 0) first.set(key, (first.get(key) ?? 0) + sums[name])
    }
  }
  const keys = new Set([...first.keys(), ...second.keys()])
  const differing = [...keys].filter((key) => (first.get(key) ?? 0) !== (second.get(key) ?? 0))
  const names = AGENT_SUMS.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  const { rows: days } = await sql<{ row: object }>`
    with one as (select city_date, agent_id, centre_id, ${sql.raw(names.join(', '))} from figure_agent_days), two as (
      select (quarter at time zone 'Europe/Copenhagen')::date, agent_id, centre_id,
        ${sql.raw(names.map((name) => `sum(${name})`).join(', '))} from figure_agent_quarters group by 1, 2, 3)
    (select to_jsonb(d) as row from (select * from one except all select * from two) d limit 5)
    union all (select to_jsonb(d) from (select * from two except all select * from one) d limit 5)`.execute(db)
  const ofDays = days.map(({ row }) => `agents' days ${JSON.stringify(row)}`)
  const ofQuarters = differing.map((key) => `agents ${key}: ${first.get(key)} ≠ ${second.get(key)}`)
  return [...ofDays, ...ofQuarters].slice(0, 5)
}
