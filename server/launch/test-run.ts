/**
 * `npm test`: one Postgres for all tests, then tap, then one line that says how it went. Arguments go to tap, so
 * `npm test -- server/routing/test/line.test.ts` runs one file.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { findBrowser } from './find-browser.mjs'
import { findWorker } from './find-worker.mjs'
import { sentenceOf } from './start-fault.ts'
import { TapCounts } from './tap-counts.ts'
import { startTestPostgres, TEST_DATABASE_SETTING } from './test-postgres.ts'

const root = resolve(import.meta.dirname, '../..')
const say = (line: string) => process.stdout.write(`${line}\n`)

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Whole systems with real media, whose figures are worth something only while nothing else takes the processor. */
const WHOLE_SYSTEMS = '{server,sfu,loadtest}/test'

/** What tap is given, one run after the other: the whole systems one at a time, everything else side by side. */
function runsOf(args: readonly string[]): readonly (readonly string[])[] {
  if (args.length > 0) return [args]
  return [
    [`--jobs=${Math.min(4, availableParallelism())}`, `--exclude=${WHOLE_SYSTEMS}/**`],
    ['--jobs=1', `--include=${WHOLE_SYSTEMS}/**/*.test.ts`],
  ]
}

/**
 * Runs tap on `args` and adds to `counts`; a run that failed in another way counts as one failure. Resolves with whether
 * it came to its own end, or somebody has ended it.
 */
async function runTap(env: NodeJS.ProcessEnv, args: readonly string[], counts: TapCounts): Promise<boolean> {
  const before = { passed: counts.passed, failed: counts.failed }
  const child = spawn(join(root, 'node_modules/.bin/tap'), ['--reporter=tap', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let isWhole = true
  const end = (signal: NodeJS.Signals): void => {
    isWhole = false
    child.kill(signal)
  }
  for (const signal of ENDINGS) process.on(signal, end)
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const shown = counts.take(line)
    if (shown !== undefined) say(shown)
  }
  const [code] = (await exited) as [number | null]
  for (const signal of ENDINGS) process.off(signal, end)
  const hasFailedUnseen = code !== 0 && counts.failed === before.failed
  const hasRunNothing = code === 0 && counts.passed === before.passed
  if (hasFailedUnseen || hasRunNothing) counts.failed += 1
  return isWhole
}

async function main(): Promise<number> {
  const postgres = await startTestPostgres()
  try {
    const browser = findBrowser()
    const worker = findWorker(root)
    const env = {
      ...process.env,
      // Tests start processes by name too: they get the Node that runs this.
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      [TEST_DATABASE_SETTING]: postgres.url,
      ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }),
      ...(browser === undefined ? {} : { PUPPETEER_EXECUTABLE_PATH: browser }),
    }
    const counts = new TapCounts()
    const startedAt = performance.now()
    for (const args of runsOf(process.argv.slice(2))) if (!(await runTap(env, args, counts))) break
    say(`\nAll tests took ${Math.round((performance.now() - startedAt) / 1_000)} s.`)
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
