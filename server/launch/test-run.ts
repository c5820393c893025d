/**
 * `npm test`: one Postgres for all tests, then tap, then one line that says how it went. Arguments go to tap, so
 * `npm test -- server/routing/test/line.test.ts` runs one file.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
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

/** Whole systems: each a few processes and a database. */
const WHOLE_SYSTEMS = '{server,sfu}/test'
/** A long log counted twice: nothing but the processor, which real media would miss. */
const COUNTING = 'server/test/figures/**/*.test.ts'
/** A sender guesses how wide its way is from when packets arrive, and takes a machine that is late for a way that is narrow. */
const NARROW_WAYS = 'sfu/test/browser/narrow-*.test.ts'
/** Those whose pictures are counted, of which two at once would starve each other. */
const REAL_MEDIA =
  '{server/test/real-{beside,call,desk,join,share,shown,supervision,text,ways},sfu/test/browser/*}.test.ts'

/** A test of a page is a browser, which waits for nearly half of its time: for a finger's pause, a frame, an answer. */
const JOBS_PER_CORE = 1.5
/** More at once would need more memory than a small machine has. */
const JOBS_MAX = 6

/**
 * What tap is given. The lists of one stage run at the same time, the stages one after the other: what carries no media
 * takes the whole processor, what mostly waits goes beside real media, one file of it and two of the others at a time, and ways that are made
 * narrow are measured with nothing beside them.
 */
function stagesOf(args: readonly string[]): readonly (readonly (readonly string[])[])[] {
  if (args.length > 0) return [[args]]
  return [
    [
      [
        `--jobs=${Math.min(JOBS_MAX, Math.ceil(JOBS_PER_CORE * availableParallelism()))}`,
        `--exclude=${WHOLE_SYSTEMS}/**`,
      ],
      ['--jobs=1', `--include=${COUNTING}`],
    ],
    [
      ['--jobs=1', `--include=${REAL_MEDIA}`, `--exclude=${NARROW_WAYS}`],
      ['--jobs=2', `--include=${WHOLE_SYSTEMS}/**/*.test.ts`, `--exclude=${REAL_MEDIA}`, `--exclude=${COUNTING}`],
    ],
    [['--jobs=1', `--include=${NARROW_WAYS}`]],
  ]
}

type Result = Pick<TapCounts, 'passed' | 'failed' | 'failures' | 'failedFiles'> & { readonly isWhole: boolean }

/** Of one failure: a page that something was missing on tells all it says. */
const FAILURE_CHARACTERS_MAX = 1_200

/** More files than that do not fail because the machine was busy. */
const FILES_AGAIN_MAX = 5

/** Runs tap on `args`; a run that failed in another way counts as one failure. `isWhole`: nobody has ended it before its end. */
async function runTap(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Result> {
  const counts = new TapCounts()
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
  const hasFailedUnseen = code !== 0 && counts.failed === 0
  const hasRunNothing = code === 0 && counts.passed === 0
  if (hasFailedUnseen || hasRunNothing) counts.failed += 1
  const { passed, failed, failures, failedFiles } = counts
  return { passed, failed, failures, failedFiles, isWhole }
}

/** All results as one. */
function together(results: readonly Result[]): Result {
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0)
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    failures: results.flatMap(({ failures }) => failures),
    failedFiles: new Map(results.flatMap(({ failedFiles }) => [...failedFiles])),
    isWhole: results.every(({ isWhole }) => isWhole),
  }
}

/**
 * The few files in which something failed are run once more by themselves: what waits for pictures, sound or a page may have missed them
 * only because of what ran beside it. It is said of each, and what counts is the second run.
 */
async function afterSecondRun(env: NodeJS.ProcessEnv, first: Result): Promise<Result> {
  const files = [...first.failedFiles.keys()]
  const inFiles = (of: 'passed' | 'failed') =>
    files.reduce((sum, file) => sum + (first.failedFiles.get(file)?.[of] ?? 0), 0)
  const isAllInFiles = inFiles('failed') === first.failed
  if (!first.isWhole || !isAllInFiles || files.length === 0 || files.length > FILES_AGAIN_MAX) return first
  for (const failure of first.failures) say(`\nIs run again by itself: ${failure.slice(0, FAILURE_CHARACTERS_MAX)}`)
  const second = await runTap(env, ['--jobs=1', ...files])
  return {
    ...second,
    passed: first.passed - inFiles('passed') + second.passed,
    failed: first.failed - inFiles('failed') + second.failed,
  }
}

async function main(): Promise<number> {
  const postgres = await startTestPostgres()
  const compileCacheDir = mkdtempSync(join(tmpdir(), 'skranke-compiled-'))
  try {
    const browser = findBrowser()
    const worker = findWorker(root)
    const args = process.argv.slice(2)
    const env = {
      ...process.env,
      // Built a moment ago, by what runs before this; one file alone builds its own, for whoever is working on the page, and has axe asked of all.
      ...(args.length === 0 ? { SKRANKE_BUILT_KIOSK: join(root, 'dist/kiosk'), SKRANKE_TEST_AXE: 'pairs' } : {}),
      // Tests start processes by name too: they get the Node that runs this.
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      [TEST_DATABASE_SETTING]: postgres.url,
      // Each file and each server that it starts reads the same sources: the first one's work is kept for the others.
      NODE_COMPILE_CACHE: compileCacheDir,
      ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }),
      ...(browser === undefined ? {} : { PUPPETEER_EXECUTABLE_PATH: browser }),
    }
    const startedAt = performance.now()
    const results: Result[] = []
    for (const stage of stagesOf(args)) {
      results.push(...(await Promise.all(stage.map((args) => runTap(env, args)))))
      if (results.some(({ isWhole }) => !isWhole)) break
    }
    const first = together(results)
    const { passed, failed, failures } = args.length === 0 ? await afterSecondRun(env, first) : first
    for (const failure of failures) say(`\nFailed: ${failure.slice(0, FAILURE_CHARACTERS_MAX)}`)
    say(`\nAll tests took ${Math.round((performance.now() - startedAt) / 1_000)} s.`)
    say(`\n${passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    await postgres.stop()
    rmSync(compileCacheDir, { recursive: true, force: true })
  }
}

process.exitCode = await main().catch((error: unknown) => {
  say(`\nThe tests cannot run: ${sentenceOf(error)}\n\n0 passed, 1 failed`)
  return 1
})
