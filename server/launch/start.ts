/** `npm start`: the whole system on one machine, and where to go. Ctrl-C stops all of it, in order. */
import { execFile } from 'node:child_process'
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { NO_KIOSK } from '../http/health.ts'
import { migrate } from '../../migrations/run.ts'
import { environmentOf, keepRunning } from './children.ts'
import { findWorker } from './find-worker.mjs'
import { tryLock } from './one-at-a-time.mjs'
import { portSetting, requireFreePorts } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { startRedis, type OwnRedis } from './redis.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import type { DemoAccess } from './seed-demo.ts'
import { sentenceOf, StartFault } from './start-fault.ts'

const READY_MS_MAX = 60_000
const READY_ASK_EVERY_MS = 100
const root = resolve(import.meta.dirname, '../..')
const dataDir = join(root, '.skranke')
/** For load runs and the demo on this machine, with the same people and keys that are printed. */
const accessFile = join(dataDir, 'access.json')

const say = (line: string) => process.stdout.write(`${line}\n`)

/** What has to be stopped, newest last. */
const stops: (() => Promise<void> | void)[] = []
let isStopping = false

async function stopAll(code: number): Promise<never> {
  if (isStopping) return new Promise(() => undefined)
  isStopping = true
  for (const stop of stops.reverse()) await Promise.resolve(stop()).catch(() => undefined)
  process.exit(code)
}

function giveUp(sentence: string): Promise<never> {
  if (!isStopping) process.stderr.write(`\n${sentence}\n`)
  return stopAll(1)
}

function onSignal(): void {
  // Asked twice: what we started ends when we do, if not in order.
  if (isStopping) process.exit(1)
  say('\nStopping …')
  void stopAll(0)
}

/** Sees to it that the data folder is there and ours, and that no other start uses it. */
async function takeDataFolder(): Promise<void> {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartFault(
      `The folder ${dataDir} cannot be written to. If it comes from a start as another user, start as that user.`,
      { cause: error },
    )
  }
  const release = await tryLock(`start ${dataDir}`)
  if (release === undefined) {
    throw new StartFault('Skranke already runs from this checkout. Stop it first, with Ctrl-C where it was started.')
  }
  stops.push(release)
}

function readSecretsOrFault(): Secrets {
  try {
    return readSecrets(join(dataDir, 'secrets.json'))
  } catch (error) {
    if (error instanceof StartFault) throw error
    throw new StartFault(`The secrets in ${dataDir} cannot be read: ${sentenceOf(error)}.`, { cause: error })
  }
}

type Settings = {
  readonly host: string
  readonly port: number
  readonly sfuHost: string
  readonly sfuPort: number
  readonly mediaPortBase: number
  readonly sfuCount: number
}

async function readSettings(): Promise<Settings> {
  const env = process.env
  const settings = {
    host: env['SKRANKE_SERVER_HOST'] || '127.0.0.1',
    port: portSetting('SKRANKE_SERVER_PORT', 3000),
    sfuHost: env['SKRANKE_SFU_HOST'] || '127.0.0.1',
    sfuPort: portSetting('SKRANKE_SFU_PORT', 3100),
    mediaPortBase: portSetting('SKRANKE_SFU_MEDIA_PORT_BASE', 44_400),
    sfuCount: Number(env['SKRANKE_SFU_WORKER_COUNT'] || availableParallelism()),
  }
  const { host, port, sfuHost, sfuPort, mediaPortBase } = settings
  const mediaPorts = Array.from({ length: settings.sfuCount }, (_, i) => ({
    port: mediaPortBase + i,
    host: env['SKRANKE_SFU_LISTEN_IP'] || '127.0.0.1',
    what: 'media',
    setting: 'SKRANKE_SFU_MEDIA_PORT_BASE',
    withUdp: true,
  }))
  await requireFreePorts([
    { port, host, what: 'the server', setting: 'SKRANKE_SERVER_PORT' },
    { port: sfuPort, host: sfuHost, what: 'the SFU', setting: 'SKRANKE_SFU_PORT' },
    ...mediaPorts,
  ])
  return settings
}

/** The database's URL, and what was seeded where the database is our own. */
async function startDatabase(secrets: Secrets): Promise<{ databaseUrl: string; demo: DemoAccess | undefined }> {
  const given = process.env['DATABASE_URL']
  if (given) {
    await migrateOrFault(given)
    return { databaseUrl: given, demo: undefined }
  }
  say('Postgres …')
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), password: secrets.databasePassword })
  stops.push(() => postgres.stop())
  if (!postgres.dataDir.startsWith(dataDir)) {
    say(
      `  its data is in ${postgres.dataDir}: Postgres does not run as root, and no other user may enter this checkout`,
    )
  }
  void postgres.exited.then(() => {
    if (!postgres.isStopping())
      void giveUp(`Postgres has stopped: ${postgres.lastWords().at(-1) ?? 'it did not say why'}`)
  })
  await migrateOrFault(postgres.url)
  return { databaseUrl: postgres.url, demo: await seed(postgres.url, secrets.demoSecret) }
}

