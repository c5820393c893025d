/** The jobs of this server, joined to what they work on. */
import type { ServerConfig } from './config.ts'
import { cityDateOf, startOfCityDate } from './figures/calendar.ts'
import { reportMailer } from './http/report-mail.ts'
import { Background } from './jobs/background.ts'
import { figuresCheck, figuresUpkeep } from './jobs/figures.ts'
import { reportMailing } from './jobs/report-mails.ts'
import { webhooks } from './jobs/webhooks.ts'
import { guardedPost } from './outgoing/post.ts'
import type { PolicyInForce } from './policy-in-force.ts'
import { retentionJobs } from './retention.ts'
import type { Database } from './store/database.ts'
import { checkYesterday } from './store/figure-days.ts'
import { foldFigures } from './store/figure-fold.ts'
import { sendNextMail, type ReportMail } from './store/report-mails.ts'
import { figuresAsOf } from './store/reports.ts'
import { endDelivery, takeDue, tryAgainAt } from './store/webhook-outbox.ts'
import type { Logger } from './telemetry/log.ts'

/** Starts them all. Whoever started them stops them. */
export function startBackground(
  config: ServerConfig,
  log: Logger,
  db: Database,
  policy: PolicyInForce,
  onRun: (job: string, seconds: number, isDone: boolean) => void,
): Background {
  const retention = retentionJobs({
    db,
    now: () => Date.now(),
    notesKeptDays: () => policy.notesKeptDays,
    agentFiguresDays: config.agentFiguresDays,
    signInMs: config.signInMs,
  })
  const background = new Background({
    redisUrl: config.redisUrl,
    jobs: [
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
    ],
    onNews: (message, facts) => log.info(facts, message),
    onFault: (message, error) => log.warn({ err: error }, message),
    onRun,
  })
  background.start()
  return background
}

/** Reports by e-mail, with links to the first of the places that pages are at. */
function mailing({ mailFrom, allowedOrigins, insideHosts }: ServerConfig, smtpUrl: string, db: Database) {
  return reportMailing<ReportMail>({
    today: () => {
      const date = cityDateOf(Date.now())
      return { date, since: startOfCityDate(date) }
    },
    countedUntil: () => figuresAsOf(db),
    sendNext: (startsOn, failed, send) => sendNextMail(db, startsOn, failed, send),
    send: reportMailer({ db, smtpUrl, insideHosts, from: mailFrom, pagesUrl: allowedOrigins[0] ?? '' }),
  })
}
