/** What is kept of people: all of it is in the data map, goes when its time is over, and is found and deleted for one of them. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { format } from 'prettier'
import t, { type Test } from 'tap'
import { openHttp } from '../http/http-server.ts'
import { addPrivacyRoutes } from '../http/privacy.ts'
import { guardRoutes } from '../http/route-gate.ts'
import { retentionJobs } from '../retention.ts'
import { personAnswer } from '../launch/person-command.ts'
import { seedDemoCity } from '../launch/seed-demo.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { DATA_MAP, NOT_A_PERSON, PERSONAL_COLUMN } from '../privacy/data-map.ts'
import { dataMapText } from '../privacy/data-map-text.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { loadDirectory, type Person } from '../store/directory.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const NOW = Date.parse('2026-11-27T11:00:00Z')
const NOTES_KEPT_DAYS = 30

async function openCity(t: Test): Promise<Database> {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  await seedDemoCity(db, 'the demo city of a test')
  return db
}

const run = (db: Database, statement: string) => sql.raw(statement).execute(db)
const at = (ageDays: number) => `timestamptz '${new Date(NOW - ageDays * DAY_MS).toISOString()}'`

/** One row of `ageDays` in every table that a job empties. */
async function keepAll(db: Database, ageDays: number): Promise<void> {
  const id = `call-${ageDays}`
  const when = at(ageDays)
  const [{ article_id: articleId } = { article_id: '' }] = await db
    .selectFrom('articles')
    .select('article_id')
    .limit(1)
    .execute()
  for (const statement of [
    `insert into calls (call_id, kiosk_id, queue_id, class_id, mode, language, arrived_at, ended_at, outcome, ticket)
      values ('${id}', 'k', 'citizen.da', 'ordinary', 'video', 'da', ${when}, ${when}, 'answered', 'ABCDEF')`,
    `insert into wrap_ups (call_id, agent_id, outcome_codes, note, written_at) values ('${id}', 'amal', '{}', 'Fru Jensen', ${when})`,
    `insert into earlier_tickets (call_id, ticket, at) values ('${id}', 'ABCDEF', ${when})`,
    `insert into ratings (call_id, site_id, queue_id, face, at) values ('${id}', 's', 'citizen.da', 'good', ${when})`,
    `insert into staff_messages (message_id, to_id, by_id, words, sent_at)
      values (gen_random_uuid()::text, 'amal', 'lone', 'Kom tilbage', ${when})`,
    `insert into figure_agent_quarters select * from jsonb_populate_record(null::figure_agent_quarters,
      (select jsonb_object_agg(column_name, 0) from information_schema.columns
        where table_name = 'figure_agent_quarters' and data_type = 'integer')
      || jsonb_build_object('quarter', ${when}, 'city_date', (${when})::date, 'agent_id', 'amal', 'centre_id', 'sundby'))`,
    `insert into figure_agent_days select * from jsonb_populate_record(null::figure_agent_days,
      (select jsonb_object_agg(column_name, 0) from information_schema.columns
        where table_name = 'figure_agent_days' and data_type = 'bigint')
      || jsonb_build_object('city_date', (${when})::date, 'agent_id', 'amal', 'centre_id', 'sundby'))`,
    `insert into figure_spans (agent_id, centre_id, kind, from_at, until_at) values ('amal', 'sundby', 'away', ${when}, ${when})`,
    `insert into kiosk_orders (kiosk_id, at, agent_id, is_out_of_order) select kiosk_id, ${when}, 'lone', true from kiosks limit 1`,
    `insert into notices (notice_id, audience, labels, posted_by, posted_at, expires_at)
      values (gen_random_uuid()::text, '{"kind":"city"}', '{"da":"x","en":"x"}', 'lone', ${when} - interval '1 minute', ${when})`,
    `insert into kiosk_key_acts (at, act, kiosk_id, agent_id) values (${when}, 'enrolled', 'k', 'lone')`,
    `insert into city_changes (at, by_id, by_name, how, differences) values (${when}, 'lone', 'Lone Holm', 'page', '[]')`,
    `insert into sign_ins (token_hash, agent_id, created_at) values (decode(md5('${id}'), 'hex'), 'amal', ${when})`,
    `insert into warnings (warning_id, kind, subject, value, raised_at, cleared_at, acknowledged_by)
      values (gen_random_uuid(), 'longest-wait', 'citizen.da', 1, ${when}, ${when}, 'lone')`,
    ...(articleId === ''
      ? []
      : [
          `insert into article_remarks (remark_id, article_id, article_version, said_by, said_at, words)
            values (gen_random_uuid()::text, '${articleId}', 1, 'amal', ${when}, 'forkert')`,
        ]),
  ]) {
    await run(db, statement)
  }
}

