/** A day to come over HTTP, from counts in a real Postgres: which days count, what is told, and who may ask. */
import { sql } from 'kysely'
import pino from 'pino'
import t from 'tap'
import type { ForecastReply } from '../contract/forecast.ts'
import { startOfCityDate } from '../figures/calendar.ts'
import type { RosterReply } from '../contract/forecast.ts'
import { addForecastRoute } from '../http/forecast.ts'
import { addRosterRoutes } from '../http/roster.ts'
import { guardRoutes } from '../http/route-gate.ts'
import { openHttp } from '../http/http-server.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { calendarOf } from '../policy/calendar-in-force.ts'
import { compileTargets } from '../policy/compile.ts'
import { readPolicy } from '../policy/document.ts'
import { SMALL_POLICY } from '../policy/test/small-policy.ts'
import { openDatabase, type Database } from '../store/database.ts'
import type { Directory, Person } from '../store/directory.ts'
import { columns, SUM_COLUMNS } from '../store/figure-columns.ts'
import { dropOldRoster } from '../store/roster.ts'

const QUEUE = 'citizen.da'
const TWO_LINES = SMALL_POLICY.replace('  da: language\n', '  da: language\n  en: language\n')
  .replace('      - attribute: da\n', '      - attribute: da\n  en:\n    requirements:\n      - attribute: en\n')
  .replace(
    '      holidays: closed\n',
    "      holidays: closed\n      closures: [{ date: '2026-11-06', name: Moving }]\n",
  )
const PEOPLE = new Map(
  ['supervisor', 'agent'].map((role) => [role, { agentId: role, role, centreId: 'centre-1' } as Person]),
)

/** A row of a roll-up with those sums; everything else is nought. */
async function keep(db: Database, table: string, keys: Record<string, unknown>, sums: Record<string, number>) {
  const names = [...Object.keys(keys), ...SUM_COLUMNS]
  const values = [...Object.values(keys), ...SUM_COLUMNS.map((name) => sums[name] ?? 0)]
  await sql`insert into ${sql.table(table)} (${columns(names)}) values (${sql.join(values)})`.execute(db)
}

/** A day of a queue: so many calls at nine, of which each was answered after a minute, but for those who left after two. */
async function keepDay(db: Database, date: string, queueId: string, calls: number, left = 0) {
  const quarter = new Date(startOfCityDate(date) + 9 * 3_600_000)
  const line = { queue_id: queueId, service_id: 'citizen', language: 'da', centre_id: '' }
  const waits = { answered_waits: Buffer.alloc(0) }
  await keep(db, 'figure_quarters', { quarter, ...line, ...waits }, { offered: calls - 1, turned_away_full: 1 })
  await keep(db, 'figure_line_days', { city_date: date, ...line, ...waits }, { offered: calls })
  const place = { site_id: 'here', district_id: 'north', kiosk_id: 'k-1' }
  for (let i = 0; i < calls; i += 1) {
    const hasLeft = i < left
    const call = {
      call_id: `${date}/${queueId}/${i}`,
      pressed_at: quarter,
      entered_at: quarter,
      quarter,
      city_date: date,
    }
    const sums = hasLeft
      ? { offered: 1, abandoned: 1, wait_ms_max: 120_000 }
      : {
          offered: 1,
          answered: 1,
          wait_ms_max: 60_000,
          handled: 1,
          talk_ms: 300_000,
          hold_ms: 30_000,
          wrap_up_ms: 30_000,
        }
    await keep(db, 'figure_calls', { ...call, ...line, ...place }, sums)
  }
}

