/** The jobs, joined to what they work on: all they need is Postgres, so that the server may do them or a process of their own. */
import type { ServerConfig } from './config.ts'
import { cityDateOf, startOfCityDate } from './figures/calendar.ts'
import { Background, type Job } from './jobs/background.ts'
import { figuresCheck, figuresUpkeep } from './jobs/figures.ts'
import { reportMailing } from './jobs/report-mails.ts'
import { webhooks } from './jobs/webhooks.ts'
import { guardedPost } from './outgoing/post.ts'
import { notesKeptDaysOf } from './policy/notes-kept.ts'
import { NOTES_KEPT_DAYS } from './policy/schema.ts'
import { retentionJobs } from './retention.ts'
import type { Database } from './store/database.ts'
import { checkYesterday } from './store/figure-days.ts'
import { foldFigures } from './store/figure-fold.ts'
import { keepJobRun } from './store/job-runs.ts'
import { newestPolicy } from './store/policies.ts'
import { sendNextMail, type ReportMail } from './store/report-mails.ts'
import { figuresAsOf } from './store/reports.ts'
import { endDelivery, takeDue, tryAgainAt } from './store/webhook-outbox.ts'
import type { JobRan } from './telemetry/job-metrics.ts'
import type { Logger } from './telemetry/log.ts'

/** The settings that jobs follow. */
export type WorkSettings = Pick<
  ServerConfig,
  | 'redisUrl'
  | 'agentFiguresDays'
  | 'signInMs'
  | 'webhookUrls'
  | 'webhookSecret'
  | 'insideHosts'
  | 'smtpUrl'
  | 'mailFrom'
  | 'allowedOrigins'
>

/** Oftener, and a job that is done every two seconds would write that it was as often. */
const KEEP_RUN_EVERY_MS = 30_000

/** All jobs that are done for these settings. */
export function jobsOf(config: WorkSettings, log: Logger, db: Database): Job[] {
  const retention = retentionJobs({
    db,
    now: () => Date.now(),
    notesKeptDays: () => notesKeptDays(db),
    agentFiguresDays: config.agentFiguresDays,
    signInMs: config.signInMs,
  })
  return [
    ...retention,
    webhooks({
      allowedUrls: config.webhookUrls,
      secret: config.webhookSecret ?? '',
      now: () => Date.now(),
      takeDue: (at, leaseMs, countMax) => takeDue(db, at, leaseMs, countMax),
      end: (deliveryId, at, result) => endDelivery(db, deliveryId, at, result),
      tryAgainAt: (deliveryId, at) => tryAgainAt(db, deliveryId, at),
      onFault: (deliveryId, fault) => log.warn({ deliveryId, fault }, 'webhook.not-told'),
      post: guardedPost(config),
    }),
    figuresUpkeep(() => foldFigures(db)),
    figuresCheck(checkYesterday(db, () => Date.now())),
    ...(config.smtpUrl === undefined ? [] : [mailing(config, config.smtpUrl, db)]),
  ]
}

/** Starts them all. Whoever started them stops them. */
export function startBackground(config: WorkSettings, log: Logger, db: Database, onRan: JobRan): Background {
  const keep = runBook(log, db)
  const background = new Background({
    redisUrl: config.redisUrl,
    jobs: jobsOf(config, log, db),
    onNews: (message, facts) => log.info(facts, message),
    onFault: (message, error) => log.warn({ err: error }, message),
    onRun: (job, seconds, isDone) => {
      onRan(job, seconds, isDone)
      keep(job, isDone)
    },
  })
  background.start()
  return background
}

/** What writes down when each job was last done: whoever watches may be another process. */
function runBook(log: Logger, db: Database): (job: string, isDone: boolean) => void {
  const kept = new Map<string, { readonly at: number; readonly isDone: boolean }>()
  return (job, isDone) => {
    const last = kept.get(job)
    const at = performance.now()
    if (last !== undefined && last.isDone === isDone && at - last.at < KEEP_RUN_EVERY_MS) return
    kept.set(job, { at, isDone })
    keepJobRun(db, job, isDone).catch((error: unknown) => log.warn({ err: error }, 'job-run.not-kept'))
  }
}

/**
 * After how many days notes are deleted, by the policy that was loaded last: it is read at each turn, so that it needs no server that follows
 * it. Rejects where its text cannot be read: nothing is deleted by a guess.
 */
async function notesKeptDays(db: Database): Promise<number> {
  const kept = await newestPolicy(db)
  return kept === undefined ? NOTES_KEPT_DAYS : notesKeptDaysOf(kept.document)
}

/** Reports by e-mail, with links to the first of the places that pages are at. */
function mailing({ mailFrom, allowedOrigins, insideHosts }: WorkSettings, smtpUrl: string, db: Database) {
  return reportMailing<ReportMail>({
    today: () => {
      const date = cityDateOf(Date.now())
      return { date, since: startOfCityDate(date) }
    },
    countedUntil: () => figuresAsOf(db),
    sendNext: (startsOn, failed, send) => sendNextMail(db, startsOn, failed, send),
    async send(mail, period) {
      // A mail needs much that no other job does: who sends none does not have it in memory.
      const { reportMailer } = await import('./http/report-mail.ts')
      return await reportMailer({ db, smtpUrl, insideHosts, from: mailFrom, pagesUrl: allowedOrigins[0] ?? '' })(
        mail,
        period,
      )
    },
  })
}
