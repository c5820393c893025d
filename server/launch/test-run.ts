/**
 * `npm test`: one Postgres for all tests, then tap, then one line that says how it went. Arguments go to tap, so
 * `npm test -- server/routing/test/line.test.ts` runs one file.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { findBrowser } from './find-browser.mjs'
import { findWorker } from './find-worker.mjs'
import { sentenceOf } from './start-fault.ts'
import { TapCounts } from './tap-counts.ts'
import { startTestPostgres, TEST_DATABASE_SETTING } from './test-postgres.ts'

const root = resolve(import.meta.dirname, '../..')
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Runs tap on `args`. Resolves with the counts; a run that failed in another way counts as one failure. */
async function runTap(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<TapCounts> {
  const counts = new TapCounts()
  const child = spawn(join(root, 'node_modules/.bin/tap'), ['--reporter=tap', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const shown = counts.take(line)
    if (shown !== undefined) say(shown)
  }
  const [code] = (await exited) as [number | null]
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  if (code === 0 && counts.passed === 0) counts.failed = 1
  return counts
}

async function main(): Promise<number> {
  const postgres = await startTestPostgres()
  try {
    const browser = findBrowser()
    const worker = findWorker(root)
    const counts = await runTap(
      {
        ...process.env,
        // Tests start processes by name too: they get the Node that runs this.
        PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
        [TEST_DATABASE_SETTING]: postgres.url,
        ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }),
        ...(browser === undefined ? {} : { PUPPETEER_EXECUTABLE_PATH: browser }),
      },
      process.argv.slice(2),
    )
    say(`\n${counts.passed} passed, ${counts.failed} failed`)
    return counts.failed === 0 ? 0 : 1
  } finally {
    await postgres.stop()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  say(`\nThe tests cannot run: ${sentenceOf(error)}\n\n0 passed, 1 failed`)
  return 1
})
