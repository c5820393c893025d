/** A Redis of our own on loopback, its data in a folder. Never the truth: work that may be lost or done twice. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startGuarded, type GuardedProcess } from './guarded-process.ts'
import { freePort } from './ports.ts'
import { StartFault } from './start-fault.ts'

export type OwnRedis = GuardedProcess & { readonly url: string; readonly port: number }

/**
 * Starts `redis-server` on the data in `dataDir`, on `port` of loopback or on a free one. Throws a StartFault where it
 * cannot.
 */
export async function startRedis(options: {
  readonly dataDir: string
  readonly password: string
  readonly port?: number
  readonly binary?: string
}): Promise<OwnRedis> {
  const { dataDir, password, binary = 'redis-server' } = options
  const port = options.port ?? (await freePort())
  mkdirSync(dataDir, { recursive: true })
  // In a file and not among the arguments, which every user of the machine can read.
  const settingsFile = join(dataDir, 'redis.conf')
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${dataDir.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
    'appendonly yes',
    'maxmemory-policy noeviction',
  ]
  try {
    writeFileSync(settingsFile, `${settings.join('\n')}\n`, { mode: 0o600 })
    chmodSync(settingsFile, 0o600)
    const redis = await startGuarded({
      command: binary,
      args: [settingsFile],
      stopSignal: 'TERM',
      readyText: 'Ready to accept connections',
    })
    return { ...redis, url: `redis://:${password}@127.0.0.1:${port}`, port }
  } catch (error) {
    throw new StartFault(`Redis cannot start on its data folder ${dataDir}: ${reasonOf(error)}`, { cause: error })
  }
}

/** The line of Redis that says what is wrong, without its process number and time. */
function reasonOf(error: unknown): string {
  const lines = error instanceof StartFault && Array.isArray(error.cause) ? error.cause.map(String) : [String(error)]
  const telling = lines.findLast((line) => /fatal|error|can't|bad|not found|denied|unable/i.test(line)) ?? lines.at(-1)
  return (telling ?? 'it ended without a word').replace(/^\d+:\w \d+ \w+ \d+ [\d:.]+ [#*.-] /, '').trim()
}
