/** Warnings as they are kept, told to webhooks over restarts, seen by supervisors, and forgotten. */
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import type { CallId } from '../contract/ids.ts'
import { Background } from '../jobs/background.ts'
import { warningRetention, WARNINGS_KEPT_MS } from '../jobs/warning-retention.ts'
import { webhooks } from '../jobs/webhooks.ts'
import { guardedPost } from '../outgoing/post.ts'
import { loadPolicyFile } from '../launch/policy-command.ts'
import { startRedis } from '../launch/redis.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openDatabase } from '../store/database.ts'
import {
  acknowledgeWarnings,
  clearWarning,
  dropOldWarnings,
  openWarnings,
  pastWarnings,
  raiseWarning,
} from '../store/warnings.ts'
import { endDelivery, takeDue, tryAgainAt } from '../store/webhook-outbox.ts'
import { eventually, TestSystem } from './harness.ts'

const CITY = readFileSync(resolve(import.meta.dirname, '../policy/copenhagen.yaml'), 'utf8')
const NOW = Date.parse('2026-11-27T11:00:00Z')
const SECRET = 'a secret of thirty-two letters or more'
const ID = '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a55'
const URL_A = 'http://127.0.0.1:9/a'
const warning = { warningId: ID, kind: 'longest-wait', subject: 'citizen.da', value: 310_000, raisedAt: NOW } as const
const fresh = { ...warning, acknowledged: null }

async function openDb(t: Test) {
  const { db } = openDatabase(await openTestDatabase(t), () => undefined)
  t.teardown(() => db.destroy())
  return db
}

t.test('a warning and what is to be told of it are kept together or not at all', async (t) => {
  const db = await openDb(t)
  await raiseWarning(db, fresh, [URL_A, `${URL_A}/b`])
  t.same(await openWarnings(db), [fresh])
  const other = { ...fresh, warningId: ID.replace('7a', '8a') }
  await t.rejects(raiseWarning(db, other, [URL_A]), 'one of a kind stands at a time')
  await acknowledgeWarnings(db, [ID], 'lone', NOW + 1_000)
  await acknowledgeWarnings(db, [ID], 'niels', NOW + 2_000)
  t.match(await openWarnings(db), [{ acknowledged: { agentId: 'lone', at: NOW + 1_000 } }])
  await clearWarning(db, fresh, NOW + 60_000, [URL_A])
  t.same(await openWarnings(db), [])
  t.match(await pastWarnings(db, NOW + 60_000, 5), [
    { ...warning, acknowledged: { agentId: 'lone' }, clearedAt: NOW + 60_000 },
  ])
  t.same(await pastWarnings(db, NOW + 60_001, 5), [])
  const rows = await db.selectFrom('webhook_outbox').select(['url', 'body']).orderBy('delivery_id').execute()
  t.same(
    rows.map(({ url, body }) => [url, JSON.parse(body)['event']]),
    [
      [URL_A, 'warning.raised'],
      [`${URL_A}/b`, 'warning.raised'],
      [URL_A, 'warning.cleared'],
    ],
    'and nothing of the one that could not be kept',
  )
})

t.test('who dies while they tell it have it told again; nobody else tells it meanwhile', async (t) => {
  const db = await openDb(t)
  await raiseWarning(db, fresh, [URL_A])
  const [first] = await takeDue(db, NOW, 60_000, 5)
  t.match(first, { url: URL_A, triesCount: 1 })
  t.same(await takeDue(db, NOW + 59_999, 60_000, 5), [])
  const [again] = await takeDue(db, NOW + 60_000, 60_000, 5)
  t.match(again, { deliveryId: first?.deliveryId, triesCount: 2 })
  await tryAgainAt(db, again?.deliveryId ?? '', NOW + 65_000)
  t.equal((await takeDue(db, NOW + 65_000, 60_000, 5)).length, 1)
  await endDelivery(db, first?.deliveryId ?? '', NOW + 66_000, 'sent')
  t.same(await takeDue(db, NOW + 10 ** 9, 60_000, 5), [])
})

t.test('what is long over is forgotten, with who has seen it', async (t) => {
  const db = await openDb(t)
  await raiseWarning(db, fresh, [URL_A])
  await clearWarning(db, fresh, NOW, [])
  const standing = { ...fresh, warningId: ID.replace('7a', '9a') }
  await raiseWarning(db, standing, [])
  const job = (at: number) =>
    warningRetention(
      () => at,
      (before) => dropOldWarnings(db, before),
    ).run()
  t.equal(await job(NOW + WARNINGS_KEPT_MS), 0)
  t.equal(await job(NOW + WARNINGS_KEPT_MS + 1), 1)
  t.match(await openWarnings(db), [{ warningId: standing.warningId }], 'what stands stays')
})

