/** An SFU and a server on free ports of loopback, as processes that can be killed: what tests and benches run on. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { findWorker } from './find-worker.mjs'
import { freePort } from './ports.ts'

const root = resolve(import.meta.dirname, '../..')

export type ProcessSettings = Readonly<Record<string, string>>

export type PrivateSettings = { readonly url: string; readonly sfu: ProcessSettings; readonly server: ProcessSettings }

/** The settings of an SFU and a server that work together on the database at `databaseUrl`. `url` is the server's. */
export async function privateSettings(databaseUrl: string, logLevel: string): Promise<PrivateSettings> {
  const port = await freePort()
  const sfuPort = await freePort()
  const url = `http://127.0.0.1:${port}`
  const shared = { SKRANKE_MEDIA_SECRET: randomBytes(32).toString('hex'), SKRANKE_LOG_LEVEL: logLevel }
  const workerBin = findWorker(root)
  const sfu = {
    ...shared,
    ...(workerBin === undefined ? {} : { MEDIASOUP_WORKER_BIN: workerBin }),
    SKRANKE_SFU_PORT: String(sfuPort),
    SKRANKE_SFU_MEDIA_PORT_BASE: String(await freePort()),
    SKRANKE_SFU_WORKER_COUNT: '1',
    SKRANKE_SFU_METRICS_PORT: '0',
    SKRANKE_SFU_ALLOWED_ORIGINS: url,
  }
  const server = {
    ...shared,
    DATABASE_URL: databaseUrl,
    SKRANKE_SERVER_PORT: String(port),
    SKRANKE_SERVER_SFUS: `sfu-1=http://127.0.0.1:${sfuPort}`,
    SKRANKE_SERVER_ALLOWED_ORIGINS: url,
    SKRANKE_SERVER_SECURE_COOKIES: 'false',
    SKRANKE_SERVER_DEVICE_KEYS: 'true',
    SKRANKE_SERVER_DRAIN_MS: '0',
    SKRANKE_SERVER_METRICS_PORT: '0',
    SKRANKE_SERVER_PAGES_DIR: join(root, 'dist'),
  }
  return { url, sfu, server }
}

/** Runs a file of this checkout with these settings and nobody else's; it stops when we are gone. */
export function startProcess(
  file: 'sfu/main.ts' | 'server/main.ts' | 'server/jobs-process/main.ts',
  settings: ProcessSettings,
  options: { readonly output?: 'inherit' | 'ignore' | 'pipe'; readonly nodeArgs?: readonly string[] } = {},
): ChildProcess {
  const { output = 'inherit', nodeArgs = [] } = options
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...outer } = process.env
  const quiet = Object.fromEntries(Object.entries(outer).filter(([key]) => !/^(TAP|NODE_OPTIONS|SKRANKE_)/.test(key)))
  return spawn(process.execPath, [...nodeArgs, join(root, file)], {
    env: { ...quiet, ...settings },
    stdio: ['ignore', output, output === 'pipe' ? 'pipe' : 'inherit', 'ipc'],
  })
}

/** Whether calls can be taken at `url`. Throws when one of the processes has stopped. */
export async function isReady(url: string, processes: { server: ChildProcess; sfu: ChildProcess }): Promise<boolean> {
  if (processes.server.exitCode !== null) throw new Error('the server stopped at its start')
  if (processes.sfu.exitCode !== null) throw new Error('the SFU stopped at its start')
  return (await fetch(`${url}/health/ready`).catch(() => undefined))?.status === 200
}

/** Ends a process with a signal and waits until it has ended. */
export async function endProcess(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