async function migrateOrFault(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl)
  } catch (error) {
    const { host, pathname } = URL.canParse(databaseUrl) ? new URL(databaseUrl) : { host: '', pathname: 'DATABASE_URL' }
    throw new StartFault(`The database ${host}${pathname} cannot be brought up to date: ${sentenceOf(error)}.`, {
      cause: error,
    })
  }
}

async function seed(databaseUrl: string, demoSecret: string): Promise<DemoAccess> {
  const env = environmentOf('DEMO', { DATABASE_URL: databaseUrl, SKRANKE_DEMO_SECRET: demoSecret })
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'server/launch/seed-demo.ts')], { env })
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as DemoAccess
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : sentenceOf(error)
    const why = said.split('\n').find((line) => /error/i.test(line)) ?? said.split('\n')[0]
    throw new StartFault(`The demo city could not be put into the database: ${why}`, { cause: error })
  }
}

/** The URL of Redis. Our own is started again when it dies: it is needed for background work, not for calls. */
async function startRedisUnlessGiven(secrets: Secrets): Promise<string> {
  const given = process.env['REDIS_URL']
  if (given) return given
  say('Redis …')
  const options = { dataDir: join(dataDir, 'redis'), password: secrets.redisPassword }
  let redis = await startRedis(options)
  stops.push(() => redis.stop())
  const keep = (running: OwnRedis): void => {
    void running.exited
      .then(async () => {
        if (running.isStopping() || isStopping) return
        process.stderr.write('Redis has stopped; starting it again.\n')
        redis = await startRedis({ ...options, port: running.port })
        keep(redis)
      })
      .catch((error: unknown) => process.stderr.write(`${sentenceOf(error)} Calls go on without it.\n`))
  }
  keep(redis)
  return redis.url
}

/** Resolves when calls can be taken, or could be if the city in the database were set up: with whether it is. */
async function waitUntilReady(url: string): Promise<boolean> {
  const until = Date.now() + READY_MS_MAX
  let missing = ['the server does not answer']
  while (Date.now() < until) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (response?.status === 200) return true
    if (response !== undefined) missing = ((await response.json()) as { missing: string[] }).missing
    if (missing.every((what) => what === NO_KIOSK)) return false
    await new Promise((wake) => setTimeout(wake, READY_ASK_EVERY_MS))
  }
  throw new StartFault(`Not ready after ${READY_MS_MAX / 1000} s: ${missing.join('; ')}.`)
}

function printWhereToGo(url: string, demo: DemoAccess | undefined, isSetUp: boolean): void {
  say(`\nSkranke ${isSetUp ? 'is ready' : 'runs, but the database has no kiosk yet'}. Stop it with Ctrl-C.\n`)
  if (demo === undefined) {
    say(`  ${url}/agent/   (your own database: no demo accounts were made)`)
    return
  }
  say(`  Kiosk        ${url}${demo.kiosks[0]?.urlPath ?? '/kiosk/'}`)
  say(`  Agents       ${url}/agent/`)
  say(`  Supervisors  ${url}/agent/supervisor.html`)
  say('\n  Demo accounts, all with the password  ' + (demo.accounts[0]?.password ?? '') + '\n')
  for (const { username, name, role } of demo.accounts) say(`    ${username.padEnd(10)} ${name} (${role})`)
  say(`\n  Employees at the kiosks, all with the PIN  ${demo.staff[0]?.pin ?? ''}\n`)
  for (const { number, name } of demo.staff) say(`    ${number.padEnd(10)} ${name}`)
  say('\n  Every kiosk of the demo city:\n')
  for (const { urlPath } of demo.kiosks) say(`    ${url}${urlPath}`)
}

