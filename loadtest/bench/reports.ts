/**
 * `npm run bench -- reports [--calls 2000000] [--rounds 12] [--pause]`: how long reports over a year take, whatever they are asked by, and how
 * soon their page is there. A system of its own holds a year of calls as the job counts them; each round asks every kind of question
 * once, over HTTP, with filters by chance. With `--pause` it waits for a line on standard input before it measures, so that the machine
 * can become quiet. Says how large tables and roll-ups are. Some gigabytes of disk, which are gone afterwards.
 */
import { once } from 'node:events'
import { statfsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startTestPostgres } from '#server/launch/test-postgres.ts'
import { seededRandom } from '#server/routing/simulation/random.ts'
import { openDatabase } from '#server/store/database.ts'
import { countLog, fillYear, sizesOf, type MadeUpYear } from '#server/test/figures/made-up-year.ts'
import { launchChromium } from '../browser/chromium.ts'
import { signIn } from '../personas/sign-in.ts'
import type { Report } from '../run.ts'
import { summaryOf } from '../summary.ts'
import { startBenchSystem, type BenchSystem, type ProcessorSeconds } from './bench-system.ts'
import { QUESTIONS } from './report-questions.ts'

/** The marks, in ms: of every kind of question at the server, and of the page. */
const P95_MS_MAX = 500
const FIRST_PAINT_MS_MAX = 1_000
const OTHERS_SHARE_MAX = 0.2
const SEED = 20_261_127
const AGENTS_COUNT = 120
const PAGE_LOADS = 5
const SUPERVISOR = 'lone'
/** A thousand bytes for each call, several times over, for sorting. */
const DISK_BYTES_PER_CALL = 4_000
const POLICY_FILE = join(resolve(import.meta.dirname, '..'), 'city/ten-services.yaml')

