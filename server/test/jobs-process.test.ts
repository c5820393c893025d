/** Background jobs as a process of their own: on a real Postgres and a real Redis, killed in the middle, ended in order, two at once. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { addHealthRoutes } from '../http/health.ts'
import { readJobsConfig } from '../jobs-process/config.ts'
import { freePort } from '../launch/ports.ts'
import { endProcess, startProcess, type ProcessSettings } from '../launch/private-system.ts'
import { startRedis } from '../launch/redis.ts'
import { openTestDatabase } from '../launch/test-database.ts'
import { openJobs } from '../open-jobs.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { jobAges } from '../store/job-runs.ts'
import { raiseWarning } from '../store/warnings.ts'
import { openMetrics } from '../telemetry/metrics.ts'
import { jobsOf } from '../work-in-background.ts'
import { eventually } from './harness.ts'

const SECRET = 'a secret of thirty-two letters or more'
const PASSWORD = 'only-of-this-test'

/** Somebody who is told: keeps every request waiting until `answer` is called, where it holds. */
async function openReceiver(t: Test) {
  const heard: string[] = []
  const held: ServerResponse[] = []
  let isHolding = false
  const server = createServer((request, response) => {
    heard.push(String(request.headers['x-skranke-delivery']))
    request.resume()
    if (isHolding) held.push(response)
    else response.writeHead(204).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const answer = () => held.splice(0).forEach((response) => response.writeHead(204).end())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { url, heard, answer, hold: (is: boolean) => (isHolding = is) }
}

/** A process of jobs: where it is, and what it printed. */
async function startJobs(t: Test, settings: ProcessSettings) {
  const child = startProcess('server/jobs-process/main.ts', settings, { output: 'pipe' })
  t.teardown(() => endProcess(child, 'SIGKILL'))
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => printed.push(String(data)))
  const [message] = (await once(child, 'message')) as [{ readonly url: string }]
  return { child, url: message.url, printed }
}

async function openCity(t: Test) {
  const databaseUrl = await openTestDatabase(t)
  const { db } = openDatabase(databaseUrl, () => undefined)
  t.teardown(() => db.destroy())
  const redis = await startRedis({ dataDir: join(t.testdir(), 'redis'), password: PASSWORD })
  t.teardown(() => redis.stop())
  const receiver = await openReceiver(t)
  const settings = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    SKRANKE_JOBS_PORT: '0',
    SKRANKE_LOG_LEVEL: 'info',
    SKRANKE_SERVER_WEBHOOK_URLS: receiver.url,
    SKRANKE_SERVER_WEBHOOK_SECRET: SECRET,
    SKRANKE_SERVER_INSIDE_HOSTS: '127.0.0.1',
  }
  return { db, receiver, settings }
}

/** As the server does it: a warning, and with it what webhooks are to be told. */
async function raise(db: Database, url: string): Promise<void> {
  const subject = randomUUID()
  const warning = { warningId: randomUUID(), kind: 'kiosk-silent', subject, value: null, raisedAt: Date.now() } as const
  await raiseWarning(db, { ...warning, acknowledged: null }, [url])
}

const never = (): never => {
  throw new Error('nobody reads it here')
}
const outbox = (db: Database) => db.selectFrom('webhook_outbox').selectAll().orderBy('delivery_id').execute()
const allSent = async (db: Database) => (await outbox(db)).every(({ result }) => result === 'sent')
/** The clock over the lease of who died: what they had taken is due. */
const passLease = (db: Database) =>
  db.updateTable('webhook_outbox').set({ next_try_at: new Date() }).where('ended_at', 'is', null).execute()
const ended = async (child: ChildProcess) =>
  child.exitCode === null ? ((await once(child, 'exit'))[0] as number) : child.exitCode

t.test('it does what the server left to it, says how it is, and prints nothing of it', async (t) => {
  const { db, receiver, settings } = await openCity(t)
  await raise(db, receiver.url)
  const { url, child, printed } = await startJobs(t, settings)
  await eventually('it to be told', () => allSent(db))
  const isNoted = async () => ['webhooks', 'figures', 'note-retention'].every((name) => ages.has(name))
  let ages = await jobAges(db)
  await eventually('the jobs to be written down as done', async () => {
    ages = await jobAges(db)
    return await isNoted()
  })
  const ready = async () => await fetch(`${url}/health/ready`)
  await eventually('it to be ready', async () => (await ready()).status === 200)
  t.same(await (await ready()).json(), { ready: true, missing: [] })
  t.same(await (await fetch(`${url}/health/live`)).json(), { live: true })
  t.match(await (await fetch(`${url}/metrics`)).text(), /^skranke_job_seconds_count\{background_job="webhooks"\} \d/m)
  t.equal((await fetch(`${url}/health`)).status, 404)
  child.kill('SIGTERM')
  t.equal(await ended(child), 0, 'it ends in order')
  const text = printed.join('')
  t.match(text, /"process":"jobs".*"jobs.stopped"/s)
  t.notMatch(text, new RegExp(`${SECRET}|${PASSWORD}`))
})