function startProcesses(options: {
  settings: Settings
  secrets: Secrets
  url: string
  workerBin: string
  databaseUrl: string
  redisUrl: string
  isDemo: boolean
}): void {
  const { settings, secrets, url, workerBin, databaseUrl, redisUrl, isDemo } = options
  const env = process.env
  const origins = `${url},http://localhost:${settings.port}`
  const shared = {
    SKRANKE_MEDIA_SECRET: env['SKRANKE_MEDIA_SECRET'] || secrets.mediaSecret,
    SKRANKE_LOG_LEVEL: env['SKRANKE_LOG_LEVEL'] || 'warn',
  }
  const onGivenUp = (sentence: string) => void giveUp(sentence)
  const sfuEnv = environmentOf('SFU', {
    ...shared,
    SKRANKE_SFU_ID: env['SKRANKE_SFU_ID'] || 'sfu-1',
    SKRANKE_SFU_PORT: String(settings.sfuPort),
    SKRANKE_SFU_METRICS_PORT: env['SKRANKE_SFU_METRICS_PORT'] || '0',
    SKRANKE_SFU_MEDIA_PORT_BASE: String(settings.mediaPortBase),
    SKRANKE_SFU_ALLOWED_ORIGINS: env['SKRANKE_SFU_ALLOWED_ORIGINS'] || origins,
    MEDIASOUP_WORKER_BIN: workerBin,
  })
  const sfu = keepRunning(join(root, 'sfu/main.ts'), sfuEnv, onGivenUp)
  stops.push(sfu.stop)
  const serverEnv = environmentOf('SERVER', {
    ...shared,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SKRANKE_SERVER_PORT: String(settings.port),
    SKRANKE_SERVER_SFUS:
      env['SKRANKE_SERVER_SFUS'] ||
      `${sfuEnv['SKRANKE_SFU_ID']}=http://${reachable(settings.sfuHost)}:${settings.sfuPort}`,
    SKRANKE_SERVER_ALLOWED_ORIGINS: env['SKRANKE_SERVER_ALLOWED_ORIGINS'] || origins,
    SKRANKE_SERVER_SECURE_COOKIES: env['SKRANKE_SERVER_SECURE_COOKIES'] || 'false',
    // The demo city's kiosks get in by their addresses, as nobody would enrol seventeen of them to try it. Never over a city's own database.
    SKRANKE_SERVER_DEVICE_KEYS: env['SKRANKE_SERVER_DEVICE_KEYS'] || String(isDemo),
    // Whoever stops it on their own machine is not kept waiting.
    SKRANKE_SERVER_METRICS_PORT: env['SKRANKE_SERVER_METRICS_PORT'] || '0',
    // As a city runs it.
    SKRANKE_SERVER_JOBS: env['SKRANKE_SERVER_JOBS'] || 'own',
    SKRANKE_SERVER_DRAIN_MS: env['SKRANKE_SERVER_DRAIN_MS'] || '0',
    SKRANKE_SERVER_PAGES_DIR: env['SKRANKE_SERVER_PAGES_DIR'] || join(root, 'dist'),
  })
  const server = keepRunning(join(root, 'server/main.ts'), serverEnv, onGivenUp)
  stops.push(server.stop)
  if (serverEnv['SKRANKE_SERVER_JOBS'] !== 'own') return
  // The media secret is none of its business.
  const { SKRANKE_MEDIA_SECRET: _secret, ...jobsEnv } = environmentOf('JOBS', {
    ...serverEnv,
    SKRANKE_JOBS_PORT: env['SKRANKE_JOBS_PORT'] || '0',
    SKRANKE_JOBS_STOP_MS: env['SKRANKE_JOBS_STOP_MS'] || '0',
  })
  const onJobsGivenUp = (sentence: string) => void process.stderr.write(`${sentence} Calls go on without it.\n`)
  const jobs = keepRunning(join(root, 'server/jobs-process/main.ts'), jobsEnv, onJobsGivenUp)
  stops.push(jobs.stop)
}

/** An address that a page of this machine can go to, where a process listens on every one. */
const reachable = (host: string) => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)

async function start(): Promise<void> {
  await takeDataFolder()
  const secrets = readSecretsOrFault()
  const settings = await readSettings()
  const workerBin = findWorker(root)
  if (workerBin === undefined) {
    throw new StartFault('The mediasoup worker is missing: start with npm start, which prepares it.')
  }
  const { databaseUrl, demo } = await startDatabase(secrets)
  const redisUrl = await startRedisUnlessGiven(secrets)
  say('SFU, server and jobs …')
  const url = `http://${reachable(settings.host)}:${settings.port}`
  startProcesses({ settings, secrets, url, workerBin, databaseUrl, redisUrl, isDemo: demo !== undefined })
  const isSetUp = await waitUntilReady(url)
  if (demo !== undefined) {
    writeFileSync(accessFile, JSON.stringify({ url, ...demo }), { mode: 0o600 })
    stops.push(() => rmSync(accessFile, { force: true }))
  }
  printWhereToGo(url, demo, isSetUp)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
start().catch((error: unknown) => {
  // Anything but a StartFault is a fault of ours, and where it happened is of use.
  return giveUp(error instanceof StartFault ? error.message : `${error instanceof Error ? error.stack : String(error)}`)
})