t.test('a real Bull on a real Redis tells it, also what was raised before it was there', async (t) => {
  const db = await openDb(t)
  const bodies: string[] = []
  const server = createServer((request, response) => {
    request.on('data', (data) => bodies.push(String(data)))
    request.on('end', () => response.writeHead(204).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  await raiseWarning(db, fresh, [url])
  const redis = await startRedis({ dataDir: join(t.testdir(), 'redis'), password: 'of-a-test' })
  t.teardown(() => redis.stop())
  const background = new Background({
    redisUrl: redis.url,
    jobs: [
      webhooks({
        allowedUrls: [url],
        secret: SECRET,
        now: () => Date.now(),
        takeDue: (at, leaseMs, countMax) => takeDue(db, at, leaseMs, countMax),
        end: (deliveryId, at, result) => endDelivery(db, deliveryId, at, result),
        tryAgainAt: (deliveryId, at) => tryAgainAt(db, deliveryId, at),
        onFault: (_id, fault) => t.fail(fault),
        post: guardedPost({ insideHosts: ['127.0.0.1'] }),
      }),
    ],
    onNews: () => undefined,
    onFault: (message) => t.comment(message),
  })
  t.teardown(() => background.stop())
  background.start()
  await eventually('it to be told', () => bodies.length > 0)
  t.match(JSON.parse(bodies[0] ?? ''), { event: 'warning.raised', warningId: ID, at: '2026-11-27T11:00:00.000Z' })
  const isEnded = async () => (await db.selectFrom('webhook_outbox').select('result').execute())[0]?.result === 'sent'
  await eventually('it to be noted as told', isEnded)
})

t.test('a supervisor sees what stood before a restart, and says so', async (t) => {
  const system = await TestSystem.start(t)
  const [kiosk] = system.access.kiosks
  await system.killServer()
  const silent = { ...fresh, kind: 'kiosk-silent', subject: kiosk?.kioskId ?? '', value: null } as const
  await raiseWarning(system.db, silent, [])
  await system.startServer()
  const lone = await system.floor('lone')
  const seen = () => lone.snapshot?.view.warnings.find(({ warningId }) => warningId === ID)
  await eventually('the warning to be shown', seen)
  t.match(seen(), { kind: 'kiosk-silent', subject: kiosk?.kioskId, siteName: String, acknowledged: null })
  const other = await system.floor('lone')
  await eventually('another to be there', () => other.state.kind === 'online')
  await t.rejects(lone.request('warning.acknowledge', { warningIds: ['none'] }), { code: 'bad-request' })
  await lone.request('warning.acknowledge', { warningIds: [ID] })
  t.match(seen(), { acknowledged: { byName: 'Lone Bruun' } })
  const elsewhere = () => other.snapshot?.view.warnings.some(({ acknowledged }) => acknowledged !== null)
  await eventually('the other to see that it was seen', elsewhere)
  const [row] = await system.db.selectFrom('warnings').selectAll().execute()
  t.match(row, { acknowledged_by: 'lone', cleared_at: null })
  t.ok(row?.acknowledged_at instanceof Date)
  t.same((await lone.request('warning.past', {})).warnings, [], 'it still stands')
  await clearWarning(system.db, silent, Date.now(), [])
  const { warnings } = await lone.request('warning.past', {})
  t.match(warnings, [{ warningId: ID, siteName: String, acknowledged: { byName: 'Lone Bruun' }, clearedAt: Number }])

  const file = join(t.testdir(), 'policy.yaml')
  const follow = async (longestWait: string) => {
    writeFileSync(file, CITY.replace('above: 5 min, clearsBelow: 3 min', longestWait))
    t.match(await loadPolicyFile(system.db, file, true), { exitCode: 0, out: /^(?!.*nothing was loaded)/ })
  }
  await follow('above: 1 s, clearsBelow: 1 s')
  const caller = system.kiosk(1)
  await eventually('the kiosk to be there', () => caller.state.kind === 'online')
  await caller.request('call.start', { callId: randomUUID() as CallId })
  const longWait = () => lone.snapshot?.view.warnings.find(({ kind }) => kind === 'longest-wait')
  await eventually('a long wait to be warned of', longWait)
  t.match(longWait(), { subject: /\.da$/, serviceLabels: Object, language: 'da', value: Number, acknowledged: null })
  await follow('above: 9 min, clearsBelow: 8 min')
  await eventually('it to be over by the thresholds of another policy', () => longWait() === undefined)
  const { warnings: past } = await lone.request('warning.past', {})
  t.match(past[0], { kind: 'longest-wait', acknowledged: null })
})