t.test('killed in the middle, the next does it, once, however many there are', async (t) => {
  const { db, receiver, settings } = await openCity(t)
  receiver.hold(true)
  for (let i = 0; i < 3; i += 1) await raise(db, receiver.url)
  const first = await startJobs(t, settings)
  await eventually('all to be under way', () => receiver.heard.length === 3)
  await endProcess(first.child, 'SIGKILL')
  t.same(
    (await outbox(db)).map(({ ended_at: at, tries_count: tries }) => [at, tries]),
    [1, 2, 3].map(() => [null, 1]),
    'nobody says that it was done',
  )
  receiver.hold(false)
  for (let i = 0; i < 20; i += 1) await raise(db, receiver.url)
  await passLease(db)
  await Promise.all([startJobs(t, settings), startJobs(t, settings)])
  await eventually('all to be told', () => allSent(db))
  const rows = await outbox(db)
  t.same(
    receiver.heard.slice(3).toSorted((a, b) => Number(a) - Number(b)),
    rows.map(({ delivery_id: id }) => id),
    'each once, by two processes at once',
  )
  t.same(
    rows.map(({ tries_count: tries }) => tries),
    rows.map((_row, i) => (i < 3 ? 2 : 1)),
  )
})

t.test('a stop lets what runs be finished, and gives back what takes too long', async (t) => {
  const { db, receiver, settings } = await openCity(t)
  receiver.hold(true)
  await raise(db, receiver.url)
  const patient = await startJobs(t, settings)
  await eventually('it to be under way', () => receiver.heard.length === 1)
  patient.child.kill('SIGTERM')
  await eventually('it to be ending', async () => {
    const { missing } = (await (await fetch(`${patient.url}/health/ready`)).json()) as { readonly missing: string[] }
    return missing.some((what) => what.startsWith('it is ending'))
  })
  t.equal(patient.child.exitCode, null)
  receiver.answer()
  t.equal(await ended(patient.child), 0)
  t.match(await outbox(db), [{ result: 'sent', tries_count: 1 }])

  await raise(db, receiver.url)
  const hurried = await startJobs(t, { ...settings, SKRANKE_JOBS_STOP_MS: '100' })
  await eventually('another to be under way', () => receiver.heard.length === 2)
  hurried.child.kill('SIGTERM')
  t.equal(await ended(hurried.child), 0)
  t.match(hurried.printed.join(''), /"left":\["webhooks"\].*jobs\.given-back/)
  t.match(await outbox(db), [{ result: 'sent' }, { ended_at: null, tries_count: 1 }])
})

t.test(
  'a server that leaves jobs to a process of their own says when there is none, and takes calls all the same',
  async (t) => {
    const { db, settings } = await openCity(t)
    const config = { ...readJobsConfig(settings), redisUrl: undefined }
    let now = 0
    const log = pino({ level: 'silent' })
    const open = (jobs: 'here' | 'own') =>
      openJobs({
        config: { ...config, jobs },
        log,
        db,
        metrics: openMetrics(never),
        now: () => now,
      })
    const own = open('own')
    const http = fastify()
    addHealthRoutes(http, { missing: async () => [], overdue: own.overdue, registry: undefined })
    const ready = async () => {
      const { statusCode, body } = await http.inject('/health/ready')
      return [statusCode, (JSON.parse(body) as { readonly overdue?: string[] }).overdue]
    }
    own.start()
    t.same(await ready(), [200, undefined])
    now = 10 * 60_000
    t.same(await ready(), [200, ['webhooks', 'figures']], 'what is done every hour is not late yet')
    t.equal((await jobAges(db)).size, 0, 'it does none of them itself')
    const here = open('here')
    here.start()
    await eventually(
      'a server that does them to have done them',
      async () => (await jobAges(db)).size === jobsOf(config, log, db).length,
    )
    await here.stop()
    t.same(await ready(), [200, undefined], 'whoever did them')
    await own.stop()
  },
)

t.test('it starts without anything, lives, and says what is missing', async (t) => {
  const settings = {
    DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/nothing`,
    REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
    SKRANKE_JOBS_PORT: '0',
    SKRANKE_LOG_LEVEL: 'silent',
  }
  const { child, url } = await startJobs(t, settings)
  const response = await fetch(`${url}/health/ready`)
  t.equal(response.status, 503)
  t.same(await response.json(), { ready: false, missing: ['Redis does not answer', 'the database does not answer'] })
  t.equal((await fetch(`${url}/health/live`)).status, 200)
  child.kill('SIGTERM')
  t.equal(await ended(child), 0, 'a stop waits for no Redis that is away')
})