t.test('every table and every personal column of the schema has its line', async (t) => {
  const db = await openCity(t)
  const { rows } = await sql<{ table_name: string; columns: string[] }>`select table_name,
    array_agg(column_name::text order by ordinal_position) as columns from information_schema.columns
    where table_schema = 'public' group by 1 order by 1`.execute(db)
  t.ok(rows.length > 30)
  const rules = new Map(DATA_MAP.map((rule) => [rule.table, rule]))
  t.equal(rules.size, DATA_MAP.length, 'none is said twice')
  for (const { table_name: table, columns } of rows) {
    const rule = rules.get(table)
    if (rule === undefined) {
      t.fail(`${table} has no line in server/privacy/data-map.ts: say whose it is, what for and when it goes`)
      continue
    }
    t.same(
      rule.personal.filter((column) => !columns.includes(column)),
      [],
      `${table}: no column that is not there`,
    )
    t.equal(rule.personal.length > 0, rule.whose !== 'nobody', `${table}: whose it is`)
    t.equal(rule.kept.kind === 'not-personal', rule.whose === 'nobody', `${table}: when it goes`)
    const known = new Set([...rule.personal, ...(NOT_A_PERSON[table] ?? [])])
    const unsaid = columns.filter((column) => PERSONAL_COLUMN.test(column) && !known.has(column))
    t.same(unsaid, [], `${table}: columns that look like somebody's are said`)
  }
  t.same(
    [...rules.keys()].filter((table) => !rows.some((row) => row.table_name === table)),
    [],
    'no table that is gone',
  )
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/privacy/data-map.md'), 'utf8')
  const now = await format(dataMapText(DATA_MAP), { parser: 'markdown' })
  t.ok(
    page === now.replace(/\n*$/, '\n') || page === now,
    'the page is as the map: node server/launch/data-map-command.ts',
  )
})

