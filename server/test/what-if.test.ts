/** What if, over HTTP: a day of a journal in a real Postgres, run again beside the server with agents more or fewer. */
import pino from 'pino'
import t from 'tap'
import { busyHours, seenOf } from '#loadtest/replay/busy-hours.ts'
import type { WhatIfBody, WhatIfState } from '../contract/what-if.ts'
import { cityDateOf } from '../figures/calendar.ts'
import { openHttp } from '../http/http-server.ts'
import { guardRoutes } from '../http/route-gate.ts'
import { addWhatIfRoutes } from '../http/what-if.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase } from '../store/database.ts'
import type { Person } from '../store/directory.ts'
import { answerOfDay, changeOf } from '../what-if/answer.ts'
import { WhatIfDesk } from '../what-if/what-if-desk.ts'
import { keepLog } from './figures/keep-log.ts'
import { eventually } from './harness.ts'

const PEOPLE = new Map(
  ['supervisor', 'agent'].map((role) => [role, { agentId: role, role, centreId: 'centre-1' } as Person]),
)

t.test('whoever took most calls is left out first, or is there more than once', async (t) => {
  t.same(changeOf(['a', 'b'], -1), { withoutAgentIds: ['a'], copies: [], policy: null })
  t.same(changeOf(['a', 'b'], -5)?.withoutAgentIds, ['a', 'b'])
  t.same(changeOf(['a', 'b'], 3)?.copies, [
    { agentId: 'a', count: 2 },
    { agentId: 'b', count: 1 },
  ])
  t.equal(changeOf([], 3), null)
})

t.test('without agents a queue does worse and with more no worse, beyond the luck of its day', async (t) => {
  const seen = seenOf(busyHours(2))
  const [queueId = ''] = [...new Set(seen.outcomes.map((each) => each.queueId))]
  const agentIds = [...seen.workedMs].sort(([, a], [, b]) => b - a).map(([agentId]) => agentId)
  const ask = async (moreCount: number) => {
    const answer = await answerOfDay(seen, agentIds, { queueId, date: '2026-11-23', moreCount } as WhatIfBody, 0)
    if (answer.kind !== 'done') throw new Error(answer.code)
    return answer.result
  }
  const fewer = await ask(-8)
  t.equal(fewer.agentsCount, 8)
  t.equal(fewer.resamplesCount, 5, 'no more runs than there is time for, and no fewer than say something')
  t.ok((fewer.city.serviceLevelChange?.high ?? 1) < 0)
  t.ok(((await ask(8)).city.serviceLevelChange?.mean ?? -1) > 0)
})

t.test('a what-if over HTTP', async (t) => {
  const databaseUrl = await openTestDatabase(t)
  const { db } = openDatabase(databaseUrl, () => undefined)
  t.teardown(() => db.destroy())
  await keepLog(db, { seed: 7, daysEach: 1, callsPerDay: 250, agentsCount: 8 }, async () => undefined)
  const first = await db.selectFrom('journal').select('at').orderBy('seq').limit(1).executeTakeFirstOrThrow()
  const call = await db
    .selectFrom('calls')
    .select('queue_id')
    .where('answered_at', 'is not', null)
    .limit(1)
    .executeTakeFirstOrThrow()
  const question = { queueId: call.queue_id, date: cityDateOf(first.at.getTime()), moreCount: 2 }
  const http = await openHttp({ log: pino({ level: 'silent' }), connectUrls: [], isHttps: false })
  const faults: unknown[] = []
  const desk = new WhatIfDesk({ databaseUrl, onFault: (error) => faults.push(error) })
  const identify = async (who = '') => PEOPLE.get(who)
  guardRoutes(http, { identify, owns: () => false }, { apiPrefix: '' })
  addWhatIfRoutes(http, { desk, isQueue: (queueId) => queueId === call.queue_id })
  t.teardown(() => http.close())
  const ask = (payload: object, cookie = 'supervisor') =>
    http.inject({ method: 'POST', url: '/what-if', payload, headers: { cookie } })
  const state = async () =>
    (await http.inject({ url: '/what-if', headers: { cookie: 'supervisor' } })).json<WhatIfState>()
  const ended = () =>
    eventually('the what-if to end', async () => {
      const now = await state()
      return now.kind === 'running' ? undefined : now
    })

  t.same(await state(), { kind: 'none' })
  for (const wrong of [
    { ...question, moreCount: 0 },
    { ...question, moreCount: 21 },
    { ...question, queueId: 'none' },
    { ...question, date: '2099-01-01' },
    { ...question, date: '2026-02-30' },
  ]) {
    t.equal((await ask(wrong)).statusCode, 400, JSON.stringify(wrong))
  }
  t.equal((await ask(question, 'agent')).statusCode, 403)
  t.equal((await ask(question, 'nobody')).statusCode, 401)
  t.equal((await http.inject({ url: '/what-if', headers: { cookie: 'agent' } })).statusCode, 403)

  t.match((await ask(question)).json(), { kind: 'running', question })
  t.equal((await ask(question)).statusCode, 429, 'one at a time')
  const done = await ended()
  t.match(done, { kind: 'done', question, result: { agentsCount: 2 } })
  t.ok(done.kind === 'done' && done.result.queue.observed !== null && done.result.queue.baseline.serviceLevel !== null)

  await ask({ ...question, date: '2020-01-06' })
  t.match(await ended(), { kind: 'failed', code: 'no-such-day' })
  t.same(faults, [])

  const hasty = new WhatIfDesk({ databaseUrl, onFault: (error) => faults.push(error), timeMsMax: 1 })
  t.ok(hasty.start(question as WhatIfBody))
  const state2 = await eventually('it to be ended', () => (hasty.state.kind === 'running' ? undefined : hasty.state))
  t.match(state2, { kind: 'failed', code: 'too-long' })
})
