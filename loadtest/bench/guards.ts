/**
 * `npm run bench -- guards [PIECE OF AN ID …] [--jobs N]`: takes the guards out one at a time, in a copy of the tree, and passes where
 * the test that is named for each fails. First every such test has to pass as the tree stands: one that fails anyway proves nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findWorker } from '#server/launch/find-worker.mjs'
import { startTestPostgres, TEST_DATABASE_SETTING } from '#server/launch/test-postgres.ts'
import { CopiedTree } from '../guards/copied-tree.ts'
import { PLANTED_MISTAKES, type PlantedMistake } from '../guards/planted-mistakes.ts'
import type { Report } from '../run.ts'
import { runTestFile, type TestRun } from './test-file.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** More at once would make tests late that wait for one another. */
const JOBS_MAX = 2

const say = (line: string) => process.stderr.write(`${line}\n`)

export async function guards(args: readonly string[]): Promise<Report> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { jobs: { type: 'string', default: String(Math.min(JOBS_MAX, availableParallelism())) } },
    allowPositionals: true,
  })
  const isAsked = ({ id }: PlantedMistake) =>
    positionals.length === 0 || positionals.some((piece) => id.includes(piece))
  const mistakes = PLANTED_MISTAKES.filter(isAsked)
  const jobs = Number(values.jobs)
  if (!Number.isInteger(jobs) || jobs < 1) throw new Error('--jobs must be a whole number from 1.')
  if (mistakes.length === 0) throw new Error('No guard has such an id.')
  const startedAt = performance.now()
  const postgres = await startTestPostgres()
  const compiled = mkdtempSync(join(tmpdir(), 'skranke-compiled-'))
  const trees: CopiedTree[] = []
  // Whoever ends it halfway leaves nothing behind: no copy, and no test, which is no child that a terminal knows.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  const clear = (): void => {
    for (const tree of trees) tree.remove()
    rmSync(compiled, { recursive: true, force: true })
  }
  process.once('exit', clear)
  try {
    for (let i = 0; i < jobs; i += 1) trees.push(new CopiedTree(ROOT))
    const env = environment(postgres.url, compiled)
    const files = [...new Set(mistakes.map(({ caughtBy }) => caughtBy.file))]
    const unchanged = await onTrees(trees, files, async ({ folder }, file) => {
      const run = await runTestFile(folder, file, { env })
      say(`${run.isPassed ? 'passes' : 'FAILS '} ${inSeconds(run)}  ${file}, as it stands`)
      return { file, ...run }
    })
    const sound = new Set(unchanged.flatMap(({ file, isPassed }) => (isPassed ? [file] : [])))
    const proven = mistakes.filter(({ caughtBy }) => sound.has(caughtBy.file))
    const results = await onTrees(trees, proven, (tree, mistake) => tried(tree, mistake, env))
    const missed = mistakes.filter((mistake) => !results.some(({ id, isCaught }) => isCaught && id === mistake.id))
    for (const { id, removes, caughtBy } of missed) say(`not caught: ${id} (${removes}), by ${caughtBy.file}`)
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    const filesFailing = files.filter((file) => !sound.has(file))
    const figures = {
      guards: mistakes.length,
      caught: mistakes.length - missed.length,
      notCaught: missed.map(({ id }) => id),
      testFiles: files.length,
      testFilesFailingAnyway: filesFailing,
      seconds,
      mistakes: results,
    }
    return { isPassed: missed.length === 0, figures }
  } finally {
    clear()
    await postgres.stop()
  }
}

/** As `npm test` has it, for files that are run by themselves. */
function environment(databaseUrl: string, compileCacheDir: string): NodeJS.ProcessEnv {
  const worker = findWorker(ROOT)
  return {
    ...process.env,
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    [TEST_DATABASE_SETTING]: databaseUrl,
    NODE_COMPILE_CACHE: compileCacheDir,
    ...(worker === undefined ? {} : { MEDIASOUP_WORKER_BIN: worker }),
  }
}

/** Does all of `work`, each tree one after the other, and resolves with what came of it in the order of `work`. */
async function onTrees<Work, Done>(
  trees: readonly CopiedTree[],
  work: readonly Work[],
  act: (tree: CopiedTree, one: Work) => Promise<Done>,
): Promise<Done[]> {
  const rest = work.map((one, at) => ({ one, at }))
  const done: Done[] = []
  await Promise.all(
    trees.map(async (tree) => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) done[next.at] = await act(tree, next.one)
    }),
  )
  return done
}

async function tried(tree: CopiedTree, mistake: PlantedMistake, env: NodeJS.ProcessEnv) {
  const { id, removes, file, caughtBy } = mistake
  const run = await tree.withMistake(mistake, () =>
    runTestFile(tree.folder, caughtBy.file, { env, isEnoughAt: caughtBy.test }),
  )
  const isSlip = SLIP.test(`${run.found ?? ''}\n${run.words}`)
  const isCaught = run.found !== undefined && !isSlip
  const why = isSlip
    ? 'it is no program any more, which proves nothing'
    : (run.found ?? (run.isTooLong ? 'the test did not end' : (run.failures[0] ?? 'the test passes')))
  say(`${isCaught ? 'caught' : 'MISSED'} ${inSeconds(run)}  ${id}: ${why}`)
  return { id, removes, file, test: caughtBy.file, isCaught, by: why, seconds: run.seconds }
}

/** What a change fails with that leaves no program, or a server that does not start, instead of one without its guard. */
const SLIP = /\b(?:Reference|Syntax)Error\b|stopped at its start/

const inSeconds = ({ seconds }: TestRun): string => `${seconds.toFixed(1)} s`.padStart(7)
