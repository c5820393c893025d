/** Reports that are due by e-mail, and how it went. Addresses are for the mail and for supervisors alone: nobody logs them. */
import { sql, type Selectable } from 'kysely'
import type { MailEvery, ReportMailView } from '#server/contract/report-mails.ts'
import type { Database, Tables } from './database.ts'

export type ReportMail = Pick<ReportMailView, 'mailId' | 'title' | 'question' | 'every' | 'recipients'>

/** Sets a mail up, or another way than before. It begins with the period that is over next: `sentFor` is the one before. */
export async function keepReportMail(db: Database, mail: ReportMail, sentFor: string): Promise<void> {
  const { mailId: mail_id, title, question, every, recipients } = mail
  const row = { title, question, every, recipients: [...recipients], sent_for: sentFor, failing_since: null }
  await db
    .insertInto('report_mails')
    .values({ mail_id, ...row })
    .onConflict((conflict) => conflict.column('mail_id').doUpdateSet({ ...row, refused_count: 0 }))
    .execute()
}

/** Whether there was one. */
export async function dropReportMail(db: Database, mailId: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('report_mails').where('mail_id', '=', mailId).executeTakeFirst()
  return numDeletedRows > 0n
}

/** All that are set up, by what they are called. */
export async function reportMails(db: Database): Promise<ReportMailView[]> {
  const rows = await db.selectFrom('report_mails').selectAll().orderBy('title').orderBy('mail_id').execute()
  return rows.map((row) => ({
    ...toMail(row),
    sentAt: row.sent_at?.getTime() ?? null,
    failingSince: row.failing_since?.getTime() ?? null,
    refusedCount: row.refused_count,
  }))
}

/**
 * Sends one mail that is due for the period that began on `startsOn[every]`, and keeps that it was sent and how many addresses `send` says
 * were refused. Resolves with false where none is due that is not being sent by somebody else just now. What `send` throws leaves it
 * due, and is thrown; a process that dies in between sends it once more. `failed` are left out.
 */
export async function sendNextMail(
  db: Database,
  startsOn: Readonly<Record<MailEvery, string>>,
  failed: readonly string[],
  send: (mail: ReportMail) => Promise<number>,
): Promise<boolean> {
  let sending: string | undefined
  try {
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
      sending = row.mail_id
      const refused = await send(toMail(row))
      await trx
        .updateTable('report_mails')
        .set({ sent_for: startsOn[row.every], sent_at: new Date(), failing_since: null, refused_count: refused })
        .where('mail_id', '=', row.mail_id)
        .execute()
      return true
    })
  } catch (error) {
    if (sending !== undefined) await keepFailure(db, sending)
    throw error
  }
}

/** Since when it cannot be sent: the first time counts. */
async function keepFailure(db: Database, mailId: string): Promise<void> {
  await db
    .updateTable('report_mails')
    .set({ failing_since: new Date() })
    .where('mail_id', '=', mailId)
    .where('failing_since', 'is', null)
    .execute()
}

function toMail(row: Selectable<Tables['report_mails']>): ReportMail {
  const { mail_id: mailId, title, question, every, recipients } = row
  return { mailId, title, question, every, recipients }
}
