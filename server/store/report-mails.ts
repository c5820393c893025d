/** Reports that are due by e-mail. Addresses are for the mail alone: nobody logs them. */
import { sql } from 'kysely'
import type { Database } from './database.ts'

export const MAIL_EVERY = ['day', 'week', 'month'] as const
export type MailEvery = (typeof MAIL_EVERY)[number]

export type ReportMail = {
  readonly mailId: string
  readonly title: string
  /** As in an address, without days. */
  readonly question: string
  readonly every: MailEvery
  readonly recipients: readonly string[]
}

/** Sets a mail up, or another way than before. It begins with the period that is over next. */
export async function keepReportMail(db: Database, mail: ReportMail, sentFor: string): Promise<void> {
  const { mailId: mail_id, title, question, every, recipients } = mail
  const row = { title, question, every, recipients: [...recipients], sent_for: sentFor }
  await db
    .insertInto('report_mails')
    .values({ mail_id, ...row })
    .onConflict((conflict) => conflict.column('mail_id').doUpdateSet(row))
    .execute()
}

/** Whether there was one. */
export async function dropReportMail(db: Database, mailId: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('report_mails').where('mail_id', '=', mailId).executeTakeFirst()
  return numDeletedRows > 0n
}

/** All that are set up, by id. */
export async function reportMails(db: Database): Promise<ReportMail[]> {
  const rows = await db.selectFrom('report_mails').selectAll().orderBy('mail_id').execute()
  return rows.map(toMail)
}

/**
 * Sends one mail that is due for the period that began on `startsOn[every]`, and keeps that it was sent. Resolves with false where none
 * is due that is not being sent by somebody else just now. What `send` throws leaves it due; a process that dies in between sends it
 * once more. `failed` are left out.
 */
export async function sendNextMail(
  db: Database,
  startsOn: Readonly<Record<MailEvery, string>>,
  failed: readonly string[],
  send: (mail: ReportMail) => Promise<void>,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const start = sql<string>`case every when 'day' then ${startsOn.day}::date when 'week' then ${startsOn.week}::date
      else ${startsOn.month}::date end`
    const row = await trx
      .selectFrom('report_mails')
      .selectAll()
      .where(sql<boolean>`(sent_for is null or sent_for < ${start})`)
      .where(sql<boolean>`not mail_id = any(${[...failed]})`)
      .orderBy('mail_id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined) return false
    await send(toMail(row))
    await trx
      .updateTable('report_mails')
      .set({ sent_for: startsOn[row.every] })
      .where('mail_id', '=', row.mail_id)
      .execute()
    return true
  })
}

function toMail(row: {
  mail_id: string
  title: string
  question: string
  every: MailEvery
  recipients: string[]
}): ReportMail {
  const { mail_id: mailId, title, question, every, recipients } = row
  return { mailId, title, question, every, recipients }
}
