/**
 * `npm run bench -- fuzz`: sends `--count` frames and requests that nobody should send to a server with a Postgres of its own, as everybody
 * there is; the same ones for the same `--seed`. Passes where nothing crashed, no answer was a fault of the server, nothing that was
 * refused changed anything, and the memory is as flat at the end as after the first fifth.
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startTestPostgres } from '#server/launch/test-postgres.ts'
import { AuthorisedCity } from '#server/test/authorised-city.ts'
import { fuzzOf } from '#server/test/fuzzed-city.ts'
import type { Report } from '../run.ts'

/** What the heap may grow by in four fifths of the run, in MB: caches that fill, and not one message kept of a hundred thousand. */
const GROWTH_MB_MAX = 30
const ROUNDS = 5

export async function fuzz(args: readonly string[]): Promise<Report> {
  const options = { count: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } } as const
  const { values } = parseArgs({ args: [...args], options })
  const [count, seed] = [Number(values.count), Number(values.seed)]
  if (!(count >= 1_000 && count <= 5_000_000) || !Number.isInteger(seed))
    throw new Error('Say --count from 1000, --seed.')
  const crashes: unknown[] = []
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => crashes.push(error))
  const postgres = await startTestPostgres()
  const ends: (() => unknown)[] = [() => postgres.stop()]
  try {
    const city = await AuthorisedCity.start({ teardown: (work) => ends.push(work) }, postgres.url)
    const startedAt = performance.now()
    const heapsMb: number[] = []
    const rounds = []
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await fuzzOf(city, count / ROUNDS, seed * 1_000 + round, say))
      heapsMb.push(heapMb())
      say(`${Math.round(((round + 1) / ROUNDS) * count)} sent, ${heapsMb.at(-1)} MB`)
    }
    const faults = rounds.flatMap((each) => each.faults)
    const [early = 0, late = 0] = [heapsMb[0], heapsMb.at(-1)]
    const marks = {
      crashes: crashes.length + city.faults.length === 0,
      faults: faults.length === 0,
      memory: late - early <= GROWTH_MB_MAX,
    }
    return {
      isPassed: Object.values(marks).every(Boolean),
      figures: {
        count,
        seed,
        marks,
        seconds: Math.round((performance.now() - startedAt) / 1_000),
        sent: sumOf(rounds.map((each) => each.sent)),
        answers: sumOf(rounds.map((each) => each.answers)),
        crashes: [...crashes, ...city.faults].map(String).slice(0, 10),
        faultsCount: rounds.reduce((sum, each) => sum + each.faultsCount, 0),
        faults: faults.slice(0, 50),
        heapsMb,
      },
    }
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

function sumOf(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const each of all) for (const [name, count] of Object.entries(each)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

/** After everything that can be let go of has been. */
function heapMb(): number {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
  return Math.round(process.memoryUsage().heapUsed / 1e6)
}

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}
