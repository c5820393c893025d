/**
 * `npm run report-mails`: reports that the server sends by e-mail (SKRANKE_SERVER_SMTP_URL says by which server).
 *   -- list
 *   -- set ID --title "Ugens rapport" --every day|week|month --to ADDRESS[,ADDRESS] [--question "group=site&interval=day"]
 *   -- drop ID
 * Ends with 0 where it could do what was asked, with 2 where the question is wrong.
 */
import { parseArgs } from 'node:util'
import { MAIL_EVERY } from '../contract/report-mails.ts'
import { CITY_TIME_ZONE } from '../figures/calendar.ts'
import { mailedQuestion } from '../http/report-mail.ts'
import { lastPeriods } from '../jobs/report-mails.ts'
import type { Database } from '../store/database.ts'
import { dropReportMail, keepReportMail, reportMails } from '../store/report-mails.ts'
import { answerCommand, inCity, type Answer } from './city-command.ts'

const USAGE = `npm run report-mails -- list
npm run report-mails -- set ID --title TITLE --every day|week|month --to ADDRESS[,ADDRESS] [--question "group=site"]
npm run report-mails -- drop ID`

const done = (out: string): Answer => ({ exitCode: 0, out, faults: '' })

/** Answers the words of the command line. Throws with a sentence or the usage where they are no question. */
export async function reportMailsAnswer(db: Database, words: readonly string[]): Promise<Answer> {
  const text = { type: 'string' } as const
  const options = { title: text, every: text, to: text, question: text } as const
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  const [task, mailId = '', ...rest] = positionals
  if (rest.length > 0) throw new Error(USAGE)
  if (task === 'list') {
    const mails = await reportMails(db)
    return done(mails.map((mail) => `${[mail.mailId, mail.every, mail.title, mail.question].join('\t')}\n`).join(''))
  }
  if (task === 'drop' && (await dropReportMail(db, mailId))) return done(`${mailId} is not sent any more.\n`)
  const every = MAIL_EVERY.find((each) => each === values.every)
  const recipients = (values.to ?? '').split(',').filter((address) => /^[^\s@,<>]+@[^\s@,<>]+$/.test(address))
  const isWhole = /^[a-z0-9-]{1,64}$/.test(mailId) && every !== undefined && values.title !== undefined
  if (task !== 'set' || !isWhole || recipients.length !== (values.to ?? '').split(',').length) throw new Error(USAGE)
  const question = values.question ?? 'group=queue'
  const period = lastPeriods(Temporal.Now.plainDateISO(CITY_TIME_ZONE).toString())[every]
  mailedQuestion(question, period)
  await keepReportMail(db, { mailId, title: values.title ?? '', question, every, recipients }, period.from)
  return done(`${mailId} is sent from the next ${every} that is over.\n`)
}

if (import.meta.main) await answerCommand((words) => inCity((db) => reportMailsAnswer(db, words)))