t.test('by a moved clock: what is younger than its time stays, what is older goes', async (t) => {
  const db = await openCity(t)
  let now = NOW
  const jobs = retentionJobs({
    db,
    now: () => now,
    notesKeptDays: () => NOTES_KEPT_DAYS,
    agentFiguresDays: 400,
    signInMs: DAY_MS / 2,
  })
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const kept = DATA_MAP.flatMap(({ table, kept: rule }) => (rule.kind === 'job' ? [{ table, ...rule }] : []))
  const countOf = async (table: string) => {
    const isThere = table === 'wrap_ups' ? sql`note is not null` : sql`true`
    const found = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)} where ${isThere}`.execute(db)
    return Number(found.rows[0]?.n)
  }
  await keepAll(db, 0)
  const tables = [...new Set(kept.map(({ table }) => table))]
  for (const table of tables) t.equal(await countOf(table), 1, `${table}: a row of now`)
  for (const { table, job, days } of kept)
    t.ok(byName.has(job), `${table}: ${job} is a job of the server, after ${days} days`)
  for (const days of [...new Set(kept.map((rule) => rule.days))].toSorted((a, b) => a - b)) {
    // A day's end is the city's midnight, and a sign-in ends after half a day: what is kept for a day may go before it is over.
    now = NOW + (days - 1) * DAY_MS - 60_000 * 60
    if (days > 1) {
      for (const job of jobs) await job.run()
      for (const rule of kept)
        if (rule.days === days) t.equal(await countOf(rule.table), 1, `${rule.table}: still there`)
    }
    now = NOW + (days + 1) * DAY_MS
    for (const job of jobs) await job.run()
    for (const rule of kept)
      if (rule.days === days) t.equal(await countOf(rule.table), 0, `${rule.table}: gone after ${days}`)
  }
  t.equal(await countOf('calls'), 1, 'the record of the call stays')
  t.match(await db.selectFrom('wrap_ups').select('outcome_codes').execute(), [{ outcome_codes: [] }], 'codes stay')
})

t.test('somebody is found and deleted, by the command', async (t) => {
  const db = await openCity(t)
  await keepAll(db, 0)
  const ask = (...words: string[]) => personAnswer(db, words)
  const found = await ask('find', 'agent', 'amal')
  t.match(found, { exitCode: 0 })
  for (const table of ['agents', 'sign_ins', 'staff_messages', 'wrap_ups', 'figure_spans'])
    t.match(found.out, `${table}\t1`)
  t.match(await ask('delete', 'agent', 'amal'), { exitCode: 0 })
  t.same(await ask('delete', 'agent', 'amal'), { exitCode: 1, out: '', faults: 'Nothing is kept of them.\n' }, 'once')
  t.equal((await ask('find', 'agent', 'amal')).out, 'wrap_ups\t1\n', 'an id without a name, for the codes of a call')
  t.match(await db.selectFrom('wrap_ups').select('note').execute(), [{ note: null }])

  await run(db, `update wrap_ups set note = 'Fru Jensen'`)
  t.equal((await ask('find', 'ticket', 'ABCDEF')).out, 'calls\t1\nwrap_ups\t1\nratings\t1\nearlier_tickets\t1\n')
  t.match(await ask('delete', 'ticket', 'ABCDEF'), { exitCode: 0 })
  t.match(await ask('find', 'ticket', 'ABCDEF'), { exitCode: 1 })
  const all = await sql<{
    line: string
  }>`select t::text as line from calls t union all select w::text from wrap_ups w`.execute(db)
  t.notMatch(JSON.stringify(all.rows), /Jensen|ABCDEF/)

  const [{ staff_number: number } = { staff_number: '' }] = await db
    .selectFrom('staff')
    .select('staff_number')
    .limit(1)
    .execute()
  t.equal((await ask('find', 'staff', number)).out, 'staff\t1\n')
  t.match(await ask('delete', 'staff', number), { exitCode: 0 })
  t.match(await ask('find', 'staff', number), { exitCode: 1 })
  for (const words of [
    [],
    ['find'],
    ['find', 'citizen', 'x'],
    ['delete', 'agent'],
    ['drop', 'agent', 'x'],
    ['find', 'toString', 'x'],
  ]) {
    await t.rejects(ask(...words), /npm run person/)
  }
})

t.test('by the route, and by administrators alone', async (t) => {
  const db = await openCity(t)
  await keepAll(db, 0)
  const directory = await loadDirectory(db)
  const logged: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
  const http = await openHttp({ log, connectUrls: [], isHttps: false })
  t.teardown(() => http.close())
  const signedOut: string[] = []
  const roles: Readonly<Record<string, Person['role']>> = { ib: 'administrator', lone: 'supervisor', bo: 'agent' }
  const identify = async (who = '') => (who in roles ? ({ agentId: who, role: roles[who] } as Person) : undefined)
  guardRoutes(http, { identify, owns: () => false }, { apiPrefix: '' })
  addPrivacyRoutes(http, {
    db,
    directory,
    signOut: async ({ agentId }) => (agentId === 'elin' ? 'agent-busy' : void signedOut.push(agentId)),
  })
  const ask = async (method: 'GET' | 'POST', path: string, who: string) => {
    const reply = await http.inject({ method, url: `/privacy/${path}`, headers: { cookie: who } })
    return { status: reply.statusCode, body: reply.json() as unknown }
  }
  for (const [who, status] of [
    ['', 401],
    ['bo', 403],
    ['lone', 403],
  ] as const) {
    t.equal((await ask('GET', 'agent/amal', who)).status, status)
    t.equal((await ask('POST', 'agent/amal/delete', who)).status, status)
  }
  t.match(await ask('GET', 'agent/amal', 'ib'), { status: 200, body: { tables: { agents: 1, staff_messages: 1 } } })
  t.same(await ask('GET', 'agent/nobody', 'ib'), { status: 200, body: { tables: {} } })
  t.match(await ask('GET', 'citizen/amal', 'ib'), { status: 400 })
  t.match(await ask('GET', `ticket/${"x'%20or%201=1"}`, 'ib'), { status: 400 })
  t.match(await ask('POST', 'agent/ib/delete', 'ib'), { status: 409, body: { error: { code: 'wrong-state' } } })
  t.match(await ask('POST', 'agent/elin/delete', 'ib'), { status: 409, body: { error: { code: 'agent-busy' } } })
  t.ok(directory.people.has('elin'))
  t.same(await ask('POST', 'agent/amal/delete', 'ib'), { status: 200, body: { isDeleted: true } })
  t.same(await ask('POST', 'agent/amal/delete', 'ib'), { status: 200, body: { isDeleted: false } })
  t.notOk(directory.people.has('amal'), 'who is deleted cannot sign in any more')
  t.same(signedOut, ['amal'])
  t.same(await ask('POST', 'ticket/ABCDEF/delete', 'ib'), { status: 200, body: { isDeleted: true } })
  t.notMatch(logged.join(''), /ABCDEF|amal/, 'of whom is not written down')
  t.match(logged.join(''), /"agentId":"ib".*person\.deleted/)
})
