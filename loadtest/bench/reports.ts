/**
 * `npm run bench -- reports [--calls 2000000] [--questions 200]`: how long a report over a year takes at the server, whatever it is asked by. A
 * Postgres of its own is filled with a year of made-up calls, as the job would have counted them; the questions are random, of the kinds
 * that the page asks. Says how large tables and roll-ups are.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { openHttp } from '#server/http/http-server.ts'
import { addReportRoutes } from '#server/http/reports.ts'
import { startTestPostgres } from '#server/launch/test-postgres.ts'
import { seededRandom } from '#server/routing/simulation/random.ts'
import { openDatabase } from '#server/store/database.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import { fillYear, MADE_UP, sizesOf } from '#server/test/figures/made-up-year.ts'
import type { Report } from '../run.ts'
import { summaryOf } from '../summary.ts'
import { machineBusySeconds } from './processor-time.ts'

const P95_MS_MAX = 500
const OTHERS_SHARE_MAX = 0.2
const WARM_UP_COUNT = 12
const SEED = 20_261_127

type Draw = ReturnType<typeof seededRandom>

/** The questions of a page, each with its own filters. */
const KINDS: Readonly<Record<string, (draw: Draw) => string>> = {
  'year by month': (draw) => `${year()}&interval=month${maybe(draw)}`,
  'year by service and month': (draw) => `${year()}&interval=month&group=service${maybe(draw)}`,
  'year by site': (draw) => `${year()}&group=site${maybe(draw)}`,
  'year by day': (draw) => `${year()}&interval=day${maybe(draw)}`,
  'year by weekday and hour': (draw) => `${year()}&interval=weekday-hour${maybe(draw)}`,
  'a month by day and queue': (draw) => `${month(draw)}&interval=day&group=language${maybe(draw)}`,
  'a day by quarter-hour': (draw) => `${day(draw)}&interval=quarter-hour${maybe(draw)}`,
  'two half-years compared': (draw) =>
    `from=2026-07-01&to=2027-01-01&compareFrom=2026-01-01&group=service${maybe(draw)}`,
}

const year = () => 'from=2026-01-01&to=2027-01-01'
const two = (value: number) => String(value).padStart(2, '0')
function month({ next }: Draw): string {
  const first = 1 + Math.floor(next() * 11)
  return `from=2026-${two(first)}-01&to=2026-${two(first + 1)}-01`
}
function day({ next }: Draw): string {
  const date = 1 + Math.floor(next() * 27)
  const of = two(1 + Math.floor(next() * 12))
  return `from=2026-${of}-${two(date)}&to=2026-${of}-${two(date + 1)}`
}

/** Two filters, one, or none: of a site, a service, a language or a centre. */
function maybe({ next, pick }: Draw): string {
  const chosen = [
    `&site=${pick(MADE_UP.sites)}`,
    `&service=${pick(MADE_UP.services)}`,
    `&language=${pick(MADE_UP.languages)}`,
    `&centre=${pick(MADE_UP.centres)}`,
    `&district=${pick(MADE_UP.districts)}`,
  ].filter(() => next() < 0.2)
  return chosen.slice(0, 2).join('')
}

/** The bench. Throws for numbers that are none. */
export async function reports(args: readonly string[]): Promise<Report> {
  const options = {
    calls: { type: 'string', default: '2000000' },
    questions: { type: 'string', default: '200' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const [callsCount, questionsCount] = [Number(values.calls), Number(values.questions)]
  if (!(callsCount >= 1_000 && callsCount <= 5_000_000) || !(questionsCount >= 1 && questionsCount <= 5_000)) {
    throw new Error('--calls is from 1000 to 5000000, --questions from 1 to 5000')
  }
  process.stderr.write('starting Postgres …\n')
  const postgres = await startTestPostgres()
  const { db } = openDatabase(postgres.url, () => undefined)
  try {
    process.stderr.write(`making up ${callsCount} calls …\n`)
    const fillStartedAt = performance.now()
    const rollUpMs = await fillYear(db, callsCount)
    const fillMs = Math.round(performance.now() - fillStartedAt)
    const http = await openHttp({ log: pino({ level: 'silent' }), connectUrls: [], isHttps: false })
    const supervisor = { agentId: 'lone', role: 'supervisor', centreId: 'centre' } as Person
    addReportRoutes(http, { db, directory: {} as Directory, identify: async () => supervisor })
    const draw = seededRandom(SEED)
    const asked: { kind: string; ms: number; bytes: number }[] = []
    const kinds = Object.entries(KINDS)
    const busyBefore = machineBusySeconds() - ownSeconds()
    const startedAt = performance.now()
    for (let i = -WARM_UP_COUNT; i < questionsCount; i += 1) {
      const [kind, question] = kinds[Math.abs(i) % kinds.length] ?? kinds[0] ?? ['', () => '']
      const url = `/reports?${question(draw)}`
      const askedAt = performance.now()
      const reply = await http.inject({ url })
      if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body.slice(0, 200)}`)
      if (i >= 0) asked.push({ kind, ms: performance.now() - askedAt, bytes: reply.rawPayload.length })
    }
    const seconds = (performance.now() - startedAt) / 1_000
    const all = summaryOf(asked.map(({ ms }) => ms))
    const byKind = Object.fromEntries(
      [...Map.groupBy(asked, ({ kind }) => kind)].map(([kind, of]) => [kind, summaryOf(of.map(({ ms }) => ms))]),
    )
    await http.close()
    // Of this process and of everything else but Postgres, which cannot be told apart here: what was busy beyond one processor.
    const busy = machineBusySeconds() - ownSeconds() - busyBefore
    const isMachineShared = busy > (1 + OTHERS_SHARE_MAX) * seconds && availableParallelism() <= 2
    const figures = {
      callsCount,
      questionsCount,
      p95MsMax: P95_MS_MAX,
      isMachineShared,
      reportMs: all,
      byKind,
      fillMs,
      rollUpMs,
    }
    const answerKbMax = Math.round(Math.max(...asked.map(({ bytes }) => bytes)) / 1_000)
    return { isPassed: all.p95 <= P95_MS_MAX, figures: { ...figures, answerKbMax, sizes: await sizesOf(db) } }
  } finally {
    await db.destroy()
    await postgres.stop()
  }
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
