/**
 * `npm run bench -- NAME …`: measures one part on a system of its own, and prints one JSON object on standard output;
 * progress goes to standard error. The exit code is the verdict. What follows the name is the bench's own to read.
 */
import { figures } from './bench/figures.ts'
import { flood } from './bench/flood.ts'
import { fuzz } from './bench/fuzz.ts'
import { guards } from './bench/guards.ts'
import { kiosk } from './bench/kiosk.ts'
import { knowledge } from './bench/knowledge.ts'
import { offers } from './bench/offers.ts'
import { realTimeText } from './bench/real-time-text.ts'
import { reports } from './bench/reports.ts'
import { routing } from './bench/routing.ts'
import { soak } from './bench/soak.ts'
import { wall } from './bench/wall.ts'
import type { Report } from './run.ts'

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<Report>>> = {
  figures,
  flood,
  fuzz,
  guards,
  kiosk,
  knowledge,
  offers,
  reports,
  routing,
  'real-time-text': realTimeText,
  soak,
  wall,
}

const [name = '', ...args] = process.argv.slice(2)
try {
  const bench = benches[name]
  if (bench === undefined) throw new Error(`Say one of: ${Object.keys(benches).join(', ')}.`)
  const { isPassed, figures } = await bench(args)
  process.stdout.write(`${JSON.stringify({ bench: name, isPassed, ...figures })}\n`)
  process.exitCode = isPassed ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