/** The bench. Throws for numbers that are none, and where the disk is too small. */
export async function reports(args: readonly string[]): Promise<Report> {
  const options = {
    calls: { type: 'string', default: '2000000' },
    rounds: { type: 'string', default: '12' },
    pause: { type: 'boolean', default: false },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const [callsCount, roundsCount] = [Number(values.calls), Number(values.rounds)]
  if (!(callsCount >= 1_000 && callsCount <= 5_000_000) || !(roundsCount >= 1 && roundsCount <= 500)) {
    throw new Error('--calls is from 1000 to 5000000, --rounds from 1 to 500')
  }
  const { bavail, bsize } = statfsSync('/tmp')
  if (bavail * bsize < callsCount * DISK_BYTES_PER_CALL) throw new Error('/tmp has too little room for so many calls')
  const log = await counted()
  let year: MadeUpYear | undefined
  let fillMs = 0
  const system = await startBenchSystem({
    crowd: { agentCount: AGENTS_COUNT, kioskCount: 0 },
    callersMax: 10,
    profileDir: undefined,
    policyFile: POLICY_FILE,
    fill: async (url) => {
      process.stderr.write(`making up ${callsCount} calls …\n`)
      const startedAt = performance.now()
      const { db } = openDatabase(url, () => undefined)
      year = await fillYear(db, log, callsCount).finally(() => db.destroy())
      fillMs = Math.round(performance.now() - startedAt)
      if (!values.pause) return
      process.stderr.write(`all is made up (${url}); go on?\n`)
      await once(process.stdin, 'data')
      process.stdin.pause()
    },
  })
  try {
    if (year === undefined) throw new Error('nothing was made up')
    const cookie = await signIn(system.access, SUPERVISOR, system.access.accounts[0]?.password ?? '')
    const before = system.processorSeconds()
    const startedAt = performance.now()
    const questions = await askAll(system, { cookie, year, roundsCount })
    const isMachineShared = othersShare(before, system.processorSeconds(), startedAt) > OTHERS_SHARE_MAX
    const page = await openPage(system, cookie)
    const slow = Object.entries(questions.byKind).filter(([, { p95 }]) => p95 > P95_MS_MAX)
    const marks = {
      everyKind: slow.length === 0,
      all: questions.all.p95 <= P95_MS_MAX,
      firstPaint: page.firstPaintMs.p95 <= FIRST_PAINT_MS_MAX,
    }
    const { db } = openDatabase(system.databaseUrl, () => undefined)
    const sizes = await sizesOf(db).finally(() => db.destroy())
    const megabytes = Object.values(sizes).reduce((sum, each) => sum + (each.megabytes ?? 0), 0)
    return {
      isPassed: Object.values(marks).every(Boolean),
      figures: {
        ...{
          callsCount,
          roundsCount,
          marks,
          p95MsMax: P95_MS_MAX,
          firstPaintMsMax: FIRST_PAINT_MS_MAX,
          isMachineShared,
        },
        ...{ tooSlow: slow.map(([kind]) => kind), reportMs: questions.all, byKind: questions.byKind },
        ...{ slowest: questions.slowest, answerKbMax: questions.answerKbMax, page },
        ...{ fillMs, rollUpMs: year.rollUpMs, megabytes, sizes },
      },
    }
  } finally {
    await system.stop()
  }
}

/** A log in a database of its own, which goes with it. */
async function counted() {
  process.stderr.write('keeping a log and counting it …\n')
  const postgres = await startTestPostgres()
  const { db } = openDatabase(postgres.url, () => undefined)
  try {
    return await countLog(db)
  } finally {
    await db.destroy()
    await postgres.stop()
  }
}

type Asking = { readonly cookie: string; readonly year: MadeUpYear; readonly roundsCount: number }

/** Every kind of question once in each round, the first of which warms up. Throws where one is not answered. */
async function askAll({ access }: BenchSystem, { cookie, year, roundsCount }: Asking) {
  const draw = seededRandom(SEED)
  const asked: { kind: string; path: string; ms: number; bytes: number }[] = []
  for (let round = 0; round <= roundsCount; round += 1) {
    process.stderr.write(`  round ${round} of ${roundsCount}\r`)
    for (const [kind, question] of Object.entries(QUESTIONS)) {
      const path = question(draw, year)
      const askedAt = performance.now()
      const reply = await fetch(`${access.url}/api/v1${path}`, { headers: { cookie } })
      const bytes = (await reply.arrayBuffer()).byteLength
      if (!reply.ok) throw new Error(`${path}: ${reply.status}`)
      if (round > 0) asked.push({ kind, path, ms: performance.now() - askedAt, bytes })
    }
  }
  const byKind = [...Map.groupBy(asked, ({ kind }) => kind)].map(([kind, of]) => [
    kind,
    summaryOf(of.map(({ ms }) => ms)),
  ])
  const slowest = asked.toSorted((a, b) => b.ms - a.ms).slice(0, 8)
  return {
    all: summaryOf(asked.map(({ ms }) => ms)),
    byKind: Object.fromEntries(byKind) as Record<string, ReturnType<typeof summaryOf>>,
    slowest: slowest.map(({ path, ms }) => `${Math.round(ms)} ${path}`),
    answerKbMax: Math.round(Math.max(...asked.map(({ bytes }) => bytes)) / 1_000),
  }
}

/** How soon the page of a whole year is painted first, and how soon all of it is there. */
async function openPage({ access }: BenchSystem, cookie: string) {
  const browser = await launchChromium()
  const [name = '', value = ''] = cookie.split('=')
  const [first, whole]: [number[], number[]] = [[], []]
  try {
    for (let load = 0; load < PAGE_LOADS; load += 1) {
      // Nothing is kept from the load before.
      const context = await browser.createBrowserContext()
      await context.setCookie({ name, value, domain: '127.0.0.1', path: '/' })
      const page = await context.newPage()
      await page.goto(`${access.url}/agent/reports.html?from=2026-01-01&to=2026-12-31`)
      await page.waitForFunction(() => document.querySelector('.heat') && !document.querySelector('[aria-busy=true]'))
      const { paintedMs, nowMs } = await page.evaluate(() => ({
        paintedMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 9e9,
        nowMs: performance.now(),
      }))
      first.push(paintedMs)
      whole.push(nowMs)
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return { firstPaintMs: summaryOf(first), wholeMs: summaryOf(whole) }
}

/** How much of one processor was taken by whatever is no part of this. */
function othersShare(before: ProcessorSeconds, after: ProcessorSeconds, startedAt: number): number {
  return (after.others - before.others) / ((performance.now() - startedAt) / 1_000)
}
