/**
 * `npm run simulate -- [--seeds N] [--first-seed N] [--steps N] [--threads N] [--bugs]`: simulated cities by the thousand, the
 * real engine in each. Progress goes to standard error, one line of JSON to standard output; a seed that fails is
 * printed with its last events and makes the exit code 1. Seeds that failed once are run first, always. `--bugs` also hunts the
 * planted mistakes from the first seed on, and writes down where each was found (`simulation/found-at-seeds.json`).
 */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HUNT_SEEDS_MAX, huntAll, keepFoundSeeds } from './simulation/planted-bugs.ts'
import { OWN_WORLD, ROUTING, runSeeds, type SeedFailure, type SeedNews, type SeedTask } from './simulation/seeds.ts'

type Regression = { readonly seed: number; readonly steps: number; readonly what: string }

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    'first-seed': { type: 'string', default: '1' },
    steps: { type: 'string', default: '250' },
    threads: { type: 'string', default: String(availableParallelism()) },
    bugs: { type: 'boolean', default: false },
  },
})

function numberOf(name: 'seeds' | 'first-seed' | 'steps' | 'threads'): number {
  const number = Number(values[name])
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} must be a whole number from 1.`)
  return number
}

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Runs tasks side by side, telling of the progress of all. */
async function runAll(tasks: readonly SeedTask[]): Promise<SeedNews[]> {
  const latest: SeedNews[] = []
  const total = tasks.reduce((sum, { seeds }) => sum + seeds.length, 0)
  let toldAt = performance.now()
  return Promise.all(
    tasks.map((task, i) =>
      runSeeds(task, (news) => {
        latest[i] = news
        if (performance.now() - toldAt < 5_000) return
        toldAt = performance.now()
        say(`${latest.reduce((sum, { seedsCount }) => sum + seedsCount, 0)} of ${total} seeds`)
      }),
    ),
  )
}

async function main(): Promise<boolean> {
  const startedAt = performance.now()
  const regressions = JSON.parse(readFileSync(join(ROUTING, 'simulation/regressions.json'), 'utf8')) as Regression[]
  const old = regressions.map(({ seed, steps }) => ({ worldUrl: OWN_WORLD, seeds: [seed], steps }))
  const [threads, seedsCount, first, steps] = [
    numberOf('threads'),
    numberOf('seeds'),
    numberOf('first-seed'),
    numberOf('steps'),
  ]
  const shares = Array.from({ length: threads }, (_, thread) => {
    const own = Array.from({ length: seedsCount }, (_seed, i) => first + i).filter((_seed, i) => i % threads === thread)
    return { worldUrl: OWN_WORLD, seeds: own, steps }
  })
  const news: SeedNews[] = []
  for (const task of old) news.push(await runSeeds(task))
  news.push(...(await runAll(shares)))
  const sum = (of: (one: SeedNews) => number) => news.reduce((total, one) => total + of(one), 0)
  const failures = news.map(({ failure }) => failure).filter((failure): failure is SeedFailure => failure !== null)
  for (const { message } of failures) say(message)
  const hunts = values.bugs
    ? await huntAll(threads, {
        isAnew: true,
        onFound: ({ id, foundAtSeed }) => say(`${foundAtSeed ?? '—'}\t${id}`),
      })
    : []
  if (values.bugs) keepFoundSeeds(hunts)
  const missed = hunts.filter(({ foundAtSeed }) => foundAtSeed === undefined)
  for (const { id } of missed) say(`not found in ${HUNT_SEEDS_MAX} seeds: ${id}`)
  const figures = {
    seeds: sum((one) => one.seedsCount),
    events: sum((one) => one.eventsCount),
    calls: sum((one) => one.callsCount),
    offers: sum((one) => one.offersCount),
    violations: failures.length,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    ...(values.bugs
      ? { bugs: hunts.map(({ id, foundAtSeed, message }) => ({ id, foundAtSeed: foundAtSeed ?? null, message })) }
      : {}),
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  return failures.length + missed.length === 0
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
