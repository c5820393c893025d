/**
 * Background jobs as a process: what no call waits for can be run, restarted and watched apart from the server that routes calls. All it
 * knows it reads in Postgres. What follows from the server's memory (warnings, the supervisors' figures of today, how kiosks are) is no job
 * and stays there.
 */
import { collectDefaultMetrics, Registry } from 'prom-client'
import { openFiguresPort } from '#sfu/binding/figures-port.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { jobAges } from '../store/job-runs.ts'
import { countJobs } from '../telemetry/job-metrics.ts'
import type { Logger } from '../telemetry/log.ts'
import { openTracing } from '../telemetry/tracing.ts'
import { startBackground } from '../work-in-background.ts'
import type { JobsConfig } from './config.ts'

export type RunningJobs = {
  /** Where health and figures are, with the real port. */
  readonly url: string
  /** Ends it. Work under way is waited for up to `waitMs`; resolves with the names of what was given back. */
  stop(waitMs: number): Promise<readonly string[]>
}

/** Postgres' word for a table that is not there: the migration that makes it was not run. */
const NO_TABLE = '42P01'
/** After so long, somebody who asks whether all is there is told that the database does not answer. */
const ASK_MS_MAX = 5_000

/** Starts the jobs. A Postgres or a Redis that is away is waited for; rejects with a sentence where the port cannot be had. */
export async function startJobs(config: JobsConfig, log: Logger): Promise<RunningJobs> {
  const { db } = openDatabase(config.databaseUrl, (error) => log.warn({ err: error }, 'database.idle-error'))
  const tracing = await openTracing(config.otlpEndpoint, 'skranke-jobs')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const ran = countJobs(registry, tracing)
  let isStopping = false
  const port = await openFiguresPort({
    host: config.host,
    port: config.port,
    setting: 'SKRANKE_JOBS_PORT',
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    missing: async () => [
      ...(isStopping ? ['it is ending: nothing more is begun'] : []),
      ...(background.isConnected ? [] : ['Redis does not answer']),
      ...(await databaseFault(db)),
    ],
  })
  const background = startBackground(config, log, db, ran)
  return {
    url: `http://${config.host}:${port.port}`,
    async stop(waitMs) {
      isStopping = true
      const left = await background.stop(waitMs)
      await port.close()
      await tracing.stop()
      // What is still under way holds its connection. It goes with the process, and Postgres takes back what was not committed.
      if (left.length === 0) await db.destroy()
      return left
    },
  }
}

/** What stands in the way in the database, in words. */
async function databaseFault(db: Database): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined
  const isLate = new Promise<string[]>((wake) => {
    timer = setTimeout(() => wake(['the database does not answer']), ASK_MS_MAX)
  })
  const asked = jobAges(db).then(
    () => [],
    (error: unknown) =>
      error instanceof Error && 'code' in error && error.code === NO_TABLE
        ? ['the database is older than this version (npm run migrate)']
        : ['the database does not answer'],
  )
  const fault = await Promise.race([asked, isLate])
  clearTimeout(timer)
  return fault
}
