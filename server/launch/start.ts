/** `npm start`: the whole system on one machine, and where to go. Ctrl-C stops all of it, in order. */
import { randomBytes } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { migrate } from '../../migrations/run.ts'
import { keepRunning } from './children.ts'
import { findWorker } from './find-worker.mjs'
import { requireFreePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'
import type { DemoAccess } from './seed-demo.ts'

const READY_MS_MAX = 60_000
const READY_ASK_EVERY_MS = 100
const root = resolve(import.meta.dirname, '../..')
const dataDir = join(root, '.skranke')

type Secrets = { mediaSecret: string; databasePassword: string; redisPassword: string; demoSecret: string }

const say = (line: string) => process.stdout.write(`${line}\n`)

/** What has to be stopped, newest last. */
const stops: (() => Promise<void>)[] = []
let isStopping = false

async function stopAll(code: number): Promise<never> {
  if (isStopping) return new Promise(() => undefined)
  isStopping = true
  for (const stop of stops.reverse()) await stop().catch(() => undefined)
  process.exit(code)
}

function giveUp(sentence: string): Promise<never> {
  process.stderr.write(`\n${sentence}\n`)
  return stopAll(1)
}

/** Made once for each checkout and never printed. */
function readSecrets(): Secrets {
  const file = join(dataDir, 'secrets.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  const fresh = () => randomBytes(32).toString('hex')
  const secrets = { mediaSecret: fresh(), databasePassword: fresh(), redisPassword: fresh(), demoSecret: fresh() }
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

async function seed(databaseUrl: string, demoSecret: string): Promise<DemoAccess> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, SKRANKE_DEMO_SECRET: demoSecret }
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'server/launch/seed-demo.ts')], { env })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as DemoAccess
}

async function waitUntilReady(url: string): Promise<void> {
  const until = Date.now() + READY_MS_MAX
  let missing = 'the server does not answer'
  while (Date.now() < until) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (response?.status === 200) return
    if (response !== undefined) missing = ((await response.json()) as { missing: string[] }).missing.join('; ')
    await new Promise((wake) => setTimeout(wake, READY_ASK_EVERY_MS))
  }
  throw new Error(`Not ready after ${READY_MS_MAX / 1000} s: ${missing}.`)
}

function printWhereToGo(url: string, demo: DemoAccess | undefined): void {
  say('\nSkranke is ready. Stop it with Ctrl-C.\n')
  if (demo === undefined) {
    say(`  ${url}/agent/   (your own database: no demo accounts were made)`)
    return
  }
  say(`  Kiosk        ${url}${demo.kiosks[0]?.urlPath ?? '/kiosk/'}`)
  say(`  Agents       ${url}/agent/`)
  say(`  Supervisors  ${url}/agent/supervisor.html`)
  say('\n  Demo accounts, all with the password  ' + (demo.accounts[0]?.password ?? '') + '\n')
  for (const { username, name, role } of demo.accounts) say(`    ${username.padEnd(10)} ${name} (${role})`)
  say('\n  Every kiosk of the demo city:\n')
  for (const { urlPath } of demo.kiosks) say(`    ${url}${urlPath}`)
}

async function start(): Promise<void> {
  const env = process.env
  const port = Number(env['SKRANKE_SERVER_PORT'] ?? 3000)
  const sfuPort = Number(env['SKRANKE_SFU_PORT'] ?? 3100)
  await requireFreePort(port, 'the server', 'SKRANKE_SERVER_PORT')
  await requireFreePort(sfuPort, 'the SFU', 'SKRANKE_SFU_PORT')
  const secrets = readSecrets()
  const workerBin = findWorker(root)
  if (workerBin === undefined) throw new Error('The mediasoup worker is missing: run npm start, which prepares it.')

  let databaseUrl = env['DATABASE_URL']
  let demo: DemoAccess | undefined
  if (databaseUrl === undefined) {
    say('Postgres …')
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), password: secrets.databasePassword })
    stops.push(postgres.stop)
    databaseUrl = postgres.url
  }
  await migrate(databaseUrl)
  if (env['DATABASE_URL'] === undefined) demo = await seed(databaseUrl, secrets.demoSecret)

  let redisUrl = env['REDIS_URL']
  if (redisUrl === undefined) {
    say('Redis …')
    const options = { dataDir: join(dataDir, 'redis'), password: secrets.redisPassword, binary: 'redis-server' }
    const redis = await startRedis(options)
    stops.push(redis.stop)
    redisUrl = redis.url
  }

  say('SFU and server …')
  const url = `http://127.0.0.1:${port}`
  const origins = `${url},http://localhost:${port}`
  const shared = { SKRANKE_MEDIA_SECRET: secrets.mediaSecret, SKRANKE_LOG_LEVEL: env['SKRANKE_LOG_LEVEL'] ?? 'warn' }
  const onGivenUp = (sentence: string) => void giveUp(sentence)
  const sfu = keepRunning(
    join(root, 'sfu/main.ts'),
    {
      ...shared,
      SKRANKE_SFU_PORT: String(sfuPort),
      SKRANKE_SFU_MEDIA_PORT_BASE: env['SKRANKE_SFU_MEDIA_PORT_BASE'] ?? '44400',
      SKRANKE_SFU_ALLOWED_ORIGINS: env['SKRANKE_SFU_ALLOWED_ORIGINS'] ?? origins,
      MEDIASOUP_WORKER_BIN: workerBin,
    },
    onGivenUp,
  )
  stops.push(sfu.stop)
  const server = keepRunning(
    join(root, 'server/main.ts'),
    {
      ...shared,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SKRANKE_SERVER_PORT: String(port),
      SKRANKE_SERVER_SFUS: env['SKRANKE_SERVER_SFUS'] ?? `sfu-1=http://127.0.0.1:${sfuPort}`,
      SKRANKE_SERVER_ALLOWED_ORIGINS: env['SKRANKE_SERVER_ALLOWED_ORIGINS'] ?? origins,
      SKRANKE_SERVER_SECURE_COOKIES: env['SKRANKE_SERVER_SECURE_COOKIES'] ?? 'false',
      SKRANKE_SERVER_PAGES_DIR: join(root, 'dist'),
    },
    onGivenUp,
  )
  stops.push(server.stop)
  await waitUntilReady(url)
  // For load runs and the demo on this machine, with the same people and keys that are printed.
  if (demo !== undefined) {
    writeFileSync(join(dataDir, 'access.json'), JSON.stringify({ url, ...demo }), { mode: 0o600 })
  }
  printWhereToGo(url, demo)
}

process.on('SIGINT', () => void stopAll(0))
process.on('SIGTERM', () => void stopAll(0))
start().catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error)))
