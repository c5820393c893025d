/** What supervisors ask of reports by e-mail: which are sent, another one, one no more. */
import type { FastifyInstance } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { REPORT_MAILS_MAX, ReportMailBody, ReportMailParams, ReportMailsReply } from '#server/contract/report-mails.ts'
import { cityDateOf } from '#server/figures/calendar.ts'
import { lastPeriods } from '#server/jobs/report-mails.ts'
import type { Database } from '#server/store/database.ts'
import { dropReportMail, keepReportMail, reportMails } from '#server/store/report-mails.ts'
import { mailedQuestion } from './report-mail.ts'
import { sendError } from './sign-in.ts'

export type ReportMailParts = {
  readonly db: Database
  /** Whether a mail server is known. */
  readonly canSend: boolean
  /** In ms since 1970. */
  readonly now: () => number
}

const response = { 200: ReportMailsReply, 400: HttpError, 401: HttpError, 403: HttpError }

/** Adds the routes below `/api/v1`. */
export function addReportMailRoutes(app: FastifyInstance, { db, canSend, now }: ReportMailParts): void {
  const all = async () => ({ canSend, mails: await reportMails(db) })

  app.get('/report-mails', { schema: { response } }, async (_request, reply) => reply.send(await all()))

  app.post<{ Params: ReportMailParams; Body: ReportMailBody }>(
    '/report-mails/:mailId',
    { schema: { params: ReportMailParams, body: ReportMailBody, response } },
    async (request, reply) => {
      const { mailId } = request.params
      const period = lastPeriods(cityDateOf(now()))[request.body.every]
      try {
        mailedQuestion(request.body.question, period)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return sendError(reply, 400, 'bad-request', error.message)
      }
      if ((await reportMails(db)).filter((mail) => mail.mailId !== mailId).length >= REPORT_MAILS_MAX)
        return sendError(reply, 400, 'bad-request', `${REPORT_MAILS_MAX} reports are sent already`)
      await keepReportMail(db, { mailId, ...request.body }, period.from)
      return reply.send(await all())
    },
  )

  app.post<{ Params: ReportMailParams }>(
    '/report-mails/:mailId/drop',
    { schema: { params: ReportMailParams, response } },
    async (request, reply) => {
      await dropReportMail(db, request.params.mailId)
      return reply.send(await all())
    },
  )
}
