/** Every figure counted twice: what the server keeps, and plain statements over the raw events of a long log that has everything hard in it. */
import { sql, type Kysely } from 'kysely'
import t from 'tap'
import { up } from '../../../migrations/0028_figures_of_hours_and_matters.ts'
import { SUMS } from '../../figures/sums.ts'
import { figuresCheck } from '../../jobs/figures.ts'
import { figuresAnswer } from '../../launch/figures-command.ts'
import { openTestDatabase } from '../../launch/test-database.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { sumsOf, summed, SUM_COLUMNS } from '../../store/figure-columns.ts'
import { checkYesterday } from '../../store/figure-days.ts'
import { foldFigures } from '../../store/figure-fold.ts'
import { ROLL_UPS } from '../../store/roll-ups.ts'
import { differences } from './compare.ts'
import { keepLog } from './keep-log.ts'
import { countAgain } from './second-count.ts'

const PLAN = { seed: 20_261_127, daysEach: 2, callsPerDay: 1_400, agentsCount: 24 }
const TABLES = [
  'figure_calls',
  ...ROLL_UPS.map(({ table }) => table),
  'figure_agent_quarters',
  'figure_agent_days',
  'figure_spans',
  'figure_trails',
]

/** What the tables hold, each as one number. */
async function contents(db: Database): Promise<string[]> {
  const contentOf = async (table: string) => {
    const { rows } = await sql<{ content: string }>`
      select md5(string_agg(line, '|' order by line)) as content from (
        select (to_jsonb(f) - 'span_id')::text as line from ${sql.table(table)} f) as lines`.execute(db)
    return rows[0]?.content ?? ''
  }
  return await Promise.all(TABLES.map(contentOf))
}

/** A run whose last statement fails, as where the server dies before it is through. */
async function runAndDie(db: Database): Promise<boolean> {
  await sql`create function die() returns trigger language plpgsql as 'begin raise exception ''died''; end'`.execute(db)
  await sql`create trigger dies before update on figures_position execute function die()`.execute(db)
  const isDead = await foldFigures(db).then(
    () => false,
    () => true,
  )
  await sql`drop trigger dies on figures_position`.execute(db)
  await sql`drop function die`.execute(db)
  return isDead
}

t.test('all that is counted of a long log is counted a second time, and all of it is equal', async (t) => {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  const told = await keepLog(db, PLAN, async (portion) => {
    if (portion % 7 === 3) return
    if (portion === 10) t.ok(await runAndDie(db), 'a run dies')
    if (portion % 5 === 2) await Promise.all([foldFigures(db), foldFigures(db)])
    else await foldFigures(db)
  })
  t.comment(told)
  await countAgain(db, told.asOf)
  t.same(await differences(db, told.asOf), [])

  const { rows } = await sql<Record<string, unknown>>`select ${summed(SUM_COLUMNS)} from figure_calls`.execute(db)
  const sums = sumsOf(rows[0] ?? {})
  // Only a line that closes for good turns out those inside: `figures.test.ts` has one.
  const never = SUMS.filter((name) => sums[name] === 0 && name !== 'turnedOut')
  t.same(never, [], 'nothing is only counted where it never happens')
  const { rows: nights } = await sql<{ both_hours: number; midnights: number }>`
    select count(distinct quarter) filter (where quarter >= '2026-10-25T00:00Z' and quarter < '2026-10-25T02:00Z')::int as both_hours,
      count(*) filter (where (ended_at at time zone 'Europe/Copenhagen')::date > city_date)::int as midnights from figure_calls`.execute(
    db,
  )
  t.equal(nights[0]?.both_hours, 8, 'the hour that comes twice is eight quarter-hours')
  t.ok((nights[0]?.midnights ?? 0) > 20, `${nights[0]?.midnights} calls cross midnight`)

  const { rows: again } = await sql<{ rung: number; unkept: number }>`
    select count(*) filter (where call_id like '%-again')::int as rung,
      (select count(*) from callbacks where result = 'withdrawn')::int as unkept from figure_calls`.execute(db)
  t.ok(
    (again[0]?.rung ?? 0) > 10 && (again[0]?.unkept ?? 0) > 2,
    `callbacks that are calls, and that never were: ${JSON.stringify(again)}`,
  )
  const { rows: left } = await sql<{
    count: number
  }>`select count(*)::int as count from figure_trails where trail->>'callId' in (
    select call_id from callbacks where result = 'withdrawn')`.execute(db)
  t.equal(left[0]?.count, 0, 'nothing is remembered of a promise that was withdrawn')
  const kept = await contents(db)
  t.match(await figuresAnswer(db, ['rebuild']), { exitCode: 0 })
  t.same(await contents(db), kept, 'made anew it is the same')
  t.match(await figuresAnswer(db, ['rebuild', '--from', '2026-03-28', '--to', '2026-03-29']), {
    exitCode: 0,
    out: /calls were counted anew/,
  })
  t.same(await contents(db), kept, 'and so are some days')

  const older = ['figure_quarters', 'figure_days', 'figure_line_days', 'figure_months']
  const newer = ROLL_UPS.map(({ table }) => table).filter((table) => !older.includes(table))
  await sql.raw(`drop table ${[...newer, 'figure_agent_days'].join(', ')}`).execute(db)
  await sql`drop index figure_days_by_district, figure_months_by_site, figure_months_by_district, figure_calls_by_matter`.execute(
    db,
  )
  await up(db as unknown as Kysely<unknown>)
  t.same(await contents(db), kept, 'a city that has counted already finds the same after the migration')

  const now = Date.parse('2026-03-30T01:00:00Z')
  const job = figuresCheck(checkYesterday(db, () => now))
  t.equal(await job.run(), 1, 'what is as it should be is checked')
  t.equal(await job.run(), 0, 'once')
  t.same(await contents(db), kept, 'and left as it was')
  await sql`delete from figure_checks`.execute(db)
  for (const { table, span } of ROLL_UPS) {
    const date = span === 'day' ? '2026-03-29' : '2026-03-01'
    const isOfDay =
      span === 'quarter'
        ? sql`quarter between '2026-03-29T06:00Z' and '2026-03-29T21:00Z'`
        : sql`city_date = ${date}::date`
    await sql`update ${sql.table(table)} set answered = answered + 1 where ctid = (
      select min(ctid) from ${sql.table(table)} where ${isOfDay})`.execute(db)
  }
  await t.rejects(job.run(), /2026-03-29 are not what the journal says: .*answered \d+ instead of \d+/)
  const check = await figuresAnswer(db, ['check', '--from', '2026-03-29', '--to', '2026-03-29'])
  t.equal(check.exitCode, 1)
  t.same(
    ROLL_UPS.filter(({ table }) => !check.faults.includes(`${table} 2026-03`)),
    [],
    'a fault of any of them is found',
  )
  await t.rejects(figuresAnswer(db, ['rebuild', '--to', '2026-03-29']), /npm run figures/)
})
