/** A Redis of our own on loopback, its data in a folder. Never the truth: work that may be lost or done twice. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { freePort } from './ports.ts'

export type OwnRedis = { readonly url: string; stop(): Promise<void> }

/** Starts `redis-server` on the data in `dataDir`. Throws one sentence when it cannot. */
export async function startRedis(options: { dataDir: string; password: string; binary: string }): Promise<OwnRedis> {
  mkdirSync(options.dataDir, { recursive: true })
  const port = await freePort()
  const child = spawn(options.binary, ['-'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  const settings = {
    bind: '127.0.0.1',
    port,
    requirepass: options.password,
    dir: `"${options.dataDir}"`,
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  }
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}`)
  child.stdin.end(`${lines.join('\n')}\n`)
  const exited = once(child, 'exit')
  const started = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('Ready to accept connections')) return true
    }
    return false
  })()
  const isReady = await Promise.race([
    started,
    exited.then(
      () => false,
      () => false,
    ),
  ])
  if (!isReady) throw new Error(`redis-server (${options.binary}) did not start on ${options.dataDir}.`)
  child.stdout.resume()
  return {
    url: `redis://:${options.password}@127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
