/**
 * `npm run bench -- figures [--calls 100000]`: a long log is kept as the host keeps it, counted as the job counts it, counted a second time by
 * plain statements over the raw events, and compared: every call, quarter-hour, day and agent. Passes where nothing differs.
 */
import { parseArgs } from 'node:util'
import { startTestPostgres } from '#server/launch/test-postgres.ts'
import { openDatabase } from '#server/store/database.ts'
import { foldFigures, rebuildFigures } from '#server/store/figure-fold.ts'
import { differences } from '#server/test/figures/compare.ts'
import { keepLog } from '#server/test/figures/keep-log.ts'
import { countAgain } from '#server/test/figures/second-count.ts'
import type { Report } from '../run.ts'

const CALLS_PER_DAY = 3_000
/** Of those who would come; the others find their line closed. */
const CALLS_KEPT_SHARE = 0.72
const AGENTS_COUNT = 52
const SEED = 20_261_127

/** The bench. Throws for a number that is none. */
export async function figures(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({ args: [...args], options: { calls: { type: 'string', default: '100000' } } })
  const wanted = Number(values.calls)
  if (!(wanted >= 1_000 && wanted <= 1_000_000)) throw new Error('--calls is from 1000 to 1000000')
  // Around each of the two changes of the clock.
  const daysEach = Math.max(1, Math.ceil(wanted / (2 * CALLS_PER_DAY * CALLS_KEPT_SHARE)))
  const postgres = await startTestPostgres()
  const { db } = openDatabase(postgres.url, () => undefined)
  const times: Record<string, number> = { foldMs: 0 }
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    const done = await work()
    times[name] = Math.round((times[name] ?? 0) + performance.now() - startedAt)
    return done
  }
  try {
    process.stderr.write(`keeping a log of about ${wanted} calls, and counting it on the way …\n`)
    const plan = { seed: SEED, daysEach, callsPerDay: CALLS_PER_DAY, agentsCount: AGENTS_COUNT }
    const fold = async () => void (await timed('foldMs', () => foldFigures(db)))
    const { callsCount, eventsCount, asOf } = await timed('keepAndFoldMs', () => keepLog(db, plan, fold))
    process.stderr.write(`${callsCount} calls; counting them again …\n`)
    await timed('countAgainMs', () => countAgain(db, asOf))
    const found = await timed('compareMs', () => differences(db, asOf))
    await timed('rebuildMs', () => rebuildFigures(db))
    const foundAfter = await differences(db, asOf)
    const differ = [...found, ...foundAfter]
    return { isPassed: differ.length === 0, figures: { callsCount, eventsCount, differences: differ, ...times } }
  } finally {
    await db.destroy()
    await postgres.stop()
  }
}
