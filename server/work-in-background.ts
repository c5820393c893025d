/** The jobs of this server, joined to what they work on. */
import type { ServerConfig } from './config.ts'
import { cityDateOf, startOfCityDate } from './figures/calendar.ts'
import { reportMailer } from './http/report-mail.ts'
import { agentFiguresRetention } from './jobs/agent-figures-retention.ts'
import { Background } from './jobs/background.ts'
import { changeRetention } from './jobs/change-retention.ts'
import { earlierTicketRetention } from './jobs/earlier-ticket-retention.ts'
import { figuresCheck, figuresUpkeep } from './jobs/figures.ts'
import { kioskKeyRetention } from './jobs/kiosk-key-retention.ts'
import { messageRetention } from './jobs/message-retention.ts'
import { noteRetention } from './jobs/note-retention.ts'
import { remarkRetention } from './jobs/remark-retention.ts'
import { reportMailing } from './jobs/report-mails.ts'
import { rosterRetention } from './jobs/roster-retention.ts'
import { warningRetention } from './jobs/warning-retention.ts'
import { webhooks } from './jobs/webhooks.ts'
import type { PolicyInForce } from './policy-in-force.ts'
import { dropAgentFigures } from './store/agent-figures.ts'
import { dropOldRemarks } from './store/article-remarks.ts'
import { readRetention } from './store/city.ts'
import { dropOldChanges } from './store/city-changes.ts'
import type { Database } from './store/database.ts'
import { dropEarlierTickets } from './store/earlier-calls.ts'
import { checkYesterday } from './store/figure-days.ts'
import { foldFigures } from './store/figure-fold.ts'
import { sendNextMail, type ReportMail } from './store/report-mails.ts'
import { figuresAsOf } from './store/reports.ts'
import { dropOldKeyActs } from './store/kiosk-keys.ts'
import { dropOldRoster } from './store/roster.ts'
import { dropOldMessages } from './store/staff-messages.ts'
import { dropOldWarnings } from './store/warnings.ts'
import { endDelivery, takeDue, tryAgainAt } from './store/webhook-outbox.ts'
import { deleteNotes } from './store/wrap-ups.ts'
import type { Logger } from './telemetry/log.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/** Starts them all. Whoever started them stops them. */
export function startBackground(config: ServerConfig, log: Logger, db: Database, policy: PolicyInForce): Background {
  const retention = noteRetention({
    notesKeptDays: () => policy.notesKeptDays,
    now: () => Date.now(),
    deleteNotes: (before) => deleteNotes(db, before),
  })
  const background = new Background({
    redisUrl: config.redisUrl,
    jobs: [
      retention,
      remarkRetention(
        () => Date.now(),
        (now) => dropOldRemarks(db, now),
      ),
      earlierTicketRetention(
        () => Date.now(),
        (now) => dropEarlierTickets(db, now),
      ),
      messageRetention(
        () => Date.now(),
        (now) => dropOldMessages(db, now),
      ),
      webhooks({
        allowedUrls: config.webhookUrls,
        secret: config.webhookSecret ?? '',
        now: () => Date.now(),
        takeDue: (at, leaseMs, countMax) => takeDue(db, at, leaseMs, countMax),
        end: (deliveryId, at, result) => endDelivery(db, deliveryId, at, result),
        tryAgainAt: (deliveryId, at) => tryAgainAt(db, deliveryId, at),
        onFault: (deliveryId, fault) => log.warn({ deliveryId, fault }, 'webhook.not-told'),
      }),
      warningRetention(
        () => Date.now(),
        (before) => dropOldWarnings(db, before),
        async () => (await readRetention(db)).warningsDays * DAY_MS,
      ),
      changeRetention({
        keptDays: async () => (await readRetention(db)).changesDays,
        now: () => Date.now(),
        dropOld: (before) => dropOldChanges(db, before),
      }),
      kioskKeyRetention(
        () => Date.now(),
        (before) => dropOldKeyActs(db, before),
      ),
      figuresUpkeep(() => foldFigures(db)),
      figuresCheck(checkYesterday(db, () => Date.now())),
      agentFiguresRetention(() => dropAgentFigures(db, keptSince(config.agentFiguresDays))),
      rosterRetention(async () => await dropOldRoster(db, keptSince((await readRetention(db)).rosterDays))),
      ...(config.smtpUrl === undefined ? [] : [mailing(config, config.smtpUrl, db)]),
    ],
    onNews: (message, facts) => log.info(facts, message),
    onFault: (message, error) => log.warn({ err: error }, message),
  })
  background.start()
  return background
}

/** The midnight of the city so many days ago. */
function keptSince(days: number): number {
  return startOfCityDate(Temporal.PlainDate.from(cityDateOf(Date.now())).subtract({ days }).toString())
}

/** Reports by e-mail, with links to the first of the places that pages are at. */
function mailing({ mailFrom, allowedOrigins }: ServerConfig, smtpUrl: string, db: Database) {
  return reportMailing<ReportMail>({
    today: () => {
      const date = cityDateOf(Date.now())
      return { date, since: startOfCityDate(date) }
    },
    countedUntil: () => figuresAsOf(db),
    sendNext: (startsOn, failed, send) => sendNextMail(db, startsOn, failed, send),
    send: reportMailer({ db, smtpUrl, from: mailFrom, pagesUrl: allowedOrigins[0] ?? '' }),
  })
}
