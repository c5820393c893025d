/** Reports and raw events over HTTP, on a log in a real Postgres, against plain statements over what was counted a second time. */
import { sql } from 'kysely'
import pino from 'pino'
import t from 'tap'
import type { OpenDataReply } from '../../contract/open-data.ts'
import type {
  AgentReportReply,
  CallbackReportReply,
  ReportNames,
  ReportReply,
  ReportRow,
} from '../../contract/reports.ts'
import { openHttp } from '../../http/http-server.ts'
import { addOpenDataRoute } from '../../http/open-data.ts'
import { ownObjects } from '../../http/own-objects.ts'
import { addRawEventRoutes } from '../../http/raw-events.ts'
import { addReportRoutes } from '../../http/reports.ts'
import { guardRoutes } from '../../http/route-gate.ts'
import { startOfCityDate } from '../../figures/calendar.ts'
import { rangeOf } from '../../http/report-question.ts'
import { openTestDatabase } from '../../launch/test-database.ts'
import { dropAgentFigures } from '../../store/agent-figures.ts'
import { openDatabase } from '../../store/database.ts'
import type { Directory, Person } from '../../store/directory.ts'
import { rebuildDays } from '../../store/figure-days.ts'
import type { State } from '../../routing/state.ts'
import { foldFigures, rebuildFigures } from '../../store/figure-fold.ts'
import { sourceOf } from '../../store/reports.ts'
import { keepLog } from './keep-log.ts'
import { countAgain } from './second-count.ts'

const PLAN = { seed: 7, daysEach: 1, callsPerDay: 900, agentsCount: 14 }

const person = (agentId: string, role: Person['role'], centreId: string) =>
  ({ agentId, name: agentId, role, centreId }) as Person
const PEOPLE = [
  person('lone', 'supervisor', 'centre-1'),
  person('agent-01', 'agent', 'centre-1'),
  person('agent-02', 'agent', 'centre-2'),
]