t.test('a day to come', async (t) => {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  const http = await openHttp({ log: pino({ level: 'silent' }), connectUrls: [], isHttps: false })
  t.teardown(() => http.close())
  const checked = readPolicy(TWO_LINES)
  if (!checked.isValid) throw new Error(JSON.stringify(checked.faults))
  const policy = checked.policy
  const queues = Object.values(policy.queues).map(({ id }) => {
    return [id, { id, serviceLabels: { da: id, en: id }, language: 'da' }] as const
  })
  const identify = async (who = '') => PEOPLE.get(who)
  guardRoutes(http, { identify, owns: () => false }, { apiPrefix: '' })
  addRosterRoutes(http, { db, policy: () => policy })
  let percent = 80
  addForecastRoute(http, {
    db,
    directory: { queues: new Map(queues) } as unknown as Directory,
    policy: () => policy,
    targets: () => ({ ...compileTargets(checked.document), [QUEUE]: percent }),
    calendar: () => calendarOf(checked.document),
  })
  const get = (words: string, who = 'supervisor') =>
    http.inject({ url: `/forecast?${words}`, headers: { cookie: who } })
  const forecast = async (words: string) => {
    const reply = await get(words)
    t.equal(reply.statusCode, 200, reply.body.slice(0, 300))
    return reply.json<ForecastReply>()
  }
  const asOf = new Date('2027-01-06T12:00:00Z')
  await sql`update figures_position set at = ${asOf}`.execute(db)
  // Fridays; of the last one the server was away for the whole city. Christmas and New Year were Fridays too, and on the
  // first of them the queue was closed.
  for (const [date, calls] of [
    ['2026-11-06', 50],
    ['2026-11-20', 4],
    ['2026-11-27', 6],
    ['2026-12-04', 5],
    ['2026-12-11', 9],
    ['2026-12-25', 1],
    ['2027-01-01', 1],
  ] as const) {
    await keepDay(db, date, QUEUE, calls, date === '2026-12-11' || date === '2026-11-06' ? 0 : 1)
  }

  await t.test('counts of the same weekday, holidays and days without the server left out', async (t) => {
    const { earlierDates, quarters, holidayName, ...reply } = await forecast(`queue=${QUEUE}&date=2027-01-08`)
    t.same(earlierDates, ['2026-12-11', '2026-12-04', '2026-11-27', '2026-11-20'])
    t.equal(holidayName, null)
    t.equal(quarters.length, 96)
    const nine = quarters.find(({ at }) => at === startOfCityDate('2027-01-08') + 9 * 3_600_000)
    t.equal(nine?.calls?.mean, 6, 'those who were turned away from a full line are counted')
    t.ok((nine?.erlangC?.high ?? 0) > (nine?.erlangC?.expected ?? 99) - 1)
    t.equal(nine?.erlangA, null, 'five who left are too few to say how long people bear to wait')
    t.match(reply, { handlingMs: 360_000, abandonedCount: 5, patience: null, asOf: asOf.getTime() })
    t.equal(reply.target.withinMs, policy.queues[QUEUE]?.answerWithinMs)
  })

  await t.test('patience once enough have left: all time waited, over those who left', async (t) => {
    await keepDay(db, '2026-12-18', QUEUE, 20, 10)
    const { patience, abandonedCount, quarters } = await forecast(`queue=${QUEUE}&date=2027-01-08&level=95`)
    t.equal(abandonedCount, 15)
    // 15 left after 2 min, 31 were answered after 1 min.
    t.equal(patience?.meanMs, (15 * 120_000 + 31 * 60_000) / 15)
    t.ok(quarters.some(({ erlangA }) => erlangA !== null))
  })

  await t.test('the policy says for how many in time agents are counted, until somebody asks for more', async (t) => {
    const need = async (words: string) => {
      const { quarters, target } = await forecast(`queue=${QUEUE}&date=2027-01-08${words}`)
      return { target, agents: quarters.reduce((sum, { erlangC }) => sum + (erlangC?.high ?? 0), 0) }
    }
    const plain = await need('')
    t.match(plain.target, { levelPercent: 80, ofPolicyPercent: 80 })
    percent = 97
    const strict = await need('')
    t.match(strict.target, { levelPercent: 97, ofPolicyPercent: 97 })
    t.ok(strict.agents > plain.agents)
    const chosen = await need('&level=80')
    t.match(chosen, { agents: plain.agents, target: { levelPercent: 80, ofPolicyPercent: 97 } })
    percent = 80
  })

  await t.test('a holiday is like holidays, of which there are too few', async (t) => {
    const reply = await forecast(`queue=${QUEUE}&date=2027-03-26`)
    t.ok(reply.holidayName)
    t.same(reply.earlierDates, ['2027-01-01', '2026-12-25'])
    t.equal(reply.calls, null)
    t.ok(reply.quarters.every(({ calls, erlangC }) => calls === null && erlangC === null))
  })

  await t.test('a queue is only as old as its first call', async (t) => {
    const other = queues.map(([id]) => id).find((id) => id !== QUEUE)
    if (other === undefined) return t.fail('the small policy has one queue')
    await keepDay(db, '2026-12-11', other, 3)
    t.same((await forecast(`queue=${other}&date=2027-01-08`)).earlierDates, ['2026-12-18', '2026-12-11'])
  })

  await t.test('a roster is written for a day, replaced by another, and deleted when it is old', async (t) => {
    const post = async (path: string, payload: object, cookie = 'supervisor') =>
      await http.inject({ method: 'POST', url: path, payload, headers: { cookie } })
    const NINE = startOfCityDate('2027-01-08') + 9 * 3_600_000
    const planned = async () => {
      const { quarters } = await forecast(`queue=${QUEUE}&date=2027-01-08`)
      return quarters.flatMap(({ at, plannedCount }) => (plannedCount === null ? [] : [[at, plannedCount]]))
    }
    const day = { queueId: QUEUE, date: '2027-01-08' }
    const counts = [
      { at: NINE, agentsCount: 3 },
      { at: NINE + 900_000, agentsCount: 0 },
    ]
    t.same((await post('/roster', { ...day, counts })).json(), { writtenCount: 2, faultsCount: 0, faults: [] })
    t.same(await planned(), [
      [NINE, 3],
      [NINE + 900_000, 0],
    ])
    const bad = `${QUEUE};2027-01-08;09:00;5\n${QUEUE};2027-01-08;09:01;5`
    t.match((await post('/roster/csv', { csv: bad })).json<RosterReply>(), { writtenCount: 0, faults: [{ line: 2 }] })
    t.equal((await planned()).length, 2, 'of a file with a bad line nothing is taken')
    const csv = `${QUEUE};2027-01-08;09:30;5\n${QUEUE};2027-01-15;09:00;2`
    t.match((await post('/roster/csv', { csv })).json<RosterReply>(), { writtenCount: 2 })
    t.same(await planned(), [[NINE + 1_800_000, 5]], 'in place of what was planned for the day')
    const many = `${QUEUE};2027-01-09;09:00;1\n`.repeat(5_000)
    t.match((await post('/roster/csv', { csv: many })).json<RosterReply>(), { faultsCount: 4_999 })
    t.same((await post('/roster', { ...day, counts: [] })).json<RosterReply>().writtenCount, 0)
    t.same(await planned(), [], 'and emptied')
    const elsewhere = [{ at: NINE + 1, agentsCount: 1 }]
    const twice = [...counts, ...counts]
    for (const body of [
      { ...day, counts: elsewhere },
      { ...day, counts: twice },
      { ...day, queueId: 'none', counts },
      { ...day, counts, more: 1 },
    ]) {
      t.equal((await post('/roster', body)).statusCode, 400, JSON.stringify(body))
    }
    t.equal((await post('/roster', { ...day, counts }, 'agent')).statusCode, 403)
    t.equal((await post('/roster/csv', { csv }, 'nobody')).statusCode, 401)
    t.equal(await dropOldRoster(db, startOfCityDate('2027-01-15')), 0)
    t.equal(await dropOldRoster(db, startOfCityDate('2027-01-16')), 1)
  })

  await t.test('for supervisors, of queues and days that there are', async (t) => {
    t.equal((await get('date=2027-01-08', 'agent')).statusCode, 403)
    t.equal((await get('date=2027-01-08', 'nobody')).statusCode, 401)
    for (const words of [
      'date=2027-02-30',
      'date=2127-01-08',
      `queue=none&date=2027-01-08`,
      'date=x',
      'date=2027-01-08&level=49',
    ]) {
      t.equal((await get(words)).statusCode, 400, words)
    }
    t.equal((await forecast('date=2027-01-08')).queueId, queues[0]?.[0])
  })
})
