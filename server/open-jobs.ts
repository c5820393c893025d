/** What the server has to do with background jobs: it does them, or sees whether the process that is to do them does. */
import type { ServerConfig } from './config.ts'
import type { Background } from './jobs/background.ts'
import { overdueJobs } from './jobs/overdue.ts'
import type { Database } from './store/database.ts'
import { jobAges } from './store/job-runs.ts'
import { countOverdue } from './telemetry/job-metrics.ts'
import type { Logger } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'
import { jobsOf, startBackground, type WorkSettings } from './work-in-background.ts'

export type Jobs = {
  /** Begins to do them, where the server is to. */
  start(): void
  stop(): Promise<unknown>
  /** The names of those that are overdue, whoever is to do them; none where the database does not answer, which is said elsewhere. */
  overdue(): Promise<string[]>
}

export type JobsParts = {
  readonly config: WorkSettings & Pick<ServerConfig, 'jobs'>
  readonly log: Logger
  readonly db: Database
  readonly metrics: Pick<Metrics, 'registry' | 'jobRan'>
  /** Milliseconds since any instant. */
  readonly now?: () => number
}

/** The jobs of this server. They are not begun before `start`. */
export function openJobs({ config, log, db, metrics, now = () => performance.now() }: JobsParts): Jobs {
  const expected = jobsOf(config, log, db).map(({ name, everyMs }) => ({ name, everyMs }))
  const openedAt = now()
  const find = async () => overdueJobs(expected, await jobAges(db), now() - openedAt)
  countOverdue(metrics.registry, find)
  let background: Background | undefined
  return {
    start() {
      if (config.jobs === 'here') background = startBackground(config, log, db, metrics.jobRan)
    },
    stop: async () => await background?.stop(),
    overdue: () => find().catch(() => []),
  }
}