t.test('reports', async (t) => {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  const { asOf } = await keepLog(db, PLAN, async () => undefined)
  await foldFigures(db)
  await countAgain(db, asOf)
  const logged: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
  const http = await openHttp({ log, connectUrls: [], isHttps: false })
  t.teardown(() => http.close())
  const people = new Map(PEOPLE.map((each) => [each.agentId, each]))
  const parts = { db, directory: { people } as unknown as Directory }
  const owns = ownObjects({ ...parts, state: () => ({ agents: new Map() }) as unknown as State })
  guardRoutes(http, { identify: async (who = '') => people.get(who), owns }, { apiPrefix: '' })
  addReportRoutes(http, parts)
  addRawEventRoutes(http, parts)
  addOpenDataRoute(http, { db, countMin: 5, now: () => asOf })
  const get = async (path: string, who = 'lone') => await http.inject({ url: path, headers: { cookie: who } })
  const report = async (words: string) => {
    const reply = await get(`/reports?${words}`)
    t.equal(reply.statusCode, 200, `${words}: ${reply.body.slice(0, 200)}`)
    return reply.json<ReportReply>()
  }
  const YEAR = 'from=2026-01-01&to=2027-01-01'

  await t.test('service levels, quantiles and the longest wait of a year are those of a plain statement', async (t) => {
    const { rows } = await sql<Record<string, number>>`
      select sum(answered_in_time)::float8 / sum(answered) as "SL_ans",
        sum(answered_in_time)::float8 / sum(answered + abandoned) as "SL_neg",
        sum(answered_in_time)::float8 / sum(answered + abandoned + flowed_out) as "SL_flow",
        sum(answered_in_time)::float8 / sum(service_level_events - abandoned_in_time) as "SL_ign",
        sum(answered_in_time + abandoned_in_time)::float8 / sum(answered + abandoned) as "SL_pos",
        sum(answered_in_time)::float8 / sum(answered + abandoned - abandoned_short) as "SL_short",
        sum(answered_in_time)::float8 / sum(answered + abandoned - abandoned_in_time) as "SL_late",
        sum(answered_in_time + abandoned_in_time + callbacks_in_time)::float8 / sum(offered) as "SL_out",
        sum(talk_ms + hold_ms + wrap_up_ms)::float8 / sum(handled) as "AHT",
        sum(answered_wait_ms)::float8 / sum(answered) as "ASA",
        percentile_disc(0.5) within group (order by answered_wait_ms) filter (where answered = 1) as median,
        percentile_disc(0.9) within group (order by answered_wait_ms) filter (where answered = 1) as p90,
        max(wait_ms_max)::float8 as longest
      from second_calls`.execute(db)
    const { median, p90, longest, ...levels } = rows[0] ?? {}
    const { total, definitions, headline, ...rest } = await report(YEAR)
    for (const [name, value] of Object.entries(levels)) t.equal(total.figures[name]?.value, value, name)
    t.same(total.waits, { medianMs: Number(median), p90Ms: Number(p90), maxMs: longest })
    t.equal(definitions.find(({ name }) => name === headline)?.formula, 'A_T / (A + B − B_s)')
    t.equal(rest.asOf, asOf)
    t.equal(
      rest.waitDistribution.reduce((sum, { count }) => sum + count, 0),
      total.sums['answered'],
    )
  })

  await t.test('days, quarter-hours and calls say the same, whole and by queue and language', async (t) => {
    const flat = (rows: readonly ReportRow[]) => rows.map(({ at: _at, ...row }) => row)
    const byDays = await report(`${YEAR}&group=queue,language`)
    const byQuarters = await report(`from=2026-01-01T00:15:00Z&to=2026-12-31T22:45:00Z&group=queue,language`)
    t.same(flat(byQuarters.rows), flat(byDays.rows))
    const ofSites = await report(`${YEAR}&group=site`)
    const sites = ofSites.rows.map(({ group }) => group['site']).join(',')
    const byCalls = await report(`from=2026-01-01T00:15:00Z&to=2026-12-31T22:45:00Z&group=site&site=${sites}`)
    t.same(flat(byCalls.rows), flat(ofSites.rows))
    t.ok(ofSites.rows.length > 5 && byDays.rows.length > 5)
    const filtered = await report(`${YEAR}&queue=citizen.da,citizen.en&centre=sundby`)
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from second_calls
      where queue_id in ('citizen.da', 'citizen.en') and centre_id = 'sundby' and answered = 1`.execute(db)
    t.equal(filtered.total.sums['answered'], rows[0]?.count)
  })

  await t.test('every interval adds up to the whole, also over both changes of the clock', async (t) => {
    const all = (await report(YEAR)).total
    for (const interval of ['hour', 'day', 'week', 'month', 'year', 'weekday-hour']) {
      const { total, rows } = await report(`${YEAR}&interval=${interval}`)
      t.same(total, all, interval)
      t.same(
        [...rows].map(({ at }) => at).toSorted(),
        rows.map(({ at }) => at),
        'in order',
      )
    }
    const some = 'from=2026-03-15&to=2026-11-03'
    const ofDays = await report(`${some}&interval=day&group=language`)
    t.same((await report(some)).total, ofDays.total, 'whole months and the days around them')
    const night = await report('from=2026-10-25&to=2026-10-26&interval=quarter-hour')
    t.equal(night.to - night.from, 25 * 3_600_000)
    const compared = await report('from=2026-03-29&to=2026-03-30&compareFrom=2026-10-25')
    t.same(compared.comparison?.total, night.total, 'a day is compared with a day, whatever its hours')
  })

  await t.test('whatever a year is asked by, the counts are those of a plain statement', async (t) => {
    const { rows: some } = await sql<Record<string, string>>`select site_id as site, district_id as district, language,
      centre_id as centre, matter_id as matter, service_id as service from second_calls where matter_id <> '' and centre_id <> ''
      group by 1, 2, 3, 4, 5, 6 order by count(*) desc limit 1`.execute(db)
    const columnOf = (name: string) => (name === 'language' ? name : `${name}_id`)
    const AT = {
      ...{ whole: 'null::text', month: `date_trunc('month', city_date)::date::text` },
      ...{ day: 'city_date::text', 'weekday-hour': 'week_hour' },
    }
    const asked = [
      ['whole', 'matter', [], 'matter_months'],
      ['whole', 'matter', ['site'], 'all_months'],
      ['whole', 'matter', ['language', 'centre'], 'matter_months'],
      ['month', 'site', ['service'], 'months'],
      ['month', '', ['district', 'matter'], 'all_months'],
      ['month', 'language', ['matter'], 'matter_months'],
      ['month', 'district', [], 'place_months'],
      ['day', '', ['site'], 'place_days'],
      ['day', '', ['matter'], 'matter_days'],
      ['weekday-hour', '', [], 'matter_hours'],
      ['weekday-hour', '', ['site'], 'place_hours'],
      ['weekday-hour', '', ['district', 'language'], 'hours'],
      ['weekday-hour', '', ['matter'], 'matter_hours'],
      ['weekday-hour', '', ['matter', 'site'], 'calls'],
      ['weekday-hour', 'centre', ['service'], 'line_hours'],
    ] as const
    const ranges = [['2026-01-01', '2027-01-01'] as const, ['2026-03-29', '2026-10-25'] as const]
    for (const [interval, group, filters, table] of asked) {
      const read = sourceOf({
        range: rangeOf('2026-01-01', '2027-01-01'),
        interval,
        groupBy: group === '' ? [] : [group],
        filters: new Map(filters.map((name) => [name, ['any']])),
      })
      t.equal(read.table, `figure_${table}`, `${interval} ${group} ${filters}`)
      for (const [from, to] of ranges) {
        const words = filters.map((name) => `&${name}=${some[0]?.[name]}`).join('')
        const question = `from=${from}&to=${to}&interval=${interval}${group === '' ? '' : `&group=${group}`}${words}`
        const isMeant = filters.map((name) => `and ${columnOf(name)} = '${some[0]?.[name]}'`).join(' ')
        const { rows: counted } = await sql<Record<string, string | number | null>>`
          select ${sql.raw(AT[interval])} as at, ${sql.raw(group === '' ? `''` : columnOf(group))} as "group", sum(offered)::int as offered,
            sum(answered_in_time)::int as in_time, max(wait_ms_max)::int as longest,
            percentile_disc(0.9) within group (order by answered_wait_ms) filter (where answered = 1)::int as p90
          from second_calls where city_date >= ${from}::date and city_date < ${to}::date ${sql.raw(isMeant)}
          group by 1, 2 order by 1, 2`.execute(db)
        const { rows } = await report(question)
        const told = rows.map(({ at, group: of, sums, waits: { p90Ms } }) => ({
          ...{ at, group: of[group] ?? '', offered: sums['offered'], in_time: sums['answeredInTime'] },
          ...{ longest: sums['waitMsMax'], p90: p90Ms },
        }))
        t.same(told, counted, question)
      }
    }
  })

  await t.test('as a table', async (t) => {
    const csv = await get(`/reports?${YEAR}&group=site&interval=month&format=csv&compareFrom=2025-01-01`)
    t.match(csv.headers, { 'content-type': /text\/csv/, 'content-disposition': /report\.csv/ })
    const [head = '', first = ''] = csv.body.slice(1).split('\r\n')
    t.match(head, /^period,at,site,offered,/)
    t.match(first, /^asked,2026-03-01,/)
    t.equal(head.split(',').length, first.split(',').length)
    const xlsx = await get(`/reports?${YEAR}&group=site&format=xlsx`)
    t.equal(xlsx.rawPayload.subarray(0, 2).toString(), 'PK')
  })

  await t.test('every id of a row has a name', async (t) => {
    await sql`insert into matters (matter_id, service_id, labels, sort_order) select distinct matter_id, service_id,
      '{"da": "Sag", "en": "Matter"}'::jsonb, 0 from figure_calls where matter_id is not null on conflict do nothing`.execute(
      db,
    )
    const names = (await get('/reports/names')).json<ReportNames>()
    for (const dimension of ['queue', 'service', 'matter', 'site', 'district', 'language'] as const) {
      const known = new Set(names[dimension].map(({ id }) => id))
      const { rows } = await report(`${YEAR}&group=${dimension}`)
      t.same(
        rows.map(({ group }) => group[dimension] ?? '').filter((id) => id !== '' && !known.has(id)),
        [],
        dimension,
      )
    }
    t.match(
      names.queue.find(({ id }) => id === 'citizen.en'),
      { labels: { da: 'citizen' }, language: 'en' },
    )
    t.equal((await get('/reports/names', 'agent-01')).statusCode, 403)
    t.equal((await get('/reports/names', 'nobody')).statusCode, 401)
  })

  await t.test('open data: days that are over, for everybody, with small counts held back', async (t) => {
    const reply = await http.inject({ url: '/open-data/sites?from=2026-03-20&to=2026-04-15' })
    t.match(reply, { statusCode: 200, headers: { 'cache-control': 'public, max-age=3600' } })
    const { rows, days } = reply.json<OpenDataReply>()
    const { rows: counted } = await sql<{ date: string; site: string; count: number; median: number | null }>`
      select (quarter at time zone 'Europe/Copenhagen')::date::text as date, site_id as site, sum(offered)::int as count,
        percentile_disc(0.5) within group (order by answered_wait_ms) filter (where answered = 1) as median
      from figure_calls where quarter >= '2026-03-19T23:00Z' and quarter < '2026-04-14T22:00Z'
      group by 1, 2`.execute(db)
    const known = new Map(counted.map(({ date, site, count }) => [`${date} ${site}`, count]))
    const told = rows.filter(({ offered }) => offered !== null)
    t.ok(told.some(({ offered }) => offered !== 0) && told.length < rows.length, 'some are told and some are not')
    for (const { date, siteId, offered } of told) t.equal(offered, known.get(`${date} ${siteId}`) ?? 0)
    t.ok(told.every(({ offered }) => offered === 0 || (offered ?? 0) >= 5))
    t.equal(days.length, 26)
    for (const { date, offered } of days.filter((day) => day.offered !== null)) {
      const those = rows.filter((row) => row.date === date)
      const rest = (offered ?? 0) - those.reduce((sum, row) => sum + (row.offered ?? 0), 0)
      const heldBack = those.filter((row) => row.offered === null)
      t.ok(heldBack.length === 0 ? rest === 0 : heldBack.length > 1 && rest >= 9, `${date}: the total tells none`)
    }
    const busiest = counted.toSorted((a, b) => b.count - a.count)[0]
    const row = rows.find(({ date, siteId }) => date === busiest?.date && siteId === busiest?.site)
    if (row?.offered !== null) t.equal(row?.waitMedianS, Math.round(Number(busiest?.median) / 1_000))
    const csv = await http.inject({ url: '/open-data/sites?from=2026-03-20&to=2026-04-15&format=csv' })
    t.equal(csv.body.trimEnd().split('\r\n').length, 1 + rows.length + days.length)
    const today = await http.inject({ url: '/open-data/sites?from=2026-12-20&to=2027-01-15' })
    t.ok(
      today.json<OpenDataReply>().days.every(({ date }) => Date.parse(date) < asOf),
      'today is not over',
    )
    for (const words of ['from=2026-03-01&to=2026-05-01', 'from=2026-03-02&to=2026-03-01', 'from=2026-03-01&to=x'])
      t.equal((await http.inject({ url: `/open-data/sites?${words}` })).statusCode, 400, words)
  })

  await t.test('who may ask for what', async (t) => {
    t.equal((await get(`/reports?${YEAR}`, 'nobody')).statusCode, 401)
    t.equal((await get(`/reports?${YEAR}`, 'agent-01')).statusCode, 403)
    const own = await get(`/reports/agents?${YEAR}&interval=day`, 'agent-01')
    const { rows } = own.json<AgentReportReply>()
    t.ok(rows.length > 0 && rows.every(({ agentId }) => agentId === 'agent-01'))
    t.ok((rows[0]?.figures['occupancy']?.value ?? 0) > 0)
    t.same(own.json<AgentReportReply>().agents, [{ agentId: 'agent-01', name: 'agent-01' }], 'and no name of others')
    t.notOk(logged.some((line) => line.includes('access.audited')))
    t.equal((await get(`/reports/agents?${YEAR}&agent=agent-02`, 'agent-01')).statusCode, 404)
    t.equal((await get(`/reports/agents?${YEAR}&agent=agent-02`)).statusCode, 404, 'not of another centre')
    const centre = (await get(`/reports/agents?${YEAR}`)).json<AgentReportReply>()
    t.same(
      centre.rows.map(({ agentId }) => agentId),
      ['agent-01'],
    )
    t.ok(
      logged.some((line) => line.includes('GET /reports/agents') && line.includes('lone')),
      'that a supervisor looked is logged',
    )
  })

  await t.test("agents' figures are deleted when they are old, and no rebuild brings them back", async (t) => {
    const own = async () =>
      (await get(`/reports/agents?${YEAR}&interval=day`, 'agent-01')).json<AgentReportReply>().rows
    const before = await own()
    const calls = (await report(YEAR)).total
    const since = String(before.at(Math.floor(before.length / 2))?.at)
    const kept = before.filter(({ at }) => String(at) >= since)
    t.ok(kept.length > 0 && kept.length < before.length)
    t.ok((await dropAgentFigures(db, startOfCityDate(since))) > 0)
    t.same(await own(), kept)
    t.equal(await dropAgentFigures(db, startOfCityDate(since) - 86_400_000), 0, 'never back')
    const days = (from: string) => {
      return { from, to: Temporal.PlainDate.from(from).add({ days: 1 }).toString() }
    }
    await t.rejects(rebuildDays(db, days(String(before[0]?.at))), RangeError)
    await rebuildDays(db, days(since))
    t.same(await own(), kept)
    await rebuildFigures(db)
    t.same(await own(), kept)
    t.same((await report(YEAR)).total, calls, 'figures of calls name nobody and stay')
  })

  await t.test('promised callbacks: by the time they were promised for, and by what the call was', async (t) => {
    const { rows: calls } = await sql<{ call_id: string; queue_id: string; site_id: string }>`
      select call_id, queue_id, site_id from figure_calls where answered = 1 order by call_id limit 12`.execute(db)
    const RESULTS = ['kept', 'kept', 'kept', 'broken', 'missed', 'cancelled', 'withdrawn', null] as const
    const dueAt = (i: number) => new Date(i < 8 ? '2026-05-05T10:00Z' : '2026-06-01T10:00Z')
    const made = calls.map(({ call_id: ofCall, ...call }, i) => ({
      ...call,
      ofCall,
      i,
      result: RESULTS[i % 8] ?? null,
    }))
    for (const { ofCall, i, result } of made)
      await sql`insert into callbacks (call_id, of_call_id, first_call_id, promised_by_id, promised_at, due_at, is_by_promiser, result)
        values (${`again-${i}`}, ${ofCall}, ${ofCall}, 'agent-01', now(), ${dueAt(i)}, true, ${result})`.execute(db)
    const callbacks = async (words: string, who?: string) => {
      const reply = await get(`/reports/callbacks?${words}`, who)
      return { status: reply.statusCode, ...reply.json<CallbackReportReply>() }
    }
    const may = await callbacks('from=2026-05-01&to=2026-06-01&compareFrom=2026-06-01')
    t.same(may.total.sums, { promised: 7, kept: 3, broken: 1, missed: 1, cancelled: 1 }, 'withdrawn is none')
    t.match(may.total.figures, { callbackPromiseKept: { value: 0.8, of: 5 }, callbackReached: { value: 0.6, of: 5 } })
    t.match(may.comparison?.total.sums, { promised: 4, kept: 3, broken: 1 })
    t.ok((may.total.figures['callbackPromiseKept']?.low ?? 1) < 0.8, 'with its interval')
    const bySite = await callbacks('from=2026-05-01&to=2026-07-01&group=site,queue')
    t.equal(
      bySite.rows.reduce((sum, { sums }) => sum + (sums['promised'] ?? 0), 0),
      11,
    )
    for (const { group, sums } of bySite.rows) {
      const those = made.filter(
        ({ site_id: site, queue_id: queue }) => site === group['site'] && queue === group['queue'],
      )
      t.equal(sums['promised'], those.filter(({ result }) => result !== 'withdrawn').length)
    }
    const { site_id: site = '' } = calls[0] ?? {}
    const ofSite = made.filter((each) => each.site_id === site && each.result !== 'withdrawn').length
    t.equal((await callbacks(`from=2026-05-01&to=2026-07-01&site=${site}`)).total.sums['promised'], ofSite)
    t.equal((await callbacks('from=2026-05-01&to=2026-06-01', 'agent-01')).status, 403)
    t.equal((await callbacks('from=2026-05-01&to=2026-06-01&group=agent')).status, 400)
  })

  await t.test('questions that make no sense are refused', async (t) => {
    for (const words of [
      'from=2026-01-01&to=2026-01-01',
      'from=2026-02-30&to=2026-03-30',
      'from=2026-01-01T00:07:00Z&to=2026-01-02',
      'from=2024-01-01&to=2026-01-01',
      `${YEAR}&interval=minute`,
      `${YEAR}&group=agent`,
      `${YEAR}&group=site,site`,
      `${YEAR}&queue='`,
      `${YEAR}&interval=quarter-hour&group=site,queue`,
    ]) {
      const reply = await get(`/reports?${words}`)
      t.match({ code: reply.statusCode, ...reply.json() }, { code: 400, error: { code: 'bad-request' } }, words)
    }
  })

  await t.test('raw events: of a call, and of everything, from where one was', async (t) => {
    const { rows: calls } = await sql<{ call_id: string }>`select call_id from handlings limit 1`.execute(db)
    const id = '3b241101-e2bb-4255-8caf-4136c566a962'
    await sql`alter table handlings drop constraint handlings_call_id_fkey`.execute(db)
    for (const table of ['handlings', 'calls']) {
      await sql`update ${sql.table(table)} set call_id = ${id} where call_id = ${calls[0]?.call_id}`.execute(db)
    }
    await sql`update journal set call_id = case when call_id = ${calls[0]?.call_id} then ${id} else call_id end,
      facts = replace(facts::text, ${calls[0]?.call_id}, ${id})::jsonb where call_id = ${calls[0]?.call_id} or facts::text like ${`%${calls[0]?.call_id}%`}`.execute(
      db,
    )
    const one = (await get(`/calls/${id}/events`)).json<{
      events: { type: string; facts: { type: string; callId: string }[] }[]
    }>()
    const types = one.events.flatMap(({ type, facts }) => [type, ...facts.map((fact) => fact.type)])
    for (const type of ['call.arrived', 'offer.made', 'offer.accepted', 'wrap-up.ended'])
      t.ok(types.includes(type), type)
    t.ok(
      one.events.every(({ facts }) => facts.every((fact) => fact.callId === id)),
      'nothing of other calls',
    )
    t.equal((await get(`/calls/${id}/events`, 'agent-01')).statusCode, 403)
    t.equal((await get(`/calls/${id.replace('3b', '4b')}/events`)).statusCode, 404)
    t.ok(
      logged.some((line) => line.includes('access.audited') && line.includes('lone') && line.includes(id)),
      'who looked is logged',
    )

    t.equal((await get('/events', 'agent-01')).statusCode, 403)
    t.equal((await get('/events?limit=100001')).statusCode, 400)
    const { rows: kept } = await sql<{ count: number }>`select count(*)::int as count from journal`.execute(db)
    const seqs: number[] = []
    for (;;) {
      const reply = await get(`/events?after=${seqs.at(-1) ?? 0}&limit=2500`)
      t.match(reply.headers, { 'content-type': /ndjson/ })
      const lines = reply.body
        .trimEnd()
        .split('\n')
        .filter((line) => line !== '')
      seqs.push(...lines.map((line) => (JSON.parse(line) as { seq: number }).seq))
      if (lines.length < 2_500) break
    }
    t.same(
      seqs,
      Array.from({ length: kept[0]?.count ?? 0 }, (_, i) => i + 1),
      'each once, in order',
    )
  })
})
